"""The marks of a timeline: one for each source, or for several of the same time that cannot be shown separately."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from book.composition.axis import ordinal
from book.composition.broken_axis import BrokenAxis
from book.model.indexes import IndexEntry
from book.model.sources import Day, PartialDate, Source

LANES = 4
"""Maximum number of marks side by side."""
MOST_MARKS = 300
"""Maximum number of marks in a drawing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One source, or several: a disc, and a bar if the date is longer than a day."""

    entries: tuple[IndexEntry, ...]
    """The index entries of its sources, in order."""
    date: str
    """The date, formatted."""
    count: int
    """The number of citations, which the disc's area shows."""
    x: float
    y: float
    radius: float
    top: float
    bottom: float
    """Where the bar begins and ends."""
    bar: bool
    """The bar is long enough to be visible beside the disc."""
    certain: bool
    """The date is exact to the day and unqualified; that of several sources is what their days have in common."""

    @property
    def source(self) -> Source:
        """Its source, or the first of several."""
        source = self.entries[0].source
        assert source is not None, "an index of sources"
        return source

    @property
    def cluster(self) -> bool:
        """It stands for several sources."""
        return len(self.entries) > 1


@dataclass(frozen=True, slots=True)
class _Item:
    """A source on the axis."""

    entry: IndexEntry
    date: PartialDate
    first: Day
    part: int
    """The part of the axis that it begins in."""
    y: float
    top: float
    bottom: float


_UNITS: Sequence[Callable[[_Item], object]] = (
    lambda item: item.entry.key,
    lambda item: (item.date.earliest, item.date.latest),
    lambda item: item.first[:2],
    lambda item: item.first.year,
    lambda item: item.first.year // 10,
    lambda item: item.first.year // 100,
    lambda item: item.first.year // 1000,
    lambda item: item.part,
)
"""The units of time that sources must share to share a mark, from the shortest to the longest."""


def place_marks(
    dated: Sequence[IndexEntry],
    axis: BrokenAxis,
    x: float,
    room: float,
    wording: Callable[[Sequence[PartialDate]], str],
    most: int,
) -> tuple[Mark, ...]:
    """Place marks for dated index entries in the order of time, so that none covers another.

    Sources share a mark if more than `room` would be side by side, or if there would be more than `most` marks: those
    of a day, then of a month, a year, and so on. `wording` formats some dates together, `x` is the position of the
    axis.
    """
    items = [_item(entry, axis) for entry in dated]
    levels = [0] * len(items)
    while True:
        groups = _grouped(items, levels)
        if len(groups) > most and min(levels) < len(_UNITS) - 1:
            levels = [min(level + 1, len(_UNITS) - 1) for level in levels]
            continue
        marks = _drawn(groups, items, wording)
        placed, crowded = _beside(marks, x, room)
        narrow = [place for place in crowded if levels[groups[place][0]] < len(_UNITS) - 1]
        widened = [place for place in narrow if not marks[place].bar] or narrow
        if not widened:
            return placed
        levels = _widened(items, levels, {member for place in widened for member in groups[place]})


def _item(entry: IndexEntry, axis: BrokenAxis) -> _Item:
    """A dated index entry on the axis."""
    assert entry.source is not None, "an index of sources"
    date = entry.source.date
    assert date is not None, "a dated source"
    first = date.earliest or date.latest
    last = date.latest or date.earliest
    assert first is not None, "a date has a first or a last day"
    assert last is not None, "a date has a first or a last day"
    top = axis.y(ordinal(first)) if date.earliest else 0.0
    bottom = max(top, axis.y(ordinal(last) + 1)) if date.latest else axis.height
    y = bottom if not date.earliest else top if not date.latest else (top + bottom) / 2
    return _Item(entry, date, first, axis.part(ordinal(first)), y, top, bottom)


def _grouped(items: Sequence[_Item], levels: Sequence[int]) -> list[list[int]]:
    """The indexes of items that share a mark."""
    groups: dict[object, list[int]] = defaultdict(list)
    for number, (item, level) in enumerate(zip(items, levels, strict=True)):
        groups[level, item.part if level else 0, _UNITS[level](item)].append(number)
    return list(groups.values())


def _widened(items: Sequence[_Item], levels: Sequence[int], members: set[int]) -> list[int]:
    """The levels, raised by one for some items and for all others that then share their marks."""
    found = list(levels)
    raised: dict[object, int] = {}
    for member in members:
        found[member] += 1
        level = found[member]
        raised[level, items[member].part, _UNITS[level](items[member])] = level
    for level in sorted(set(raised.values())):
        for number, item in enumerate(items):
            if found[number] < level and (level, item.part, _UNITS[level](item)) in raised:
                found[number] = level
    return found


def _drawn(
    groups: Sequence[Sequence[int]], items: Sequence[_Item], wording: Callable[[Sequence[PartialDate]], str]
) -> list[Mark]:
    """A mark for each group, on the axis itself."""
    counts = [sum(len(items[member].entry.anchors) for member in group) for group in groups]
    most, largest = max(counts), 7.0 if len(groups) <= 30 else 4.0
    marks = []
    for group, count in zip(groups, counts, strict=True):
        found = [items[member] for member in group]
        top, bottom = min(item.top for item in found), max(item.bottom for item in found)
        y = found[0].y if len(found) == 1 else (min(item.y for item in found) + max(item.y for item in found)) / 2
        radius = max(1.8, largest * sqrt(count / most)) if most > 1 else min(largest, 3.5)
        bar = bottom - top > 2 * radius + 1
        dates = [item.date for item in found]
        certain = all(map(is_certain, dates))
        entries = tuple(item.entry for item in found)
        marks.append(Mark(entries, wording(dates), count, 0.0, y, radius, top, bottom, bar, certain))
    return marks


def is_certain(date: PartialDate) -> bool:
    """Whether a date is a day, or an interval of days, without a qualifier."""
    return all(re.fullmatch(r"-?\d{4,}-\d\d-\d\d", end) for end in date.edtf.split("/"))


def _beside(marks: Sequence[Mark], axis: float, room: float) -> tuple[tuple[Mark, ...], set[int]]:
    """The marks moved to the right, lane by lane, until none covers another; those with bars go farthest.

    Returns:
        The marks in their order, and the numbers of those in places where there are too many.
    """
    pitch = 2 * max(mark.radius for mark in marks) + 1.5
    count = max(LANES, int(room / pitch))
    lanes: list[list[tuple[float, float, int]]] = [[] for _ in range(count)]
    moved: dict[int, Mark] = {}
    crowded: set[int] = set()
    order = sorted(
        range(len(marks)), key=lambda number: (marks[number].bar, marks[number].y, marks[number].entries[0].key)
    )
    for number in order:
        mark = marks[number]
        top, bottom = min(mark.top, mark.y - mark.radius), max(mark.bottom, mark.y + mark.radius)
        meeting = [{other for a, b, other in lane if a <= bottom + 0.6 and top <= b + 0.6} for lane in lanes]
        first = 1 if mark.bar else 0  # on the axis itself a bar would not be seen
        lane = next((place for place in range(first, count) if not meeting[place]), None)
        if lane is None:
            crowded |= {number, *(other for others in meeting for other in others)}
            lane = count - 1
        lanes[lane].append((top, bottom, number))
        moved[number] = replace(mark, x=axis + lane * pitch)
    return tuple(moved[number] for number in range(len(marks))), crowded
