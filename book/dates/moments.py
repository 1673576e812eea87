"""One date of EDTF (ISO 8601-2:2019, levels 0 to 2): its parts, and the days that it can be."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from book.model.sources import Day

_MARK = "[?~%]?"
_DATE = re.compile(
    rf"({_MARK})(-?[0-9X]{{4}})({_MARK})(?:-({_MARK})([0-9X]{{2}})({_MARK})(?:-({_MARK})([0-9X]{{2}})({_MARK}))?)?"
)
"""Year, month and day, each with qualifiers on its left and right."""
_YEAR = re.compile(rf"(Y?)(-?)([0-9]+)(?:E([0-9]+))?(?:S([1-9][0-9]*))?({_MARK})")
"""A year with more than four digits, an exponent, or a number of significant digits."""
_TIME = re.compile(r"T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|24:00:00)(?:Z|[+-](?:0\d|1[0-3])(?::[0-5]\d)?|[+-]14:00)?")
_MOST_DIGITS = 12
"""Maximum number of digits of a year: more than the age of the universe needs."""
GROUPS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 12),
    29: (9, 11), 30: (12, 12), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
"""First and last month of what stands in place of a month: seasons (21 to 24; 25 to 28 of the northern, 29 to 32
of the southern hemisphere), quarters, thirds and halves of a year. A season that goes on into the next year counts
as its December."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date, or one end of an interval."""

    edtf: str
    """As written, without a time of day."""
    year: str
    """Its digits and sign, with `X` for unknown digits."""
    month: str
    """Two digits, `21` to `41` for a part of the year; empty if unspecified."""
    day: str
    """Two digits; empty if unspecified."""
    qualifiers: tuple[str, str, str]
    """The qualifiers of year, month and day: `~` approximate, `?` uncertain, `%` both, or empty."""
    earliest: Day
    """The first day it can be."""
    latest: Day
    """The last day it can be."""

    @property
    def qualifier(self) -> str:
        """The qualifier of the whole moment; empty if its parts have different ones."""
        said = {mark for mark, part in zip(self.qualifiers, (self.year, self.month, self.day), strict=True) if part}
        return said.pop() if len(said) == 1 else ""

    @property
    def group(self) -> int:
        """The season, quarter, third or half of the year (21 to 41); 0 if none."""
        return int(self.month) if self.month.isdecimal() and int(self.month) in GROUPS else 0

    @property
    def precision(self) -> str:
        """`year`, `month`, `day`, `season` (any part of a year), `decade` or `years`."""
        if self.group:
            return "season"
        if self.earliest == self.latest:
            return "day"
        if self.earliest[:2] == self.latest[:2]:
            return "month"
        if self.earliest.year == self.latest.year:
            return "year"
        return "decade" if re.fullmatch(r"\d{3}X[?~%]?", self.edtf) else "years"

    @property
    def unspecified(self) -> bool:
        """Whether it has unknown digits."""
        return "X" in self.year + self.month + self.day


def read_moment(text: str) -> Moment:
    """Parse EDTF without `/`.

    Raises:
        ValueError: It is not valid; the message is readable.
    """
    body, time, _ = text.partition("T")
    if time and not (re.fullmatch(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", body) and _TIME.fullmatch(text, len(body))):
        raise _not_edtf(text, "a time is written T10:30:00, behind a whole day")
    if found := _DATE.fullmatch(body):
        return _calendar_date(found, text)
    if found := _YEAR.fullmatch(text):
        return _long_year(found, text)
    close = re.sub(r"\s", "", text)
    raise _not_edtf(text, "it has a space in it" if close != text and _DATE.fullmatch(close) else "")


def _not_edtf(text: str, reason: str) -> ValueError:
    """The exception for a text that is not EDTF."""
    return ValueError(f'"{text}" is not a date in EDTF{": " if reason else ""}{reason}')


def _calendar_date(found: re.Match[str], text: str) -> Moment:
    """The moment of a year, month and day, which may have unknown digits."""
    before_year, year, after_year, before_month, month, after_month, before_day, day, after_day = (
        part or "" for part in found.groups()
    )
    if year == "-0000":
        raise _not_edtf(text, "the year before 0001 is 0000")
    # A qualifier on the right of a part is that of the parts on its left as well; on the left, of that part alone.
    marks = (
        _joined(before_year, after_year, after_month, after_day),
        _joined(before_month, after_month, after_day),
        _joined(before_day, after_day),
    )
    if month.isdecimal() and int(month) in GROUPS:
        if day:
            raise _not_edtf(text, "a season has no days")
        first, last = GROUPS[int(month)]
        earliest = _first(year, f"{first:02}", "")
        latest = _last(year, f"{last:02}", "")
    else:
        if month and not _numbers(month, 1, 12):
            raise ValueError(f'"{text}" has no such month')
        earliest, latest = _first(year, month, day), _last(year, month, day)
    if earliest is None or latest is None:
        raise ValueError(f'"{text}" is no day of the calendar')
    return Moment(found[0], year, month, day, marks, earliest, latest)


def _joined(*marks: str) -> str:
    """Several qualifiers of one part combined."""
    said = set("".join(marks))
    return "%" if "%" in said or {"?", "~"} <= said else "".join(said)


def _long_year(found: re.Match[str], text: str) -> Moment:
    """The moment of a year not written with four digits: `Y17000`, `Y17E7`, `1950S2`."""
    letter, sign, digits, exponent, significant, mark = (part or "" for part in found.groups())
    if not letter and (exponent or len(digits) != 4 or not significant):
        raise _not_edtf(text, "a year of more than four digits is written Y17000" if len(digits) > 4 else "")
    if letter and not exponent and len(digits) < 5:
        raise _not_edtf(text, "Y is for years of more than four digits")
    if len(digits) + int(exponent.lstrip("0")[:3] or 0) > _MOST_DIGITS:
        raise ValueError(f'"{text[:80]}" is a year of more than {_MOST_DIGITS} digits, which is not read')
    year = int(digits) * 10 ** int(exponent or 0)
    if sign and not year:
        raise _not_edtf(text, "the year before 0001 is 0000")
    unknown = 10 ** max(0, len(str(year)) - int(significant)) if significant else 1
    least = year - year % unknown
    first, last = (-least - unknown + 1, -least) if sign else (least, least + unknown - 1)
    return Moment(
        text, f"{sign}{year:04}", "", "", (_joined(mark, "~" if unknown > 1 else ""), "", ""),
        Day(first, 1, 1), Day(last, 12, 31),
    )  # fmt: skip


# --- unspecified digits -------------------------------------------------------------------------


def _numbers(pattern: str, least: int, most: int) -> list[int]:
    """The numbers from `least` to `most` that match digits with X among them, in order."""
    choices = product(*("0123456789" if digit == "X" else digit for digit in pattern.lstrip("-")))
    sign = -1 if pattern.startswith("-") else 1
    return sorted(number for digits in choices if least <= (number := sign * int("".join(digits))) <= most)


def _first(year: str, month: str, day: str) -> Day | None:
    """The first calendar day that matches year, month and day; None if there is none."""
    return next(_candidates(year, month, day, step=1), None)


def _last(year: str, month: str, day: str) -> Day | None:
    """The last calendar day that matches year, month and day; None if there is none."""
    return next(_candidates(year, month, day, step=-1), None)


def _candidates(year: str, month: str, day: str, *, step: int) -> Iterator[Day]:
    """The days that match year, month and day, forwards or backwards (`step` 1 or -1); unspecified parts match any."""
    months = _numbers(month or "XX", 1, 12)[::step]
    days = _numbers(day or "XX", 1, 31)[::step]
    if not any(one <= days_of(2000, number) for number in months for one in days):
        return
    for one in _numbers(year, -9999, 9999)[::step]:
        for number in months:
            length = days_of(one, number)
            yield from (Day(one, number, found) for found in days if found <= length)


def days_of(year: int, month: int) -> int:
    """The number of days of a month of the proleptic Gregorian calendar."""
    return calendar.monthrange(2000 + year % 400, month)[1]  # the calendar repeats itself every 400 years
