"""The axis of a timeline: a scale of days with labelled months or years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.dates.formatting import month_name, year_heading
from book.model.sources import Day, PartialDate

CLOSEST = 12.0
"""Minimum distance between labels on the axis."""
_MONTHS = ((1, 30), (3, 60))
"""Tick distances in months, each with the longest span, in months, for which it is used."""
_YEARS = (1, 2, 5, 10, 20, 25, 50, *(lead * 10**zeros for zeros in range(2, 13) for lead in (1, 2, 5)))


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled tick of the axis."""

    y: float
    """Its position."""
    year: str
    """The year, on the first tick and where a year begins; else empty."""
    month: str
    """The month, on an axis of months; else empty."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale that maps days to positions."""

    start: int
    """The number of the day at its beginning."""
    unit: float
    """The length of a day."""
    height: float
    """Length of the axis."""
    ticks: tuple[Tick, ...]
    """Its ticks, in order."""

    @property
    def end(self) -> int:
        """The number of the day after its last one."""
        return self.start + round(self.height / self.unit)

    def y(self, day: int) -> float:
        """The position of the beginning of a day."""
        return (day - self.start) * self.unit


def draw_axis(days: Iterable[int], height: float, language: str, *, eras: bool = False) -> Axis:
    """An axis from the beginning of a month or year to the end of one, which covers the days (given as numbers).

    `eras` says whether early years after Christ say so.
    """
    known = list(days)
    first, last = _month(min(known)), _month(max(known))
    span = last - first + 1
    steps = [step for step, longest in _MONTHS if span <= longest] + [12 * years for years in _YEARS]
    step = next((step for step in steps if height / (span / step + 1) >= CLOSEST), steps[-1])
    begin, end = first // step * step, (last // step + 1) * step
    start = ordinal(_begins(begin))
    unit = height / (ordinal(_begins(end)) - start)
    return Axis(start, unit, height, tuple(_ticks(begin, end, step, start, unit, language, eras)))


def _ticks(begin: int, end: int, step: int, start: int, unit: float, language: str, eras: bool) -> Iterator[Tick]:
    """The ticks of an axis, from month `begin` to month `end` (as numbers) inclusive."""
    for month in range(begin, end + 1, step):
        day = _begins(month)
        opening = day.month == 1 or month == begin
        named = opening and (month < end or step > 12)  # an axis of single years names those that it contains
        year = year_heading(PartialDate("", day, None), language, eras=eras) if named else ""
        name = month_name(day.month, language) if step < 12 and month < end else ""
        yield Tick((ordinal(day) - start) * unit, year, name)


def ordinal(day: Day) -> int:
    """The number of a day, counted from an arbitrary origin; years before 1, which `datetime` lacks, are included."""
    year = day.year - (day.month <= 2)
    within = (153 * ((day.month + 9) % 12) + 2) // 5 + day.day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + within


def _month(number: int) -> int:
    """The month that contains a day number, as a number: twelve times the year, plus the month counted from 0."""
    guess = number // 365 * 12, number // 366 * 12
    low, high = min(guess) - 24, max(guess) + 36
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if ordinal(_begins(middle)) <= number else (low, middle)
    return low


def _begins(month: int) -> Day:
    """The first day of a month that is given as a number."""
    return Day(month // 12, month % 12 + 1, 1)
