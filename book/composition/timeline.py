"""The timeline of the cited sources: a vertical axis with marks and labels, computed here and drawn by a layout.

Marks stand on the axis or beside it, labels to the right of them. Lengths are in pt on a page; on a screen they are
units of the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from book.citing.titles import title_form
from book.composition.axis import Tick, ordinal
from book.composition.broken_axis import draw_broken_axis
from book.composition.marks import MOST_MARKS, Mark, place_marks
from book.dates.formatting import display, long_month, year_heading
from book.language.fonts import text_width
from book.model.indexes import Index, IndexEntry
from book.model.sources import Day, PartialDate, Source

LEAST = 3
"""Minimum number of dated sources for a timeline."""
PAGE, SCREEN = 320.0, 240.0
"""Width of the drawing on a page of 6 × 9 in, and on a screen."""
TALLEST = 372.0
AXIS = 54.0
"""Distance of the axis from the left edge; the axis labels are in between. More where these are long."""
FACE, SIZE = "Source Sans Pro", 8.0
"""Font family and size of the labels."""
ROW, TWO_ROWS = 10.0, 23.0
"""Minimum distance between labels of one line, and of two."""
FARTHEST = 14.0
"""Maximum distance of a label from its mark, if not all labels can be shown."""
LEADER = 18.0
"""Width of the space for the lines from marks to labels."""
MARKS = 0.3
"""The part of the width that marks beside one another may take."""
SHORTEST = 6
"""Characters of the shortest label that is worth showing where its words have to be cut."""
Measure = Callable[[str], float]
"""The width of a text in a label."""
ON_SCREEN = 60
"""Maximum number of marks on a screen, where each is a line of a list."""


@dataclass(frozen=True, slots=True)
class Label:
    """The text beside a mark."""

    mark: Mark
    x: float
    y: float
    """The middle of its lines."""
    lines: tuple[str, ...]
    """The title, and the date on a line of its own if there is space."""
    elbow: float
    """Where the line from the mark to the label bends."""
    work: tuple[int, int] = (0, 0)
    """Where the title of a whole work, which is in italics, begins and ends in the last line; the same for none."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole timeline, and the sources that are not in it."""

    width: float
    height: float
    axis: float
    """The axis's distance from the left edge."""
    lines: tuple[tuple[float, float], ...]
    """Where the line of each part of the axis begins and ends; there is a break between two parts."""
    uneven: bool
    """The parts of the axis are drawn to different scales."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    undated: tuple[Source, ...]
    names: tuple[str, str]
    """What several speeches and several sources are called."""
    face: str = FACE
    """The family of the labels."""

    def name(self, mark: Mark) -> str:
        """What a mark of several sources is called: `12 speeches`."""
        return _name(mark, self.names)

    @property
    def first(self) -> str:
        """The first source's date, formatted."""
        return self.marks[0].date

    @property
    def last(self) -> str:
        """The last source's date, formatted."""
        return self.marks[-1].date

    @property
    def count(self) -> int:
        """The number of its sources."""
        return sum(len(mark.entries) for mark in self.marks)

    @property
    def unlabelled(self) -> int:
        """The number of marks without a label."""
        return len(self.marks) - len(self.labels)

    @property
    def counted(self) -> bool:
        """The marks have different sizes."""
        return len({mark.count for mark in self.marks}) > 1

    @property
    def spaced(self) -> tuple[tuple[Mark, int], ...]:
        """The marks, each with how far in time it is from the one before, from 0 to 4, for a list of them."""
        steps = (0, *((after.y - before.y) / self.height for before, after in pairwise(self.marks)))
        gaps = (sum(step > bound for bound in (0.02, 0.06, 0.12, 0.24)) for step in steps)
        return tuple(zip(self.marks, gaps, strict=True))


@lru_cache(maxsize=8)
def timeline(
    index: Index,
    language: str,
    width: float = PAGE,
    tallest: float = TALLEST,
    *,
    eras: bool = False,
    most: int = MOST_MARKS,
    names: tuple[str, str] = ("{count} speeches", "{count} sources"),
    face: str = FACE,
) -> Timeline | None:
    """The timeline of a chronological index; None for fewer than `LEAST` dated sources.

    `eras` says whether early years after Christ say so, `most` how many marks there are at most, `names` what
    several speeches and several sources are called, `face` which family the labels are set in.
    """
    measure = partial(_width, face=face)
    entries = [entry for group in index.groups for entry in group.entries]
    dated = [entry for entry in entries if entry.source and entry.source.date and entry.source.date.sortable]
    undated = tuple(entry.source for entry in entries if entry.source and entry not in dated)
    if len(dated) < LEAST:
        return None
    height = min(tallest, max(200.0, 34.0 * len(dated)))
    axis = draw_broken_axis([_bounds(_date(entry)) for entry in dated], height, language, eras=eras)
    edge = max([AXIS, *(measure(tick.year) + (26 if tick.month else 12) for tick in axis.ticks)])
    marks = place_marks(dated, axis, edge, MARKS * width, partial(_words, language=language, eras=eras), most)
    labels = _labels(marks, max(mark.x + mark.radius for mark in marks), width, height, names, measure)
    return Timeline(width, height, edge, axis.lines, axis.uneven, axis.ticks, marks, labels, undated, names, face)


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


def _words(dates: Sequence[PartialDate], language: str, eras: bool) -> str:
    """What some dates have in common, in words: a date, a month, a year, or the years from one to another."""
    if len({date.edtf for date in dates}) == 1:
        return display(dates[0], language, eras=eras)
    firsts = [day for date in dates if (day := date.earliest or date.latest)]
    begin, end = min(firsts), max(firsts)
    if begin == end:
        return display(PartialDate(str(begin), begin, begin), language, eras=eras)
    if begin[:2] == end[:2]:
        return long_month(begin, language, eras=eras)
    years = [year_heading(PartialDate("", Day(day.year, 1, 1), None), language, eras=eras) for day in (begin, end)]
    return years[0] if years[0] == years[1] else "–".join(years)


# --- labels -------------------------------------------------------------------------------------


def _name(mark: Mark, names: tuple[str, str]) -> str:
    """What a mark of several sources is called: `12 speeches`; `names` are the patterns for speeches and sources."""
    speeches = all(entry.source and entry.source.type == "speech" for entry in mark.entries)
    return names[0 if speeches else 1].format(count=len(mark.entries))


def _labels(
    marks: Sequence[Mark], edge: float, width: float, height: float, names: tuple[str, str], measure: Measure
) -> tuple[Label, ...]:
    """The labels: of two lines if there is space for all, else of one; if there is still no space, only some."""
    two = len(marks) * TWO_ROWS <= height
    row, x = TWO_ROWS if two else ROW, edge + LEADER
    written = {id(mark): _lines(mark, two=two, room=width - x, names=names, measure=measure) for mark in marks}
    legible = [mark for mark in marks if written[id(mark)]]
    shown = legible if len(legible) * row <= height else _thinned(legible, row, height)
    shown = sorted(shown, key=lambda mark: (mark.y, mark.x))
    places = _spread([mark.y for mark in shown], row, height)
    return tuple(
        Label(mark, x, place, written[id(mark)], edge + 3.0, _work(mark))
        for mark, place in zip(shown, places, strict=True)
    )


def _thinned(marks: Sequence[Mark], row: float, height: float) -> list[Mark]:
    """The marks whose labels fit near them: those of several sources, then from the most cited to the least."""
    shown: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (not mark.cluster, -mark.count, mark.y)):
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


def _lines(mark: Mark, *, two: bool, room: float, names: tuple[str, str], measure: Measure) -> tuple[str, ...]:
    """A label's lines, shortened to the available width; none where hardly anything of it would be left."""
    if mark.cluster:
        words = _name(mark, names)
        lines = (mark.date, f"{words} →") if two else (f"{words}, {mark.date} →",)
        return lines if all(measure(line) <= room for line in lines) else _cut_all((mark.date,), room, measure)
    title = title_of(mark.entries[0])
    if two:
        return _cut_all((mark.date, title), room, measure)
    whole = f"{title}, {mark.date}"
    return (whole,) if measure(whole) <= room else _cut_all((title,), room, measure)


def _work(mark: Mark) -> tuple[int, int]:
    """Where the title of a whole work begins and ends in the label of its source; the same for all others."""
    entry = mark.entries[0]
    shown = entry.description
    if mark.cluster or shown is None or not shown.short_title or entry.source is None:
        return 0, 0
    if title_form(entry.source.type, shown.book_language) != "work":
        return 0, 0
    end = len(title_of(entry))
    return end - len(shown.short_title), end


def title_of(entry: IndexEntry) -> str:
    """A source as a timeline names it: who spoke, if the book says so, and the short title."""
    assert entry.source is not None, "an index of sources"
    shown = entry.description
    if shown is None:
        return entry.source.short_title or entry.source.title
    return ", ".join(filter(None, (shown.short_speaker, shown.short_title or shown.event or shown.short_quoted_in)))


def _width(text: str, face: str) -> float:
    """The width of a label's text."""
    return SIZE * text_width(text, face)


def _cut_all(lines: Sequence[str], room: float, measure: Measure) -> tuple[str, ...]:
    """Some lines, each cut to the width; none if one of them cannot be."""
    cut = tuple(_cut(line, room, measure) for line in lines)
    return cut if all(cut) else ()


def _cut(text: str, room: float, measure: Measure) -> str:
    """A text, shortened by whole words and an ellipsis if it is wider than `room`; nothing if too little is left."""
    if measure(text) <= room:
        return text
    words = text.split()
    while len(words) > 1 and measure(" ".join(words) + "…") > room:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:–—-")
    while len(kept) > SHORTEST and measure(kept + "…") > room:
        kept = kept[:-1]
    return f"{kept}…" if measure(kept + "…") <= room else ""
