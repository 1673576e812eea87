"""Lines and texts have no backgrounds, and none are laid out for them.

WeasyPrint 70.0 resolves the radii and the background of every box of a page. The boxes of lines and of texts are
anonymous: CSS gives them none. What is private and used: `layout_box_backgrounds` of `layout.background`.
"""

from __future__ import annotations

from typing import Any


def mend() -> None:
    """Pass over lines and texts, in this process."""
    from weasyprint.layout import background

    background.layout_box_backgrounds = _but_for_lines(background.layout_box_backgrounds)


def _but_for_lines(layout_box_backgrounds: Any) -> Any:
    """Lay out the background of a box; of lines, only what is in them."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    def layout(page: Any, box: Any, *rest: Any, **named: Any) -> None:
        kind = type(box)
        if kind is TextBox:
            box.background = None
        elif kind is LineBox:
            box.background = None
            for child in box.children:
                layout(page, child, *rest, **named)
        else:
            layout_box_backgrounds(page, box, *rest, **named)

    return layout
