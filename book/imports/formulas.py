"""Turns formulas of HTML pages (MathML, and TeX that a script of the page would set) into formulas of Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from book.project.pandoc import MissingPackageError, run_pandoc

FORMULA = "data-formula"
"""Attribute of a span that stands for a formula: its TeX."""
DISPLAY = "data-display"
"""Attribute of such a span whose formula stands on a line of its own."""
_TEX = ("application/x-tex", "tex", "latex", "application/x-latex")
"""Encodings of an annotation in which a formula's own TeX stands (MathML Core, 5.1)."""
_TWICE = ("katex-html", "MathJax_Preview", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display")
"""Classes of elements that show a formula once more: KaTeX's, MathJax's, Wikipedia's."""
_SET = (
    "MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_SVG_Display", "MathJax_CHTML", "mjx-chtml", "MJXc-display",
    "MJX_Assistive_MathML",
)  # fmt: skip
"""Classes of what MathJax 2 sets beside the script that holds the formula."""
_BLOCKS = frozenset({"body", "main", "article", "section", "div", "figure"})
"""Elements in which a formula on a line of its own is a paragraph."""
_PREFIX = re.compile(r"(</?)[\w.-]+:(?=[a-z])")
_BRACKETS = re.compile(r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\])\s*", re.DOTALL)


def keep_scripts(root: Any) -> None:
    """Mark the formulas in scripts (MathJax 2) before scripts are dropped; drop the output that MathJax rendered."""
    scripts = [one for one in root.iter("script") if (one.get("type") or "").lower().startswith("math/tex")]
    for script in scripts:
        _replace(script, _span(script.text or "", display="mode=display" in script.get("type").lower()))
    if scripts:
        _drop(root, _SET)


def mark_formulas(root: Any, read: Reading | None = None) -> Iterator[tuple[int, str]]:
    """Replace formulas by spans with their TeX, and by comments what cannot be read; the latter with its lines.

    Args:
        root: The page.
        read: Formulas of many pages that were read at once (`read_formulas`); without it, those of this page are read.
    """
    _drop(root, _TWICE)
    for span in [one for one in root.iter("span", "div") if "math" in _classes(one)]:
        if bare := _BRACKETS.fullmatch(span.text_content()):
            _replace(span, _span(bare["inline"] or bare["display"] or "", display=bare["display"] is not None))
    found = _formulas(root)
    texs = [_annotated(one) for one in found]
    read = read or _read([_mathml(one) for one, tex in zip(found, texs, strict=True) if tex is None])
    for math, annotated in zip(found, texs, strict=True):
        tex = annotated if annotated is not None else read.texs.get(_mathml(math))
        words = " ".join((math.get("alttext") or math.text_content()).split())
        if tex and tex.strip():
            _replace(math, _span(tex, display=math.get("display") == "block" or math.get("mode") == "display"))
        elif words:
            what = f"the formula {words[:100]} cannot be read{read.reason}"
            yield math.sourceline or 1, what
            _replace(math, lxml_html.Element("span", {"data-comment": what}))
        else:
            math.drop_tree()


def written(span: Any) -> str | None:
    """The Markdown of a span that stands for a formula; None for any other. Takes elements of lxml and of bs4."""
    tex = span.get(FORMULA)
    if tex is None:
        return None
    fence = "$$" if span.get(DISPLAY) else "$"
    return f"{fence}{tex}{fence}"


def _drop(root: Any, classes: Sequence[str]) -> None:
    """Drop the elements that have one of some classes."""
    for element in [one for one in root.iter("span", "div", "img") if not set(classes).isdisjoint(_classes(one))]:
        element.drop_tree()


def _span(tex: str, *, display: bool) -> Any:
    """The span for a formula."""
    return lxml_html.Element("span", {FORMULA: " ".join(tex.split()), **({DISPLAY: "block"} if display else {})})


def _replace(element: Any, span: Any) -> None:
    """Put a span in the place of an element; one for a formula on a line of its own is a paragraph where it can be.

    In a table a backslash stands before each bar, which would part the cells; that is taken away with them (GFM, 4.10).
    """
    span.text = ""
    if span.get(FORMULA) and next(element.iterancestors("table"), None) is not None:
        span.set(FORMULA, span.get(FORMULA).replace("|", "\\|"))
    if span.get(DISPLAY) and element.getparent().tag in _BLOCKS:
        paragraph = lxml_html.Element("p")
        paragraph.append(span)
        span = paragraph
    span.tail, element.tail = element.tail, None
    element.getparent().replace(element, span)


def _classes(element: Any) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _annotated(math: Any) -> str | None:
    """The TeX that a formula in MathML brings with it, or None."""
    for one in math.iter():
        annotation = isinstance(one.tag, str) and one.tag.rpartition(":")[2] == "annotation"
        if annotation and (one.get("encoding") or "").lower() in _TEX and (one.text or "").strip():
            return str(one.text)
    return None


def _formulas(root: Any) -> list[Any]:
    """The formulas of a page in MathML."""
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition(":")[2] == "math"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Formulas in MathML that were read."""

    texs: Mapping[str, str | None]
    """The TeX of each formula, None where Pandoc cannot read it."""
    reason: str = ""
    """Why none could be read, if so."""


def read_formulas(roots: Iterable[Any]) -> Reading:
    """The formulas of many pages, read together: each start of Pandoc takes as long as some hundred formulas."""
    found = (one for root in roots for one in _formulas(root) if _annotated(one) is None)
    return _read(list(map(_mathml, found)))


def _read(formulas: Sequence[str]) -> Reading:
    """The TeX of formulas in MathML."""
    different = list(dict.fromkeys(formulas))
    if not different:
        return Reading({})
    texs: dict[str, str | None] = {}
    try:
        for batch in _batches(different):
            page = "".join(f"<div><p>{one}</p></div>" for one in batch)
            blocks = json.loads(run_pandoc(["--from=html", "--to=json"], page))["blocks"]
            if len(blocks) == len(batch):
                texs |= zip(batch, map(_first_formula, blocks), strict=True)
    except MissingPackageError:
        return Reading(texs, ": that needs Pandoc: pip install 'florilegium[import]'")
    except ValueError as failure:
        return Reading(texs, f" ({failure})")
    return Reading(texs)


def _batches(formulas: Sequence[str]) -> Iterator[list[str]]:
    """The formulas in batches of at most `_BATCH` characters, unless one alone is longer."""
    batch: list[str] = []
    length = 0
    for one in formulas:
        if batch and length + len(one) > _BATCH:
            yield batch
            batch, length = [], 0
        batch.append(one)
        length += len(one)
    yield batch


_BATCH = 1_000_000
"""Characters that Pandoc reads in about two seconds."""


def _mathml(formula: Any) -> str:
    """A formula as MathML without prefixes, and without what stands behind it."""
    text: str = etree.tostring(formula, encoding="unicode", with_tail=False)
    bare = _ATTRIBUTE.sub(lambda one: one[0] if one["name"] in _SAID else "", _PREFIX.sub(r"\1", text))
    return _LINES.sub("><", bare)


_ATTRIBUTE = re.compile(r"\s(?P<name>[\w:-]+)=(?:\"[^\"]*\"|'[^']*')")
_SAID = frozenset({
    "accent", "accentunder", "close", "columnalign", "columnspan", "display", "fence", "linethickness", "mathvariant",
    "mode", "notation", "open", "rowspan", "separators", "stretchy", "width",
})  # fmt: skip
"""Attributes that say something about a formula; others are how it looks, and most of what a textbook's file holds."""
_LINES = re.compile(r">\s*\n\s*<")


def _first_formula(node: Any) -> str | None:
    """The TeX of the first formula in a piece of Pandoc's tree."""
    if isinstance(node, dict) and node.get("t") == "Math":
        return str(node["c"][1])
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next((tex for part in parts if (tex := _first_formula(part)) is not None), None)
