"""Repeats a heading where its group continues in the next column or page: `2015 (continued)`.

At the top of each column and page where an element with `data-continued` is resumed, its first block is repeated with
the attribute's text. The layout engine repeats only table heads, so this changes its block layout (WeasyPrint 70.0:
`block_container_layout`, `Box.deepcopy`). Columns are balanced with the repeated headings, and nothing is set twice. A
repeated heading belongs to no element, so it becomes an artifact in the PDF, and screen readers read each heading once
(see `tagging`).
"""

from __future__ import annotations

from typing import Any

ATTRIBUTE = "data-continued"
"""The attribute with the text of the repeated heading."""


def mend() -> None:
    """Repeat headings in this process."""
    from weasyprint.layout import block

    block.block_container_layout = _repeating(block.block_container_layout)


def _repeating(block_container_layout: Any) -> Any:
    """Lay out a block container that begins with its repeated heading if it is resumed."""

    def layout(context: Any, box: Any, bottom_space: Any, skip_stack: Any, *rest: Any, **named: Any) -> Any:
        heading = _heading(context, box, skip_stack)
        if heading is None:
            return block_container_layout(context, box, bottom_space, skip_stack, *rest, **named)
        height = heading.margin_height()
        lower = box.copy()
        lower.position_y += height
        found = block_container_layout(context, lower, bottom_space, skip_stack, *rest, **named)
        new_box = found[0]
        if new_box is not None:
            heading.index = next(iter(skip_stack))
            new_box.position_y -= height
            new_box.height += height
            new_box.children = [heading, *new_box.children]
        return found

    return layout


def _heading(context: Any, box: Any, skip_stack: Any) -> Any | None:
    """The repeated heading of a resumed box, laid out at its top; None if it has none."""
    if skip_stack is None or box.element is None or box.element_tag != box.element.tag:
        return None
    words = box.element.get(ATTRIBUTE)
    if not words or next(iter(skip_stack)) == 0 or not box.children:
        return None
    from weasyprint.layout.block import block_level_layout

    heading = box.children[0].deepcopy()
    _reword(heading, words)
    heading.position_x, heading.position_y = box.content_box_x(), box.position_y
    heading = block_level_layout(context, heading, 0, None, box, page_is_empty=True)[0]
    heading.translate(dy=-heading.margin_top)
    heading.margin_top = 0
    return heading


def _reword(box: Any, words: str) -> None:
    """Reduce a block to one line with this text, in the style of its first text and without an element."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    line = next(one for one in box.descendants() if isinstance(one, LineBox))
    text = next(one for one in line.descendants() if isinstance(one, TextBox))
    text.text = words
    line.children = [text]
    for one in box.descendants():
        one.element = None
