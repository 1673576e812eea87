"""The glyphs of a line are read all at once, and the spaces of a justified line are widened while they are written.

For WeasyPrint 70.0, which reads each glyph field by field and follows most of them by a number,
even if that is nought: a fifth of the time that it takes to set plain paragraphs. Here each glyph of a face, with its
width, is put into PDF's words once. What is seen is the same, in fewer bytes. All that raises `_Unusual` is drawn by
the engine: text from right to left, off its base line, not in outlines, with unknown characters, tabs or an ellipsis;
and justified text with other spacing, or in another font than its spaces.

What is private and used: `draw_first_line` of `draw.text`, `Stream`, `Font` of `pdf.fonts`; what `text_keeping` says of
a layout, if it is there. Upstream could do the same. It should not separate words to widen spaces: what is kerned with
a space is measured so but not drawn so, and such lines miss their margin, by up to 2 pt (here as there).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

_Glyph = tuple[int, int, int]
"""A glyph: its number, its width, and how far it is moved to the right (Pango units)."""
_UNUSUAL = re.compile("[\\0\\t\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]")
"""Tabs, and whatever may end a paragraph."""
_SPACE = re.compile(b" |\\xc2\\xa0")
"""The spaces that are widened in justified lines, in UTF-8 (`count_expandable_spaces` of `layout.inline`)."""
_EMPTY = 0x0FFFFFFF
"""The glyph of a character that has none (PANGO_GLYPH_EMPTY); those of unknown characters are greater."""
_TURNED = 0x7FFFFF
"""In the bytes behind the font of a PangoAnalysis, all of level, gravity and flags that is about how text is drawn."""
_SCALE = 1024
"""Pango units in a px."""
_FIELDS = 5
"""Numbers in a PangoGlyphInfo: glyph, width, x offset, y offset, attributes."""


class _Unusual(Exception):  # noqa: N818 - nothing is wrong with such a line
    """A line that the engine has to draw."""


def mend() -> None:
    """Have the engine of this process draw lines so, if Pango is as recent as that needs."""
    from weasyprint.draw import text as drawing
    from weasyprint.text.ffi import ffi, pango

    if pango.pango_version() < 14802 or ffi.sizeof("PangoGlyphInfo") != _FIELDS * ffi.sizeof("int"):
        return
    drawing.draw_first_line = _draw(drawing.draw_first_line)


def _draw(draw_first_line: Any) -> Any:
    """Draw a line from its layout; one that is unusual, as the engine does."""

    def draw(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        if text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.style["font_size"] >= 1e-6:
            if not textbox.text.strip():
                return []
            try:
                spans = _Line(stream, textbox.pango_layout).spans()
            except _Unusual:
                return draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
            stream.set_text_matrix(*matrix.values)
            for face, pieces in spans:
                stream.set_font_size(face.font.hash, face.size)
                stream.show_text(f"<{''.join(pieces)}>".replace("<>", " "))
            return []
        return draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw


class _Face(dict[_Glyph, str]):
    """A face in one size: how each glyph is written in a string of TJ, with what moves the next one to its place."""

    def __init__(self, font: Any, size: float) -> None:
        """Begin with no glyphs. `font` is the engine's, `size` is in px."""
        super().__init__()
        self.font, self.size = font, size
        self.widths: dict[int, int] = {}
        """How wide glyphs are where nothing is kerned, by their number (Pango units)."""

    def __missing__(self, glyph: _Glyph) -> str:
        """Put a glyph into words that is new."""
        number, width, right = glyph
        offset = right / self.size
        if number == _EMPTY:
            return f">{_thousandths(-width / self.size)}<" if width else ""
        kerning = int(self.font.widths[number] + offset - width * 1000 / _SCALE / self.size)
        before, after = f">{_thousandths(-offset)}<" if offset else "", f">{kerning}<" if kerning else ""
        return self.setdefault(glyph, f"{before}{number:04x}{after}")

    def space(self, number: int, extra: int, first: bool) -> str:
        """How a space is written that is wider by `extra` units; Pango puts half before it, if it is not the first."""
        half = extra // 2 if extra % _SCALE else (extra // 2 + _SCALE // 2) // _SCALE * _SCALE
        offset = 0 if first else half / self.size
        kerning = int(self.font.widths[number] + offset - (self.widths[number] + extra) * 1000 / _SCALE / self.size)
        return f"{number:04x}>{_thousandths(kerning - offset)}<"


def _thousandths(value: float) -> str:
    """A number of thousandths of the font size, as exact as anyone can see."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _space_font(style: Any) -> Any:
    """The key of the font in which a space of a style is set by itself: in a line, its neighbours may have another."""
    from weasyprint.text.fonts import get_pango_font_key
    from weasyprint.text.line_break import Layout

    if "space_font" not in style.__dict__:
        layout = Layout(style)
        layout.set_text(" ")
        style.space_font = get_pango_font_key(layout.get_first_line()[0].runs[0].data.item.analysis.font)[0]
    return style.space_font


class _Line:
    """A line of text that is drawn from its layout."""

    def __init__(self, stream: Any, layout: Any) -> None:
        """Raises `_Unusual` for a text that the engine has to draw."""
        from weasyprint.text.ffi import ffi, pango

        self.ffi, self.pango = ffi, pango
        self.stream, self.layout, self.text = stream, layout, layout.text.encode()
        self.justified = (spacing := layout.__dict__.get("widened_by", 0)) > 0
        self.extra = int(spacing * _SCALE)
        spaced = layout.style["letter_spacing"] != "normal" or layout.style["word_spacing"]
        if _UNUSUAL.search(layout.text) or (self.justified and spaced):
            raise _Unusual

    def spans(self) -> list[tuple[_Face, list[str]]]:
        """The faces of the line, and what is written in each; raises `_Unusual` where the engine has to draw."""
        line, rest = self.layout.get_first_line()
        found: list[tuple[_Face, list[str]]] = []
        run, last = line.runs[0], None
        spaces = self.stream._fonts.get(_space_font(self.layout.style)) if self.justified else None  # noqa: SLF001
        while run != self.ffi.NULL:
            item, run = run.data, run.next
            if item.item.analysis.font != last:
                last = item.item.analysis.font
                found.append((self._face(last), []))
            if (
                rest is not None
                or item.item.analysis.level & _TURNED
                or (self.justified and found[-1][0].font is not spaces)
            ):
                raise _Unusual
            found[-1][1].extend(self._pieces(item, found[-1][0]))
        return found

    def _face(self, pango_font: Any) -> _Face:
        """The face of a Pango font; raises `_Unusual` if it has more than outlines."""
        font, size = self.stream.add_font(pango_font)
        if font.png or font.svg or font.colr or font.bitmap:
            raise _Unusual
        faces: dict[float, _Face] = font.__dict__.setdefault("faces", {})
        if size not in faces:
            faces[size] = _Face(font, size)
        return faces[size]

    def _pieces(self, item: Any, face: _Face) -> list[str]:
        """How the glyphs of a run are written."""
        numbers = self.ffi.unpack(self.ffi.cast("int *", item.glyphs.glyphs), _FIELDS * item.glyphs.num_glyphs)
        if any(numbers[3::_FIELDS]) or max(numbers[::_FIELDS]) > _EMPTY:
            raise _Unusual
        if not face.widths.keys() >= set(numbers[::_FIELDS]):
            self._learn(item, numbers[::_FIELDS], face)
        glyphs = list(zip(numbers[::_FIELDS], numbers[1::_FIELDS], numbers[2::_FIELDS], strict=True))
        pieces = [face[glyph] for glyph in glyphs]
        if self.justified:
            self._widen(item, glyphs, pieces, face)
        return pieces

    def _learn(self, item: Any, numbers: list[int], face: _Face) -> None:
        """Note the characters and the widths of glyphs that are new."""
        clusters = [*item.glyphs.log_clusters[0 : len(numbers)], item.item.length]
        begin, logical = item.item.offset, self.stream.logical_rect
        for number, first, end in zip(numbers, clusters, clusters[1:], strict=False):
            if number != _EMPTY and number not in face.widths:
                self.pango.pango_font_get_glyph_extents(item.item.analysis.font, number, self.stream.ink_rect, logical)
                face.widths[number] = logical.width
                face.font.widths.setdefault(number, round(logical.width * 1000 / _SCALE / face.size))
                face.font.to_unicode.setdefault(number, self.text[begin + first : begin + end].decode())

    def _widen(self, item: Any, glyphs: list[_Glyph], pieces: list[str], face: _Face) -> None:
        """Widen the spaces of a run, and undo what kerns them, as the engine does where it separates words."""
        offset, length, wide, last = item.item.offset, item.item.length, {}, -1
        clusters = [*self.ffi.unpack(item.glyphs.log_clusters, len(glyphs)), length]
        for space in _SPACE.finditer(self.text, offset, offset + length):
            index = bisect_left(clusters, space.start() - offset)
            if clusters[index : index + 2] != [space.start() - offset, space.end() - offset]:
                raise _Unusual  # it is part of a ligature
            if index and last != index - 1:
                number, width, right = glyphs[index - 1]
                pieces[index - 1] = face[number, face.widths.get(number, width), right]
            number, first = glyphs[index][0], space.start() == 0
            if (number, first) not in wide:
                wide[number, first] = face.space(number, self.extra, first)
            pieces[index], last = wide[number, first], index
