"""Says where a text contradicts its own dates: the weekday, another day, month or year, the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as calendar_date
from functools import cache

from book.dates.typed_words import longest_first, weekdays

_GREGORIAN, _LAST_JULIAN = 1752, 1923
"""The first year in whose dates only the Gregorian calendar counts, in Latin script; in Greek and Cyrillic script."""
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A weekday before a date, and behind one.

    Names of three letters are those of people too (`Sam`, `Dom`, `Sun`): before a date they count where no word stands
    before them, behind one where a stop, a comma or the end follows at once. Shorter ones of scripts without capital
    letters count in brackets alone.
    """
    cased = {word: word.upper() != word.lower() for word in weekdays()}
    words = _either(word for word in cased if len(word) > _SHORT or (len(word) == _SHORT and not cased[word]))
    short = _either(word for word in cased if len(word) == _SHORT and cased[word])
    signs = _either(word for word in cased if len(word) < _SHORT and not cased[word])
    before = (
        rf"(?:\b(?:on\s+|am\s+|le\s+|el\s+)?(?P<day>{words})|(?:\b(?:on|am|le|el)\s+|(?<!\w)(?<!\w[\s-]))(?P<short>{short}))\b"
        r"\.?,?\s*(?:the\s+|den\s+|dem\s+|le\s+|el\s+|d\.\s*)?$"
    )
    behind = (
        rf"\s*(?:[(\uff08]\s*(?P<bracketed>{words}|{short}|{signs})\.?\s*[)\uff09]"
        rf"|,?\s*(?P<day>{words})(?:\b|(?<=[\u4e00-\u9fff]))(?!\s*[-\u2013])|(?P<short>{short})\b(?=\s*(?:[.,;:)]|$)))"
    )
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    """A pattern for any of some words."""
    return "|".join(map(re.escape, longest_first(words)))


_SHORT = 3
_BEFORE = 40
"""Characters before a date in which the name of its weekday is looked for."""


def with_weekday(text: str, begin: int, end: int, edtf: str) -> tuple[int, int, str | None]:
    """Where a day in a text begins and ends with the name of its weekday beside it, and what is wrong with that name.

    Args:
        text: The text.
        begin: Where the date begins, in characters from 0.
        end: Where it ends.
        edtf: The day.
    """
    before, behind = _around()
    if match := before.search(text, max(0, begin - _BEFORE), begin):
        return match.start(), end, _wrong_weekday(match["day"] or match["short"], edtf, text)
    if match := behind.match(text, end):
        return begin, match.end(), _wrong_weekday(match["bracketed"] or match["day"] or match["short"], edtf, text)
    return begin, end, None


def _wrong_weekday(word: str, edtf: str, text: str) -> str | None:
    """What is said of a weekday that a day was not, in either calendar if its time and script allow both."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) or edtf.startswith("0000"):
        return None
    year, month, day = map(int, edtf.split("-"))
    named = weekdays().get(word.casefold())
    if named is None:
        return None
    right = calendar_date(year, month, day).weekday()
    julian = (right + year // 100 - year // 400 - 2) % 7
    other_script = bool(re.search(r"[\u0370-\u03ff\u0400-\u04ff]", text))
    both = year < (_LAST_JULIAN if other_script else _GREGORIAN)
    if right in named or (both and julian in named):
        return None
    return f'it says "{word}", but {edtf} was a {_NAMES[right]}'


def later_than(edtf: str | None, published: str | None) -> str | None:
    """What is said of an occasion whose day lies behind the day on which the document was published."""
    from book.dates.edtf import parse

    if not edtf or not published:
        return None
    try:
        begins, ended = parse(edtf).earliest, parse(published).latest
    except ValueError:
        return None
    if begins is None or ended is None or begins <= ended:
        return None
    return f"it names {edtf}, which is later than the document itself, {published}"


def other_year(rest: str, edtf: str) -> str | None:
    """What is said of a year in the name of an occasion that is not its date's: `at the 2014 congress, 3 May 2015`."""
    from book.imports.frames import MEETING

    years = {int(year) for year in re.findall(r"\d{4}", edtf)}
    for match in re.finditer(r"(?<![\d-])(1[5-9]\d\d|20\d\d)(?![\d-])", rest):
        named = int(match[0])
        if named not in years and years and named <= max(years) + 1 and MEETING.search(rest):
            return f'it says "{match[0]}" as well as {edtf}'
    return None
