"""CLDR's patterns for intervals, mended where they are not written as its dates are."""

from __future__ import annotations

import re


def close(text: str) -> str:
    """The first half of an interval without the spaces that CLDR puts before its dash: `27–28`, `June–July`."""
    return re.sub(r"\s*([–-])\s*$", r"\1", text)


def is_like(part: str, long: str, december: str) -> bool:
    """Whether an end of an interval is written as CLDR's long form of a day is: months in words, days without a zero.

    For some languages it has numbers (`27. – 28. 11. 2015`, Czech), or leaves out what belongs to a month (Hebrew).

    Args:
        part: The pattern of the end.
        long: The pattern of the long form.
        december: The name of the twelfth month, which may be a number with a word (Korean).
    """
    ours, theirs = _fields(part), _fields(long)
    if "dd" in ours and "dd" not in theirs:
        return False
    months = [field for field in ours if field[0] in "ML"]
    if not months or len(theirs[_month(theirs)]) < 3:
        return True
    named = "12" in december or all(len(field) > 2 for field in months)
    return named and _prefix(ours) == _prefix(theirs)


def days_within(long: str, differing: str) -> tuple[str, ...]:
    """The patterns of two days of one month or year, made from that of one day: `d.–`, `d. MMMM y`.

    Empty unless the day comes first and the year last, or if the years differ.
    """
    fields = _fields(long)
    order = [field[0] for field in fields if field[0] in "dMLy"]
    if order not in (["d", "M", "y"], ["d", "L", "y"]) or differing == "year":
        return ()
    if differing == "day":
        return f"{fields[0]}{'.' * fields[1].startswith('.')}–", long
    return f"{''.join(fields[: _month(fields) + 1])}\N{THIN SPACE}–\N{THIN SPACE}", long


def _fields(pattern: str) -> list[str]:
    """The fields of a pattern and the texts between them, in order; a quoted text keeps its quotation marks."""
    return [found[0] for found in re.finditer(r"d+|M+|L+|y+|(?:'[^']*'|[^dMLy'])+", pattern)]


def _month(fields: list[str]) -> int:
    """The place of the month among fields."""
    return next(place for place, field in enumerate(fields) if field[0] in "ML")


def _prefix(fields: list[str]) -> str:
    """What stands before the month without a space; empty if nothing does."""
    place = _month(fields)
    before = fields[place - 1].replace("'", "") if place else ""
    return re.sub(r"^.*\s", "", before)


def long_months(pattern: str) -> str:
    """A CLDR pattern with the months in full."""
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", re.sub(r"(?<!L)LLL(?!L)", "LLLL", pattern))
