"""Reuses columns that were laid out to see whether they fit, if they would come out the same again.

WeasyPrint 70.0 lays out the columns of every page at full height, to see whether there is more than a page of them, and
then again in their places. Where the second layout has the same conditions (on pages that columns start at the top of
and fill), this mend moves the first to its place. Upstream could do the same.
"""

from __future__ import annotations

from math import isinf
from typing import Any


def mend() -> None:
    """Lay out such columns once, in this process."""
    from weasyprint.layout import block

    block.columns_layout = _remembering(block.columns_layout)
    block.block_box_layout = _once(block.block_box_layout)


def _remembering(columns_layout: Any) -> Any:
    """Lay out columns, keeping those that were tried until all are placed."""

    def layout(context: Any, *rest: Any) -> Any:
        outer = getattr(context, "tried_columns", None)
        context.tried_columns = {}
        try:
            return columns_layout(context, *rest)
        finally:
            context.tried_columns = outer

    return layout


def _once(block_box_layout: Any) -> Any:
    """Lay out a box; a column that was tried before under the same conditions is moved to its place."""

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
        *rest: Any, **named: Any,
    ) -> Any:  # fmt: skip
        tried = getattr(context, "tried_columns", None)
        if tried is None or not box.is_column or isinf(bottom_space):
            return block_box_layout(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty, *rest, **named
            )
        key = (box.position_y, len(box.children), round(bottom_space, 6), repr(skip_stack), page_is_empty)
        found = tried.pop(key, None)
        if found is not None:
            found[0].translate(dx=box.position_x - found[0].position_x)
            return found
        found = block_box_layout(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, *rest, **named
        )
        if found[0] is not None and all(map(_flows, found[0].descendants(placeholders=True))):
            tried[key] = found
        return found

    return layout


def _flows(box: Any) -> bool:
    """Whether a box is only in the column: not a float, note or running element, and not positioned."""
    return box.is_in_normal_flow() and not (box.footnote or box.note)
