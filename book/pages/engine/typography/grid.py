"""Brings text back to the base line grid below figures, tables and other blocks whose height is not a number of lines.

The space below such a block is widened by less than a line, where the custom property `--grid` of the block is not 0.
This is what CSS Rhythmic Sizing calls `block-step`, which WeasyPrint 70.0 does not have. The rule beside a block that
goes on on the next page ends with its text, where the engine lets it run down to the foot of the page.

Private names used: `block_level_layout` of `layout.block` and of `layout.page`, `collapse_margin`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from book.pages.engine.typography.leading import strut_of

_STEPS = frozenset({"figure", "table", "pre", "aside", "div", "blockquote", "ul", "ol", "dl"})
"""Elements that may be of any height."""
_CONTAINERS = frozenset({"section", "article", "main", "body"})
_NEARLY = 0.02
"""A difference that is not seen, in lines."""


def keep_to_grid() -> None:
    """Keep text to the grid, in this process."""
    from weasyprint.layout import block, page

    block.block_level_layout = _stepping(block.block_level_layout, block.collapse_margin)
    page.block_level_layout = _measured(page.block_level_layout)


def _measured(layout: Any) -> Any:
    """Note where the text area of each page begins, and how wide the narrower of its margins is."""

    def lay_out(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if box.element_tag == "html":
            page = context.current_footnote_area.page
            context.grid_top = page.content_box_y()
            context.narrower_margin = min(page.margin_left + page.padding_left, page.margin_right + page.padding_right)
        return layout(context, box, *rest, **named)

    return lay_out


def _stepping(layout: Any, collapse_margin: Any) -> Any:
    """Lay out a block; the next one begins at a whole number of lines from the top of the page."""

    def lay_out(
        context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, *rest: Any, **named: Any
    ) -> Any:
        result = layout(context, box, bottom_space, skip_stack, containing_block, *rest, **named)
        element = box.element
        laid, resume_at, _, margins, collapsing_through, _ = result
        if laid is None or element is None or element.tag not in _STEPS or not box.is_in_normal_flow():
            return result
        if resume_at is not None:
            if laid.border_left_width or laid.border_right_width:
                top = laid.content_box_y()
                laid.height = min(laid.height, max(_ends(laid), default=top) - top)
            return result
        if collapsing_through or not _is_in_text(containing_block) or not _on_grid(box.style):
            return result
        line = _line(box.style)
        margin = collapse_margin([*margins, laid.margin_bottom])
        lines = (laid.border_box_y() + laid.border_height() + margin - context.grid_top) / line
        off = lines % 1
        if _NEARLY < off < 1 - _NEARLY:
            laid.margin_bottom = margin + (1 - off) * line
        return result

    return lay_out


def _ends(box: Any) -> Iterator[float]:
    """Where the lines and pictures in a box end."""
    from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

    for one in box.descendants():
        if isinstance(one, LineBox | ReplacedBox):
            yield one.position_y + (one.height if isinstance(one, LineBox) else one.margin_height())


def _is_in_text(box: Any) -> bool:
    """Whether a box contains running text directly."""
    return box.element is not None and box.element.tag in _CONTAINERS


def _on_grid(style: Any) -> bool:
    """Whether `--grid` is set, to anything but 0."""
    return any(token.type == "number" and token.value for token in style["__grid"] or ())


def _line(style: Any) -> float:
    """The distance of base lines in the document, in px."""
    return float(strut_of(style.root_style)[0]) or 1.0
