"""Draws lines that are slices of shaped text.

WeasyPrint 70.0 reads each glyph of a line field by field, and positions most of them separately. Here the PDF operators
of each glyph are made once for each text; a line is the text between its spaces, joined by spaces of the required
width. Expanded letters are scaled by the text matrix.

What is private and used: `draw_inline_level` of `draw` and what it calls, `Stream`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from book.pages.engine.typography.faces import Face, drawn_of, number_text
from book.pages.engine.typography.glyphs import UNITS, Glyph, Shaped

LEAST_SIZE = 1e-6
"""Text that is smaller, in px, is not drawn."""
Piece = tuple[Shaped, int, int]
"""Glyphs of a text: the first, and the one behind the last."""


class Line:
    """The text of a box in a line; it replaces the engine's Pango layout."""

    __slots__ = ("expansion", "parted", "pieces", "text", "tracking", "widened")

    first_line_direction = 0
    """Pango's number of left to right."""

    def __init__(
        self, text: str, pieces: list[Piece], expansion: float, widened: float, tracking: float, parted: bool
    ) -> None:
        """Keep what is drawn.

        Args:
            text: what stands in the line.
            pieces: its glyphs.
            expansion: by what letters, and spaces too, are wider than they are.
            widened: how much wider each space is then, in units.
            tracking: the space behind each glyph, in units.
            parted: whether the last glyph is a hyphen that is not in the text.
        """
        self.text, self.pieces, self.parted = text, pieces, parted
        self.expansion, self.widened, self.tracking = expansion, widened, tracking

    def deactivate(self) -> None:
        """Free nothing."""

    def reactivate(self, style: Any) -> None:
        """Recreate nothing."""

    @property
    def _decoration(self) -> Any:
        return self.pieces[0][0].typeface.decoration

    @property
    def ascent(self) -> float:
        """The ascent in px; the following properties are in px too."""
        return self._decoration[0]  # type: ignore[no-any-return]

    @property
    def underline_position(self) -> float:
        """The position of the underline."""
        return self._decoration[1]  # type: ignore[no-any-return]

    @property
    def strikethrough_position(self) -> float:
        """The position of the strike-through line."""
        return self._decoration[2]  # type: ignore[no-any-return]

    @property
    def underline_thickness(self) -> float:
        """The thickness of the underline."""
        return self._decoration[3]  # type: ignore[no-any-return]

    @property
    def strikethrough_thickness(self) -> float:
        """The thickness of the strike-through line."""
        return self._decoration[4]  # type: ignore[no-any-return]


def draw_slices() -> None:
    """Draw such lines in this process."""
    from weasyprint import draw

    draw.draw_inline_level = _draw_line(draw, draw.draw_inline_level)


def _draw_line(draw: Any, draw_inline_level: Any) -> Any:
    """Draw a planned line and the elements in it; anything else, as the engine does."""
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox
    from weasyprint.stacking import StackingContext

    def draw_either(stream: Any, page: Any, box: Any, offset_x: float = 0, *rest: Any) -> None:
        if getattr(box, "planned", None) is not None:
            draw_children(stream, page, box, offset_x)
        elif getattr(box, "sliced", False):
            draw_element(stream, page, box, offset_x)
        else:
            draw_inline_level(stream, page, box, offset_x, *rest)

    def draw_element(stream: Any, page: Any, box: Any, offset_x: float) -> None:
        if not _is_bare(box):
            draw.set_mask_border(stream, box)
            draw.draw_background(stream, box.background)
            draw.draw_border(stream, box)
        draw_children(stream, page, box, offset_x)

    def draw_children(stream: Any, page: Any, box: Any, offset_x: float) -> None:
        for child in box.children:
            if type(child) is TextBox:
                with stream.marked(child, "Span"):
                    _draw_any_text(draw.draw_text, stream, child, offset_x + child.position_x - box.position_x)
            elif isinstance(child, StackingContext):
                draw_inline_level(stream, page, child, offset_x)
            elif type(child) is InlineBox:
                draw_element(stream, page, child, offset_x + child.position_x - box.position_x)
            else:
                draw_inline_level(stream, page, child, offset_x + child.position_x - box.position_x)

    return draw_either


def _is_bare(box: Any) -> bool:
    """Whether an inline element has neither background nor border."""
    style = box.style
    return (
        (box.background is None or not box.background.layers)
        and not (box.border_left_width or box.border_right_width or box.border_top_width or box.border_bottom_width)
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
    )


def _draw_any_text(draw_text: Any, stream: Any, textbox: Any, offset_x: float) -> None:
    """Draw a text of a planned line; what the engine has broken between characters, as the engine does."""
    if not isinstance(textbox.pango_layout, Line):
        draw_text(stream, textbox, offset_x, "clip", "none")
    elif textbox.style["text_decoration_line"] == "none":
        _draw_text(stream, textbox)
    else:
        _draw_decorated(draw_text, stream, textbox, offset_x)


def _draw_decorated(draw_text: Any, stream: Any, textbox: Any, offset_x: float) -> None:
    """Draw a text and the lines under, over and through it, which the engine draws, given the box without the text."""
    lines = textbox.style["text_decoration_line"]
    through = lines & {"line-through"}
    for some in (lines - through, None, through):
        if some is None:
            _draw_text(stream, textbox)
        elif some:
            blank = textbox.copy()
            blank.text, blank.style = "", textbox.style.copy()
            blank.style["text_decoration_line"] = some
            draw_text(stream, blank, offset_x, "clip", "none")


def _draw_text(stream: Any, textbox: Any) -> None:
    """Draw the letters of a text."""
    style, line = textbox.style, textbox.pango_layout
    if style["visibility"] != "visible" or not line.text.strip() or style["font_size"] < LEAST_SIZE:
        return
    stream.set_color(style["color"])
    stream.begin_text()
    x, y = textbox.position_x, textbox.position_y + textbox.baseline
    stream.stream.append(f"{number_text(line.expansion)} 0 0 -1 {number_text(x)} {number_text(y)} Tm")
    _show(stream, line)
    stream.end_text()


def _show(stream: Any, line: Line) -> None:
    """Write the glyphs of a line; of a hyphen that is added, readers hear nothing (ISO 32000-1, 14.9.4)."""
    pieces = line.pieces
    if line.parted:
        shaped, first, end = pieces[-1]
        pieces = [*pieces[:-1], (shaped, first, end - 1)] if end - 1 > first else pieces[:-1]
    if line.tracking:
        stream.stream.append(f"{line.tracking / line.expansion / UNITS:.4f} Tc".encode())
    _show_pieces(stream, line, pieces)
    if line.parted:
        stream.stream.append(b"/Span <</ActualText <FEFF00AD>>> BDC")
        _show_pieces(stream, line, [(shaped, end - 1, end)])
        stream.stream.append(b"EMC")
    if line.tracking:
        stream.stream.append(b"0 Tc")


def _show_pieces(stream: Any, line: Line, pieces: list[Piece]) -> None:
    spans = [span for piece in pieces for span in _spans(stream, piece, line)]
    if not spans:
        return
    last, words = spans[0]
    for face, more in spans[1:]:
        if face is last:
            words += more
        else:
            stream.set_font_size(last.font.hash, last.size)
            _write(stream, words)
            last, words = face, more
    stream.set_font_size(last.font.hash, last.size)
    _write(stream, words)


def _write(stream: Any, words: str) -> None:
    """Show text; raised or lowered parts are between marks."""
    for number, part in enumerate(words.split("|")):
        if number % 2:
            stream.set_text_rise(float(part))
        elif shown := f"<{part}>".replace("<>", " ").strip():
            stream.show_text(shown)


def _spans(stream: Any, piece: Piece, line: Line) -> list[tuple[Face, str]]:
    """How a slice is written, with the face that each part of it is set in."""
    shaped, first, end = piece
    faces, words = drawn_of(stream, shaped)
    extra = line.widened / line.expansion
    if len(faces) == 1:
        face = faces[0][1]
        return [(face, "".join(_widened(shaped, words, face, first, end, extra) if extra else words[first:end]))]
    return [
        (face, "".join(_widened(shaped, words, face, begin, stop, extra) if extra else words[begin:stop]))
        for begin, stop, face in _by_face(faces, first, end)
    ]


def _by_face(faces: list[tuple[int, Face]], first: int, end: int) -> Iterator[tuple[int, int, Face]]:
    """The parts of a slice that have one face each."""
    for number, (begin, face) in enumerate(faces):
        stop = faces[number + 1][0] if number + 1 < len(faces) else end
        if (begin := max(begin, first)) < (stop := min(stop, end)):
            yield begin, stop, face


def _widened(shaped: Shaped, words: list[str], face: Face, first: int, end: int, extra: float) -> list[str]:
    """How some glyphs are written, each space being wider by `extra` units."""
    spaces, glyphs = shaped.spaces, shaped.glyphs
    found = words[first:end]
    known: dict[Glyph, str] = {}
    for place in range(bisect_left(spaces, first), bisect_left(spaces, end)):
        space = spaces[place]
        glyph = glyphs.at(space)
        if glyph not in known:
            known[glyph] = face.space(glyph, extra)
        found[space - first] = known[glyph]
    return found
