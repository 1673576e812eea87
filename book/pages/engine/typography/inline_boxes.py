"""What inline boxes and texts have by their styles alone, found once for each style: edges, heights, base lines.

WeasyPrint 70.0 resolves the percentages of each box whenever a line is made of it. Most styles have none; then all
boxes of a style have the same used values.

Private names used: `resolve_percentages` of `layout`; attributes of boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from book.pages.engine.typography.glyphs import UNITS
from book.pages.engine.typography.leading import strut_of, take_line_height

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
    """What the box of an inline element has; it is not changed."""
    style = box.style.__dict__.get("base", box.style)  # of a style that differs from another by its anchor
    found: Inline | None = style.__dict__.get("inline")
    if found is None:
        found = _read(box.copy(), block)
        if all(_is_absolute(style[name]) for name in _LENGTHS):
            style.inline = found
    return found


def _read(box: Any, block: Any) -> Inline:
    """Find the used values of an inline box as the engine does, and set them."""
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(box, block)
    for side in ("left", "right"):
        if getattr(box, f"margin_{side}") == "auto":
            setattr(box, f"margin_{side}", 0)
    take_line_height(box)
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


def values_of_text(box: Any, block: Any, height: float, baseline: float) -> dict[str, Any]:
    """The used values of the box of a text, which with its margins is as high as its `line-height`.

    Args:
        box: The box; it is not changed.
        block: The block that it is in.
        height: The height of its font, in px.
        baseline: The distance from the top of that to the base line, in px.
    """
    from weasyprint.css import AnonymousStyle
    from weasyprint.layout.percent import resolve_percentages

    style = box.style
    known: dict[Any, dict[str, Any]] = style.__dict__.setdefault("text_values", {})
    found = known.get((height, baseline))
    if found is None:
        resolved = box.copy()
        resolve_percentages(resolved, block)
        leading = (strut_of(style)[0] - height) / 2
        found = {name: getattr(resolved, name) for name in (*_LENGTHS, *_BORDERS)}
        found |= {"height": height, "margin_top": leading, "margin_bottom": leading, "baseline": baseline + leading}
        if type(style) is AnonymousStyle:  # without margins, borders and padding
            known[height, baseline] = found
    return found


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
