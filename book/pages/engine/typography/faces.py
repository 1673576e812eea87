"""The faces of a document being drawn: how each glyph is written in a PDF, made once for each text.

What is private and used of WeasyPrint 70.0: `Stream`, `Font` of `pdf.fonts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from book.language.decomposition import parts_for
from book.pages.engine.typography.glyphs import EMPTY, UNITS, Font, Glyph, Shaped


class Face(dict[Glyph, str]):
    """A face in one size in one document: the TJ operand of each glyph, with the adjustment for the next one."""

    def __init__(self, font: Any, size: float) -> None:
        """`font` is the engine's, `size` is in px."""
        super().__init__()
        self.font, self.size = font, size

    def __missing__(self, glyph: Glyph) -> str:
        """Make the operand of a new glyph."""
        number, width, right, down = glyph
        if number == EMPTY:
            return f">{_thousandths(-width * 1000 / UNITS / self.size)}<" if width else ""
        offset = right * 1000 / UNITS / self.size
        kerning = round(self.font.widths[number] + offset - width * 1000 / UNITS / self.size)
        before = f">{_thousandths(-offset)}<" if offset else ""
        behind = f">{kerning}<" if kerning else ""
        word = f"{before}{number:04x}{behind}"
        return self.setdefault(glyph, f"|{-down / UNITS:.3f}|{word}|0|" if down else word)

    def space(self, glyph: Glyph, extra: float) -> str:
        """A space that is wider by so many units."""
        number, width, _, _ = glyph
        return f"{number:04x}>{_thousandths(self.font.widths[number] - (width + extra) * 1000 / UNITS / self.size)}<"


def _thousandths(value: float) -> str:
    """A length in thousandths of the font size, rounded to what is visible."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def drawn_of(stream: Any, shaped: Shaped) -> tuple[list[tuple[int, Face]], list[str]]:
    """The faces of a text in the document being drawn, each with its first glyph, and the operands of all glyphs."""
    first = shaped.fonts[0][1]
    known: dict[Font, Face] = stream.__dict__.setdefault("faces", {})  # of a page
    if first not in known:
        known[first] = _face(stream, first)
    if shaped.drawn is None or shaped.drawn[0][0][1] is not known[first]:
        faces = [(begin, _face(stream, font)) for begin, font in shaped.fonts]
        words: list[str] = []
        for (begin, face), (_, font), end in zip(
            faces, shaped.fonts, [*(begin for begin, _ in faces[1:]), len(shaped.glyphs.numbers)], strict=True
        ):
            _learn(face, font, shaped, begin, end)
            words += map(face.__getitem__, shaped.glyphs.between(begin, end))
        shaped.drawn = faces, words
    return shaped.drawn  # type: ignore[no-any-return]


def _face(stream: Any, font: Font) -> Face:
    """The face of a font in the document being drawn."""
    engine_font, size = stream.add_font(font.pango)
    faces: dict[float, Face] = engine_font.__dict__.setdefault("faces", {})
    if size not in faces:
        faces[size] = Face(engine_font, size)
    return faces[size]


def _learn(face: Face, font: Font, shaped: Shaped, first: int, end: int) -> None:
    """Add the widths and characters of glyphs to the document's font."""
    known, offsets = face.font.to_unicode, shaped.offsets
    new = set(shaped.glyphs.numbers[first:end]) - known.keys()
    for place in range(first, end) if new - {EMPTY} else ():
        number = shaped.glyphs.numbers[place]
        if number not in known and number != EMPTY:
            width = shaped.typeface.width_of(font, number)
            face.font.widths.setdefault(number, round(width * 1000 / UNITS / face.size))
            known[number] = _text_of(shaped.data, offsets, place)


def _text_of(data: bytes, offsets: Sequence[int], place: int) -> str:
    """The part of a text that a glyph represents; a letter and its marks can be glyphs that begin at one offset."""
    first, end = place, place + 1
    while first and offsets[first - 1] == offsets[place]:
        first -= 1
    while offsets[end] == offsets[place] and end < len(offsets) - 1:
        end += 1
    text = data[offsets[place] : offsets[end]].decode()
    return text if end - first == 1 else parts_for(text, end - first)[place - first]


def number_text(value: float) -> str:
    """A number as pydyf writes it."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")
