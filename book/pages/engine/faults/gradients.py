"""Keeps gradients that are repeated without bounds from hanging the engine: a length next to nothing is one.

What is private and used: `Gradient.draw` and `process_color_stops` of `images`, `cycle` and `ceil` of `svg.defs`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any

MOST = 10_000
"""Stops, or repetitions, of one gradient."""


class _TooManyError(ValueError):
    """A gradient has too many stops."""


def mend() -> None:
    """Bound the repetition of gradients in this process, in stylesheets and in drawings."""
    from weasyprint.images import Gradient
    from weasyprint.svg import defs

    Gradient.draw = _or_average(Gradient.draw)
    defs.cycle = _cycle
    defs.ceil = _ceil


def _cycle(values: Iterable[Any]) -> Iterator[Any]:
    """`itertools.cycle`, up to `MOST`."""
    yield from itertools.islice(itertools.cycle(values), MOST)
    raise _TooManyError(f"a gradient is repeated more than {MOST} times")


def _ceil(number: float) -> int:
    """`math.ceil`, of numbers up to `MOST`."""
    if not number < MOST:
        raise _TooManyError(f"a gradient is repeated more than {MOST} times")
    return math.ceil(number)


def _or_average(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Draw a gradient; where it would have too many stops, its average colour (CSS Images 3, 3.5.1)."""

    def bounded(gradient: Any, stream: Any, width: float, height: float, style: Any) -> None:
        from weasyprint.images import gradient_average_color

        count = len(gradient.colors)
        if gradient.repeating and count > 1 and not _repetitions(gradient, width, height, style) * count < MOST:
            stream.rectangle(0, 0, width, height)
            stream.set_color(gradient_average_color(gradient.colors, range(count)))
            stream.fill()
        else:
            draw(gradient, stream, width, height, style)

    return bounded


def _repetitions(gradient: Any, width: float, height: float, style: Any) -> float:
    """How often a gradient has to be repeated, at most, to fill a box; not a number if it has no size."""
    from weasyprint.css.properties import Dimension
    from weasyprint.images import process_color_stops

    line = copy(gradient)  # from nothing to its end, once
    line.repeating, line.colors, line.color_hints = False, gradient.colors[:2], gradient.color_hints[:1]
    line.stop_positions = Dimension(0, "px"), Dimension(100, "%")
    scale, kind, points, *_ = line.layout(width, height, style)
    if kind == "linear":
        length = reach = math.hypot(points[2] - points[0], points[3] - points[1])
    else:
        length = points[5]
        reach = math.hypot(width, height / scale) + math.hypot(*points[:2])
    positions, _ = process_color_stops(length, gradient.stop_positions, gradient.color_hints, style)
    period = positions[-1] - positions[0]
    return (max(positions[-1], reach) - min(positions[0], 0)) / period if period else 0.0
