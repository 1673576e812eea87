"""The axis of a timeline with breaks in long gaps, so that a few distant sources do not compress the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from book.composition.axis import CLOSEST, Axis, Tick, draw_axis

BREAK = 20.0
"""The height of a break."""
MOST_BREAKS = 3
_LONG = 0.35
"""Minimum share of the whole of a gap for which the axis is broken."""
_UNLIKE = 8
"""Minimum length of such a gap, as a multiple of the usual gap."""
_SCALES = 25
"""Maximum ratio of the longest part to the shortest if all have one scale."""


@dataclass(frozen=True, slots=True)
class BrokenAxis:
    """A scale of days, of one part or of several with breaks between them."""

    parts: tuple[tuple[Axis, float], ...]
    """The parts in order, each with its position."""
    height: float
    """Length of the axis, including breaks."""
    uneven: bool = False
    """Whether its parts have different scales."""

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The ticks of all parts."""
        return tuple(replace(tick, y=top + tick.y) for axis, top in self.parts for tick in axis.ticks)

    @property
    def lines(self) -> tuple[tuple[float, float], ...]:
        """Where the line of each part begins and ends."""
        return tuple((top, top + axis.height) for axis, top in self.parts)

    def part(self, day: int) -> int:
        """The index (0-based) of the part that contains a day, or that follows the break that contains it."""
        return next((place for place, (axis, _) in enumerate(self.parts) if day < axis.end), len(self.parts) - 1)

    def y(self, day: int) -> float:
        """The position of the beginning of a day: in a break its middle, beyond the axis its end."""
        place = self.part(day)
        axis, top = self.parts[place]
        if day < axis.start:
            return max(0.0, top - BREAK / 2)
        return min(self.height, top + axis.y(min(day, axis.end)))


def draw_broken_axis(
    spans: Sequence[tuple[int, int]], height: float, language: str, *, eras: bool = False
) -> BrokenAxis:
    """The axis for some dates, each given by the numbers of its first and last day.

    Parts of similar length have one scale; else each has space for what it contains. A date that continues long after
    the last one has begun is cut off at the end.
    """
    ordered = sorted(spans)
    groups = _groups(ordered)
    oldest, newest = ordered[0][0], ordered[-1][0]
    limit = newest + max(3 * (newest - oldest), 400)
    days = [
        (
            group[0][0],
            min(max(last for _, last in group), limit if follower is None else max(group[-1][0], follower - 400)),
        )
        for group, follower in zip(groups, [*(group[0][0] for group in groups[1:]), None], strict=True)
    ]
    lengths = [max(1, last - first + 1) for first, last in days]
    uneven = max(lengths) > _SCALES * min(lengths)
    weights = [float(len(group)) for group in groups] if uneven else [float(length) for length in lengths]
    parts, top = [], 0.0
    for (first, last), part in zip(days, _heights(weights, height - BREAK * (len(groups) - 1)), strict=True):
        parts.append((draw_axis([first, last], part, language, eras=eras), top))
        top += part + BREAK
    return BrokenAxis(tuple(parts), height, uneven)


def _groups(ordered: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The dates, split where the axis is broken."""
    gaps = [(after[0] - before[0], place) for place, (before, after) in enumerate(pairwise(ordered), start=1)]
    cuts: list[int] = []
    for length, place in sorted(gaps, reverse=True)[:MOST_BREAKS]:
        others = [gap for gap, other in gaps if gap and other not in (*cuts, place)]
        if length > _LONG * (length + sum(others)) and length > _UNLIKE * max(30.0, median(others or [length])):
            cuts.append(place)
    bounds = [0, *sorted(cuts), len(ordered)]
    return [list(ordered[begin:end]) for begin, end in pairwise(bounds)]


def _heights(weights: Sequence[float], height: float) -> list[float]:
    """The height of each part by its weight, each at least as high as three labels."""
    least = min(3 * CLOSEST, height / len(weights))
    free = height - least * len(weights)
    return [least + free * weight / sum(weights) for weight in weights]
