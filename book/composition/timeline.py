"""The timeline of the cited sources: a vertical axis with marks and labels, computed here and drawn by a layout.

Marks stand on the axis or beside it, labels to the right of them. Lengths are in units of the drawing, about 1 pt on a
page of 6 × 9 in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

from book.composition.axis import Axis, Tick, draw_axis, ordinal
from book.dates.formatting import display
from book.language.fonts import text_width
from book.model.indexes import Index, IndexEntry
from book.model.sources import PartialDate, Source

LEAST = 3
"""Minimum number of dated sources for a timeline."""
PAGE, SCREEN = 320.0, 240.0
"""Width of the drawing on a page, and on a screen, which may be narrow: there its text is larger in proportion."""
TALLEST = 372.0
AXIS = 54.0
"""Distance of the axis from the left edge; the axis labels are in between."""
FACE, SIZE = "Source Sans Pro", 8.0
"""Font family and size of the labels."""
ROW, TWO_ROWS = 10.0, 23.0
"""Minimum distance between labels of one line, and of two."""
FARTHEST = 14.0
"""Maximum distance of a label from its mark, if not all labels can be shown."""
LEADER = 18.0
"""Width of the space for the lines from marks to labels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one source: a disc, and a bar if its date is longer than a day."""

    source: Source
    date: str
    """Its date as text."""
    count: int
    """How often it is cited, which the disc's area shows."""
    x: float
    y: float
    radius: float
    top: float
    bottom: float
    """With `top`: where the bar begins and ends."""
    bar: bool
    """Whether the bar is long enough to be visible beside the disc."""
    certain: bool
    """Whether the date is a day, or an interval of days, without qualifiers."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a mark."""

    mark: Mark
    x: float
    y: float
    """The vertical middle of its lines."""
    lines: tuple[str, ...]
    """The title, and the date on a line of its own if there is space."""
    elbow: float
    """The x position where the line from mark to label bends."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing, and the undated sources that are not in it."""

    width: float
    height: float
    axis: float
    """Distance of the axis from the left edge."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    undated: tuple[Source, ...]

    @property
    def first(self) -> str:
        """The first source's date as text."""
        return self.marks[0].date

    @property
    def last(self) -> str:
        """The last source's date as text."""
        return self.marks[-1].date

    @property
    def counted(self) -> bool:
        """Whether the marks have different sizes."""
        return len({mark.count for mark in self.marks}) > 1


@lru_cache(maxsize=8)
def timeline(index: Index, language: str, width: float = PAGE) -> Timeline | None:
    """The timeline of an index of sources, in the order of the index; None if fewer than three are dated."""
    entries = [entry for group in index.groups for entry in group.entries]
    dated = [entry for entry in entries if entry.source and entry.source.date and entry.source.date.sortable]
    undated = tuple(entry.source for entry in entries if entry.source and entry not in dated)
    if len(dated) < LEAST:
        return None
    height = min(TALLEST, max(200.0, 34.0 * len(dated)))
    axis = draw_axis([bound for entry in dated for bound in _bounds(_date(entry))], height, language)
    marks = _beside(_place(dated, axis, language))
    edge = max(mark.x + mark.radius for mark in marks)
    labels = _labels(marks, edge, width, height)
    return Timeline(width, height, AXIS, axis.ticks, marks, labels, undated)


def _date(entry: IndexEntry) -> PartialDate:
    """The date of an entry that has one."""
    assert entry.source is not None, "an index of sources"
    assert entry.source.date is not None, "a dated source"
    return entry.source.date


def _bounds(date: PartialDate) -> tuple[int, int]:
    """The numbers of a date's first and last day; an open interval counts as one day."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    assert first is not None, "a date has a first or a last day"
    assert last is not None, "a date has a first or a last day"
    return ordinal(first), ordinal(last)


# --- marks --------------------------------------------------------------------------------------


def _place(dated: Sequence[IndexEntry], axis: Axis, language: str) -> list[Mark]:
    """A mark on the axis for each entry."""
    most = max(len(entry.anchors) for entry in dated)
    largest = 7.0 if len(dated) <= 30 else 4.0
    marks = []
    for entry in dated:
        assert entry.source is not None, "an index of sources"
        date = _date(entry)
        first, last = _bounds(date)
        top = axis.y(first) if date.earliest else 0.0
        bottom = axis.y(last + 1) if date.latest else axis.height
        middle = bottom if not date.earliest else top if not date.latest else (top + bottom) / 2
        count = len(entry.anchors)
        radius = max(1.8, largest * sqrt(count / most)) if most > 1 else min(largest, 3.5)
        bar = bottom - top > 2 * radius + 1
        words = display(date, language)
        marks.append(Mark(entry.source, words, count, AXIS, middle, radius, top, bottom, bar, _is_certain(date)))
    return marks


def _is_certain(date: PartialDate) -> bool:
    """Whether a date is a day, or an interval of days, without qualifiers."""
    return all(re.fullmatch(r"-?\d{4,}-\d\d-\d\d", end) for end in date.edtf.split("/"))


def _beside(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Move marks to the right until none covers another; marks with bars are moved farthest."""
    pitch = 2 * max(mark.radius for mark in marks) + 1.5
    lanes: dict[int, list[tuple[float, float]]] = defaultdict(list)
    moved: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.bar, mark.y, mark.source.id)):
        top, bottom = min(mark.top, mark.y - mark.radius), max(mark.bottom, mark.y + mark.radius)
        lane = 1 if mark.bar else 0  # on the axis itself a bar would not be seen
        while any(a <= bottom + 0.6 and top <= b + 0.6 for a, b in lanes[lane]):
            lane += 1
        lanes[lane].append((top, bottom))
        x = AXIS + lane * pitch
        moved[mark.source.id] = replace(mark, x=x)
    return tuple(moved[mark.source.id] for mark in marks)


# --- labels -------------------------------------------------------------------------------------


def _labels(marks: Sequence[Mark], edge: float, width: float, height: float) -> tuple[Label, ...]:
    """The labels: of two lines if there is space for all, else of one; if there is still no space, only some."""
    two = len(marks) * TWO_ROWS <= height
    row = TWO_ROWS if two else ROW
    shown = list(marks) if len(marks) * row <= height else _thinned(marks, row, height)
    shown.sort(key=lambda mark: (mark.y, mark.x))
    places = _spread([mark.y for mark in shown], row, height)
    x = edge + LEADER
    return tuple(
        Label(mark, x, place, _lines(mark, two=two, room=width - x), edge + 3.0)
        for mark, place in zip(shown, places, strict=True)
    )


def _thinned(marks: Sequence[Mark], row: float, height: float) -> list[Mark]:
    """The marks whose labels fit near them: chosen from the most cited to the least, then sorted by time."""
    shown: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (-mark.count, mark.y)):
        tried = sorted([*shown, mark], key=lambda mark: (mark.y, mark.x))
        places = _spread([one.y for one in tried], row, height)
        if all(abs(one.y - place) <= FARTHEST for one, place in zip(tried, places, strict=True)):
            shown = tried
    return shown


def _spread(wanted: Sequence[float], row: float, height: float) -> list[float]:
    """Positions as close as possible to those wanted (in order), at least `row` apart, between 0 and `height`.

    Least squares with an order constraint: the pool-adjacent-violators algorithm (Barlow et al. 1972).
    """
    blocks: list[tuple[float, int]] = []
    for number, place in enumerate(wanted):
        mean, size = place - number * row, 1
        while blocks and blocks[-1][0] > mean:
            other, length = blocks.pop()
            mean, size = (other * length + mean * size) / (length + size), length + size
        blocks.append((mean, size))
    means = [mean for mean, size in blocks for _ in range(size)]
    lowest, highest = row / 2, height - row / 2 - (len(wanted) - 1) * row
    return [max(lowest, min(highest, mean)) + number * row for number, mean in enumerate(means)]


def _lines(mark: Mark, *, two: bool, room: float) -> tuple[str, ...]:
    """A label's lines, shortened to the available width."""
    title = mark.source.short_title or mark.source.title
    if two:
        return (_cut(mark.date, room), _cut(title, room))
    whole = f"{title}, {mark.date}"
    return (whole if _width(whole) <= room else _cut(title, room),)


def _width(text: str) -> float:
    """The width of a label's text."""
    return SIZE * text_width(text, FACE)


def _cut(text: str, room: float) -> str:
    """A text, shortened by whole words and an ellipsis if it is wider than `room`."""
    if _width(text) <= room:
        return text
    words = text.split()
    while len(words) > 1 and _width(" ".join(words) + "…") > room:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:–—-")
    while len(kept) > 1 and _width(kept + "…") > room:
        kept = kept[:-1]
    return f"{kept}…"
