"""Running heads: cut between words where a line has no room for them, by the widths of their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2

from book.language.fonts import font_files, large_print_files, text_width
from book.model.fragments import Stylesheet
from book.project.lengths import points

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_PRODUCT = re.compile(rf"calc\(\s*({_NUMBER})\s*\*\s*([^\s()]+)\s*\)")
_RELATIVE = re.compile(rf"({_NUMBER})(em|%)")
_UNKNOWN = "Source Serif Pro"
"""The family that is measured where a font of the project is used."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The line of a running head."""

    room: float
    """Its width in em of the running head."""
    family: str
    """The family of the font."""
    style: str
    """CSS `font-style`."""
    weight: int
    """CSS `font-weight`."""

    def fit(self, text: str) -> str:
        """A text if there is room for it (a `RichText` stays one), else as many of its words as have room, and `…`."""
        if self._width(text) <= self.room:
            return text
        words = text.split(" ")
        cut = next((head for n in range(len(words) - 1, 0, -1) if self._has_room(head := " ".join(words[:n]))), "")
        if not cut:  # one long word, or a script without spaces
            cut = next((text[:n] for n in range(len(text) - 1, 0, -1) if self._has_room(text[:n])), text[:1])
        return cut.rstrip(" ,;:–—-") + "…"

    def _has_room(self, text: str) -> bool:
        """Whether a part of a text and an ellipsis have room."""
        return self._width(text + "…") <= self.room

    def _width(self, text: str) -> float:
        """The width of a text in em."""
        return text_width(text, self.family, self.style, self.weight)


def head_lines(
    sheets: Sequence[Stylesheet], measures: Mapping[str, float], *, sided: bool
) -> tuple[HeadLine, HeadLine]:
    """The line of a running head in a book, or both of a handout.

    Args:
        sheets: The stylesheets of the edition, in cascade order; their tokens decide.
        measures: The default measures of the page in pt, which count where a token cannot be reckoned here.
        sided: Whether it is a book, with one line.
    """
    tokens = {f"--{name}": f"{measure}pt" for name, measure in measures.items()} | tokens_of(sheets)

    def length(name: str) -> float:
        try:
            return length_in_points(resolved(tokens, f"--{name}"))
        except ValueError:
            return measures[name]

    width = length("page-width") - length("margin-inner") - length("margin-outer")
    if not sided:
        family = _family(resolved(tokens, "--label-face"))
        room = _in_em(width, _size(resolved(tokens, "--sheet-head-size"), length("text-size")))
        return HeadLine(room, family, "normal", 400), HeadLine(room, family, "normal", 600)
    size = _size(resolved(tokens, "--running-head-size"), length("text-size"))
    room = _in_em(width - _size(resolved(tokens, "--folio-room"), size), size)
    style = "italic" if resolved(tokens, "--running-head-style") == "italic" else "normal"
    line = HeadLine(room, _family(resolved(tokens, "--running-head-face")), style, 400)
    return line, line


def _in_em(width: float, size: float) -> float:
    """A width in em of a font size; 0 if letters have no size."""
    return width / size if size > 0 else 0.0


def length_in_points(value: str) -> float:
    """A length, or a product of a number and one, in pt.

    Raises:
        ValueError: It is neither.
    """
    product = _PRODUCT.fullmatch(value)
    return float(product[1]) * points(product[2]) if product else points(value)


def _size(value: str, em: float) -> float:
    """A size in pt; `em` is that of an em, which counts where the value cannot be reckoned here."""
    if relative := _RELATIVE.fullmatch(value):
        return em * float(relative[1]) / (1 if relative[2] == "em" else 100)
    try:
        return length_in_points(value)
    except ValueError:
        return em


def tokens_of(sheets: Sequence[Stylesheet]) -> dict[str, str]:
    """The custom properties of the root in some stylesheets, with dashes; of two with one name the later one."""
    found: dict[str, str] = {}
    for sheet in sheets:
        found |= _tokens_in(sheet.text)
    return found


@lru_cache(maxsize=64)
def _tokens_in(text: str) -> Mapping[str, str]:
    """The custom properties of the root in a stylesheet; each is parsed once for all handouts."""
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() in (":root", "html"):
            for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if one.type == "declaration" and one.name.startswith("--"):
                    found[one.name] = tinycss2.serialize(one.value).strip()
    return found


def resolved(tokens: Mapping[str, str], name: str) -> str:
    """The value of a token, with the values of those that it names; empty if there is none."""
    value = tokens.get(name, "")
    for _ in range(8):
        if not (found := _VARIABLE.search(value)):
            break
        value = value.replace(found[0], tokens.get(found[1], ""))
    return value


def _family(value: str) -> str:
    """The first family of a list, if it is one of ours."""
    first = value.split(",", maxsplit=1)[0].strip().strip("\"'")
    return first if any(font.family == first for font in (*font_files(), *large_print_files())) else _UNKNOWN
