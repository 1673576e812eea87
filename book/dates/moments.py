"""One date of EDTF (ISO 8601-2:2019, levels 0 and 1): what it says, and the days it can be.

The `edtf` package reads what is neither a plain day, month or year. It is asked about one end of
an interval at a time, without its qualifier, and by the grammars of levels 0 and 1 alone: version
5.0.2 fails on open intervals and qualified seasons, prints and raises on some slips of level 2,
lets 29 February pass in any year, and takes the bounds of `-0043-XX` in reverse.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from typing import Any

from book.model.sources import Day

PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
UNSPECIFIED = re.compile(r"(-?[0-9]{4})(?:-XX){1,2}|(-?[0-9]{4}-(?:0[1-9]|1[0-2]))-XX")
"""A date whose month or day is left open: it can be what its year or month can be."""
SEASONS = ("21", "22", "23", "24")
"""Spring, summer, autumn, winter, in place of a month."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date, or one end of an interval."""

    edtf: str
    """As written, without its qualifier."""
    qualifier: str
    """`~` approximate, `?` uncertain, `%` both, or nothing."""
    earliest: Day
    """The first day it can be."""
    latest: Day
    """The last day it can be."""

    @property
    def precision(self) -> str:
        """`year`, `month`, `day`, `season`, `decade` or `years`."""
        if self.edtf[-2:] in SEASONS and re.fullmatch(r"-?\d{4}-\d\d", self.edtf):
            return "season"
        if self.earliest == self.latest:
            return "day"
        if self.earliest[:2] == self.latest[:2]:
            return "month"
        if self.earliest.year == self.latest.year:
            return "year"
        return "decade" if re.fullmatch(r"\d{3}X", self.edtf) else "years"


def read_moment(text: str) -> Moment:
    """The moment that EDTF without `/` stands for; raises `ValueError` with a readable reason."""
    text = text.strip()
    body, qualifier = (text[:-1], text[-1]) if text[-1:] in ("?", "~", "%") else (text, "")
    if vague := UNSPECIFIED.fullmatch(body):
        return replace(read_moment(vague[1] or vague[2]), edtf=body, qualifier=qualifier)
    plain = PLAIN.fullmatch(body)
    if plain and plain[2] not in SEASONS:
        year, month, day = (int(part) if part else 0 for part in plain.groups())
        body, bounds = plain[0], (Day(year, month or 1, day or 1), Day(year, month or 12, day or 31))
        if plain[2] and not 1 <= month <= 12:
            raise ValueError(f'"{text}" has no such month')
        if not plain[3]:
            bounds = (bounds[0], bounds[1]._replace(day=_days(year, month or 12)))
    else:
        body, bounds = _unusual(body, text)
    for bound in bounds:
        if not 1 <= bound.day <= _days(bound.year, bound.month):
            raise ValueError(f'"{text}" is no day of the calendar')
    return Moment(body, qualifier, *bounds)


def _unusual(body: str, text: str) -> tuple[str, tuple[Day, Day]]:
    """Normal form and bounds of what is not a plain date; `text` is what to call it in the `ValueError`."""
    import edtf.parser.grammar  # noqa: F401 (it gives the classes their grammars)
    from edtf.parser.parser_classes import Date, DateAndTime, LongYear, Season, Unspecified

    grammars: list[Any] = [kind.parser for kind in (Date, DateAndTime, LongYear, Season, Unspecified)]
    grammar = next((grammar for grammar in grammars if grammar.matches(body)), None)
    if grammar is None or "S" in body:
        raise ValueError(f'"{text}" is not a date in EDTF')
    found = grammar.parse_string(body, parse_all=True)[0]
    if isinstance(found, DateAndTime):
        found = found.date
    return str(found), (Day(*found.lower_strict()[:3]), Day(*found.upper_strict()[:3]))


def _days(year: int, month: int) -> int:
    """The number of days of a month of the proleptic Gregorian calendar."""
    return calendar.monthrange(year, month)[1]
