"""The layout of a line is kept until the line has been drawn.

For WeasyPrint 70.0, which lets go of the layout of each line when it has measured it, and makes it
again to draw it: for a justified line with an attribute for each space, so that Pango shapes each word by itself, and
once more just to note its text. Here the layout that a line was measured with is there for `text_drawing`, which widens
the spaces itself. What that leaves to the engine is set again for it.

What is private and used: `Layout` of `text.line_break`, `add_word_spacing` of `layout.inline`, `draw_first_line` of
`draw.text`. Upstream could keep layouts with their boxes just so; it takes some kilobytes a line until it is drawn.
"""

from __future__ import annotations

from copy import copy
from typing import Any


def mend() -> None:
    """Have the engine of this process keep layouts."""
    from weasyprint.draw import text as drawing
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    layout = line_break.Layout
    layout.kept, layout.drawn, layout.widened_by = None, False, 0
    layout.deactivate, layout.reactivate = _deactivate, _reactivate
    inline.add_word_spacing = _add_word_spacing(inline.add_word_spacing, inline.count_expandable_spaces)
    drawing.draw_first_line = _set_again(drawing.draw_first_line)


def _deactivate(layout: Any) -> None:
    """Keep what Pango made of a line until the line has been drawn."""
    layout.kept = None if layout.drawn else layout.layout
    del layout.layout, layout.language, layout.style


def _reactivate(layout: Any, style: Any) -> None:
    """Make a line ready to be drawn, as it was measured: whoever draws it has to widen its spaces by `widened_by`."""
    layout.drawn, layout.widened_by = True, layout.justification_spacing
    if layout.kept is None:
        layout.setup(style)
        layout.set_text(layout.text)
    else:
        layout.layout, layout.language, layout.style = layout.kept, None, style


def _add_word_spacing(add_word_spacing: Any, count_spaces: Any) -> Any:
    """Note by how much the spaces of a text are widened, in a copy of what it was measured with."""

    def widen(context: Any, box: Any, spacing: float, advance: float) -> Any:
        if not hasattr(box, "pango_layout") or box.pango_layout.text != box.text:
            return add_word_spacing(context, box, spacing, advance)
        box.justification_spacing = spacing
        box.position_x += advance
        if spaces := count_spaces(box):
            box.pango_layout = copy(box.pango_layout)
            box.pango_layout.justification_spacing = spacing
            box.width += spacing * spaces
        return advance + spacing * spaces

    return widen


def _set_again(draw_first_line: Any) -> Any:
    """Draw a line with a layout in which its spaces are wide."""

    def draw(stream: Any, textbox: Any, *rest: Any) -> Any:
        layout = textbox.pango_layout
        layout.setup(layout.style)
        layout.set_text(layout.text, justify=True)
        return draw_first_line(stream, textbox, *rest)

    return draw
