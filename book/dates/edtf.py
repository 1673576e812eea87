"""Dates as far as they are known: EDTF (ISO 8601-2:2019, levels 0 and 1) read, sorted, written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from book.dates.moments import SEASONS, Moment, read_moment
from book.dates.words import date_words
from book.model import Day, PartialDate

if TYPE_CHECKING:
    from babel import Locale

LONGEST = 80
"""Characters of the longest date that is looked at."""
SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
"""CLDR's names for the forms in which a date of each precision is written."""


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


def sort_key(date: PartialDate | None, title: str) -> tuple[bool, Day, bool, Day, str, str]:
    """What sources are sorted by: earliest day, latest day (open ends last), title; the undated last.

    A date without a beginning counts from its end, so that the years of an index keep their order.
    """
    far = Day(0, 0, 0)
    last = date.latest if date else None
    first = (date.earliest or last) if date else None
    return (first is None, first or far, last is None, last or far, title.casefold(), title)


def year_heading(date: PartialDate, language: str = "en") -> str:
    """The year under which a date stands: that of its first day, or of its last where the first is open."""
    day = date.earliest or date.latest
    if day is None:
        raise ValueError("a date has a first or a last day")
    return str(day.year) if day.year > 0 else _formatted(day, "year", language)


@lru_cache(maxsize=4096)
def display(date: PartialDate, language: str) -> str:
    """The date as the language (a BCP 47 tag) writes it, months in full: `27–28 November 2015`.

    A language that CLDR does not know gets ISO's figures.
    """
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


def month_name(month: int, language: str) -> str:
    """The short name of a month (1 to 12), as it stands alone: `Oct`. ISO's figures where CLDR has none."""
    locale = _locale(language)
    return str(locale.months["stand-alone"]["abbreviated"][month]) if locale else f"{month:02}"


# --- reading ------------------------------------------------------------------------------------


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


# --- writing ------------------------------------------------------------------------------------


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
