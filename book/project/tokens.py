"""The design tokens of pages: of what kind the value of each is, and between which limits.

The one table that a stylesheet's tokens are checked against. Values with `var()`, `calc()` or another function are not
judged: what they give is known on the page only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import tinycss2
import tinycss2.color3

from book.project.lengths import POINTS

_EM = 10.0
"""What an em is reckoned as, in pt, to compare it with limits; an ex and a ch are half of it."""
_RELATIVE = {"em": _EM, "rem": _EM, "ex": _EM / 2, "ch": _EM / 2}


@dataclass(frozen=True, slots=True)
class Value:
    """What is written for a token."""

    text: str
    parts: Sequence[tinycss2.ast.Node]
    """Its parts, without spaces."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length, with limits in pt, inclusive."""

    least: float
    most: float
    percent: float | None = None
    """The largest percentage that stands for one; None if none does."""
    example: str = "12pt"

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        if len(value.parts) != 1:
            return "no length"
        (part,) = value.parts
        if part.type == "number":
            if part.value == 0 and self.least <= 0:
                return None
            return "a number: a length needs a unit" if part.value else "too small"
        if part.type == "percentage" and self.percent is not None:
            return None if self.least <= part.value <= self.percent else f"not between 0% and {self.percent:g}%"
        if part.type != "dimension" or (size := (POINTS | _RELATIVE).get(part.lower_unit)) is None:
            return "no length"
        if part.value * size < self.least:
            return "negative" if part.value < 0 else "too small"
        return "too large" if part.value * size > self.most else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two limits, inclusive, or one of some words."""

    least: float
    most: float
    whole: bool = False
    words: tuple[str, ...] = ()
    unit: str = ""
    """`%` for percentages; 0 needs none."""
    example: str = "1"

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        if value.text.lower() in self.words:
            return None
        part, *others = value.parts
        kind = "percentage" if self.unit else "number"
        if others or not (part.type == kind or (part.type == "number" and part.value == 0)):
            return f"no {kind}"
        if self.whole and not part.is_integer:
            return "no whole number"
        limits = f"not between {self.least:g}{self.unit} and {self.most:g}{self.unit}"
        return None if self.least <= part.value <= self.most else limits


@dataclass(frozen=True, slots=True)
class Words:
    """One of some words."""

    words: tuple[str, ...]

    @property
    def example(self) -> str:
        """A value that is right."""
        return self.words[0]

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        return None if value.text.lower() in self.words else f"none of {', '.join(self.words)}"


@dataclass(frozen=True, slots=True)
class Family:
    """The families of a face."""

    example: str = '"Source Serif Pro"'

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        named = all(part.type in ("string", "ident") or part == "," for part in value.parts)
        return None if named else "no face"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour."""

    example: str = "#000"

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        return None if tinycss2.color3.parse_color(value.text) else "no colour"


@dataclass(frozen=True, slots=True)
class Border:
    """A line, as of a table; 0 or none for none."""

    example: str = "0.5pt solid"

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        if value.text.lower() in ("0", "none"):
            return None
        words = {part.lower_value for part in value.parts if part.type == "ident"}
        return None if words & _LINES else "no line"


@dataclass(frozen=True, slots=True)
class Text:
    """What is printed: text in quotation marks."""

    example: str = '"◆"'

    def fault(self, value: Value) -> str | None:
        """What is wrong with a value."""
        quoted = all(part.type == "string" for part in value.parts)
        return None if quoted or value.text.lower() in ("none", "normal") else "not in quotation marks"


_LINES = frozenset({"solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"})
_SMALLEST_TEXT = 3.0
"""Size of type in pt, and distance of two lines, that nobody can read below."""
_STYLE = Words(("normal", "italic", "oblique"))
_WEIGHT = Number(1, 1000, words=("normal", "bold", "lighter", "bolder"), example="400")
_PAGE = Length(_SMALLEST_TEXT, 14400, example="6in")
_SIDE = Length(-14400, 14400, example="18mm")  # that they leave room is seen on the page
_TYPE = Length(_SMALLEST_TEXT, 200, example="14pt")
_SIZE = Length(_SMALLEST_TEXT, 120, percent=1200, example="0.9em")
_SPACE = Length(0, 600, example="2em")
_COLUMNS = Number(1, 8, whole=True)

TOKENS: Mapping[str, Length | Number | Words | Family | Colour | Border | Text] = {
    "page-width": _PAGE, "page-height": _PAGE,
    "margin-inner": _SIDE, "margin-outer": _SIDE,
    "margin-top": Length(10, 14400, example="18mm"),  # running heads and folios stand in them
    "margin-foot": Length(10, 14400, example="18mm"),
    "text-size": _TYPE, "line": _TYPE,
    "answer-line": Length(6, 200, example="8mm"),
    "text-face": Family(), "title-face": Family(), "label-face": Family(), "running-head-face": Family(),
    "running-head-style": _STYLE,
    "title-weight": _WEIGHT,
    "title-size": _SIZE, "heading-size": _SIZE, "quotation-size": _SIZE, "attribution-size": _SIZE,
    "running-head-size": _SIZE, "sheet-head-size": _SIZE, "label-size": _SIZE,
    "note-size": Number(0.3, 3, example="0.84"),
    "text-height": Length(36, 14400, example="160mm"), "text-width": Length(36, 14400, example="110mm"),
    "indent": Length(-100, 200, percent=50, example="1.25em"),
    "quotation-indent": Length(0, 120, percent=30, example="1.5em"),
    "sink": _SPACE, "below-title": _SPACE,
    "head-distance": Length(10, 200, example="24pt"),  # from line to line
    "folio-room": Length(0, 200, example="4em"),
    "text-align": Words(("justify", "start", "end", "left", "right", "center")),
    "hanging": Number(0, 200, unit="%", example="100%"),
    "expansion": Number(0, 5, unit="%", example="2%"),
    "tracking": Number(0, 5, unit="%", example="2%"),
    "index-columns": _COLUMNS, "long-index-columns": _COLUMNS,
    "index-date-weight": _WEIGHT,
    "part-title-style": _STYLE, "work-title-style": _STYLE,
    "title-marks": Words(("inline", "none")),
    "ink": Colour(), "rule": Border(), "note-rule": Border(),
    "ornament": Text(), "attribution-dash": Text(),
    "cover-ground": Colour(), "cover-ink": Colour(), "cover-accent": Colour(),
    "cover-face": Family(), "cover-label-face": Family(),
    "cover-title-weight": _WEIGHT, "cover-subtitle-style": _STYLE, "cover-frame": Border(),
}  # fmt: skip
"""The tokens by name, without dashes."""

_DECLARED = re.compile(r"(?<![\w-])--(?P<name>[\w-]+)\s*:")


COVER = "cover-"
"""How the names of a cover's tokens begin."""
_LONGEST = 2000
"""Characters of a value that are read."""
_BEHIND = re.compile(r"""(?:[^;{}"']|"[^"\n]*"?|'[^'\n]*'?)*""")
"""What may be a value: the rest of a declaration."""
_EVERYWHERE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
"""Words that any property may have (CSS Cascading and Inheritance Level 5, 7.3)."""


def token_faults(text: str, prefix: str = "") -> Iterator[tuple[int, str, str]]:
    """Each token of a stylesheet with a wrong value: its place, what is wrong, and a right declaration.

    Args:
        text: The stylesheet; comments are blank, so that places are those of the file.
        prefix: How the names of the tokens begin that are looked at: e-books have those of their cover only (`COVER`).
    """
    for found in _DECLARED.finditer(text):
        name = found["name"]
        token = TOKENS.get(name) if name.startswith(prefix) else None
        parts = _value(_BEHIND.match(text, found.end(), found.end() + _LONGEST)[0]) if token else []  # type: ignore[index]
        text_of = tinycss2.serialize(parts).strip()
        if token is None or text_of.lower() in _EVERYWHERE or any(part.type == "function" for part in parts):
            continue
        value = Value(text_of, [part for part in parts if part.type != "whitespace"])
        if fault := token.fault(value) if value.parts else "which is no value":
            yield found.start(), f"--{name} is {text_of or 'empty'}, {fault}", f"--{name}: {token.example}"


def _value(text: str) -> list[tinycss2.ast.Node]:
    """The parts of the value at the beginning of a text, without `!important`; a brace that was not opened ends it."""
    parts = tinycss2.parse_component_value_list(text)
    return list(takewhile(lambda part: part.type != "error" and part != ";" and part != "!", parts))
