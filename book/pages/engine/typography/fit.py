"""Chooses the line breaks of a paragraph together, so that its lines are as even as possible.

After Knuth and Plass, "Breaking Paragraphs into Lines" (1981), with font expansion as in Thành, "Micro-typographic
extensions to the TeX typesetting system" (2000). All arithmetic is in integers, so that lines are the same on every
machine. Costs are the first paper's demerits. A ratio is the stretch of a line's spaces as a multiple of their own
width, in 64ths.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from book.pages.engine.typography.breaks import ADDED, PLAIN, TYPED, Breaks
from book.pages.engine.typography.tracking import LOOSE, STEPS, taken

TIGHTEST, LOOSEST = -16, 44
"""Ratios beyond which lines are not tried at first."""
LOOSEST_OF_ALL = 64 * 64
SHRINK, STRETCH = 13, 21
"""The ratios at which the badness of a line is 100."""
BESIDE = (-8, 8, 20, 34)
"""The ratios that separate the classes of lines; adjacent lines of classes two or more apart look uneven."""
MOST_HYPHENS = 2
"""Maximum number of consecutive lines that end with a hyphen."""

LINE = 10
"""Cost of a line, as badness, so that fewer lines are preferred."""
HYPHEN, TYPED_HYPHEN = 120**2, 40**2
_KINDS = {PLAIN: 0, ADDED: HYPHEN, TYPED: TYPED_HYPHEN}
"""Cost of each kind of line end."""
TWO_HYPHENS = 200**2
UNLIKE = 100**2
"""Cost for each class that adjacent lines are more than one apart."""
LAST_PARTED = 400**2
"""Cost if the last line begins with a part of a word."""
FRAGMENT = 20_000**2
"""Cost if the last line is a part of a word, or a word of fewer than four letters."""
SHORT_LAST = 150**2
"""Cost if the last line is hardly longer than an indent or, in ragged text, than a quarter of the others."""
ONE_WORD = 450**2
"""Cost if the last line is one word."""
SHORT_EMS = 2
FEW_LETTERS = 4
"""Length in bytes of three letters and a full stop."""
RAGGED = 160
"""In ragged text, the part of a line that it lacks counts as so many steps."""
PRUNED = TWO_HYPHENS + HYPHEN + 4 * UNLIKE
"""A path to a break is dropped if it costs so much more than the best one."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure that a paragraph has to fit; lengths in Pango units."""

    width: int
    first: int
    """The width of the first line, which is less than the others' if it is indented."""
    em: int
    hanging: int
    """Share of the possible hanging that is used, in per cent."""
    give: int
    """Maximum expansion of letters, in per mille of a line."""
    tracking: int = 0
    """Maximum space between letters of lines that are loose otherwise, in per mille of the letters' width."""
    ragged: bool = False
    """Whether lines need not be full; then spaces and letters keep their width."""


@lru_cache(maxsize=1)
def _costs() -> tuple[list[int], list[int]]:
    """The cost and class of a line, by its ratio from `TIGHTEST`."""
    costs, classes = [], []
    for ratio in range(TIGHTEST, LOOSEST_OF_ALL + 1):
        unit = SHRINK if ratio < 0 else STRETCH
        bad = min(100 * abs(ratio) ** 3 // unit**3, 10**6)
        costs.append((LINE + bad) ** 2)
        classes.append(sum(ratio > bound for bound in BESIDE))
    return costs, classes


State = tuple[int, int, int, int, "State | None"]
"""A path to a break: cost, class of its last line, consecutive hyphens, the break, the path to the one before."""


def fit(breaks: Breaks, measure: Measure, first: int = 0, forbidden: Collection[int] = ()) -> list[int] | None:
    """The breaks at which lines end, if the first line begins at break `first`; None if nothing fits.

    Args:
        breaks: All breaks of the paragraph.
        measure: What it has to fit.
        first: The break at which the first of the lines begins.
        forbidden: Breaks at which no line may end.
    """
    best: tuple[int, list[int]] | None = None
    for loosest in (LOOSEST, 4 * STEPS, LOOSEST_OF_ALL):
        found = Fitting(breaks, measure, loosest).run(first, forbidden)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
        if best is not None and best[0] < FRAGMENT:
            break
    return None if best is None else best[1]


class Fitting:
    """One attempt, with a limit on how loose lines may be."""

    def __init__(self, breaks: Breaks, measure: Measure, loosest: int) -> None:
        self._breaks, self._measure, self._loosest = breaks, measure, loosest
        self._least: dict[int, int] = {}
        hang = measure.hanging
        if hang:
            self._ends = [end - hung * hang // 100 for end, hung in zip(breaks.ends, breaks.hangs, strict=True)]
            pairs = zip(breaks.begins, breaks.hangs_before, strict=True)
            self._begins = [begin + hung * hang // 100 for begin, hung in pairs]
        else:
            self._ends, self._begins = breaks.ends, breaks.begins

    def run(self, first: int, forbidden: Collection[int]) -> tuple[int, list[int]] | None:
        """The best breaks and their cost; None if there is no path within the limit."""
        last = len(self._ends) - 1
        states: list[dict[int, State] | None] = [None] * (last + 1)
        states[first] = {4: (0, 1, 0, first, None)}
        measure = self._measure
        for begin in range(first, last):
            ways = states[begin]
            if ways:
                width = measure.first if begin == 0 else measure.width
                self._lines_from(begin, _cheap(ways), states, forbidden, width)
                states[begin] = None
        ways = states[last]
        if not ways:
            return None
        return ways[0][0], breaks_of(ways[0])

    def _lines_from(
        self,
        begin: int,
        ways: list[State],
        states: list[dict[int, State] | None],
        forbidden: Collection[int],
        width: int,
    ) -> None:
        """Try all lines that begin at a break."""
        kinds, extra = self._breaks.kinds, self._breaks.costs
        costs, classes = _costs()
        last = len(kinds) - 1
        for end, ratio in self._ragged(begin, width) if self._measure.ragged else self._ratios(begin, width):
            found = states[end]
            if found is None:
                found = states[end] = {}
            if end == last:
                self._add_last(ways, found, costs[ratio - TIGHTEST] + self._last_line(begin), end)
            elif end not in forbidden:
                kind = kinds[end]
                cost = costs[ratio - TIGHTEST] + extra[end] + _KINDS[kind]
                self._add_line(ways, found, cost, classes[ratio - TIGHTEST], kind != PLAIN, end)

    def _ratios(self, begin: int, width: int) -> list[tuple[int, int]]:
        """The breaks at which a full line from another break can end, and the stretch of its spaces."""
        ends, spaces, left = self._ends, self._breaks.spaces, self._begins[begin]
        before, em, loosest, last = self._breaks.spaces_before[begin], self._measure.em, self._loosest, len(ends) - 1
        give, tracking = width * self._measure.give // 1000, self._measure.tracking
        twice, found = 2 * give, []
        for end in range(self._nearest(begin, width, give + width * tracking // 1000), last + 1):
            length = ends[end] - left
            excess = width - length
            excess = excess - give if excess > twice else excess + give if excess < -twice else excess // 2
            room = spaces[end] - before
            if tracking and excess > room * LOOSE // STEPS:
                excess -= taken(excess, room, (length - room) * tracking // 1000)
            ratio = excess * STEPS // room if room else excess * STEPS * 2 // em
            if ratio < TIGHTEST:
                if ratio < TIGHTEST - STEPS:
                    break
            elif end == last:
                found.append((end, min(ratio, 0)))
            elif ratio <= loosest:
                found.append((end, ratio))
        return found

    def _ragged(self, begin: int, width: int) -> list[tuple[int, int]]:
        """The breaks at which a line that need not be full can end, and how much it lacks."""
        ends, left, last = self._ends, self._begins[begin], len(self._ends) - 1
        found = []
        for end in range(self._nearest(begin, width, 0), last + 1):
            excess = width - (ends[end] - left)
            if excess < 0:
                if excess < -2 * self._measure.em:
                    break
            elif end == last:
                found.append((end, 0))
            elif (ratio := excess * RAGGED // width) <= self._loosest:
                found.append((end, ratio))
        return found

    def _nearest(self, begin: int, width: int, give: int) -> int:
        """The first break at which a line from another break can end without being too loose."""
        least = self._least.get(width)
        if least is None:
            least = self._least[width] = self._shortest(width, give) - 2 * self._measure.em
        ends = self._breaks.ends
        return bisect_left(ends, self._begins[begin] + least, begin + 1, len(ends) - 1)

    def _shortest(self, width: int, give: int) -> int:
        """About how long the text of a line is at least that is not too loose."""
        breaks = self._breaks
        if self._loosest > LOOSEST:
            return 0
        if self._measure.ragged:
            return width - width * LOOSEST // RAGGED
        share = (breaks.spaces[-1] or 1) * 1000 // max(breaks.ends[-1], 1)  # of spaces in a line, in per mille
        return (width - give) * 1000 // (1000 + share * self._loosest * 3 // (2 * STEPS))

    def _last_line(self, begin: int) -> int:
        """The cost of a last line that begins at a break."""
        if not begin:
            return 0
        breaks, cost = self._breaks, 0
        if breaks.spaces[-1] == breaks.spaces_before[begin]:
            few = breaks.kinds[begin] != PLAIN or breaks.stops[-1] - breaks.starts[begin] <= FEW_LETTERS
            cost += FRAGMENT if few else ONE_WORD
        if breaks.kinds[begin] != PLAIN:
            cost += LAST_PARTED
        measure = self._measure
        if breaks.ends[-1] - breaks.begins[begin] < (measure.width // 4 if measure.ragged else SHORT_EMS * measure.em):
            cost += SHORT_LAST
        return cost

    def _add_line(
        self, ways: list[State], found: dict[int, State], cost: int, class_: int, parted: bool, end: int
    ) -> None:
        """Note the ways to a break whose last line has a cost and a class; `parted`, if it ends with a hyphen."""
        for way in ways:
            total, before, row, _, _ = way
            if parted:
                if row >= MOST_HYPHENS:
                    continue
                if row:
                    total += TWO_HYPHENS
                row += 1
            else:
                row = 0
            apart = before - class_
            if apart > 1 or apart < -1:
                total += UNLIKE * (abs(apart) - 1)
            total += cost
            key = class_ * 4 + row
            known = found.get(key)
            if known is None or total < known[0]:
                found[key] = (total, class_, row, end, way)

    def _add_last(self, ways: list[State], found: dict[int, State], cost: int, end: int) -> None:
        """Note the best way to the end of the paragraph, whose last line has a cost."""
        for way in ways:
            if not found or way[0] + cost < found[0][0]:
                found[0] = (way[0] + cost, 0, 0, end, way)


def _cheap(ways: dict[int, State]) -> list[State]:
    """The paths that can still be the best."""
    if len(ways) == 1:
        return list(ways.values())
    most = min([way[0] for way in ways.values()]) + PRUNED
    return [way for way in ways.values() if way[0] <= most]


def breaks_of(way: State | None) -> list[int]:
    """The breaks that a way leads over."""
    found = []
    while way is not None and way[4] is not None:
        found.append(way[3])
        way = way[4]
    return found[::-1]
