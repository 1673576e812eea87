"""Words that people use in dates, in all languages of `words.DATE_WORDS`: months, days, seasons, eras, doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from book.dates.fields import find_locale
from book.dates.words import DATE_WORDS

APPROXIMATE = "c ca cca circa about around approx approximately roughly etwa ungefähr gegen env environ около примерно"
"""Words before an approximate date, besides those of `words.DATE_WORDS`; a full stop may follow each."""
UNCERTAIN = "probably possibly perhaps maybe vermutlich wohl vielleicht probablement peut-être probablemente forse"
"""Words before an uncertain date."""
UNDATED = (
    "n.d.", "n. d.", "nd", "no date", "undated", "o.j.", "o. j.", "o.d.", "o. d.", "s.d.", "s. d.", "s.a.",
    "undatiert", "sans date", "sin fecha", "senza data", "б. г.", "б. д.", "без даты", "无日期",
)  # fmt: skip
_BEFORE_CHRIST = ("b. c. e.", "b.c.e.", "bce", "b. c.", "b.c.", "bc", "v.chr.", "v. u. z.", "av. j.-c.", "avant j.-c.",
                  "a.c.", "до н.э.")  # fmt: skip
_AFTER_CHRIST = ("a. d.", "a.d.", "ad", "c. e.", "c.e.", "ce", "n.chr.", "ap. j.-c.", "apr. j.-c.", "н.э.")
SKIPPED = frozenset({
    "the", "of", "de", "del", "der", "den", "des", "le", "la", "el", "il", "di", "do", "dia", "am", "im", "in", "on",
    "en", "at", "г", "год", "года", "году", "р", "року", "år",
})  # fmt: skip
"""Words in dates that have no meaning of their own."""


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words without repetitions, the longest first, in an order that is the same in every process."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=8)
def words_round(what: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words before and after a date in the patterns of all languages, such as `approximate`."""
    patterns = [table[what].casefold() for table in DATE_WORDS.values() if what in table]
    halves = [pattern.partition("{}") for pattern in patterns]
    return (
        frozenset(before.strip(" .") for before, _, _ in halves if before.strip(" .")),
        frozenset(after.strip() for _, _, after in halves if after.strip()),
    )


@lru_cache(maxsize=1)
def open_words() -> tuple[tuple[str, str], ...]:
    """Words for an interval that is open at one end, with their patterns in EDTF."""
    until, since = words_round("until")[0], words_round("from")[0] | {"since", "seit", "depuis"}
    return tuple((word, "../{}") for word in sorted(until)) + tuple((word, "{}/..") for word in sorted(since))


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """The numbers of months by name, in all languages, in lower case without full stops."""
    found = {"sept": 9, "jänner": 1, "febr": 2}
    for locale in filter(None, map(find_locale, DATE_WORDS)):
        for context in ("stand-alone", "format"):
            for width in ("abbreviated", "wide"):
                names = locale.months[context][width].items()
                found |= {str(name).casefold().strip("."): int(number) for number, name in names}
    return {name: number for name, number in found.items() if not any(letter.isdigit() for letter in name)}


@lru_cache(maxsize=1)
def day_names() -> frozenset[str]:
    """The names of weekdays in all languages, in lower case without full stops."""
    return frozenset(weekdays())


@lru_cache(maxsize=1)
def weekdays() -> dict[str, frozenset[int]]:
    """The numbers of weekdays (0 is Monday) by name, in all languages, in lower case without full stops.

    A short name may be one of several days in different languages.
    """
    found: dict[str, frozenset[int]] = {}
    for locale in filter(None, map(find_locale, DATE_WORDS)):
        for width in ("wide", "abbreviated"):
            for number, name in locale.days["format"][width].items():
                word = str(name).casefold().strip(".")
                found[word] = found.get(word, frozenset()) | {int(number)}
    return {name: numbers for name, numbers in found.items() if name not in month_names()}


@lru_cache(maxsize=1)
def season_names() -> dict[str, int]:
    """EDTF's numbers of seasons by name, in all languages."""
    found = {"fall": 23, "frühling": 21, "vår": 21, "sommar": 22, "höst": 23, "vinter": 24, "forår": 21, "efterår": 23}
    for table in DATE_WORDS.values():
        for number in range(21, 25):
            words = re.findall(r"[^\W\d_]+", table.get(str(number), "").casefold())
            found |= dict.fromkeys((word for word in words if word not in SKIPPED), number)
    return found


@lru_cache(maxsize=1)
def eras() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for BC and for AD in all languages, the longest first."""
    locales = [locale for locale in map(find_locale, DATE_WORDS) if locale]

    def names(known: Iterable[str], era: int) -> tuple[str, ...]:
        words = {str(locale.eras[width][era]) for locale in locales for width in ("abbreviated", "wide")} | {*known}
        return longest_first(word.casefold().strip(".") for word in words)

    return names(_BEFORE_CHRIST, 0), names(_AFTER_CHRIST, 1)
