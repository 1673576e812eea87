"""Plans a paragraph: the lines it is broken into for a width, from any place on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from book.pages.engine.typography.balance import balanced
from book.pages.engine.typography.breaks import ADDED, Breaks, find_breaks
from book.pages.engine.typography.counted import fits_by_count
from book.pages.engine.typography.fit import Measure, fit
from book.pages.engine.typography.glyphs import UNITS
from book.pages.engine.typography.paragraphs import Paragraph
from book.pages.engine.typography.properties import Manner
from book.pages.engine.typography.tracking import share_of

_TOLERANCE = 20
"""Units by which a text may exceed its box and still fit, because shrink-to-fit boxes are measured by Pango."""

_MARKS = b".,;:!?()'\""
"""Marks beside a word that do not make it look like another one at the end of a line."""
STACKS = 3
"""How many breaks of a paragraph are given up at most so that no word stands at the same end of three lines."""


@dataclass(slots=True)
class Planned:
    """One line of a plan."""

    begin: int
    """The byte of the paragraph's text at which it begins."""
    stop: int
    """The byte behind its last character."""
    next: int
    """The byte at which the next line begins."""
    kind: int
    """How it ends: a kind from `breaks`."""
    place: int
    """The break that it ends at."""
    first: bool
    last: bool
    indent: int
    """Its shift to the right, in units."""
    width: int
    """Its maximum width, in units."""
    hang_left: int
    hang_right: int
    """How far its first and last characters hang beyond that, if it is full."""


Memo = tuple[dict[tuple[int, int], Planned], set[int]]
"""What a plan has chosen at some time."""


class Plan:
    """The lines of a paragraph from any starting place."""

    def __init__(self, paragraph: Paragraph, manner: Manner, width: float) -> None:
        """`width` is that of the block, in px."""
        self._width = round(width * UNITS) + _TOLERANCE
        self._breaks, self._data = find_breaks(paragraph, self._width), paragraph.data
        self._manner = manner
        self._tracking = share_of(paragraph, manner.tracking)
        self._em = round(paragraph.box.style["font_size"] * UNITS)
        self._lines: dict[tuple[int, int], Planned] = {}
        self._forbidden: set[int] = set()

    def line_at(self, begin: int, indent: int) -> Planned | None:
        """The line that begins at a byte, with an indent in units; None if the paragraph cannot be broken so."""
        known = self._lines.get((begin, indent))
        if known is None:
            for line in self._from(begin, indent, self._forbidden):
                self._lines[line.begin, line.indent] = line
            known = self._lines.get((begin, indent))
        return known

    def avoid(self, line: Planned, begin: int, indent: int) -> bool:
        """Plan the lines from a byte again so that none ends where one did; whether that is possible."""
        fresh = self._from(begin, indent, {*self._forbidden, line.place})
        if not fresh:
            return False
        self._forbidden.add(line.place)
        for one in fresh:
            self._lines[one.begin, one.indent] = one
        return True

    def restore(self, line: Planned, begin: int, indent: int) -> None:
        """Undo `avoid`."""
        self._forbidden.discard(line.place)
        for one in self._from(begin, indent, self._forbidden):
            self._lines[one.begin, one.indent] = one

    def memo(self) -> Memo:
        """What is planned now, for `recall`."""
        return dict(self._lines), set(self._forbidden)

    def recall(self, memo: Memo) -> None:
        """Plan as it was when `memo` was called."""
        self._lines, self._forbidden = dict(memo[0]), set(memo[1])

    def vary(self, begin: int, indent: int) -> dict[int, tuple[int, list[Planned]]]:
        """The lines from a byte on with one line fewer and one more, by the difference; with what that costs more.

        Those whose last line would be one word, or begin with a part of one, are left out.
        """
        breaks, first, measure = self._breaks, self._index(begin), self._measure(indent)
        if first is None or self._manner.wrap != "pretty" or self._manner.align not in ("justify", "start"):
            return {}
        lines = self._from(begin, indent, self._forbidden)
        every = fits_by_count(breaks, measure, first, self._forbidden)
        if len(lines) not in every:
            return {}
        cost = every[len(lines)][0]
        found = {}
        for more in (-1, 1):
            if (one := every.get(len(lines) + more)) is not None:
                others = _lines(breaks, measure, first, one[1])
                if not self._ends_badly(others) or self._ends_badly(lines):
                    found[more] = one[0] - cost, others
        return found

    def _ends_badly(self, lines: Sequence[Planned]) -> bool:
        """Whether the last line is not more than one word, or begins with a part of one."""
        last = lines[-1]
        return b" " not in self._data[last.begin : last.stop] or (len(lines) > 1 and lines[-2].kind == ADDED)

    def use(self, lines: Iterable[Planned]) -> None:
        """Take some lines into the plan."""
        for line in lines:
            self._lines[line.begin, line.indent] = line

    def _index(self, begin: int) -> int | None:
        """The break at which a line begins at a byte; None if there is none."""
        first = bisect_left(self._breaks.starts, begin)
        return first if self._breaks.starts[first : first + 1] == [begin] else None

    def _from(self, begin: int, indent: int, forbidden: Collection[int]) -> list[Planned]:
        """The lines from a byte on; none if the paragraph cannot be broken so."""
        first, measure = self._index(begin), self._measure(indent)
        if first is None:
            return []
        chosen = _choose(self._breaks, measure, first, self._manner, forbidden)
        lines = [] if chosen is None else _lines(self._breaks, measure, first, chosen)
        apart = set(forbidden)
        while not measure.ragged and len(apart) < len(forbidden) + STACKS:
            if (middle := _stacked(lines, self._data)) is None:
                break
            apart.add(middle)
            chosen = _choose(self._breaks, measure, first, self._manner, apart)
            lines = lines if chosen is None else _lines(self._breaks, measure, first, chosen)
        return lines

    def _measure(self, indent: int) -> Measure:
        manner = self._manner
        justified = manner.wrap == "pretty" and manner.align == "justify"
        return Measure(
            self._width,
            self._width - indent,
            self._em,
            manner.hanging if justified else 0,
            manner.expansion if justified else 0,
            self._tracking if justified else 0,
            not justified,
        )


def plan_of(paragraph: Paragraph, manner: Manner, width: float) -> Plan:
    """The plan of a paragraph for a width in px."""
    key = manner, round(width * UNITS)
    found: Plan | None = paragraph.kept.get(key)
    if found is None:
        found = paragraph.kept[key] = Plan(paragraph, manner, width)
    return found


def _choose(
    breaks: Breaks, measure: Measure, first: int, manner: Manner, forbidden: Collection[int]
) -> Sequence[int] | None:
    last = len(breaks.ends) - 1
    if breaks.ends[last] - breaks.begins[first] <= (measure.first if first == 0 else measure.width):
        return [last]
    if manner.wrap == "balance" and first == 0:
        return balanced(breaks, measure)
    return fit(breaks, measure, first, forbidden)


def _stacked(lines: Sequence[Planned], data: bytes) -> int | None:
    """The break in the middle of three that have the same word before or behind them; None if there is none."""
    texts = [data[line.begin : line.stop].lower() for line in lines]
    heads = [text.split(b" ", 1)[0].lstrip(_MARKS) for text in texts]
    tails = [text.rsplit(b" ", 1)[-1].rstrip(_MARKS) for text in texts]
    for place in range(2, len(lines)):
        if heads[place - 2] == heads[place - 1] == heads[place]:
            return lines[place - 2].place
        if tails[place - 2] == tails[place - 1] == tails[place]:
            return lines[place - 1].place
    return None


def _lines(breaks: Breaks, measure: Measure, first: int, chosen: Sequence[int]) -> list[Planned]:
    """The lines that end at some breaks."""
    found, begin, last = [], first, len(breaks.ends) - 1
    for end in chosen:
        opening = begin == 0
        indent = measure.width - measure.first if opening else 0
        line = Planned(
            begin=breaks.starts[begin],
            stop=breaks.stops[end],
            next=breaks.starts[end],
            kind=breaks.kinds[end],
            place=end,
            first=opening,
            last=end == last,
            indent=indent,
            width=measure.width - indent - _TOLERANCE,
            hang_left=breaks.hangs_before[begin] * measure.hanging // 100,
            hang_right=breaks.hangs[end] * measure.hanging // 100,
        )
        found.append(line)
        begin = end
    return found
