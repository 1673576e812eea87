"""Converts dates as people type them (`4 May 1901`, `12.06.1924`, `c. 1913`, `44 BC`) to EDTF.

Words come from all languages in `words.DATE_WORDS`, names of months and days from CLDR. No package does this for
partial dates: `dateparser` completes them with today's date, and knows neither ranges, nor `c.`, nor eras.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from book.dates import edtf
from book.dates.typed_words import (
    APPROXIMATE,
    SKIPPED,
    UNCERTAIN,
    UNDATED,
    day_names,
    eras,
    longest_first,
    month_names,
    open_words,
    season_names,
    words_round,
)
from book.problem import slip_of

_JOINS = re.compile(r"\s*(?:[–—]|\s-\s|\b(?:to|bis|until|till|au|al|and|und|et|y|и|по)\b|&|至)\s*")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|º|ª|\.)(?=[\s,]|$)")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_EAST = re.compile(r"(\d{1,4})\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일号]?)?)?")
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|e|ème)?\s*(?:century|jahrhundert|jh\.?|siècle|siglo|secolo|век)")
_DUAL = re.compile(r"(?<!\d)(?P<year>\d{4})/(?P<next>\d{1,2})(?!\d)")
"""The two years of a date: `10 March 1732/3`, `March 10, 1732/33`."""
_LETTER = re.compile(r"[^\W\d_]")
_LAST_DUAL = 1751
"""The last year that began on 25 March somewhere (Calendar (New Style) Act 1750)."""
_SHORT_MONTH = 3
"""Length in letters up to which the name of a month is too short to be a misspelling of another."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Year, month (or season) and day, as far as they were written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """EDTF; empty without a year."""
        if self.year is None:
            return ""
        sign = "-" if self.year < 0 else ""
        digits = f"{abs(self.year):04}"
        rest = "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{'Y' if len(digits) > 4 else ''}{sign}{digits}{rest}"


@lru_cache(maxsize=1024)
def suggest(text: str) -> tuple[str, ...]:
    """The EDTF that a text may mean: one reading, two if day and month can be exchanged, none if it is no date."""
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split()).strip(" .,;")
    found: list[str] = []
    for reading in _readings(plain):
        try:
            known = edtf.parse(reading)
        except ValueError:
            continue
        if (known.sortable or "/" in reading) and reading != text and reading not in found:
            found.append(reading)
    return tuple(found)


def is_undated(text: str) -> bool:
    """Whether a text says that there is no date: `n.d.`, `o. J.`, `без даты`."""
    return " ".join(text.casefold().split()) in UNDATED


def hint(text: str, otherwise: str) -> str:
    """How to write a date that was typed differently: `write 1901-05-04`; `otherwise` if that is unknown."""
    if is_undated(text):
        return "leave it out: a source without a date is undated"
    readings = suggest(text)
    if not readings and (meant := _with_months(text)):
        return f'did you mean "{meant}"? Write {" or ".join(suggest(meant))}'
    return f"write {' or '.join(readings)}" if readings else otherwise


def _with_months(text: str) -> str | None:
    """A date with misspelt months as they are spelt (`Febuary 1908`); None if that makes it no date either."""

    def mended(word: re.Match[str]) -> str:
        meant = slip_of(word[0], _long_months())
        return word[0] if meant is None or meant == word[0].casefold() else meant.capitalize()

    meant = re.sub(r"[^\W\d_]{4,}", mended, text)
    return meant if meant != text and suggest(meant) else None


@lru_cache(maxsize=1)
def _long_months() -> tuple[str, ...]:
    """The names of months that are long enough to be misspelt."""
    return tuple(name for name in month_names() if len(name) > _SHORT_MONTH)


# --- readings -----------------------------------------------------------------------------------


def _readings(text: str) -> Iterator[str]:
    """EDTF readings of a text, the most likely first."""
    bare, qualifier = _qualified(text)
    if reading := _dual_dated(bare):
        yield _with(reading, qualifier)
        return
    yield from (_with(reading, qualifier) for reading in _old_forms(bare))
    for word, pattern in open_words():
        if bare.startswith(f"{word} "):
            yield from (pattern.format(_with(end, qualifier)) for end in _single(bare[len(word) :].strip()))
    yield from (_with(reading, qualifier) for reading in _single(bare))
    yield from (_with(reading, qualifier) for reading in _ranges(bare))


def _dual_dated(text: str) -> str:
    """EDTF of a day between 1 January and 24 March under both years of the Old Style: `10 March 1732/3` is of 1733.

    In England the year began on 25 March until 1752, and dates before it are given with both years.
    """
    found = _DUAL.search(text)
    years = (int(found["year"]), int(found["next"])) if found else (0, 0)
    if not found or (years[0] + 1) % 10 ** len(found["next"]) != years[1] or years[0] > _LAST_DUAL:
        return ""
    before, behind = text[: found.start()], text[found.end() :]
    if before and not _LETTER.search(before):
        return ""
    for parts in _dates(f"{before}{years[0] + 1}{behind}"):
        if parts.month in (1, 2, 3) and parts.year == years[0] + 1 and not (parts.month == 3 and (parts.day or 1) > 24):
            return str(parts)
    return ""


def _with(reading: str, qualifier: str) -> str:
    """EDTF with a qualifier at each end."""
    return "/".join(end + qualifier if end not in ("", "..") else end for end in reading.split("/"))


def _qualified(text: str) -> tuple[str, str]:
    """A text without words and marks of doubt, and the qualifier that these mean."""
    approximate = uncertain = False
    text = re.sub(r"^\[(.*)\](\??)$", r"\1\2", text)
    if found := re.search(r"\s*\(?\?\)?$", text):
        text, uncertain = text[: found.start()], True
    before, after = words_round("approximate")
    for word in longest_first({*before, *APPROXIMATE.split()}):
        if re.match(rf"{re.escape(word)}(?:\.|\b|(?<=[\u3040-\uffff]))\s*(?=\S)", text):
            text, approximate = re.sub(rf"^{re.escape(word)}\.?\s*", "", text), True
            break
    for word in longest_first(after):
        if text.endswith(word):
            text, approximate = text.removesuffix(word).strip(), True
    for word in UNCERTAIN.split():
        if text.startswith(f"{word} "):
            text, uncertain = text.removeprefix(word).strip(), True
    return text, "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""


def _old_forms(text: str) -> Iterator[str]:
    """ISO 8601 and EDTF in nearly the right form: short ends, spaces, times, the draft of 2012 (`199u`, `open`)."""
    close = re.sub(r"\s", "", text).upper()
    yield close
    yield re.sub(r"(?<=\d)U|U(?=\d|U)", "X", close)
    yield close.replace("OPEN", "..").replace("UNKNOWN", "")
    if timed := re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ].*", text.upper()):
        yield timed[1]
    if digits := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", close):
        yield "-".join(digits.groups())
    if years := re.fullmatch(r"(\d\d)(\d\d)[-/–](\d\d)", close):
        yield f"{years[1]}{years[2]}/{years[1]}{years[3]}"
    begin, slash, end = close.partition("/")
    if slash and re.fullmatch(r"\d{1,2}(-\d{1,2})?", end) and _ISO.fullmatch(begin):
        parts, rest = begin.split("-"), end.split("-")
        if len(parts) > len(rest):
            yield f"{begin}/{'-'.join([*parts[: len(parts) - len(rest)], *(part.zfill(2) for part in rest)])}"


def _single(text: str) -> Iterator[str]:
    """EDTF of one date."""
    before, after = words_round("decade")
    text, named = (
        text.removeprefix("the "),
        next((word for word in longest_first(before) if text.startswith(f"{word} ")), ""),
    )
    endings = "|".join(["'?s", "er", *map(re.escape, longest_first(after))])
    decade = re.fullmatch(rf"(\d{{3}})0({endings})?", text.removeprefix(named).strip())
    if decade and (named or decade[2]):
        yield f"{decade[1]}X"
    if century := _CENTURY.fullmatch(text):
        yield f"{int(century[1]) - 1:02}XX"
    yield from filter(None, map(str, _dates(text)))


def _dates(text: str, sign: int = 0) -> Iterator[_Parts]:
    """The dates that a text may mean, complete or not.

    `sign` is -1 for BC, 1 for an explicit AD, else 0.
    """
    text, era = _era(text)
    sign = sign or era
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if found := re.fullmatch(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})", text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        yield from _calendar((year, other, one), sign)
        if found[2] != "." and one != other:  # a date with stops begins with the day everywhere
            yield from _calendar((year, one, other), sign)
        return
    if found := re.fullmatch(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", text) or _EAST.fullmatch(text):
        yield from _calendar(tuple(int(part) if part else None for part in found.groups()), sign)
        return
    if len(numbers) > 2:
        return
    months, seasons = month_names(), season_names()
    spaced = re.sub("[年년]", " ", _ORDINAL.sub("", text))
    words = [word for word in re.findall(r"[^\W\d_]+", spaced) if word not in SKIPPED | day_names()]
    named = [months.get(word) or seasons.get(word) for word in words]
    if len(named) > 1 or None in named:
        return
    month = named[0] if named else None
    yield from _worded(numbers, month, sign, text, words[0] if words else "")


def _worded(numbers: list[int], month: int | None, sign: int, text: str, word: str) -> Iterator[_Parts]:
    """The date of one or two numbers and the name of a month or season."""
    if len(numbers) == 2 and month is not None and month <= 12:
        first_is_year = numbers[0] > 31 and not sign
        day, year = (numbers[1], numbers[0]) if first_is_year else (numbers[0], numbers[1])
        yield from _calendar((year if year > 31 or sign else None, month, day), sign)
    elif len(numbers) == 1 and month is None and re.fullmatch(r"\d{1,2}", text.strip(" .,")) and not sign:
        yield _Parts(day=numbers[0])
    elif len(numbers) == 2 and month is None and numbers[0] <= 31 < numbers[1] and not sign:
        yield _Parts(year=numbers[1], day=numbers[0])
    elif len(numbers) == 1 and (31 < numbers[0] <= 9999 or sign):
        yield from _calendar((numbers[0], month, None), sign)
    elif len(numbers) == 1 and month is not None and month <= 12:
        yield _Parts(month=month, day=numbers[0])
    elif not numbers and month is not None and word:
        yield _Parts(month=month)


def _calendar(parts: tuple[int | None, ...], sign: int) -> Iterator[_Parts]:
    """Year, month and day if the calendar has them; years BC are counted from 1."""
    year, month, day = (*parts, None, None)[:3]
    if (month is None or 1 <= month <= 12 or 21 <= month <= 24) and (day is None or 1 <= day <= 31):
        yield _Parts(1 - year if sign < 0 and year is not None else year, month, day)


def _era(text: str) -> tuple[str, int]:
    """A text without an era; and -1 for BC, 1 for AD, 0 for neither."""
    before, after = eras()
    for words, sign in ((before, -1), (after, 1)):
        for word in words:
            if re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", text) or (
                word in text and not re.search(r"[a-zа-я]", word)
            ):
                return " ".join(text.replace(word, " ").split()).strip(" ,."), sign
    return text, 0


def _ranges(text: str) -> Iterator[str]:
    """EDTF of two joined dates: `27–28 November 2015`, `June to July 1901`, `1914–18`."""
    joins = list(_JOINS.finditer(text)) or list(re.finditer(r"(?<=\w)-(?=\w\w)", text if text.count("-") == 1 else ""))
    if len(joins) != 1:
        return
    left, right = text[: joins[0].start()], text[joins[0].end() :]
    sign = _era(right)[1] if not _era(left)[1] else 0
    for begin in _dates(left, sign):
        for end in _dates(right):
            yield from _completed(begin, end)


def _completed(begin: _Parts, end: _Parts) -> Iterator[str]:
    """Two dates, each completed with parts that only the other has."""
    if begin.year and begin.month is None and end.year is None and end.month is None and end.day and end.day > 9:
        end = _Parts(begin.year // 100 * 100 + end.day)
    if begin.day and begin.month is None:
        begin = replace(begin, month=end.month)
    if end.day and end.month is None:
        end = replace(end, month=begin.month)
    if end.year is not None and end.month is None and begin.day and begin.month and begin.year is None:
        return
    begin = replace(begin, year=begin.year if begin.year is not None else end.year)
    end = replace(end, year=end.year if end.year is not None else begin.year)
    if str(begin) and str(end):
        yield f"{begin}/{end}"
