"""Keeps gradients that are repeated without bounds from hanging the engine: a length next to nothing is one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

MOST = 10_000
"""Stops, or repetitions, of one gradient."""


class _TooManyError(ValueError):
    """A gradient has too many stops."""


def mend() -> None:
    """Bound the repetition of gradients in this process, in stylesheets and in drawings."""
    from weasyprint import images
    from weasyprint.svg import defs

    images.cycle = defs.cycle = _cycle
    defs.ceil = _ceil
    images.LinearGradient.layout = _or_average(images.LinearGradient.layout)
    images.RadialGradient.layout = _or_average(images.RadialGradient.layout)
    images.RadialGradient._repeat = _bounded(images.RadialGradient._repeat)  # noqa: SLF001


def _cycle(values: Iterable[Any]) -> Iterator[Any]:
    """`itertools.cycle`, up to `MOST`."""
    yield from itertools.islice(itertools.cycle(values), MOST)
    raise _TooManyError(f"a gradient is repeated more than {MOST} times")


def _ceil(number: float) -> int:
    """`math.ceil`, of numbers up to `MOST`."""
    if not number < MOST:
        raise _TooManyError(f"a gradient is repeated more than {MOST} times")
    return math.ceil(number)


def _bounded(repeat: Callable[..., Any]) -> Callable[..., Any]:
    """The method that repeats a radial gradient, for lengths that are more than next to nothing."""

    def checked(self: Any, width: float, height: float, scale_y: float, points: Any, *others: Any) -> Any:
        _ceil((math.hypot(width, height) + math.hypot(*points[:2]) + points[2]) / max(points[5] - points[2], 1e-99))
        return repeat(self, width, height, scale_y, points, *others)

    return checked


def _or_average(layout: Callable[..., Any]) -> Callable[..., Any]:
    """The method that lays a gradient out; where it has too many stops, its average colour (CSS Images 3, 3.5.1)."""

    def bounded(self: Any, *arguments: Any) -> Any:
        from weasyprint.images import gradient_average_color

        try:
            return layout(self, *arguments)
        except _TooManyError:
            count = len(self.colors)
            return 1, "solid", None, [], [gradient_average_color(self.colors, range(count))], []

    return bounded
