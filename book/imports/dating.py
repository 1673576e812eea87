"""Takes the dates out of a line or a sentence, and says what contradicts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from book.dates.edtf import parse
from book.dates.order import within
from book.imports.calendar_doubts import other_year
from book.imports.dates_in_text import FoundDate, days_without_year, find_dates, month_number
from book.imports.doubts import Doubt, about_date
from book.imports.people import UPPER


@dataclass(frozen=True, slots=True)
class Dated:
    """A text with its date taken out."""

    edtf: str | None
    """The date, or None where none is named."""
    rest: str
    """The text without it."""
    doubt: Doubt | None = None
    """What contradicts it."""
    ambiguous: bool = False
    """It can be read in two ways."""
    exact: bool = False
    """It names a day."""


def dated(text: str, *, vague: bool = True) -> Dated:
    """The date of a text and what remains of the text without it.

    Args:
        text: A line or a sentence.
        vague: Decades and centuries are dates too.
    """
    dates = [one for one in find_dates(text) if not one.since and (vague or not one.vague)]
    rest = _without(text, dates)
    if not dates:
        return Dated(None, rest)
    date, doubt = _chosen(dates)
    rest, other = _without_other_day(rest, date)
    doubt = doubt or date.doubt or other or other_year(rest, date.edtf)
    if date.ambiguous and doubt is None:
        doubt = f"the date can be read in two ways; {date.edtf} was taken"
    return Dated(date.edtf, rest, about_date(doubt), date.ambiguous, date.exact)


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    """A text without its dates."""
    for date in reversed(dates):
        before, after = text[: date.begin].rstrip(" ,;("), text[date.end :]
        comma = (
            "," if before and before[-1:] not in ":\uff1a" and after.lstrip(" )\uff09").startswith((",", ";")) else ""
        )
        if _NAME_BEFORE.search(before) and _NAME_BEHIND.match(after):
            comma = ","  # two names, of which the date between them made no one
        if before.endswith(tuple(_CJK)) and not comma:
            comma, before = _CJK[0], before.rstrip(_CJK)
            after = after.lstrip(_CJK)
        text = f"{before}{comma} {after.lstrip(' ,;)')}".strip()
    return text


_NAME_BEFORE = re.compile(rf"(?<![\w'\u2019])[{UPPER}][\w'\u2019-]+$")
_NAME_BEHIND = re.compile(rf"\s[{UPPER}]\w*\s[{UPPER}]")
_CJK = "\uff0c\u3001\uff1b"
"""Commas of Chinese and Japanese."""


def _chosen(dates: Sequence[FoundDate]) -> tuple[FoundDate, str | None]:
    """The date of an occasion among those that are named, and what is doubtful: others that are no part of it."""
    best = min(dates, key=lambda one: (not one.exact, one.begin))
    others = {one.edtf for one in dates if not within(parse(best.edtf), parse(one.edtf))}
    if others:
        first = dates[0]
        return first, f"it names {len({one.edtf for one in dates})} dates"
    return best, None


_GIVEN_NAME = re.compile(
    rf"[^\W\d_]+\s+(?:(?:von|van|de|der|zu)\s+[{UPPER}]|[{UPPER}][\w'\u2019-]*(?:,|\s+(?![{UPPER}])|$))"
)
"""A month that is a given name: one family name stands behind it (`August Bebel, …`)."""


def _without_other_day(rest: str, date: FoundDate) -> tuple[str, str | None]:
    """The words without a day or a month that stands apart from the date, and what is doubtful about it."""
    known = [(int(end[5:7]), int(end[8:10])) for end in date.edtf.split("/") if len(end) >= len("2015-11-27")]
    for begin, end, month, day in days_without_year(rest):
        kept = f"{rest[:begin].rstrip(' ,;(')} {rest[end:].lstrip(' ,;)')}".strip()
        agrees = (month, day) in known or (len(known) > 1 and known[0] <= (month, day) <= known[-1])
        return kept, None if agrees else f'it says "{rest[begin:end].strip()}" as well as {date.edtf}'
    words = rest.split()
    for position, word in enumerate(words):
        number = month_number(word.strip(",;.:"))
        before = words[position - 1].lower() if position else ""
        if not before and number and _GIVEN_NAME.match(rest):
            continue
        if number and (position == 0 or before in ("in", "of", "im", "en", "de")) and word[:1].isupper():
            kept = " ".join(words[:position] + words[position + 1 :])
            months = {part[5:7] for part in date.edtf.split("/")}
            return kept, None if f"{number:02}" in months else f'it says "{word}" as well as {date.edtf}'
    return rest, None
