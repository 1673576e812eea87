"""EDTF (ISO 8601-2:2019, levels 0 and 1) and the date parts of CSL, read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from book.dates.moments import SEASONS, read_moment
from book.model.sources import PartialDate

LONGEST = 80
"""Characters of the longest date that is looked at."""


def parse(text: str) -> PartialDate:
    """The date that an EDTF text of level 0 or 1 stands for.

    A qualifier (`?`, `~`, `%`) does not widen the bounds. A time of day is dropped. `24` (winter)
    is taken as December. Raises `ValueError`, with a reason that an editor understands.
    """
    text = text.strip()
    ends = text.split("/")
    if len(text) > LONGEST or len(ends) > 2:
        raise ValueError(f'"{text[:LONGEST]}" is not a date in EDTF')
    if len(ends) == 1:
        moment = read_moment(text)
        return PartialDate(moment.edtf + moment.qualifier, moment.earliest, moment.latest)
    begin, end = (None if part in ("", "..") else read_moment(part) for part in ends)
    if begin is None and end is None:
        raise ValueError(f'"{text}" has neither a beginning nor an end')
    if begin and end and begin.earliest > end.latest:
        raise ValueError(f'"{text}" ends before it begins')
    edtf = "/".join(
        moment.edtf + moment.qualifier if moment else part for moment, part in zip((begin, end), ends, strict=True)
    )
    return PartialDate(edtf, begin.earliest if begin else None, end.latest if end else None)


def from_date_parts(parts: Sequence[Sequence[object]], season: object = None, *, circa: bool = False) -> PartialDate:
    """The date of CSL's `date-parts`: one list of year, month, day (numbers or text), or two for an interval.

    An end that is empty or 0 is open, as in citeproc-js. CSL has no year 0: its -44 is 44 BC,
    EDTF's -0043. Months 13 to 16, or `season` 1 to 4, are seasons. Raises `ValueError`.
    """
    ends = [[_whole(part) for part in end if part not in (None, "")] for end in parts]
    if not ends or len(ends) > 2:
        raise ValueError(f"date-parts has {len(ends)} dates, not one or two")
    written = [_from_numbers(end, season) for end in ends]
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
    """EDTF's number of a CSL season: 1 to 4, 21 to 24, or an English name; raises `ValueError`."""
    names = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
    names |= {str(number): number + 20 for number in range(1, 5)} | {name: int(name) for name in SEASONS}
    if str(season).lower() not in names:
        raise ValueError(f'"{season}" is not a season')
    return names[str(season).lower()]
