"""What inline boxes and texts have by their styles alone, found once for each style: edges, heights, base lines.

WeasyPrint 70.0 resolves the percentages of each box whenever a line is made of it. Most styles have none; then all
boxes of a style have the same used values.

Private names used: `resolve_percentages`, `_adjust_line_height` and `strut` of `layout`; attributes of boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from book.pages.engine.typography.glyphs import UNITS, Shaped

_LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
"""What `resolve_percentages` resolves."""
_BORDERS = ("border_left_width", "border_right_width", "border_top_width", "border_bottom_width")


@dataclass(frozen=True, slots=True)
class Inline:
    """What an inline element has by its style."""

    values: dict[str, Any]
    """The used values of its box, which stands in a line as high as its `line-height`."""
    left: int
    """The width of its left margin, border and padding, in units."""
    right: int
    edges: float
    """The same of both sides, in px."""
    in_flow: bool
    """Whether it is in the line, rather than floated or placed elsewhere."""
    moved: bool
    """Whether it is moved from where it would be (`position: relative`)."""
    level: bool
    """Whether it stands on the base line of what it is in."""


def inline_of(box: Any, block: Any) -> Inline:
    """Give the box of an inline element its used values; return what is known of them."""
    style = box.style.__dict__.get("base", box.style)  # of a style that differs from another by its anchor
    found: Inline | None = style.__dict__.get("inline")
    if found is None:
        found = _read(box, block)
        if all(_is_absolute(style[name]) for name in _LENGTHS):
            style.inline = found
    else:
        box.__dict__.update(found.values)
    return found


def _read(box: Any, block: Any) -> Inline:
    """Find the used values of an inline box as the engine does, and set them."""
    from weasyprint.layout.inline import _adjust_line_height
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(box, block)
    for side in ("left", "right"):
        if getattr(box, f"margin_{side}") == "auto":
            setattr(box, f"margin_{side}", 0)
    _adjust_line_height(box)
    style = box.style
    return Inline(
        values={name: getattr(box, name) for name in (*_LENGTHS, *_BORDERS, "baseline")},
        left=round((box.margin_left + box.border_left_width + box.padding_left) * UNITS),
        right=round((box.margin_right + box.border_right_width + box.padding_right) * UNITS),
        edges=edges_of(box),
        in_flow=box.is_in_normal_flow(),
        moved=style["position"] == "relative",
        level=style["vertical_align"] == "baseline",
    )


def edges_of(box: Any) -> float:
    """The width of the margins, borders and paddings of a box, in px."""
    edges = box.margin_left + box.border_left_width + box.padding_left
    edges += box.margin_right + box.border_right_width + box.padding_right
    return float(edges)


def _is_absolute(value: Any) -> bool:
    """Whether a computed length does not depend on the containing block."""
    return value == "auto" or getattr(value, "unit", None) == "px"


_anonymous: dict[str, Any] = {}
"""The used values of a box without margins, borders, padding and size."""


def set_text_values(box: Any, block: Any, shaped: Shaped) -> None:
    """Give the box of a text its used values; its height and base line, if the text has one font."""
    from weasyprint.css import AnonymousStyle
    from weasyprint.layout.percent import resolve_percentages

    if type(box.style) is not AnonymousStyle or not _anonymous:
        resolve_percentages(box, block)
        if type(box.style) is AnonymousStyle:
            _anonymous.update({name: getattr(box, name) for name in (*_LENGTHS, *_BORDERS)})
    else:
        box.__dict__.update(_anonymous)
    if len(shaped.fonts) == 1:
        stand(box, *shaped.metrics(0, 1))


def stand(box: Any, height: float, baseline: float) -> None:
    """Set the height and the base line of a text, and margins that make it as high as its `line-height`."""
    from weasyprint.layout.inline import strut

    leading = (strut(box.style)[0] - height) / 2
    box.height = height
    box.margin_top = box.margin_bottom = leading
    box.baseline = baseline + leading


def stand_level(line: Any, boxes: list[Any], position_y: float, extents: dict[Any, tuple[float, float]]) -> None:
    """Let all boxes of a line stand on its base line, as the engine's `line_box_verticality` does.

    Args:
        line: The line, which gets its height and base line.
        boxes: All boxes in it.
        position_y: Where it begins.
        extents: How far boxes reach above and below the base line, by style and metrics; what is new is added.
    """
    top, bottom = inf, -inf
    for box in (line, *boxes):
        key = id(box.style), box.height, box.baseline
        known = extents.get(key)
        if known is None:
            known = extents[key] = -box.baseline, -box.baseline + box.margin_height()
        top = min(top, known[0])
        bottom = max(bottom, known[1])
    line.baseline, line.height = -top, bottom - top
    for box in boxes:
        box.position_y = position_y - top - box.baseline
