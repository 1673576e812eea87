"""Merges the occasions that a document mentions into sources, one for each occasion, however it is worded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from book.dates.edtf import parse
from book.imports.decisions import Decision, Subject
from book.imports.frames import MEETING
from book.imports.occasions import Occasion
from book.imports.people import same_person
from book.model.sources import PartialDate

_ALIKE = 60
"""Minimum similarity in per cent of two names of an event to be the same without other evidence."""
_NEAR = 6
"""Lines of the original between two mentions of which one may complete the other's date."""
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "s",
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "und",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "im",
        "auf",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "et",
        "au",
        "aux",
        "un",
        "une",
        "el",
        "los",
        "las",
        "y",
        "en",
        "del",
        "una",
    ]
)


@dataclass(slots=True)
class Gathered:
    """A source while it is being gathered."""

    occasion: Occasion
    """The fullest mention of it."""
    mentions: list[Occasion] = field(default_factory=list)
    id: str = ""

    @property
    def date(self) -> str | None:
        """The most exact date that any mention gives."""
        dates = [one.date for one in self.mentions if one.date]
        return max(dates, key=len) if dates else None

    @property
    def place(self) -> str | None:
        """The first place that a mention gives."""
        return next((one.place for one in self.mentions if one.place), None)

    @property
    def speaker(self) -> str | None:
        """The fullest name of the speaker that a mention gives."""
        return max((one.speaker for one in self.mentions if one.speaker), key=len, default=None)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The sources of some documents, and which mention belongs to which."""

    sources: tuple[Gathered, ...]
    decisions: tuple[Decision, ...]

    def of(self, occasion: Occasion) -> Gathered:
        """The source that a mention belongs to."""
        return next(source for source in self.sources if any(one is occasion for one in source.mentions))


def gather(occasions: Iterable[Occasion], path: str, taken: Sequence[str] = ()) -> Gathering:
    """The sources that some mentions name, in the order of the document.

    Args:
        occasions: The mentions, in the order of the document.
        path: The document, for the decisions.
        taken: Ids that cannot be used.
    """
    sources: list[Gathered] = []
    decisions: list[Decision] = []
    for occasion in sorted(occasions, key=lambda one: (one.date is None, -len(one.date or ""), one.line)):
        found, score = _same(occasion, sources)
        if found is None:
            sources.append(Gathered(occasion, [occasion]))
            continue
        found.mentions.append(occasion)
        if (occasion.score, len(occasion.title)) > (found.occasion.score, len(found.occasion.title)):
            found.occasion = occasion
        if occasion.title != found.occasion.title or occasion.date != found.occasion.date:
            what = f'"{occasion.title}" is the same occasion as "{found.occasion.title}"'
            question = None if score > _DOUBT else f"Is this the occasion of {found.date}?"
            decisions.append(Decision(Subject.MERGED, what, path, occasion.line, occasion.written, score, question))
    sources.sort(key=lambda source: min(one.line for one in source.mentions))
    _name(sources, taken)
    return Gathering(tuple(sources), tuple(decisions))


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
    if occasion.speaker and source.speaker and not same_person(occasion.speaker, source.speaker):
        return 0.0
    words = max(
        fuzz.token_set_ratio(_plain(occasion.event or occasion.title), _plain(one.event or one.title))
        for one in source.mentions
    )
    if occasion.date is None or source.date is None:
        return 0.9 if words >= 90 and (occasion.event or occasion.title) else 0.0
    if occasion.date == source.date:
        exact = len(occasion.date) >= len("2015-11-27")
        return 0.95 if words >= _ALIKE else 0.8 if exact else 0.0
    one, other = parse(occasion.date), parse(source.date)
    if not _within(one, other) and not _within(other, one):
        return 0.0
    if words >= _ALIKE:
        return 0.85
    near = min(abs(occasion.line - mention.line) for mention in source.mentions) <= _NEAR
    formal = any(MEETING.search(one.event or "") for one in (occasion, *source.mentions))
    return 0.7 if near and not formal and "-" not in occasion.date else 0.0


def _within(inner: PartialDate, outer: PartialDate) -> bool:
    """Whether all days of one date are days of another."""
    if None in (inner.earliest, inner.latest, outer.earliest, outer.latest):
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest  # type: ignore[operator]


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
        name = f"{stem}-{source.date[:4] if source.date else 'undated'}"
        number, unique = 2, name
        while unique in used:
            unique, number = f"{name}-{number}", number + 1
        used.add(unique)
        source.id = unique


_WORDS_OF_ID, _LONGEST_ID = 4, 48
