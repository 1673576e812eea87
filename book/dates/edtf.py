"""EDTF (ISO 8601-2:2019, levels 0 to 2) and the date parts of CSL, read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from book.dates.moments import GROUPS, Moment, days_of, read_moment
from book.dates.sets import is_set, read_set
from book.model.sources import Day, PartialDate

LONGEST = 200
"""Characters of the longest date that is looked at."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@lru_cache(maxsize=8192)
def parse(text: str) -> PartialDate:
    """The date that an EDTF text stands for.

    A qualifier (`?`, `~`, `%`) does not widen the bounds. A time of day is dropped. A season that goes on into
    the next year is taken as its December. Of `../..` and of a year `XXXX` nothing is known: both bounds are None.
    Raises `ValueError`, with a reason that an editor understands.
    """
    if len(text) > LONGEST:
        raise ValueError(f'"{text[:LONGEST]}" is not a date in EDTF: it is too long')
    if plain := _DAY.fullmatch(text):  # most dates of a library: nine times as fast
        year, month, day = map(int, plain.groups())
        if 1 <= month <= 12 and 1 <= day <= days_of(year, month):
            return PartialDate(text, Day(year, month, day), Day(year, month, day))
    if is_set(text):
        return _set(text)
    ends = text.split("/")
    if len(ends) > 2:
        raise ValueError(f'"{text}" is not a date in EDTF')
    if len(ends) == 1:
        moment = read_moment(text)
        return PartialDate(moment.edtf, _earliest(moment), _latest(moment))
    begin, end = (_end(part, text) for part in ends)
    if text == "/":
        raise ValueError('"/" has neither a beginning nor an end')
    _check_interval(text, begin, end)
    return PartialDate(text, _earliest(begin), _latest(end))


def _end(part: str, text: str) -> Moment | None:
    """One end of the interval `text`; None if it is open or unknown. Raises `ValueError`."""
    try:
        return None if part in ("", "..") else read_moment(part)
    except ValueError as failure:
        raise ValueError(f'{failure}, in "{text}"') from failure


def _check_interval(text: str, begin: Moment | None, end: Moment | None) -> None:
    """Raise `ValueError` for two ends that make no interval."""
    if "T" in text:
        raise ValueError(f'"{text}" is not a date in EDTF: the ends of an interval are dates without a time')
    if any(moment and moment.edtf.startswith("Y") for moment in (begin, end)):
        raise ValueError(f'"{text}" is not a date in EDTF: the ends of an interval are years of four digits')
    if begin is None or end is None:
        return
    if begin.earliest > end.latest:
        raise ValueError(f'"{text}" ends before it begins')
    if begin.earliest > end.earliest and not (begin.unspecified or end.unspecified):
        raise ValueError(f'"{text}" can end before it begins: say its end as exactly as its beginning')


def _set(text: str) -> PartialDate:
    """The date of a set: `[1667,1668,1670..1672]` one of them, `{…}` all of them; raises `ValueError`."""
    elements = read_set(text)
    begins = [day for element in elements if (day := _earliest(element.begin))]
    ends = [day for element in elements if (day := _latest(element.end))]
    earliest = min(begins) if len(begins) == len(elements) else None
    return PartialDate(text, earliest, max(ends) if len(ends) == len(elements) else None)


def _earliest(moment: Moment | None) -> Day | None:
    """The first day of a moment; None where it is open, or nothing is known of its year."""
    return moment.earliest if moment and moment.year.strip("-X") else None


def _latest(moment: Moment | None) -> Day | None:
    """The last day of a moment; None where it is open, or nothing is known of its year."""
    return moment.latest if moment and moment.year.strip("-X") else None


def from_date_parts(parts: Sequence[Sequence[object]], season: object = None, *, circa: bool = False) -> PartialDate:
    """The date of CSL's `date-parts`: one list of year, month, day (numbers or text), or two for an interval.

    An end that is empty or 0 is open, as in citeproc-js. CSL has no year 0: its -44 is 44 BC,
    EDTF's -0043. Months 13 to 16, or `season` 1 to 4, are seasons. Raises `ValueError`.
    """
    ends = [[_whole(part) for part in end if part not in (None, "")] for end in parts]
    if not ends or len(ends) > 2:
        raise ValueError(f"date-parts has {len(ends)} dates, not one or two")
    written = [_from_numbers(end, season) for end in ends]
    if all(text == ".." for text in written):
        raise ValueError("date-parts has neither a beginning nor an end")
    return parse("/".join(text + "~" if circa and text != ".." else text for text in written))


def _whole(part: object) -> int:
    """A number of `date-parts`, which may be text; raises `ValueError`."""
    if isinstance(part, bool) or not re.fullmatch(r"-?[0-9]{1,9}", str(part)):
        raise ValueError(f'"{part}" in date-parts is not a whole number')
    return int(str(part))


def _from_numbers(numbers: Sequence[int], season: object) -> str:
    """EDTF of CSL's year, month and day."""
    if not numbers or numbers[0] == 0:
        return ".."
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    digits = f"{'-' if year < 0 else ''}{abs(year):04}"
    rest = [number + 8 if 13 <= number <= 16 else number for number in numbers[1:2]] + list(numbers[2:])
    if season not in (None, "") and not rest:
        rest = [_season(season)]
    return "-".join([f"Y{digits}" if len(digits.lstrip("-")) > 4 else digits, *(f"{number:02}" for number in rest)])


def _season(season: object) -> int:
    """EDTF's number of a CSL season: 1 to 4, 21 to 41, or an English name; raises `ValueError`."""
    names = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
    names |= {str(number): number + 20 for number in range(1, 5)} | {str(number): number for number in GROUPS}
    if str(season).lower() not in names:
        raise ValueError(f'"{season}" is not a season')
    return names[str(season).lower()]
