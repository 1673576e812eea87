"""The timeline: where the cited sources lie in time, as a drawing that a layout writes out.

Time runs down a vertical axis, marks stand on it or beside it, labels to the right of them. Lengths
are in units of the drawing, about a point on a page of 6 × 9 inches.
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
"""A book with fewer dated sources has no timeline."""
PAGE, SCREEN = 320.0, 240.0
"""The drawing's width: on a page, and on a screen that may be narrow, where its words are larger in proportion."""
TALLEST = 372.0
AXIS = 54.0
"""The axis's distance from the left edge, where its labels stand."""
FACE, SIZE = "Source Sans Pro", 8.0
"""The face and size of the labels."""
ROW, TWO_ROWS = 10.0, 23.0
"""How far labels of one line and of two stand apart at least."""
FARTHEST = 14.0
"""How far a label may stand from its mark where not all of them can be shown."""
LEADER = 18.0
"""The room for the lines that lead from marks to labels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One source: a disc, and a bar where its date is more than a day."""

    source: Source
    date: str
    """Its date, in words."""
    count: int
    """How often it is cited; the disc's area says it."""
    x: float
    y: float
    radius: float
    top: float
    bottom: float
    """Where the bar begins and ends."""
    bar: bool
    """Whether the bar is long enough to be seen beside the disc."""
    certain: bool
    """The date is known to the day, and not qualified."""


@dataclass(frozen=True, slots=True)
class Label:
    """The words beside a mark."""

    mark: Mark
    x: float
    y: float
    """The middle of its lines."""
    lines: tuple[str, ...]
    """The title, and the date on a line of its own if there is room."""
    elbow: float
    """Where the line from the mark to the label bends."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing, and what is not in it."""

    width: float
    height: float
    axis: float
    """The axis's distance from the left edge."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    undated: tuple[Source, ...]

    @property
    def first(self) -> str:
        """The first source's date, in words."""
        return self.marks[0].date

    @property
    def last(self) -> str:
        """The last source's date, in words."""
        return self.marks[-1].date

    @property
    def counted(self) -> bool:
        """Whether the marks differ in size."""
        return len({mark.count for mark in self.marks}) > 1


@lru_cache(maxsize=8)
def timeline(index: Index, language: str, width: float = PAGE) -> Timeline | None:
    """The timeline of an index of sources, which gives their order; None for fewer than three dated ones."""
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
    """The first and the last day of a date, as numbers; an open end is as long as a day."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    assert first is not None, "a date has a first or a last day"
    assert last is not None, "a date has a first or a last day"
    return ordinal(first), ordinal(last)


# --- marks --------------------------------------------------------------------------------------


def _place(dated: Sequence[IndexEntry], axis: Axis, language: str) -> list[Mark]:
    """A mark for each entry, on the axis."""
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
    """Whether a date is a day, or an interval of days, without a qualifier."""
    return all(re.fullmatch(r"-?\d{4,}-\d\d-\d\d", end) for end in date.edtf.split("/"))


def _beside(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks moved to the right, lane by lane, until none covers another; those with bars go farthest."""
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
    """The labels, of two lines if all have room for that, else of one; thinned out if even so they have none."""
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
    """The marks whose labels find room near them: the most cited first, then in the order of time."""
    shown: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (-mark.count, mark.y)):
        tried = sorted([*shown, mark], key=lambda mark: (mark.y, mark.x))
        places = _spread([one.y for one in tried], row, height)
        if all(abs(one.y - place) <= FARTHEST for one, place in zip(tried, places, strict=True)):
            shown = tried
    return shown


def _spread(wanted: Sequence[float], row: float, height: float) -> list[float]:
    """Places as near as can be to those wanted (in order), at least a row apart, between 0 and `height`.

    Least squares under an order: the pool-adjacent-violators algorithm (Barlow et al. 1972).
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
    """A label's lines, cut to the room there is."""
    title = mark.source.short_title or mark.source.title
    if two:
        return (_cut(mark.date, room), _cut(title, room))
    whole = f"{title}, {mark.date}"
    return (whole if _width(whole) <= room else _cut(title, room),)


def _width(text: str) -> float:
    """How wide a label is."""
    return SIZE * text_width(text, FACE)


def _cut(text: str, room: float) -> str:
    """A text, or as many of its words as there is room for, and an ellipsis."""
    if _width(text) <= room:
        return text
    words = text.split()
    while len(words) > 1 and _width(" ".join(words) + "…") > room:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:–—-")
    while len(kept) > 1 and _width(kept + "…") > room:
        kept = kept[:-1]
    return f"{kept}…"
