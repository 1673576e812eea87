"""Merges the occasions that a document mentions into sources, one for each occasion, however it is worded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from book.dates.edtf import parse
from book.dates.order import within
from book.imports.decisions import Decision, Subject
from book.imports.frames import MEETING
from book.imports.full_names import is_relative
from book.imports.occasions import Occasion
from book.imports.people import same_person

_ALIKE = 60
"""Minimum similarity in per cent of two names of an event to be the same without other evidence."""
_SAME_WORDS = 90
"""The same if one of them has no date."""
_ASKED = 0.7
"""The score of a likeness that a person has to confirm."""
_NEAR = 6
"""Lines of the original between two mentions of which one may complete the other's date."""
_SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "s", "der", "die",
    "das", "des", "dem", "den", "und", "von", "vom", "zu", "zum", "zur", "im", "auf", "le", "la", "les", "l",
    "de", "du", "et", "au", "aux", "un", "une", "el", "los", "las", "y", "en", "del", "una",
})  # fmt: skip


@dataclass(slots=True)
class Gathered:
    """A source while it is being gathered."""

    occasion: Occasion
    """The fullest mention of it."""
    mentions: list[Occasion] = field(default_factory=list)
    id: str = ""
    known: bool = False
    """It stands in a list of the project already."""
    full_name: str | None = None
    """The speaker's name as another source has it, where the mentions have no more than the family name."""
    _dated: tuple[int, str | None] = field(default=(0, None), repr=False, compare=False)
    """Its date, and the number of mentions from which that was found."""

    @property
    def date(self) -> str | None:
        """The most exact date that any mention gives."""
        count, date = self._dated
        if count != len(self.mentions):
            date = max((one.date for one in self.mentions if one.date), key=len, default=None)
            self._dated = len(self.mentions), date
        return date

    @property
    def place(self) -> str | None:
        """The first place that a mention gives."""
        return next((one.place for one in self.mentions if one.place), None)

    @property
    def speaker(self) -> str | None:
        """The fullest name of the speaker that a mention gives."""
        return self.full_name or max((one.speaker for one in self.mentions if one.speaker), key=len, default=None)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The sources of some documents, and which mention belongs to which."""

    sources: tuple[Gathered, ...]
    """Those that the documents name: new ones, and ones that the project has."""
    decisions: tuple[Decision, ...]
    questions: tuple[tuple[Occasion, str], ...] = ()
    """What a person has to decide, with the mention that it is about."""

    @property
    def new(self) -> tuple[Gathered, ...]:
        """The sources that the project does not have yet."""
        return tuple(source for source in self.sources if not source.known)

    def of(self, occasion: Occasion) -> Gathered:
        """The source that a mention belongs to."""
        return next(source for source in self.sources if any(one is occasion for one in source.mentions))


def gather(
    occasions: Iterable[Occasion], path: str, known: Sequence[Gathered] = (), taken: Sequence[str] = ()
) -> Gathering:
    """The sources that some mentions name, in the order of the document.

    Args:
        occasions: The mentions, in the order of the document.
        path: The document, for the decisions.
        known: The sources that the project has already, whose ids no other can have. They are changed.
        taken: Further ids that cannot be used.
    """
    sources: list[Gathered] = list(known)
    decisions: list[Decision] = []
    questions: list[tuple[Occasion, str]] = []
    for occasion in sorted(occasions, key=lambda one: (one.date is None, -len(one.date or ""), one.line)):
        found, score = _same(occasion, sources)
        if found is None:
            sources.append(Gathered(occasion, [occasion]))
            continue
        question = None if score > _DOUBT else _question(found)
        if question:
            questions.append((occasion, question))
        found.mentions.append(occasion)
        if found.known:
            what = f'"{occasion.title or occasion.written}" is the book\'s own source {found.id}: it is cited'
            decisions.append(Decision(Subject.SOURCE, what, path, occasion.line, occasion.written, score, question))
            continue
        if score > _DOUBT and (occasion.score, len(occasion.title)) > (found.occasion.score, len(found.occasion.title)):
            found.occasion = occasion
        if occasion.title != found.occasion.title or occasion.date != found.occasion.date:
            what = f'"{occasion.title}" is the same occasion as "{found.occasion.title}"'
            decisions.append(Decision(Subject.MERGED, what, path, occasion.line, occasion.written, score, question))
    named = [source for source in sources if any(one.line > NOWHERE for one in source.mentions)]
    named.sort(key=lambda source: min(one.line for one in source.mentions if one.line > NOWHERE))
    decisions += _complete_names(sources, path)
    _name([source for source in named if not source.known], [*taken, *(source.id for source in known)])
    return Gathering(tuple(named), tuple(decisions), tuple(questions))


def _complete_names(sources: Iterable[Gathered], path: str) -> Iterator[Decision]:
    """Give sources that have no more than a speaker's family name the name that one other person alone has."""
    people = {source.speaker for source in sources if source.speaker}
    families: dict[str, set[str]] = {}
    for name in people:
        if " " in name:
            families.setdefault(name.rsplit(maxsplit=1)[-1], set()).add(name)
    for source in sources:
        found = families.get(source.speaker or "", ())
        other = any(is_relative(one.written, source.speaker or "") for one in source.mentions)
        if len(found) == 1 and not source.known and not other:
            source.full_name = next(iter(found))
            first = min((one for one in source.mentions if one.speaker), key=lambda one: one.line)
            what = f'the speaker "{first.speaker}" is taken for {source.full_name}, whom another source names'
            yield Decision(Subject.SOURCE, what, path, first.line, first.written, 0.8)


def _question(found: Gathered) -> str:
    """What is asked where a mention may be one of a source."""
    if found.known:
        return f'Is this the book\'s own source {found.id}, "{found.occasion.title}"?'
    return f"Is this the occasion of {found.date}?"


NOWHERE = -1_000_000
"""The line of a mention that stands in no document: that of a source which the project has."""
_DOUBT = 0.74


def _same(occasion: Occasion, sources: Sequence[Gathered]) -> tuple[Gathered | None, float]:
    """The source that an occasion is a mention of, and how sure that is."""
    best: tuple[Gathered | None, float] = (None, 0.0)
    for source in sources:
        score = _likeness(occasion, source)
        if score > best[1]:
            best = source, score
    return best if best[1] >= 0.5 else (None, 0.0)


def _likeness(occasion: Occasion, source: Gathered) -> float:
    """How likely a mention is one of a source, from 0 to 1."""
    if occasion.date and source.date and not _compatible(occasion.date, source.date):
        return 0.0
    if occasion.speaker and source.speaker and not same_person(occasion.speaker, source.speaker):
        return 0.0
    if (occasion.date is None or source.date is None) and source.known:
        return _ASKED if _sorted_likeness(occasion, source) >= _SAME_WORDS else 0.0
    words = max(fuzz.token_set_ratio(_plain(_called(occasion)), _plain(_called(one))) for one in source.mentions)
    if occasion.date is None or source.date is None:
        if (
            occasion.speaker
            and not occasion.date
            and not any(one.title or one.date for one in (occasion, *source.mentions))
        ):
            return 0.9  # both say no more than who it was
        return 0.9 if words >= _SAME_WORDS and (occasion.event or occasion.title) else 0.0
    if occasion.date == source.date:
        if words >= _ALIKE:
            return 0.95
        if len(occasion.date) < len("2015-11-27") or _both_meetings(occasion, source):
            return 0.0
        return _ASKED if source.known else 0.8
    if words >= _ALIKE:
        return 0.85
    near = min(abs(occasion.line - mention.line) for mention in source.mentions) <= _NEAR
    formal = any(MEETING.search(one.event or "") for one in (occasion, *source.mentions))
    return 0.7 if near and not formal and "-" not in occasion.date else 0.0


def _called(occasion: Occasion) -> str:
    """What a mention calls the occasion: its event, its title, or no more than its place."""
    return occasion.event or occasion.title or occasion.place or ""


@lru_cache(maxsize=100_000)
def _compatible(one: str, other: str) -> bool:
    """Whether two dates (EDTF) are the same, or one holds the other."""
    return one == other or within(_parsed(one), _parsed(other)) or within(_parsed(other), _parsed(one))


_parsed = lru_cache(maxsize=10_000)(parse)


def _sorted_likeness(occasion: Occasion, source: Gathered) -> float:
    """How alike the whole names of an occasion and of a source are, in per cent; 0 for a single word."""
    words = _plain(occasion.event or occasion.title)
    if " " not in words:
        return 0
    return max(fuzz.token_sort_ratio(words, _plain(one.event or one.title)) for one in source.mentions)


def _both_meetings(occasion: Occasion, source: Gathered) -> bool:
    """Whether a mention and a source name meetings: with other words, these are two on one day."""
    named = MEETING.search(occasion.event or occasion.title)
    return bool(named) and all(MEETING.search(one.event or one.title) for one in source.mentions)


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """A text as it is compared: lower case, without accents, punctuation and small words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in _SMALL_WORDS)


def _name(sources: Sequence[Gathered], taken: Sequence[str]) -> None:
    """Give each source an id: the first words of its event, or of its title, and its year."""
    used = set(taken)
    for source in sources:
        occasion = source.occasion
        words = _plain(occasion.event or occasion.title or source.speaker or "remarks").split()
        telling = [
            word for word in dict.fromkeys(words) if not word.isdigit() and (len(word) > 1 or not word.isascii())
        ]
        stem = "-".join(telling[:_WORDS_OF_ID])[:_LONGEST_ID].strip("-") or "source"
        name = f"{stem}-{_year(source.date)}"
        number, unique = 2, name
        while unique in used:
            unique, number = f"{name}-{number}", number + 1
        used.add(unique)
        source.id = unique


def _year(date: str | None) -> str:
    """The year of a date as the end of an id: `2015`, `412bc`, `17xx`."""
    if date is None:
        return "undated"
    year = re.match(r"-?[\dX]{4}", date)
    if year is None:
        return "dated"
    return f"{1 - int(year[0])}bc" if year[0].startswith("-") else year[0].lower()


_WORDS_OF_ID, _LONGEST_ID = 4, 48
