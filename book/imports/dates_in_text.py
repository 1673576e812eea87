"""Finds dates in running text, in several languages, as EDTF. Names of months are CLDR's (Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose names of months are known; Chinese and Japanese dates are figures with signs."""
_TO = r"\s*(?:[-\u2010-\u2015/]|to|until|through|and|bis|und|au|et|al|y|a|e|tot|en)\s*(?:zum\s+|zu\s+)?"
_YEAR = r"(?P<{0}>1\d{{3}}|20\d\d)"
_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|re|[.\u00ba\u00b0])?"
_OF = r"\s*(?:of\s+|de\s+|del\s+|di\s+|van\s+)?"
_LEAD = (
    r"(?:(?:on|from|between|since|in|of|dated|am|vom|den|im|seit|zwischen|le|du|en|depuis|entre|el|del|desde|il|dal|op)\s+"
    r"(?:(?:the|dem|le|el|los|des|year|jahre?|jahr|l'ann\u00e9e|a\u00f1o)\s+)*)?"
)
_SINCE = re.compile(r"^(?:since|seit|depuis|desde|dal)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    begin: int
    """Where it begins in the text, with the preposition before it, in characters from 0."""
    end: int
    """Where it ends."""
    edtf: str
    """The date."""
    exact: bool
    """It names a day."""
    since: bool
    """The text says that something has been so since then: it is the date of no occasion."""
    ambiguous: bool = False
    """Day and month could be exchanged (`4/5/1901`)."""


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates in a text, in order, none inside another; the longest form at each place."""
    found: list[FoundDate] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if all(match.end() <= one.begin or match.start() >= one.end for one in found):
                found.extend(_date(match))
    return tuple(sorted(found, key=lambda one: one.begin))


def _date(match: re.Match[str]) -> Iterator[FoundDate]:
    """The date of a match; nothing where it is no day of the calendar."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    year = _figures(groups["year"])
    first_year = int(groups.get("first_year", year))
    last_month = _month(groups["month"]) if "month" in groups else None
    first_month = _month(groups["first_month"]) if "first_month" in groups else last_month
    ambiguous = False
    if "numeric" in groups and last_month and (day := int(groups["day"])):
        if last_month > 12:
            last_month, day = day, last_month
            groups["day"], first_month = str(day), last_month
        else:
            ambiguous = groups["numeric"] == "/" and day <= 12 and day != last_month
    last = _iso(year, last_month, groups.get("day"))
    edtf = last
    if "first_day" in groups:
        edtf = f"{_iso(first_year, first_month, groups['first_day'])}/{last}"
    elif "first_month" in groups:
        edtf = f"{_iso(first_year, first_month, None)}/{last}"
    if all(map(_valid, edtf.split("/"))):
        since = bool(_SINCE.match(match[0]))
        yield FoundDate(match.start(), match.end(), edtf, "day" in groups, since, ambiguous)


def _iso(year: int, month: int | None, day: str | None) -> str:
    """A date as far as it is given."""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{_figures(day):02}" if month and day else "")


_SIGNS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


_NO_NUMBER = 99
"""What is no number of a day or a month, so that no date is made of it."""


def _figures(written: str) -> int:
    """A number in figures, or in Chinese signs: digit by digit, or with a sign for ten."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.partition("十")
    if ten and tens in _SIGNS | {"": 1} and ones in _SIGNS | {"": 0}:
        return _SIGNS.get(tens, 1) * 10 + _SIGNS.get(ones, 0)
    if not ten and all(sign in _SIGNS for sign in written):
        return int("".join(str(_SIGNS[sign]) for sign in written))
    return _NO_NUMBER


def _valid(date: str) -> bool:
    """Whether a date is one of the calendar."""
    from book.dates.edtf import parse

    try:
        parse(date)
    except ValueError:
        return False
    return True


def _month(name: str) -> int:
    """The number of a month."""
    known = _months().get(name.casefold().rstrip("."))
    return _figures(name) if known is None else known


@cache
def _months() -> dict[str, int]:
    """The numbers of months by their names in all languages, in lower case and without stops."""
    from babel import Locale

    found: dict[str, int] = {}
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    if len(name) > 2:
                        found.setdefault(name.casefold().rstrip("."), number)
    found.update({"sept": 9, "jänner": 1})
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The forms of dates, those with more parts first."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))

    def month(group: str) -> str:
        return rf"(?P<{group}>(?:{names})\b\.?)"

    def day(group: str) -> str:
        return _DAY.format(group) + _ORDINAL

    year = _YEAR.format("year")
    comma = r"\s*,?\s*(?:of\s+|de\s+|del\s+)?"
    forms = (
        # November 27 to 28, 2015; November 30 – December 2, 2015
        rf"{month('first_month')}\s+{day('first_day')}{_TO}{month('month')}\s+{day('day')}{comma}{year}",
        rf"{month('month')}\s+{day('first_day')}{_TO}{day('day')}{comma}{year}",
        # 27–28 November 2015; 30 November bis 2. Dezember 2015; del 27 al 28 de noviembre de 2015
        rf"{day('first_day')}{_OF}{month('first_month')}{_TO}(?:den\s+|el\s+|le\s+)?{day('day')}{_OF}{month('month')}{comma}{year}",
        rf"{day('first_day')}{_TO}(?:den\s+|el\s+|le\s+)?{day('day')}{_OF}{month('month')}{comma}{year}",
        # November 27, 2015; 27 November 2015; 27. November 2015
        rf"{month('month')}\s+{day('day')}{comma}{year}",
        rf"{day('day')}{_OF}{month('month')}{comma}{year}",
        # 2015-11-27, 27.11.2015, 11/27/2015
        rf"{year}(?P<numeric>-){_MONTH_NUMBER}-{_DAY.format('day')}(?!\d)",
        rf"{_DAY.format('day')}(?P<numeric>\.)\s?{_MONTH_NUMBER}\.\s?{year}",
        rf"{_MONTH_NUMBER}(?P<numeric>/){_DAY.format('day')}/{year}",
        # November 2015; noviembre de 2015; between May and June 2015
        rf"{month('first_month')}{_TO}{month('month')}{comma}{year}",
        rf"(?<!\d\s)(?<!\d\.\s){month('month')}{comma}{year}",
    )
    european = [re.compile(rf"\b{_LEAD}{form}\b", re.IGNORECASE) for form in forms]
    han = r"(?:\d\d?|[一二三四五六七八九十]{1,3})"
    year_signs = r"(?P<year>1\d{3}|20\d\d|[一二][〇零○一二三四五六七八九]{3})年"
    to = r"(?:至|到|[-–—－~～])"
    month_sign, day_sign = f"(?P<month>{han})月", f"(?P<day>{han})日"
    signs = (
        rf"{year_signs}(?P<first_month>{han})月(?P<first_day>{han})日?{to}{month_sign}{day_sign}",
        rf"{year_signs}{month_sign}(?P<first_day>{han})日?{to}{day_sign}",
        rf"{year_signs}{month_sign}{day_sign}",
        rf"{year_signs}{month_sign}",
        year_signs,
    )
    before = r"(?:in|since|im|seit|en|depuis|desde|nel|em)\s+(?:the\s+year\s+|jahre?\s+|l'année\s+|el\s+año\s+)?"
    lone = rf"\b{before}{year}\b(?!\s*[-–/]\s*\d)"
    ends = (rf"(?<=,\s){year}(?=\W*$)", rf"(?<=[(\[]){year}(?=[)\]])")
    return (*european, *map(re.compile, signs), re.compile(lone, re.IGNORECASE), *map(re.compile, ends))


_MONTH_NUMBER = r"(?P<month>\d\d?)"


def month_number(word: str) -> int | None:
    """The number of the month that a word names, or None."""
    return _months().get(word.casefold().rstrip("."))
