"""The heights of lines: `line-height`, and the leading above and below what stands in a line.

Private names used of WeasyPrint 70.0: `strut` of `text.line_break`.
"""

from __future__ import annotations

from typing import Any


def strut_of(style: Any) -> tuple[float, float]:
    """The height of the lines of a style, and how far below their top the base line is, in px; found once."""
    style = style.__dict__.get("base", style)  # of a style that differs from another by its anchor
    found: tuple[float, float] | None = style.__dict__.get("strut")
    if found is None:
        from weasyprint.text.line_break import strut

        found = style.strut = strut(style)
    return found


def take_line_height(box: Any) -> None:
    """Give a box in a line the height of its `line-height`, half of the leading on either side (CSS 2.2, 10.8)."""
    height, box.baseline = strut_of(box.style)
    box.height = box.style["font_size"]
    leading = (height - box.height) / 2
    box.margin_top = leading - box.border_top_width - box.padding_top
    box.margin_bottom = leading - box.border_bottom_width - box.padding_bottom
