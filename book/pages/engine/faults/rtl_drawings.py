"""Sets drawings without a size of their own in text from right to left.

WeasyPrint computes the width of such an inline image as if it were a block, and moves it to the right-hand side of its
container, from a position that it does not have yet: an AttributeError. The position is that of its line later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from book.pages.engine.before_pages import before_pages, every


def mend() -> None:
    """Give inline images a position from the beginning, in this process."""
    before_pages(_give_positions)


def _give_positions(root_box: Any, notes: Sequence[Any], _root: Any) -> None:
    from weasyprint.formatting_structure.boxes import InlineReplacedBox

    for box in every(root_box, *notes):
        if isinstance(box, InlineReplacedBox):
            box.position_x = 0
