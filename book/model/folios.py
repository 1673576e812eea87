"""Folios, and the page facts of a PDF that other editions print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Folio:
    """A page number as printed. Folios sort in the order of the book."""

    matter: int
    """0 for front matter (roman), 1 for the rest (arabic)."""
    number: int
    """The number, 1-based."""

    def __str__(self) -> str:
        """`xiv` or `14`."""
        return str(self.number) if self.matter else _roman(self.number)


def _roman(number: int) -> str:
    """A number in lower-case roman numerals, additive-subtractive form."""
    parts = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for value, letters in parts:
        count, number = divmod(number, value)
        text += letters * count
    return text


@dataclass(frozen=True, slots=True)
class Pagination:
    """The settled page facts of one PDF."""

    folios: Mapping[str, Folio]
    """The folio of each anchor (`section-slug#id`, `section-slug`)."""
    sheets: Mapping[str, int]
    """The index (0-based) of each section's first page in the PDF."""
    pages: int
    """Number of pages of the PDF, including blank ones."""
    faces: tuple[str, ...] = ()
    """The font families that its sections are set in, the most used first."""
    blank: tuple[int, ...] = ()
    """The indexes (0-based) of its blank pages."""

    def folio(self, anchor: str) -> Folio | None:
        """The folio of the page with an anchor; None if it is not known yet."""
        return self.folios.get(anchor)
