"""Says whether dates in figures (`4/5/1901`) name the day first, by the document's own dates, else by its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_DATE = re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sign>[/-])(?P<second>\d{1,2})(?P=sign)(?:1\d{3}|20\d\d)(?!\d)")
_MONTHS = 12
_MONTH_FIRST = ("en", "en-US", "en-CA", "en-PH", "fil")
"""Languages that write the month first (CLDR, short dates of `en`); plain `en` may be either, so it is asked about."""
_day_first: ContextVar[bool] = ContextVar("day_first", default=False)


def day_first(text: str, language: str) -> bool:
    """Whether dates in figures in a text have the day first.

    Dates that can be read in one way only (`13/4/1999`) show how the others are meant; where there are none, or both
    kinds, the language decides.

    Args:
        text: The whole document.
        language: Its BCP 47 tag.
    """
    days = months = 0
    for match in _DATE.finditer(text):
        days += int(match["first"]) > _MONTHS >= int(match["second"])
        months += int(match["second"]) > _MONTHS >= int(match["first"])
    if bool(days) != bool(months):
        return days > 0
    return language not in _MONTH_FIRST


@contextmanager
def figures_read(*, day_first: bool) -> Iterator[None]:
    """Have dates in figures read with the day or with the month first meanwhile."""
    token = _day_first.set(day_first)
    try:
        yield
    finally:
        _day_first.reset(token)


def days_come_first() -> bool:
    """Whether dates in figures are read with the day first at present."""
    return _day_first.get()
