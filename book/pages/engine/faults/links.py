"""Makes note calls links, and link areas large enough to be hit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from book.pages.engine.before_pages import before_pages, every


def mend() -> None:
    """Mend links in this process."""
    from weasyprint.formatting_structure import boxes

    boxes.InlineBox.hit_area = _cover_text(boxes.InlineBox.hit_area, boxes.Box.hit_area)
    before_pages(_link_calls)


def _link_calls(root_box: Any, notes: Sequence[Any], _root: Any) -> None:
    """Make the call of each footnote a link to the address in the note's `data-href`."""
    for box in every(root_box, *notes) if notes else ():
        if box.element_tag.endswith("::footnote-call") and (address := box.element.get("data-href")):
            box.link = ("url", ("external", address))


def _cover_text(line_area: Any, text_area: Any) -> Any:
    """Make the area of a link in a line at least as high as its text.

    The engine makes it as high as the line, so a raised number, whose `line-height` is 0, could not be hit.
    """

    def hit_area(box: Any) -> tuple[float, float, float, float]:
        area: tuple[float, float, float, float] = line_area(box)
        return area if area[3] >= box.border_height() else text_area(box)

    return hit_area
