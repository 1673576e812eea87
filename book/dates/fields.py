"""Fills CLDR's patterns with days, months and years: eras, the first of a month, qualified parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from book.dates.words import ERA_FIRST, first_of_month
from book.model.sources import Day

if TYPE_CHECKING:
    from babel import Locale

SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
"""CLDR's skeletons for dates of each precision."""
UNITS = ("year", "month", "day")
_UNIT_OF = {"y": "year", "M": "month", "L": "month", "d": "day", "G": "era", "Q": "quarter"}
_NAMED_ERA = 1000
"""The first year AD that needs no era, even in a book with years BC."""

Mark = Callable[[str, str], str]
"""A text and a qualifier → the text, qualified."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How the fields of a pattern are filled."""

    day: Day
    locale: Locale
    language: str
    eras: bool = False
    """Whether years AD show their era if it could be unclear."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts for units in place of their numbers."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """The qualifiers of units that have their own."""
    inflected: bool = False
    """Whether months have the case that they have beside a day."""


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale | None:
    """Babel's locale for a BCP 47 tag, with subtags removed from the right until one is known; None if none is."""
    from babel import Locale, UnknownLocaleError

    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("-".join(subtags[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def has_era(day: Day, *, eras: bool) -> bool:
    """Whether the year of a day is written with its era."""
    return day.year < 1 or (eras and day.year < _NAMED_ERA)


def pattern_of(precision: str, locale: Locale, day: Day, language: str, *, eras: bool) -> str:
    """CLDR's long pattern for a precision, with the era if required."""
    if precision == "day":
        pattern = str(locale.date_formats["long"].pattern)
    else:
        pattern = str(locale.datetime_skeletons[SKELETONS[precision]].pattern)
    return add_era(pattern, locale, day, language) if has_era(day, eras=eras) else pattern


def add_era(pattern: str, locale: Locale, day: Day, language: str) -> str:
    """A pattern with a year, to which the era is added where the language puts it."""
    if day.year > 0 and language.split("-", maxsplit=1)[0].lower() in ERA_FIRST:
        return pattern.replace("y", "G y")
    with_era = str(locale.datetime_skeletons["Gy"].pattern)
    if with_era.startswith("G"):
        return f"{with_era[: with_era.index('y')]}{pattern}"
    return f"{pattern} G"


def fill(pattern: str, filling: Filling, mark: Mark = lambda text, _: text) -> str:
    """Fill a pattern with a day; adjacent parts with the same qualifier are marked together."""
    from babel.dates import tokenize_pattern

    parts: list[tuple[str, str]] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, str):
            parts.append(("", value))
        else:
            letter, count = value
            parts.append((filling.marks.get(_UNIT_OF[letter], ""), _written(letter, count, filling)))
    joined = ""
    for qualifier, run in groupby(_bridged(parts), key=lambda part: part[0]):
        text = "".join(part[1] for part in run)
        joined += mark(text, qualifier) if qualifier else text
    return joined


def _bridged(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts, where text between two with the same qualifier gets it too."""
    found = list(parts)
    for place in range(1, len(parts) - 1):
        before, after = parts[place - 1][0], parts[place + 1][0]
        if not parts[place][0] and before == after:
            found[place] = (before, parts[place][1])
    return found


def _written(letter: str, count: int, filling: Filling) -> str:
    """One field of a pattern (Unicode TR 35, part 4, "Date Field Symbol Table")."""
    unit, day, locale = _UNIT_OF[letter], filling.day, filling.locale
    if unit in filling.texts:
        return filling.texts[unit]
    if unit == "year":
        return str(day.year if day.year > 0 else 1 - day.year)
    if unit == "era":
        return str(locale.eras["abbreviated"][0 if day.year < 1 else 1])
    if unit == "quarter":
        number = (day.month + 2) // 3
        return str(locale.quarters["format"]["wide"][number]) if count > 2 else str(number)
    if unit == "day":
        return first_of_month(filling.language) if day.day == 1 else f"{day.day:0{count}}"
    if count < 3:
        return f"{day.month:0{count}}"
    context = "stand-alone" if letter == "L" and not filling.inflected else "format"
    return str(locale.months[context]["wide" if count > 3 else "abbreviated"][day.month])
