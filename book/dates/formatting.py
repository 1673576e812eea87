"""Formats dates in a language (CLDR)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from book.dates.digits import in_digits
from book.dates.fields import SKELETONS, UNITS, Filling, add_era, fill, find_locale, has_era, pattern_of
from book.dates.interval_patterns import close, days_within, is_like, long_months
from book.dates.moments import GROUPS, Moment, days_of, read_moment
from book.dates.sets import Element, is_set, read_set
from book.dates.words import NEUTRAL, date_words
from book.model.sources import Day, PartialDate

_UNKNOWN_YEAR = re.compile(r"-?[0-9]+X+[?~%]?")
"""A decade or a century: a year whose last digits are not known."""


@lru_cache(maxsize=4096)
def display(date: PartialDate, language: str, *, eras: bool = False) -> str:
    """A date in a language (a BCP 47 tag), with months in full: `27–28 November 2015`.

    With `eras`, years AD below 1000 show it (`AD 5`), for a book that has years BC. For a language that CLDR does not
    know, the result is ISO 8601. Text that is no date is returned as written.
    """
    return date.literal or in_digits(_Writer(language, eras).date(date.edtf), language)


def year_heading(date: PartialDate, language: str = "en", *, eras: bool = False) -> str:
    """The year under which an index lists a date: that of its first day, or of its last if the first is open.

    A year with unknown digits is written as it is shown (`1880s`), because its first year is not when it was.
    """
    day = date.earliest or date.latest
    if day is None:
        raise ValueError("a date has a first or a last day")
    if is_run_of_years(date):
        return display(PartialDate(date.edtf.rstrip("?~%"), date.earliest, date.latest), language, eras=eras)
    year = _Writer(language, eras).formatted(day, "year") if has_era(day, eras=eras) else str(day.year)
    return in_digits(year, language)


def is_run_of_years(date: PartialDate) -> bool:
    """Whether a date is a decade or a century: a year whose last digits are not known."""
    return _UNKNOWN_YEAR.fullmatch(date.edtf) is not None


def month_name(month: int, language: str) -> str:
    """The short name of a month (1 to 12), standing alone: `Oct`; its number if CLDR has none."""
    locale = find_locale(language)
    return in_digits(str(locale.months["stand-alone"]["abbreviated"][month]) if locale else f"{month:02}", language)


def long_month(day: Day, language: str, *, eras: bool = False) -> str:
    """A month with its year: `March 2019`."""
    return in_digits(_Writer(language, eras).formatted(day, "month"), language)


def needs_eras(dates: Iterable[PartialDate | None]) -> bool:
    """Whether any of the dates can be BC, so that others have to show that they are not."""
    bounds = (bound for date in dates if date for bound in (date.earliest, date.latest) if bound)
    return any(bound.year < 1 for bound in bounds)


class _Writer:
    """Formats dates in a language."""

    def __init__(self, language: str, eras: bool) -> None:
        self.language = language
        self.eras = eras
        self.words = date_words(language)
        self.locale = find_locale(language)

    def date(self, edtf: str) -> str:
        """Format any date: a moment, an interval, a set."""
        if is_set(edtf):
            return self.listed([self.element(element) for element in read_set(edtf)], one_of=edtf.startswith("["))
        begin, slash, end = edtf.partition("/")
        if not slash:
            return self.moment(read_moment(begin))
        if begin in ("", "..") and end in ("", ".."):
            return "?" if "" in (begin, end) else "…"
        if begin in ("", "..") or end in ("", ".."):
            known = read_moment(end if begin in ("", "..") else begin)
            if "" in (begin, end):
                text = self.moment(known)
                return f"?–{text}" if begin == "" else f"{text}–?"
            return self.open_ended(known, "until" if begin == ".." else "from")
        return self.between(read_moment(begin), read_moment(end))

    def listed(self, written: list[str], *, one_of: bool) -> str:
        """Several dates, joined by `or` or `and` (CLDR's list patterns)."""
        if self.locale is None:
            return (" / " if one_of else ", ").join(written)
        from babel.lists import format_list

        return str(format_list(written, style="or" if one_of else "standard", locale=self.locale))

    def element(self, element: Element) -> str:
        """An element of a set."""
        if element.begin is None or element.end is None:
            known = element.begin or element.end
            assert known is not None, "an element has a begin or an end"
            return self.open_ended(known, "from" if element.begin else "until")
        return self.between(element.begin, element.end)

    def between(self, first: Moment, last: Moment) -> str:
        """Format a range of moments, or one moment if both are the same."""
        if first == last:
            return self.moment(first)
        plain = not (first.unspecified or last.unspecified)
        same = first.qualifiers == last.qualifiers and first.precision == last.precision
        if plain and same and first.precision in SKELETONS and (first.qualifier or not any(first.qualifiers)):
            inflected = first.qualifier in ("~", "%")
            text = self.interval(first.earliest, last.latest, first.precision, inflected=inflected)
            return self.qualified(text, first.qualifier)
        return self.fallback().format(self.moment(first), self.moment(last))

    def open_ended(self, known: Moment, word: str) -> str:
        """Format an interval that is open at one end."""
        return self.words[word].format(self.moment(known, inflected=self.words[word] != NEUTRAL[word]))

    def moment(self, moment: Moment, *, inflected: bool = False) -> str:
        """Format one moment, with its qualifiers."""
        whole = moment.qualifier
        inflected = inflected or whole in ("~", "%")
        if moment.group:
            text = self.part_of_year(moment)
            return self.qualified(text, whole or next((mark for mark in moment.qualifiers if mark), ""))
        if "X" in moment.year and {moment.month, moment.day} <= {"", "XX"}:
            return self.qualified(self.years(moment), whole)
        if moment.unspecified and self.is_run(moment):
            text = self.interval(moment.earliest, moment.latest, "day" if moment.day else "month", inflected=inflected)
            return self.qualified(text, whole or max(moment.qualifiers))
        return self.qualified(self.fields(moment, inflected=inflected), whole)

    def fields(self, moment: Moment, *, inflected: bool) -> str:
        """Year, month and day, each with its own qualifier unless all have the same; unknown ones are left out."""
        values = (moment.year, moment.month, moment.day)
        if self.locale is None and any("X" in value for value in values):
            return "-".join(value.lower() for value in values if value)
        known = [unit for unit, value in zip(UNITS, values, strict=True) if value not in ("", "XX")]
        precision = known[-1] if known[-1:] != ["year"] or moment.earliest.year == moment.latest.year else "years"
        texts = {unit: self.unknown(value) for unit, value in zip(UNITS, values, strict=True) if "X" in value}
        if precision == "years":  # significant digits, or digits of the year that are not known
            precision, texts = "year", texts or {"year": str(abs(int(moment.year)))}
        marks = {} if moment.qualifier else dict(zip(UNITS, moment.qualifiers, strict=True))
        day = moment.earliest if moment.year.startswith("-") else moment.latest._replace(month=moment.earliest.month)
        day = day._replace(day=moment.earliest.day)
        return self.formatted(day, precision, texts=texts, marks=marks, inflected=inflected)

    def unknown(self, value: str) -> str:
        """A number with unknown digits within a date: `156x`."""
        digits = value.lstrip("-")
        return digits.lower() if digits.strip("X") else "…"

    def is_run(self, moment: Moment) -> bool:
        """Whether the days or months that a moment can be are consecutive, in a known year."""
        tail = r"[01]X" if not moment.day else r"(?:[0-9]{2}-)[0-3]X"
        rest = moment.month if not moment.day else f"{moment.month}-{moment.day}"
        return "X" not in moment.year and re.fullmatch(tail, rest) is not None

    def part_of_year(self, moment: Moment) -> str:
        """A season, quarter, third or half of a year."""
        year = self.unknown(moment.year) if "X" in moment.year else self.formatted(moment.earliest, "year")
        season = str((moment.group - 21) % 4 + 21) if moment.group < 33 else ""
        if season in self.words:
            return self.words[season].format(year)
        if 33 <= moment.group <= 36 and self.locale and "X" not in moment.year and moment.earliest.year > 0:
            return fill(str(self.locale.datetime_skeletons["yQQQQ"].pattern), self.filling(moment.earliest))
        first, last = GROUPS[moment.group]
        begin, end = (Day(moment.earliest.year, month, days_of(moment.earliest.year, month)) for month in (first, last))
        return self.interval(begin._replace(day=1), end, "month", inflected=False)

    def years(self, moment: Moment) -> str:
        """A year with unknown digits."""
        if re.fullmatch(r"[0-9]{3}X", moment.year) and "decade" in self.words:
            return self.words["decade"].format(moment.earliest.year)
        if re.fullmatch(r"-?[0-9]+X+", moment.year):
            return self.interval(moment.earliest, moment.latest, "year", inflected=False)
        if self.locale is None:
            return moment.year.lower()
        day = moment.earliest if moment.year.startswith("-") else moment.latest
        return self.formatted(day, "year", texts={"year": self.unknown(moment.year)})

    # --- patterns ---------------------------------------------------------------------------------

    def qualified(self, text: str, qualifier: str) -> str:
        """`c. 2015`, `2015?`, `c. 2015?`."""
        approximate = self.words["approximate"].format(text) if qualifier in ("~", "%") else text
        return self.words["uncertain"].format(approximate) if qualifier in ("?", "%") else approximate

    def filling(
        self,
        day: Day,
        *,
        texts: Mapping[str, str] | None = None,
        marks: Mapping[str, str] | None = None,
        inflected: bool = False,
    ) -> Filling:
        """How a pattern is filled for a day."""
        assert self.locale is not None, "a pattern is that of a locale"
        return Filling(day, self.locale, self.language, self.eras, texts or {}, marks or {}, inflected)

    def formatted(
        self,
        day: Day,
        precision: str,
        *,
        texts: Mapping[str, str] | None = None,
        marks: Mapping[str, str] | None = None,
        inflected: bool = False,
    ) -> str:
        """A day, or its month or year, in CLDR's long form, with the era if it is BC."""
        if self.locale is None:
            return str(day)[: {"year": -6, "month": -3}.get(precision)]
        pattern = pattern_of(precision, self.locale, day, self.language, eras=self.eras)
        if texts and texts.get("day") == "…":
            texts = {unit: text for unit, text in texts.items() if unit != "day"}
        return fill(pattern, self.filling(day, texts=texts, marks=marks, inflected=inflected), self.qualified)

    def interval(self, begin: Day, end: Day, precision: str, *, inflected: bool) -> str:
        """An interval in CLDR's form, in which common fields appear once."""
        differing = next((unit for unit, one, other in zip(UNITS, begin, end, strict=True) if one != other), "")
        if not differing or UNITS.index(differing) > UNITS.index(precision):
            return self.formatted(begin, precision, inflected=inflected)
        parts = self.interval_patterns(precision, differing)
        if not parts or (differing == "year" and has_era(begin, eras=self.eras)):
            ends = _Writer(self.language, self.eras or begin.year < 1 <= end.year)
            return self.fallback().format(
                *(ends.formatted(day, precision, inflected=inflected) for day in (begin, end))
            )
        one, other = (
            fill(self.with_era(long_months(part), day), self.filling(day, inflected=inflected))
            for part, day in zip(parts, (begin, end), strict=True)
        )
        return close(one) + other if differing == precision else one + other

    def with_era(self, pattern: str, day: Day) -> str:
        """A pattern with the era beside its year, if required."""
        if self.locale is None or "y" not in pattern or not has_era(day, eras=self.eras):
            return pattern
        return add_era(pattern, self.locale, day, self.language)

    def interval_patterns(self, precision: str, differing: str) -> tuple[str, ...]:
        """CLDR's patterns for the two ends of an interval; none if it has none."""
        if self.locale is None:
            return ()
        formats = self.locale.interval_formats
        skeleton = SKELETONS[precision]
        patterns = formats[skeleton if skeleton in formats else skeleton.replace("MMMM", "MMM")]
        found = tuple(patterns.get({"year": "y", "month": "M", "day": "d"}[differing]) or ())
        if precision == "day":
            long = str(self.locale.date_formats["long"].pattern)
            december = str(self.locale.months["format"]["wide"][12])
            if not all(is_like(part, long, december) for part in found):
                found = days_within(long, differing)
        return found if len(found) == 2 else ()

    def fallback(self) -> str:
        """The pattern that joins any two dates."""
        return str(self.locale.interval_formats[None]) if self.locale else "{0} – {1}"
