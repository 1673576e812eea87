"""Sets drawings without a size of their own in text from right to left.

WeasyPrint computes the width of such an inline image as if it were a block, and moves it to the right-hand side of its
container, from a position that it does not have yet: an AttributeError. The position is that of its line later.
"""

from __future__ import annotations


def mend() -> None:
    """Give inline images a position from the beginning, in this process."""
    from weasyprint.formatting_structure.boxes import InlineReplacedBox

    InlineReplacedBox.position_x = 0
