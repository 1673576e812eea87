"""Does not lay out margin boxes without content.

WeasyPrint 70.0 makes all sixteen boxes of every page, resolves their percentages, and drops those without content. Our
pages have none, and this takes a millisecond a page.
"""

from __future__ import annotations

from typing import Any

EMPTY = frozenset({"normal", "inhibit", "none"})
"""Values of `content` for which a margin box is not generated (CSS Paged Media 3, 6.1)."""


def mend() -> None:
    """Leave out what would be empty, in this process."""
    from weasyprint import layout

    layout.make_margin_boxes = _only_filled(layout.make_margin_boxes)


def _only_filled(make_margin_boxes: Any) -> Any:
    """Make the margin boxes of a page if any of them has content."""
    from weasyprint.css import PAGE_MARGIN_BOXES

    names = tuple(f"@{name}" for name in PAGE_MARGIN_BOXES - {"footnote", "note-area"})

    def make(context: Any, page: Any, state: Any) -> Any:
        styles = (context.style_for(page.page_type, name) for name in names)
        if any(style is not None and style["content"] not in EMPTY for style in styles):
            return make_margin_boxes(context, page, state)
        return ()

    return make
