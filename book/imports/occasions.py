"""Finds who spoke, when and on which occasion, in attribution lines, captions and sentences of several languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from book.imports.dates_in_text import FoundDate, find_dates, month_number
from book.imports.frames import FRAMES, MEETING, NAME, VERB

DASHES = "\u2014\u2013\u2015\u2012\u2500-"
_ATTRIBUTION = re.compile(rf"^\s*(?:[{DASHES}]{{1,3}}|\u2e3a)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion on which somebody spoke, as one place of a document names it."""

    date: str | None
    """EDTF, or None where no date is named."""
    speaker: str | None
    """The name of who spoke, or None where it is not named."""
    title: str
    """What it is called: `Keynote speech at the APEC CEO Summit`."""
    event: str | None
    """The event alone: `APEC CEO Summit`."""
    place: str | None
    """Where, if it is said."""
    written: str
    """The words of the document."""
    line: int
    """The line (1-based) of the original."""
    score: float
    """How sure the reading is, from 0 to 1."""
    doubt: str | None = None
    """What is doubtful about it."""


def is_attribution(text: str) -> bool:
    """Whether a paragraph looks like the line below a quotation that says whose words these are."""
    return bool(_ATTRIBUTION.match(text)) and len(text) < _LONGEST and not text.startswith("- ")


_LONGEST = 300
"""Maximum length in characters of an attribution line."""


def read_occasion(text: str, line: int, speakers: frozenset[str] = frozenset()) -> Occasion | None:
    """The occasion that an attribution line, a caption or a sentence names; None where it names none.

    Args:
        text: One line of plain text.
        line: Its line in the original, 1-based.
        speakers: Names that the document is known to quote.
    """
    bare = _ATTRIBUTION.sub("", text).strip()
    dates = [date for date in find_dates(bare) if not date.since]
    rest: str = bare
    doubt: str | None = None
    for one in reversed(dates):
        rest = f"{rest[: one.begin].rstrip(' ,;(')} {rest[one.end :].lstrip(' ,;)')}".strip()
    rest = re.sub(r"\s*[(\[\uff08]\s*[)\]\uff09]", "", rest)
    date = dates[0] if dates else None
    if date is not None:
        rest, doubt = _without_other_month(rest, date)
    if len({one.edtf for one in dates}) > 1:
        doubt = f"it names {len(dates)} dates"
    parts = _parts(rest.strip(" ,;.:()[]。，"), speakers)
    if parts is None or (not parts.title and not date and parts.speaker not in speakers and " " not in bare):
        return None
    if not parts.title:
        doubt = doubt or "it names a speaker, but no occasion"
    score = 0.95 - 0.25 * (doubt is not None) - 0.1 * (date is None) - 0.15 * (parts.speaker is None)
    if date is not None and date.ambiguous:
        doubt, score = f"the date can be read in two ways; {date.edtf} was taken", 0.5
    edtf = date.edtf if date else None
    return Occasion(edtf, parts.speaker, parts.title, parts.event, parts.place, text.strip(), line, score, doubt)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an attribution says besides its date."""

    speaker: str | None
    title: str
    event: str | None
    place: str | None


def _without_other_month(rest: str, date: FoundDate) -> tuple[str, str | None]:
    """The words without the name of a month that stands apart from the date, and what is doubtful about it."""
    words = rest.split()
    for position, word in enumerate(words):
        number = month_number(word.strip(",;.:"))
        before = words[position - 1].lower() if position else ""
        if number and (position == 0 or before in ("in", "of", "im", "en", "de")) and word[:1].isupper():
            kept = " ".join(words[:position] + words[position + 1 :])
            months = {part[5:7] for part in date.edtf.split("/")}
            return kept, None if f"{number:02}" in months else f'it says "{word}" as well as {date.edtf}'
    return rest, None


def _parts(text: str, speakers: frozenset[str]) -> _Parts | None:
    """Speaker, title, event and place of an attribution without its date."""
    if not text:
        return None
    for frame in FRAMES:
        match = frame.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        event, place = _event(groups.get("event"))
        kind = _kind(groups.get("kind"), groups.get("verb"))
        if kind is not None or event is not None:
            return _Parts(groups.get("speaker"), _title(match, kind, event, place), event, place)
    if text in speakers or _LONE_NAME.fullmatch(text):
        return _Parts(text, "", None, None)
    known = next((name for name in speakers if name in text), None)
    if known is None and not MEETING.search(text):
        return None
    event, place = _event(text)
    return _Parts(known, event or text, event, place)


_LONE_NAME = re.compile(rf"{NAME}|[\u4e00-\u9fff\u00b7]{{2,6}}")


_ACTS = {
    "presided": "Remarks", "hosted": "Remarks", "chaired": "Remarks", "visited": "Visit", "inspected": "Visit",
    "investigated": "Visit", "met": "Talk", "talked": "Talk", "wrote": "Letter", "delivered": "Speech",
    "gave": "Speech", "made": "Speech", "addressed": "Address",
}  # fmt: skip


def _kind(kind: str | None, verb: str | None) -> str | None:
    """What was given: `Keynote speech`, `Remarks`, `Rede`."""
    if kind:
        words = [word for word in kind.split() if word.lower() not in _SMALL]
        phrase = " ".join(words)
        return phrase[:1].upper() + phrase[1:]
    return _ACTS.get(verb.split()[0].lower(), "Remarks") if verb else None


_SMALL = frozenset({"a", "an", "the", "his", "her", "its", "their", "important", "major"})
_PLACE = re.compile(
    r"^(?P<event>.+?)(?:,\s*|\s+(?:in|at|\u00e0|en)\s+)(?P<place>[A-Z\u00c0-\u00de][\w\u2019'\-]+(?:\s[A-Z][\w\-]+)?)$"
)


def _event(text: str | None) -> tuple[str | None, str | None]:
    """The event of an attribution, and the place at its end."""
    if text is None:
        return None, None
    event = re.sub(
        r"^(?:the|a|an|der|die|das|dem|den|la|le|les|l['\u2019]|el|los|las)\s+",
        "",
        text.strip(" ,.;:。，"),
        flags=re.IGNORECASE,
    )
    place = None
    if (match := _PLACE.match(event)) is not None and not MEETING.search(match["place"]):
        event, place = match["event"], match["place"]
    return (event[:1].upper() + event[1:] if event else None), place


def _title(match: re.Match[str], kind: str | None, event: str | None, place: str | None) -> str:
    """What an occasion is called, in the words of the document: `Keynote speech at the APEC CEO Summit`."""
    groups = match.groupdict()
    if kind is None or event is None:
        return kind or event or match[0]
    if match.start("event") < match.start("kind" if groups.get("kind") else "verb"):
        return f"{event}{kind}" if not event.isascii() else f"{kind}: {event}"
    begin = max(match.end(name) for name in ("kind", "verb", "speaker") if groups.get(name))
    words = match.string[begin : match.end("event")].strip(" ,")
    if place and words.endswith(place):
        words = re.sub(r"(?:,|\s(?:in|at|\u00e0|en))?\s*$", "", words.removesuffix(place))
    first = words.partition(" ")[0].lower()
    if first == "over" or (first not in _LINKS and not groups.get("kind")):
        words = f"{'to' if kind == 'Visit' else 'at'} {words.removeprefix('over ')}"
    return f"{kind} {words}"


_LINKS = frozenset({"at", "during", "in", "before", "to", "for", "on", "with"})


_CLAUSE = re.compile(
    rf"^(?:when|while|as|during|at|in|on)\s+(?P<clause>[^,\u201c\"]+),\s+(?P<main>(?:{NAME}|he|she|they)\s+{VERB}\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHILE = re.compile(
    r"\b(?:when|while|as)\s+(?:he|she|they)\s+(?:was|were)\s+(?P<verb>\w+ing)\s+(?:in|at|to)?\s*(?P<event>[A-Z][^.,;]*)"
)
_JOINED = re.compile(r"^.*\b(?:participated|took\s+part|attended|joined)\s+(?:in\s+)?(?P<event>.+)$", re.IGNORECASE)


_SUBCLAUSE = re.compile(r",?\s+(?:that|which|who|whom|where|dass|daß|que|qui)\s")


def read_sentence(text: str, line: int, speakers: frozenset[str]) -> Occasion | None:
    """The occasion that a sentence of running text names, where it says that a known speaker spoke there; else None.

    The arguments are those of `read_occasion`.
    """
    dates = [date for date in find_dates(text) if not date.since]
    bare = text.strip()
    for date in reversed(dates):
        bare = f"{bare[: date.begin].rstrip(' ,;(')} {bare[date.end :].lstrip(' ,;)')}".strip()
    clause = _CLAUSE.match(bare)
    named = clause["clause"] if clause else bare
    speaker = next((name for name in sorted(speakers, key=len, reverse=True) if name in text), None)
    if speaker is None or (not dates and not (clause and MEETING.search(named))):
        return None
    during = _WHILE.search(bare)
    if during is not None:
        event, place = during["event"].strip(), during["event"].strip()
        return Occasion(_edtf(dates), speaker, f"Visit to {event}", event, place, text.strip(), line, 0.75)
    if clause is not None and (joined := _JOINED.match(named)) is not None:
        event, place = _event(joined["event"])
        return Occasion(
            _edtf(dates), speaker, f"Remarks at {joined['event'].strip()}", event, place, text.strip(), line, 0.8
        )
    found = _parts(_SUBCLAUSE.split(named)[0].strip(" ,;.:"), speakers)
    if found is None or found.event is None:
        return None
    place = found.place or (found.event if found.title.startswith("Visit") else None)
    return Occasion(_edtf(dates), found.speaker or speaker, found.title, found.event, place, text.strip(), line, 0.85)


def _edtf(dates: list[FoundDate]) -> str | None:
    """The first of some dates."""
    return dates[0].edtf if dates else None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, in characters from 0."""
    start = 0
    for match in re.finditer(
        r"[.?!][\"\u201d\u2019)\]]*(?=\s+[\"\u201c\u2018(\[]?[A-Z\u00c0-\u00de\d])|[。？！][”」』）]*", text
    ):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
