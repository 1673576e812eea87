"""Dates as a language writes them (CLDR)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from book.dates.moments import Moment, read_moment
from book.dates.words import date_words
from book.model.sources import Day, PartialDate

if TYPE_CHECKING:
    from babel import Locale

SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
"""CLDR's names for the forms in which a date of each precision is written."""


@lru_cache(maxsize=4096)
def display(date: PartialDate, language: str) -> str:
    """The date as the language (a BCP 47 tag) writes it, months in full: `27–28 November 2015`.

    A language that CLDR does not know gets ISO's figures; words that are no date stay as written.
    """
    if date.literal:
        return date.literal
    begin, _, end = date.edtf.partition("/")
    words = date_words(language)
    if not end and "/" not in date.edtf:
        return _qualified(read_moment(begin), language, words)
    if begin in ("", "..") or end in ("", ".."):
        known = _qualified(read_moment(end if begin in ("", "..") else begin), language, words)
        if "" in (begin, end):
            return f"?–{known}" if begin == "" else f"{known}–?"
        return words["until" if begin == ".." else "from"].format(known)
    first, last = read_moment(begin), read_moment(end)
    if first.qualifier != last.qualifier or first.precision != last.precision or first.precision not in SKELETONS:
        return _fallback(language).format(_qualified(first, language, words), _qualified(last, language, words))
    return _with_qualifier(_interval(first, last, language), first.qualifier, words)


def year_heading(date: PartialDate, language: str = "en") -> str:
    """The year under which a date stands: that of its first day, or of its last where the first is open."""
    day = date.earliest or date.latest
    if day is None:
        raise ValueError("a date has a first or a last day")
    return str(day.year) if day.year > 0 else _formatted(day, "year", language)


def month_name(month: int, language: str) -> str:
    """The short name of a month (1 to 12), as it stands alone: `Oct`. ISO's figures where CLDR has none."""
    locale = _locale(language)
    return str(locale.months["stand-alone"]["abbreviated"][month]) if locale else f"{month:02}"


def _qualified(moment: Moment, language: str, words: Mapping[str, str]) -> str:
    """One moment in words, with its qualifier."""
    return _with_qualifier(_unqualified(moment, language, words), moment.qualifier, words)


def _with_qualifier(text: str, qualifier: str, words: Mapping[str, str]) -> str:
    """`c. 2015`, `2015?`, `c. 2015?`."""
    approximate = words["approximate"].format(text) if qualifier in ("~", "%") else text
    return f"{approximate}?" if qualifier in ("?", "%") else approximate


def _unqualified(moment: Moment, language: str, words: Mapping[str, str]) -> str:
    """One moment in words."""
    precision = moment.precision
    if precision == "season":
        year = _formatted(moment.earliest, "year", language)
        return words.get(moment.edtf[-2:], "{}").format(year)
    if precision == "decade" and "decade" in words:
        return words["decade"].format(moment.earliest.year)
    if precision in ("decade", "years"):
        return _interval(moment, moment, language, precision="year")
    return _formatted(moment.earliest, precision, language)


def _formatted(day: Day, precision: str, language: str) -> str:
    """A day, or its month or year, in CLDR's long form; with the era where it is before Christ."""
    locale = _locale(language)
    if locale is None:
        return str(day)[: {"year": -6, "month": -3}.get(precision)]
    skeletons = locale.datetime_skeletons
    if day.year > 0 and precision == "day":
        pattern = str(locale.date_formats["long"].pattern)
    elif day.year > 0:
        pattern = str(skeletons[SKELETONS[precision]].pattern)
    else:
        short = str(skeletons[{"year": "Gy", "month": "GyMMM", "day": "GyMMMd"}[precision]].pattern)
        pattern = _long_months(short).replace("G", f"'{locale.eras['abbreviated'][0]}'")
    return _filled(pattern, day, locale)


def _interval(first: Moment, last: Moment, language: str, precision: str | None = None) -> str:
    """An interval in CLDR's form, what its ends share said once."""
    precision = precision or first.precision
    begin, end, locale = first.earliest, last.latest, _locale(language)
    units = list(SKELETONS)
    differing = next((unit for unit, one, other in zip(units, begin, end, strict=True) if one != other), "")
    if locale is None or begin.year < 1 or not differing or units.index(differing) > units.index(precision):
        return _joined(_formatted(begin, precision, language), _formatted(end, precision, language), language)
    formats = locale.interval_formats
    skeleton = SKELETONS[precision]
    patterns = formats[skeleton if skeleton in formats else skeleton.replace("MMMM", "MMM")]
    parts = patterns.get({"year": "y", "month": "M", "day": "d"}[differing])
    if not parts or len(parts) != 2:
        return _joined(_formatted(begin, precision, language), _formatted(end, precision, language), language)
    one, other = (_filled(_long_months(part), day, locale) for part, day in zip(parts, (begin, end), strict=True))
    return _close(one) + other if differing == precision else one + other


def _joined(one: str, other: str, language: str) -> str:
    """Two dates that share nothing; one of them if they are the same."""
    return one if one == other else _fallback(language).format(one, other)


def _fallback(language: str) -> str:
    """The pattern that joins any two dates."""
    locale = _locale(language)
    return str(locale.interval_formats[None]) if locale else "{0} – {1}"


def _close(text: str) -> str:
    """The first half of an interval without the spaces that CLDR puts round its dash: `27–28`, `June–July`."""
    return re.sub(r"\s*([–-])\s*$", r"\1", text)


def _long_months(pattern: str) -> str:
    """A CLDR pattern with the months in full."""
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", re.sub(r"(?<!L)LLL(?!L)", "LLLL", pattern))


def _filled(pattern: str, day: Day, locale: Locale) -> str:
    """A CLDR pattern with a day put in. Years that Python's calendar lacks go in as another leap year's name."""
    from datetime import date

    from babel.dates import parse_pattern

    if 1 <= day.year <= 9999:
        return str(parse_pattern(pattern).apply(date(*day), locale))
    year = day.year if day.year > 0 else 1 - day.year
    return str(parse_pattern(pattern).apply(date(2000, day.month, day.day), locale)).replace("2000", str(year))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    """Babel's locale for a BCP 47 tag, less its subtags from the right until one is known; None if none is."""
    from babel import Locale, UnknownLocaleError

    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("-".join(subtags[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
