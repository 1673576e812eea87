"""Shapes a text with Pango once; lines are slices of its glyphs.

The layout engine shapes the rest of a paragraph again for each line, and each line again to measure and to draw it.
Here a `Typeface` shapes text of a style, and `Shaped` is the result: glyphs, their positions, and the offsets of the
text they represent. All lengths are integers in Pango units (1/1024 px), so that sums are exact.

For WeasyPrint 70.0 and Pango 1.50 or later. Private names used: `Layout` of `text.line_break`, the bindings of
`text.ffi`, and `FontConfiguration`, which lives as long as the fonts do.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any
from unicodedata import normalize

from book.pages.engine.typography.glyphs import EMPTY, UNITS, Font, Glyphs, Shaped

PROPERTIES = (
    "font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning", "font_variant_ligatures",
    "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
    "font_variant_east_asian", "font_feature_settings", "font_variation_settings", "font_language_override", "lang",
    "letter_spacing", "word_spacing", "text_decoration_line",
)  # fmt: skip
"""CSS properties that the glyphs of a text, and lines under it, depend on."""

_FIELDS = 5
"""Number of integers in a PangoGlyphInfo: glyph, width, x offset, y offset, attributes."""
_TURNED = 0x7FFFFF
"""Mask of the bytes after the font in a PangoAnalysis (level, gravity, flags) that concern how text is drawn."""
_UNUSUAL = re.compile("[\\0\\t\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]")
"""Tabs, and characters that may end a paragraph."""
_SPACE = re.compile(b" |\\xc2\\xa0")
"""The spaces that are stretched in justified lines, in UTF-8."""
KEPT = 64
"""Maximum length in characters of texts that are cached with their typeface: note numbers, dates, parts of words."""
_MOST_KEPT = 20_000
_TABLES = (b"EBDT", b"CBDT", b"sbix", b"COLR", b"SVG ")
"""Tables of fonts whose glyphs are more than outlines."""


class UnusualText(Exception):  # noqa: N818 - nothing is wrong with such a text
    """A text that the engine has to set and draw."""


class Typeface:
    """Shapes texts of some styles."""

    def __init__(self, style: Any) -> None:
        from weasyprint.text.line_break import Layout

        self._layout = Layout(style)
        self._style = style
        self._fonts: dict[int, Font] = {}
        self._alive: list[Any] = []
        self._shaped: dict[str, Shaped | None] = {}
        self._spellings: dict[str, str] = {}
        layout = self._layout
        self.plain = style["letter_spacing"] == "normal" and not style["word_spacing"]
        """Whether nothing is added to the widths of glyphs."""
        spacing = style["letter_spacing"]
        self._behind = 0 if spacing == "normal" else round(spacing * UNITS)
        """The text after a text, which Pango ignores at the end of a line."""
        self.decoration = (
            layout.ascent, layout.underline_position, layout.strikethrough_position,
            getattr(layout, "underline_thickness", None), getattr(layout, "strikethrough_thickness", None),
        )  # fmt: skip
        """Positions of underline, overline and strike-through in px, as the engine's `Layout` gives them."""

    def shape(self, text: str) -> Shaped | None:
        """Shape a text; None if it is unusual (see `UnusualText`)."""
        if len(text) >= KEPT:
            return self._shape(text)
        if text not in self._shaped:
            if len(self._shaped) > _MOST_KEPT:
                self._shaped.clear()
            self._shaped[text] = self._shape(text)
        return self._shaped[text]

    def width_of(self, font: Font, number: int) -> int:
        """The width of a glyph without kerning."""
        found = font.widths.get(number)
        if found is None:
            found = font.widths[number] = _extents(font.pango, number).width
        return found

    def _shape(self, text: str) -> Shaped | None:
        if not text or _UNUSUAL.search(text):
            return None
        spellings = {} if text.isascii() else {char: self._spelled(char) for char in set(text)}
        given, origins = text, None
        if any(char != spelling for char, spelling in spellings.items()):
            spelled = [spellings[char] for char in text]
            given, origins = "".join(spelled), _origins(text, spelled)
        line = self._line(given)
        layout = self._layout.layout
        try:
            shaped = self._read(text, line, origins)
        except UnusualText:
            return None
        if len(text) >= KEPT and given == text:
            shaped.chances = _chances(layout, len(text))
        return shaped

    def _spelled(self, char: str) -> str:
        """A character; or its letter and marks, if the style's own font has only these.

        Pango does so by itself from 1.52 on; older releases take the character from another font.
        """
        if char.isascii():
            return char
        if char not in self._spellings:
            parts = normalize("NFD", char)
            apart = parts != char and not self._has(char) and self._has(parts)
            self._spellings[char] = parts if apart else char
        return self._spellings[char]

    def _has(self, text: str) -> bool:
        """Whether the style's own font, that of its spaces, has a text."""
        try:
            own, found = (self._read(one, self._line(one)).fonts for one in (" ", text))
        except UnusualText:
            return False
        return [font for _, font in found] == [own[0][1]]

    def _line(self, text: str) -> Any:
        """The one line that Pango makes of a text."""
        from weasyprint.text.ffi import pango
        from weasyprint.text.line_break import Layout

        if self.plain:
            pango.pango_layout_set_text(self._layout.layout, text.encode(), -1)
        else:
            self._layout = Layout(self._style)
            self._layout.set_text(text)
        return pango.pango_layout_get_line_readonly(self._layout.layout, 0)

    def _read(self, text: str, line: Any, origins: Sequence[int] | None = None) -> Shaped:
        """Read Pango's result; `origins` are the offsets in the text of all bytes that were shaped, if these differ.

        Raises:
            UnusualText: The engine has to set the text.
        """
        from weasyprint.text.ffi import ffi

        numbers, offsets = array("i"), array("i")
        fonts: list[tuple[int, Font]] = []
        run = line.runs[0]
        while run != ffi.NULL:
            item, run = run.data, run.next
            if item.item.analysis.level & _TURNED:
                raise UnusualText
            font = self._font(item.item.analysis.font)
            if not fonts or fonts[-1][1] is not font:
                fonts.append((len(offsets), font))
            count, begin = item.glyphs.num_glyphs, item.item.offset
            numbers.frombytes(ffi.buffer(item.glyphs.glyphs, _FIELDS * numbers.itemsize * count))
            clusters = ffi.unpack(item.glyphs.log_clusters, count)
            offsets.extend([begin + one for one in clusters] if begin else clusters)
        if not offsets or max(numbers[::_FIELDS]) > EMPTY:
            raise UnusualText
        if origins is not None:
            offsets = array("i", map(origins.__getitem__, offsets))
        return self._shaped_text(text, numbers, offsets, fonts)

    def _shaped_text(self, text: str, numbers: array[int], given: array[int], fonts: Any) -> Shaped:
        data = text.encode()
        glyphs = Glyphs(*(numbers[field::_FIELDS] for field in range(4)))
        glyphs.widths[-1] += self._behind
        places = list(accumulate(glyphs.widths, initial=0))
        given.append(len(data))
        index = dict(zip(reversed(given), range(len(places) - 1, -1, -1), strict=True))
        try:
            spaces = [index[one.start()] for one in _SPACE.finditer(data)]
        except KeyError:
            raise UnusualText from None  # a space is part of a ligature
        return Shaped(text, data, self, glyphs, places, given, index, fonts, spaces, None)

    def _font(self, pango_font: Any) -> Font:
        """A font of this typeface.

        Raises:
            UnusualText: Its glyphs are more than outlines.
        """
        from weasyprint.text.ffi import ffi
        from weasyprint.text.line_break import Layout

        address = int(ffi.cast("intptr_t", pango_font))
        if not address:
            raise UnusualText  # there is no font at all
        if address not in self._fonts:
            logical = _extents(pango_font, EMPTY)
            self._fonts[address] = Font(pango_font, -logical.y, logical.height + logical.y)
            self._alive.append(self._layout)  # it keeps the font
            self._layout = Layout(self._style)
            self._outlines(self._fonts[address])
        font = self._fonts[address]
        if font.ascent < 0:
            raise UnusualText
        return font

    @staticmethod
    def _outlines(font: Font) -> None:
        """Mark a font whose glyphs are more than outlines."""
        from weasyprint.text.ffi import harfbuzz
        from weasyprint.text.fonts import get_pango_font_hb_face

        face = get_pango_font_hb_face(font.pango)
        for name in _TABLES:
            blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(name, -1))
            if harfbuzz.hb_blob_get_length(blob):
                font.ascent = -1
            harfbuzz.hb_blob_destroy(blob)


def _origins(text: str, spelled: Sequence[str]) -> list[int]:
    """For each byte of a text whose characters are spelled so, the offset of the character in the text."""
    begins = accumulate((len(char.encode()) for char in text), initial=0)
    return [begin for begin, parts in zip(begins, spelled, strict=False) for _ in parts.encode()]


def _chances(layout: Any, length: int) -> list[int]:
    """The characters before which UAX 14 allows a line of a layout's text to end."""
    from weasyprint.text.ffi import ffi, pango

    attributes = pango.pango_layout_get_log_attrs_readonly(layout, ffi.NULL)
    numbers = ffi.unpack(ffi.cast("unsigned int *", attributes), length)
    return [place for place, one in enumerate(numbers) if one & 1]


def _extents(pango_font: Any, number: int) -> Any:
    """The logical rectangle of a glyph."""
    from weasyprint.text.ffi import ffi, pango

    logical = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(pango_font, number, ffi.NULL, logical)
    return logical


def typeface_of(style: Any) -> Typeface:
    """The typeface that shapes text of a style."""
    found: Typeface | None = style.__dict__.get("typeface")
    if found is None:
        faces = style.font_config.__dict__.setdefault("typefaces", {})
        key = str([style[name] for name in PROPERTIES])
        if key not in faces:
            faces[key] = Typeface(style)
        found = style.typeface = faces[key]
    return found
