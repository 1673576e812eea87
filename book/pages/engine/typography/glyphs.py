"""Texts as glyphs, from which lines are cut. All lengths are integers in Pango units, so that sums are exact."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

UNITS = 1024
"""Pango units in a CSS px."""
EMPTY = 0x0FFFFFFF
"""The glyph of a character without one (PANGO_GLYPH_EMPTY); glyphs of unknown characters are greater."""
Glyph = tuple[int, int, int, int]
"""A glyph: number, width, horizontal and vertical offset."""


@dataclass(slots=True, eq=False)
class Font:
    """A Pango font: one face in one size."""

    pango: Any
    """The PangoFont."""
    ascent: int
    descent: int
    """The descent below the baseline, a positive number."""
    widths: dict[int, int] = field(default_factory=dict)
    """Widths of glyphs without kerning, by number."""


class Glyphs(NamedTuple):
    """Glyphs in a row, as columns."""

    numbers: array[int]
    widths: array[int]
    rights: array[int]
    """How far each is moved to the right."""
    downs: array[int]

    def at(self, place: int) -> Glyph:
        """One of them."""
        return self.numbers[place], self.widths[place], self.rights[place], self.downs[place]

    def between(self, first: int, end: int) -> Iterator[Glyph]:
        """Some of them."""
        return zip(*(column[first:end] for column in self), strict=True)


class Shaper(Protocol):
    """What shapes texts of a style: a `Typeface`."""

    @property
    def plain(self) -> bool:
        """Whether nothing is added to the widths of glyphs."""

    @property
    def decoration(self) -> tuple[Any, ...]:
        """Positions of underline, overline and strike-through in px, as the engine's `Layout` gives them."""

    def shape(self, text: str, /) -> Shaped | None:
        """Shape a text; None if it is unusual."""

    def width_of(self, font: Font, number: int, /) -> int:
        """The width of a glyph without kerning."""


@dataclass(slots=True, eq=False)
class Shaped:
    """A text as glyphs, from left to right."""

    text: str
    data: bytes
    """The text in UTF-8; offsets are those of its bytes."""
    typeface: Shaper
    glyphs: Glyphs
    places: Sequence[int]
    """Where each glyph begins, and at last where the text ends: units from its left end."""
    offsets: Sequence[int]
    """The byte at which what each glyph stands for begins; several glyphs may stand for one character."""
    index: dict[int, int]
    """The first glyph for the text at a byte offset; offsets within a ligature are missing."""
    fonts: list[tuple[int, Font]]
    """The fonts, each with its first glyph."""
    spaces: list[int]
    """The glyphs that are spaces which can be widened."""
    chances: list[int] | None
    """The characters before which UAX 14 allows a line to end; None for a short text, which is kept without them."""
    drawn: Any = None
    """The cache of `drawing` for these glyphs in the document being drawn."""

    @property
    def width(self) -> int:
        """How wide the whole text is."""
        return self.places[-1]

    def font_of(self, glyph: int) -> Font:
        """The font of a glyph."""
        fonts = self.fonts
        if len(fonts) == 1:
            return fonts[0][1]
        return next(font for first, font in reversed(fonts) if first <= glyph)

    def end(self, glyph: int) -> int:
        """The end of a text whose last glyph precedes this one; it is not kerned with what follows."""
        last = glyph - 1
        number = self.glyphs.numbers[last]
        if (
            self.glyphs.rights[last]
            or not self.typeface.plain
            or self.offsets[last] == self.offsets[last - 1]
            or number == EMPTY
        ):
            return self.places[glyph]
        return self.places[last] + self.typeface.width_of(self.font_of(last), number)

    def spaces_between(self, first: int, end: int) -> int:
        """Number of stretchable spaces in a range of glyphs."""
        return bisect_left(self.spaces, end) - bisect_left(self.spaces, first)

    def metrics(self, first: int, end: int) -> tuple[float, float]:
        """The height of a slice, and the distance from its top to the baseline, in px."""
        if len(self.fonts) == 1:
            font = self.fonts[0][1]
            return (font.ascent + font.descent) / UNITS, font.ascent / UNITS
        fonts = [font for start, font in self.fonts if start < end]
        while len(fonts) > 1 and self.fonts[len(self.fonts) - len(fonts) + 1][0] <= first:
            del fonts[0]
        ascent = max(font.ascent for font in fonts)
        return (ascent + max(font.descent for font in fonts)) / UNITS, ascent / UNITS
