"""Maps HTML elements of a section to standard structure types of a tagged PDF (ISO 32000-1, 14.8.4).

The result depends on nothing but the HTML document that the layout engine reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

MAPPED: Mapping[str, str] = {"Em": "Span", "Strong": "Span"}
"""Structure types of ISO 32000-2 that ISO 32000-1 lacks, with the standard types they are mapped to."""
GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"})
"""Types that contain other elements, but no text of their own (14.8.4.2)."""
INLINE = frozenset({"Span", "Em", "Strong", "Quote", "Code", "Link", "Reference"})
"""Types that occur within a line of text (14.8.4.4)."""
SVG = "{http://www.w3.org/2000/svg}svg"

_TYPES: Mapping[str, str] = {
    "main": "Part", "article": "Art", "section": "Sect", "nav": "Sect", "aside": "Sect", "div": "Div",
    "blockquote": "BlockQuote", "p": "P", "pre": "P", "figcaption": "Caption", "caption": "Caption",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "dl": "L", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link", "em": "Em", "i": "Em", "strong": "Strong", "b": "Strong", "q": "Quote",
    "code": "Code", "kbd": "Code", "samp": "Code", "var": "Code", "img": "Figure", SVG: "Figure",
}  # fmt: skip
"""Types by element name. An element that is not listed has no type; its content belongs to its parent."""
_CLASSES: Mapping[str, str] = {"footnote": "Note", "paragraph-number": "Lbl"}
"""Types by class."""
_ARIA: Mapping[str, str] = {"doc-index": "Index", "doc-footnote": "Note", "doc-endnote": "Note"}
"""Types by the attribute `role` (DPUB-ARIA 1.1)."""
_NUMBERING: Mapping[str, str] = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal", "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha",
}  # fmt: skip


class Roles:
    """The structure types and properties of the elements of one document."""

    def __init__(self, root: Any) -> None:
        """`root` is the document's `html` element."""
        self.parents = {child: parent for parent in root.iter() for child in parent}

    def types(self, element: Any) -> tuple[str, ...]:
        """The structure types of an element, outermost first: none, one, or one nested in another."""
        kind = self._type(element)
        if kind == "Link" and (element.get("href") or "").startswith(("http:", "https:", "mailto:")):
            return ("Link",)
        if kind == "Link":
            return ("Reference", "Link")
        if kind in ("L", "LI") and self._in_contents(element):
            return ("TOC",) if kind == "L" else ("TOCI",)
        if element.tag == "figure":
            return ("Figure",) if _only_image(element) is not None else ("Div",)
        if kind == "Figure" and any(_only_image(one) is element for one in self.ancestors(element)):
            return ()
        return (kind,) if kind else ()

    def hidden(self, element: Any) -> bool:
        """Whether an element is decoration, which assistive technology skips."""
        if element.tag in ("img", SVG) and (element.get("role") == "presentation" or element.get("alt") == ""):
            return True
        return bool(element.tag == "hr" or element.get("aria-hidden") == "true")

    def properties(self, element: Any) -> dict[str, str]:
        """Text entries of the structure element: `Lang` where the language changes, `Alt`, `E`, `ID`."""
        found = {}
        language = _language(element)
        if language and language != next(filter(None, map(_language, self.ancestors(element))), ""):
            found["Lang"] = language
        image = _only_image(element) if element.tag == "figure" else element
        if image is not None and image.tag in ("img", SVG):
            found["Alt"] = _alternative(image)
        if element.tag == "abbr":
            found["E"] = element.get("title") or ""
        if self._type(element) == "Note":
            found["ID"] = element.get("id") or ""
        return {name: value for name, value in found.items() if value}

    def written(self, element: Any) -> str:
        """The text of an element that has a structure element of its own and nothing in it but text; else empty.

        Assistive technology reads it where a stylesheet changes letters (`text-transform`).
        """
        plain = self.types(element) and all(
            child.tag in ("em", "i", "b", "strong", "br") for child in element.iter() if child is not element
        )
        return " ".join("".join(element.itertext()).split()) if plain else ""

    def scope(self, head: Any) -> str:
        """What a `th` is the header of: `Column`, `Row` or `Both` (14.8.5.7); from its `scope`, else its position."""
        said = head.get("scope") or ""
        if said:
            return "Row" if said.startswith("row") else "Column"
        row = self.parents[head]
        in_body = self.parents[row].tag not in ("thead", "table")
        return "Row" if in_body and any(cell.tag == "td" for cell in row) else "Column"

    def ancestors(self, element: Any) -> Iterator[Any]:
        """The ancestors of an element, from its parent up to the root."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def _type(self, element: Any) -> str:
        """The type of an element by its role, class or name; empty if it has none."""
        name = element.get("data-tag") or element.tag  # a note is set as `span`, whatever it holds
        return _named_type(element.get("role") or "", element.get("class") or "", name) or self._by_need(element)

    def _by_need(self, element: Any) -> str:
        """`Span` for an inline element without a type that has a language or an expansion to carry; else empty."""
        if element.tag in ("abbr", "cite", "span", "dfn", "small", "bdi", "bdo") and (
            _language(element) or (element.tag == "abbr" and element.get("title"))
        ):
            return "Span"
        return ""

    def _in_contents(self, element: Any) -> bool:
        """Whether an element is part of a table of contents or a list of figures."""
        return any(one.tag == "nav" for one in self.ancestors(element))


@lru_cache(maxsize=1024)
def _named_type(role: str, classes: str, name: str) -> str:
    """The type that a role, a class or a name of an element gives it; empty if none does."""
    by_class = next((_CLASSES[one] for one in classes.split() if one in _CLASSES), None)
    return _ARIA.get(role) or by_class or _TYPES.get(name) or ""


def numbering(style: str | tuple[str, str]) -> str:
    """The `ListNumbering` (14.8.5.5) for a CSS `list-style-type`, which can be a name or a text of its own.

    `lower-alpha-parens` and the like are counter styles of ours (`print.css`).
    """
    name = style if isinstance(style, str) else ""
    return _NUMBERING.get(name.removesuffix("-parens").removesuffix("-paren"), "None")


def _only_image(figure: Any) -> Any:
    """The image of a figure that contains nothing but one image; else None.

    A caption stands beside the image: in an element with a text alternative, it would not be read.
    """
    if figure.tag != "figure":
        return None
    images = [one for one in figure.iter() if one.tag in ("img", SVG)]
    others = {"table", "pre", "blockquote", "ul", "ol", "dl", "figcaption"}
    return images[0] if len(images) == 1 and not any(one.tag in others for one in figure.iter()) else None


def _language(element: Any) -> str:
    """The language that an element declares, a BCP 47 tag; empty if it declares none."""
    return element.get("lang") or ""


def _alternative(image: Any) -> str:
    """The text alternative of an image: its `alt`, or the title and description of a drawing."""
    said = (image.get("alt") or image.get("aria-label") or "").strip()
    words = (image.findtext(f"{SVG.removesuffix('svg')}{name}") or "" for name in ("title", "desc"))
    return said or " ".join(". ".join(filter(None, map(str.strip, words))).split())
