"""Makes note calls links, and link areas large enough to be hit."""

from __future__ import annotations

from typing import Any


def mend() -> None:
    """Mend links in this process."""
    from weasyprint.formatting_structure import boxes, build

    boxes.InlineBox.hit_area = _cover_text(boxes.InlineBox.hit_area, boxes.Box.hit_area)
    build.make_box = _link_calls(build.make_box)


def _link_calls(make_box: Any) -> Any:
    """Make the call of a footnote a link to the address in the note's `data-href`."""

    def make(element_tag: str, style: Any, content: Any, element: Any) -> Any:
        box = make_box(element_tag, style, content, element)
        if element_tag.endswith("::footnote-call") and element.get("data-href"):
            box.link = ("url", ("external", element.get("data-href")))
        return box

    return make


def _cover_text(line_area: Any, text_area: Any) -> Any:
    """Make the area of a link in a line at least as high as its text.

    The engine makes it as high as the line, so a raised number, whose `line-height` is 0, could not be hit.
    """

    def hit_area(box: Any) -> tuple[float, float, float, float]:
        area: tuple[float, float, float, float] = line_area(box)
        return area if area[3] >= box.border_height() else text_area(box)

    return hit_area
