"""The best line breaks of a paragraph for each number of lines near to the best one."""

from __future__ import annotations

from collections.abc import Collection

from book.pages.engine.typography.breaks import Breaks
from book.pages.engine.typography.fit import (
    LOOSEST,
    MOST_HYPHENS,
    TWO_HYPHENS,
    UNLIKE,
    Fitting,
    Measure,
    State,
    breaks_of,
)

ROWS = 4
"""More than hyphens can be in a row."""
NEAR = 26
"""Paragraphs are tried with so many 16ths of a line fewer, or one more than that, than their text is long."""


def fits_by_count(
    breaks: Breaks, measure: Measure, first: int = 0, forbidden: Collection[int] = ()
) -> dict[int, tuple[int, list[int]]]:
    """The best breaks for each number of lines near to the best one, with what they cost; see `fit`."""
    counted = _Counted(breaks, measure, LOOSEST)
    return counted.every(first, forbidden)


class _Counted(Fitting):
    """An attempt that keeps ways apart that have different numbers of lines."""

    def every(self, first: int, forbidden: Collection[int]) -> dict[int, tuple[int, list[int]]]:
        """The best breaks, and what they cost, by the number of lines."""
        last, measure = len(self._ends) - 1, self._measure
        states: list[dict[int, State] | None] = [None] * (last + 1)
        states[first] = {4: (0, 1, 0, first, None)}
        self._from, self._count = self._begins[first], 0
        for begin in range(first, last):
            ways = states[begin]
            if ways:
                self._lines_from(
                    begin, list(ways.values()), states, forbidden, measure.first if begin == 0 else measure.width
                )
                states[begin] = None
        found = {}
        for lines, way in (states[last] or {}).items():
            found[lines] = way[0], breaks_of(way)
        return found

    def _add_line(
        self, ways: list[State], found: dict[int, State], cost: int, class_: int, parted: bool, end: int
    ) -> None:
        about = (self._ends[end] - self._from) * 16 // self._measure.width
        for way in ways:
            lines, row = divmod(way[2], ROWS)
            lines += 1
            if not -NEAR <= lines * 16 - about <= NEAR + 16 or (parted and row >= MOST_HYPHENS):
                continue
            total = way[0] + cost + (TWO_HYPHENS if parted and row else 0)
            row = row + 1 if parted else 0
            apart = abs(way[1] - class_)
            if apart > 1:
                total += UNLIKE * (apart - 1)
            key = (lines * 8 + class_) * ROWS + row
            known = found.get(key)
            if known is None or total < known[0]:
                found[key] = (total, class_, lines * ROWS + row, end, way)

    def _add_last(self, ways: list[State], found: dict[int, State], cost: int, end: int) -> None:
        for way in ways:
            lines = way[2] // ROWS + 1
            known = found.get(lines)
            if known is None or way[0] + cost < known[0]:
                found[lines] = (way[0] + cost, 0, 0, end, way)
