"""Finds dates in running text, in several languages, as EDTF, and says what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from book.dates.edtf import parse
from book.imports.calendar_doubts import with_weekday
from book.imports.date_patterns import (
    HAN_SEASONS,
    ORDINALS,
    REIGNS,
    ROMAN_MONTHS,
    SINCE,
    full_months,
    months,
    patterns,
)
from book.imports.figure_order import days_come_first


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
    """It can be read in two ways: day and month exchanged (`4/5/1901`), or in another century (`'15`)."""
    vague: bool = False
    """It is a decade or a century."""
    doubt: str | None = None
    """What contradicts it: a day that the calendar does not have, another weekday, ends that are exchanged."""


_ANY = re.compile(
    r"\d|年|世[纪紀]|century|jahrhundert|siècle|siglo|século|secolo|[一二三四五六七八九十]月",
    re.IGNORECASE,
)
"""What every date has."""
_DIGITS = str.maketrans(
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9"
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\u00a0\u202f",
    "012345678901234567890123456789  ",
)
"""Arabic, Persian and wide figures, and hard spaces."""


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates in a text, in order, none inside another; the longest form at each place."""
    return _found(text, days_come_first())


@lru_cache(maxsize=8192)
def _found(text: str, day_first: bool) -> tuple[FoundDate, ...]:
    """The dates in a text; where the figures of one can be read in two ways, with the day or the month first."""
    text = text.translate(_DIGITS)
    if not _ANY.search(text):
        return ()
    found: list[FoundDate] = []
    for pattern in patterns():
        for match in pattern.finditer(text):
            if all(match.end() <= one.begin or match.start() >= one.end for one in found):
                found.extend(_date(match, day_first=day_first))
    return tuple(_with_surroundings(text, one) for one in sorted(found, key=lambda one: one.begin))


def _with_surroundings(text: str, date: FoundDate) -> FoundDate:
    """A date with the name of a weekday beside it, which has to be right, and with a mark of doubt behind it."""
    if date.exact and "/" not in date.edtf:
        begin, end, doubt = with_weekday(text, date.begin, date.end, date.edtf)
        date = replace(date, begin=begin, end=end, doubt=date.doubt or doubt)
    if date.edtf[-1].isdigit() and "/" not in date.edtf and re.match(r"\s?\(\?\)|\?(?=[)\],])", text[date.end :]):
        mark = re.match(r"\s?\(\?\)|\?", text[date.end :])
        date = replace(date, end=date.end + (mark.end() if mark else 0), edtf=f"{date.edtf}?")
    return date


def _date(match: re.Match[str], *, day_first: bool) -> Iterator[FoundDate]:
    """The date of a match; nothing where it is none."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    since = bool(SINCE.match(match[0])) and not any(name.startswith("first_") for name in groups)
    if (edtf := _alone(groups)) is not None:
        yield FoundDate(match.start(), match.end(), edtf, exact=False, since=since, vague="X" in edtf)
        return
    year, short = _year(groups)
    if year is None:
        return
    first_year = int(groups.get("first_year", year))
    last_month, ambiguous = _month_of(groups, day_first=day_first)
    first_month = _month(groups["first_month"]) if "first_month" in groups else last_month
    last = _iso(year, last_month, groups.get("day"))
    edtf = last
    if "first_day" in groups:
        edtf = f"{_iso(first_year, first_month, groups['first_day'])}/{last}"
    elif "first_month" in groups or "first_year" in groups:
        edtf = f"{_iso(first_year, first_month, None)}/{last}"
    right, doubt = _of_calendar(edtf)
    if right is not None:
        about = "~" if "about" in groups and "/" not in right else ""
        exact = "day" in groups
        yield FoundDate(match.start(), match.end(), right + about, exact, since, ambiguous or short, doubt=doubt)


def _alone(groups: Mapping[str, str]) -> str | None:
    """The EDTF of a year before our era, a decade or a century; None of any other date."""
    if bc := groups.get("bc"):
        return f"-{int(bc) - 1:04}" if int(bc) > 1 else "0000"
    if decade := groups.get("decade"):
        return f"{decade}X"
    if century := groups.get("century"):
        return f"{int(century) - 1:02}XX" if 0 < int(century) <= 21 else None
    if roman := groups.get("roman_century"):
        values = [{"i": 1, "v": 5, "x": 10}[sign] for sign in roman.lower()]
        number = sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
        return f"{number - 1:02}XX" if 0 < number <= 21 else None
    return None


def _year(groups: Mapping[str, str]) -> tuple[int | None, bool]:
    """The year of a match, and whether its century was not written."""
    if reign := groups.get("reign"):
        number = 1 if groups["regnal"] == "元" else _figures(groups["regnal"])
        return REIGNS[reign] + number, False
    written = (groups.get("year") or groups.get("year2") or "").strip("'\u2018\u2019")
    if not written:
        return None, False
    year = _figures(written)
    if len(written) == 2 and ("month" in groups or "season" in groups):
        return (2000 if year <= _THIS_CENTURY else 1900) + year, True
    return year, False


_THIS_CENTURY = 35
"""The last year of two figures that is taken for one of this century."""


def _month_of(groups: dict[str, str], *, day_first: bool) -> tuple[int | None, bool]:
    """The month of a match, and whether it can be read as the day; where the day comes first, they are exchanged."""
    if season := groups.get("season"):
        return HAN_SEASONS.get(season) or _season(season), False
    month = _month(groups["month"]) if "month" in groups else None
    if "numeric" not in groups or not month or not groups["day"].isdigit():
        return month, False
    day = int(groups["day"])
    if month > 12 >= day:
        groups["day"] = str(month)
        return day, False
    ambiguous = groups["numeric"] in "/-" and day <= 12 and day != month
    if ambiguous and day_first:
        groups["day"] = str(month)
        return day, True
    return month, ambiguous


def _season(name: str) -> int:
    """EDTF's number of a season."""
    from book.dates.typed_words import season_names

    return season_names()[name.casefold()]


def _iso(year: int, month: int | None, day: str | None) -> str:
    """A date as far as it is given."""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{_figures(day):02}" if month and day else "")


def _of_calendar(edtf: str) -> tuple[str | None, str | None]:
    """A date as the calendar has it (the month of a day that there is not, ends in order), and what is doubtful."""
    ends, doubt = edtf.split("/"), None
    for index, end in enumerate(ends):
        if not _valid(end):
            month = end[:7]
            if len(end) != len("2015-11-31") or not _valid(month) or int(end[8:]) > _DAYS:
                return None, None
            ends[index], doubt = month, f"there is no {end}"
    if len(ends) > 1 and parse(ends[0]).earliest > parse(ends[1]).earliest:  # type: ignore[operator]
        ends.reverse()
        doubt = doubt or f"the interval ends before it begins; {'/'.join(ends)} was taken"
    return ends[0] if len(set(ends)) == 1 else "/".join(ends), doubt


_DAYS = 31


_SIGNS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


_NO_NUMBER = 99
"""What is no number of a day or a month, so that no date is made of it."""


def _figures(written: str) -> int:
    """A number in figures, in words, or in Chinese signs: digit by digit, or with a sign for ten."""
    plain = written.rstrip(".º\u00b0ª")
    if match := re.match(r"\d+", plain):
        return int(match[0])
    if (named := ORDINALS.get(re.sub(r"\s", "-", plain.casefold()))) is not None:
        return named
    tens, ten, ones = written.partition("十")
    if ten and tens in _SIGNS | {"": 1} and ones in _SIGNS | {"": 0}:
        return _SIGNS.get(tens, 1) * 10 + _SIGNS.get(ones, 0)
    if not ten and all(sign in _SIGNS for sign in written):
        return int("".join(str(_SIGNS[sign]) for sign in written))
    return _NO_NUMBER


def _valid(date: str) -> bool:
    """Whether a date is one of the calendar."""
    try:
        parse(date)
    except ValueError:
        return False
    return True


def _month(name: str) -> int:
    """The number of a month."""
    plain = name.casefold().rstrip(".")
    return months().get(plain) or ROMAN_MONTHS.get(plain) or _figures(name)


def month_number(word: str) -> int | None:
    """The number of the month that a word names in full, or None."""
    plain = word.casefold().rstrip(".")
    return months().get(plain) if plain in full_months() else None


def days_without_year(text: str) -> Iterator[tuple[int, int, int, int]]:
    """The days in a text that are named without a year: where each begins and ends, its month and its day."""
    for match in _DAY_ALONE.finditer(text):
        name, day = match["m1"] or match["m2"] or match["m3"], match["d1"] or match["d2"] or match["d3"]
        number = int(name) if name.isdigit() else months().get(name.casefold())
        if number and 1 <= int(day) <= _DAYS and number <= len(ROMAN_MONTHS):
            yield match.start(), match.end(), number, int(day)


_DAY_ALONE = re.compile(
    r"\b(?:on\s+|am\s+|le\s+|el\s+)?(?:(?P<m1>[^\W\d]{3,})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(?P<m2>[^\W\d]{3,}))\b(?!\s*,?\s*\d)"
    r"|(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]",
    re.IGNORECASE,
)
