"""Finds who spoke, when and on which occasion, in attribution lines, captions and sentences of several languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.imports.dating import dated
from book.imports.doubts import NO_SPEAKER, Doubt, no_more_than, no_occasion
from book.imports.frames import BYLINES, FRAMES, GIVEN, KIND, MEETING, SAID
from book.imports.people import CAPITALISED, NAME, NO_NAME, OFFICE, PARTICLE, UPPER, without_offices
from book.imports.titles import event_of, kind_of, title_of

DASHES = "~\u223c\u2014\u2013\u2015\u2012\u2500-"
_ATTRIBUTION = re.compile(rf"^\s*(?:[{DASHES}]{{1,3}}|\u2e3a)\s*(?=\S)")
_BRACKETED = re.compile(r"^\s*[(\[\uff08]\s*(?P<inner>[^()\[\]\uff08\uff09]+)\s*[)\]\uff09]\s*[.\u3002]?\s*$")
_BRACKETS = re.compile(r"\s*[(\[\uff08]\s*(?P<inner>[^()\[\]\uff08\uff09]*\D{3}[^()\[\]\uff08\uff09]*)[)\]\uff09]")
_LABELLED = re.compile(
    r"^\s*(?:source|quelle|fuente|quoted from|aus|extrait de|出处|出處)\s*[:\uff1a]\s*(?=\S)", re.IGNORECASE
)
_SO = re.compile(r"^(?:so|thus|ainsi|as\u00ed|zit(?:iert|\.) nach)\s+(?=[A-Z\u00c0-\u00de])")
_PUBLISHED = re.compile(
    r",?\s*(?:published|printed|publicad[oa]|publi\u00e9e?|ver\u00f6ffentlicht|erschienen)\s*$", re.IGNORECASE
)
_TITLE_MARKS = str.maketrans("", "", "\u300a\u300b\u3008\u3009")


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
    doubt: Doubt | None = None
    """What is doubtful about it."""
    sentence: bool = False
    """It is told in a sentence with a verb: a caption, rather than a line of attribution."""


def is_attribution(text: str) -> bool:
    """Whether a paragraph begins like the line that says whose words a quotation is: with a dash, or in brackets."""
    dashed = _ATTRIBUTION.match(text) and not text.startswith("- ") and not _SPOKEN.search(text)
    marked = dashed or _LABELLED.match(text)
    return bool(marked or _BRACKETED.match(text)) and len(text) < _LONGEST


_SPOKEN = re.compile(r"[\u00bf\u00a1]|(?<=[^\W\d_]):\s*[\u00ab\u201c\u201e]")
"""What a line of dialogue has that begins with a dash, as an attribution does: a question, words that it quotes."""
_LONGEST = 300
"""Maximum length in characters of an attribution line."""


def read_occasion(text: str, line: int, speakers: frozenset[str] = frozenset()) -> Occasion | None:
    """The occasion that an attribution line, a caption or a sentence names; None where it names none.

    Args:
        text: One line of plain text.
        line: Its line in the original, 1-based.
        speakers: Names that the document is known to quote.
    """
    bare = without_signs(text)
    found = dated(_capitalised(bare) if bare.isupper() and " " in bare and "," in bare else bare)
    rest = _PUBLISHED.sub("", re.sub(r"\s*[(\[\uff08]\s*[)\]\uff09]", "", found.rest))
    parts = parts_of(without_offices(_TRADE.sub(r"\g<name>, ", rest.strip(_EDGES))), speakers)
    doubt = found.doubt
    if parts is None and found.edtf and _ATTRIBUTION.match(text) and rest.strip(_EDGES) and not _TOLD.search(rest):
        words = rest.strip(_EDGES)
        parts = Parts(None, words[:1].upper() + words[1:], None, None)
        doubt = doubt or NO_SPEAKER
    if parts is None or (not parts.title and not found.edtf and parts.speaker not in speakers and " " not in bare):
        return None
    if not parts.title:
        doubt = doubt or no_occasion(dated=found.edtf is not None)
    elif not found.edtf and parts.speaker is None and parts.event is None:
        doubt = doubt or no_more_than(parts.title)
    score = 0.95 - 0.25 * (doubt is not None) - 0.1 * (found.edtf is None) - 0.15 * (parts.speaker is None)
    score = 0.5 if found.ambiguous else score
    return Occasion(
        found.edtf,
        parts.speaker,
        parts.title,
        parts.event,
        parts.place,
        text.strip(),
        line,
        score,
        doubt,
        parts.sentence,
    )


_TRADE = re.compile(
    rf"^(?P<name>{CAPITALISED}(?:\s+(?:{PARTICLE}\s+)*{CAPITALISED}(?!\w)){{1,3}}),\s+[a-z\u00df-\u00ff][^,]{{2,40}},\s+"
    rf"(?={GIVEN}(?!\w))"
)
"""What somebody is, between their name and what they gave: `John Setchell, labourer, evidence before …`."""
_TOLD = re.compile(r"[.!?]\s+[A-Z\u00c0-\u00de\u00bf\u00a1]|[\u00ab\u201c\u201e\u00bf?]")
"""What makes a line with a dash somebody's words rather than an attribution: two sentences, a quotation, a question."""
_EDGES = " ,;.:()[]\u3000\u3002\uff0c\uff1a\u3001\u060c"
"""What is left around the words of an attribution when its date is taken out."""


def without_signs(text: str) -> str:
    """A line of attribution without the dash before it or the brackets around it; brackets inside become commas."""
    bare = _SO.sub("", _LABELLED.sub("", _ATTRIBUTION.sub("", text)).strip())
    bracketed = _BRACKETED.match(bare)
    bare = bracketed["inner"] if bracketed else _PARTY.sub("", bare)
    bare = bare if bracketed else _BRACKETS.sub(r", \g<inner>", bare)
    bare = _TAKEN_FROM.sub(", ", bare)
    bare = _SEPARATED.sub(", ", _BEHIND_NAME.sub(r"\g<name>, ", bare))
    bare = _CAPITALS.sub(lambda name: _capitalised(name[0]), bare)
    bare = re.sub(r"(?<=[\u4e00-\u9fff])[\u300a\u3008]", "\uff0c", bare, count=1) if _NAMED_WORK.match(bare) else bare
    return " ".join(bare.translate(_TITLE_MARKS).split())


_PARTY = re.compile(
    rf"(?<=[^\W\d_])\s*[(\[](?:[{UPPER}]{{2,5}}(?:/[{UPPER}]{{2,5}})?|[RD]-\w+\.?|Lab\.?|Con\.?|Lib\.?)[)\]](?=[,:;\s])"
)
"""The party of a member of a parliament behind the name: `X (SPD)`, `X (D-Ohio)`."""
_SEPARATED = re.compile(r"(?<=[^\W\d])\s+[\u2014\u2013|\u00b7]\s+(?=[A-Z\u00c0-\u00de\u4e00-\u9fff](?!\w*\s+\d))")
"""A dash or a rule between a name and an occasion."""
_TAKEN_FROM = re.compile(
    r",\s+(?:from|aus|extraits?\s+d[e'\u2019]|de|da)\s*\b(?:his|her|their|seiner?|ihrer?|sa|son|ses|su|sus|sua|suo)\s+",
    re.IGNORECASE,
)
"""What stands between a name and what was given: `X, from her speech at …`."""
_BEHIND_NAME = re.compile(rf"^(?P<name>{NAME})\s+[\u2014\u2013|\u00b7]\s+(?=[a-z\u00df-\u00ff])")
"""A name, and a dash before an occasion that begins with a small letter."""
_NAMED_WORK = re.compile(r"^[\u4e00-\u9fff\u00b7]{2,8}[\u300a\u3008]")
"""A Chinese name directly before the name of a work."""
_CAPITALS = re.compile(rf"^(?:[{UPPER}'\u2019-]{{2,}}\.?\s+)+[{UPPER}'\u2019-]{{3,}}(?=,)")
"""A name before a comma that is written in capital letters."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an attribution says besides its date."""

    speaker: str | None
    title: str
    event: str | None
    place: str | None
    sentence: bool = False
    kind: bool = False
    """It says what was given: a speech, remarks."""


def parts_of(text: str, speakers: frozenset[str]) -> Parts | None:
    """Speaker, title, event and place of an attribution without its date; the clauses of a sentence in turn."""
    clauses: list[str] = []
    while text := _NO_PLACE.sub("", _WILL.sub("", REPORTED.sub("", text))):
        if found := _addressed(text) or _framed(text):
            return found
        clauses.append(text)
        if len(clauses) == _CLAUSES or "\uff0c" not in text or not SAID.search(text):
            break
        text = text.partition("\uff0c")[2]
    return next((found for one in reversed(clauses) if (found := _unframed(one, speakers))), None)


_CLAUSES = 20
"""Maximum number of Chinese clauses in which an attribution is looked for."""


def _framed(text: str) -> Parts | None:
    """What the first wording that fits an attribution says."""
    said = bool(SAID.search(text))
    for frame in FRAMES:
        if said and frame in BYLINES:
            continue  # a comma of a sentence
        match = frame.match(text)
        speaker = match.groupdict().get("speaker") or "" if match else ""
        if match is None or NO_NAME.match(speaker) or MEETING.search(speaker):
            continue
        if KIND.fullmatch(speaker) or KIND.fullmatch(speaker.partition(" ")[0]):
            continue
        groups = match.groupdict()
        if addressee := groups.get("addressee"):
            place = groups["letter"] == "\u00e0" and " " not in addressee
            if place or MEETING.search(addressee) or KIND.search(addressee):
                continue
            return Parts(without_offices(speaker), f"{LETTERS[groups['letter']]} {addressee}", None, None, kind=True)
        event, place = event_of(groups.get("event") or groups.get("event2"))
        kind = kind_of(groups.get("kind"), groups.get("verb"))
        if kind is not None or event is not None:
            sentence = bool(groups.get("verb") and not (groups["verb"].endswith("ing") or groups.get("kind")))
            title = title_of(match, kind, event, place)
            if not groups.get("kind") and _in_a_place(match):
                event, place, title = None, event, ""
            event = None if kind and _LETTER_KIND.search(kind) else event  # a person or a body
            named = groups.get("speaker") or groups.get("speaker2")
            speaker = without_offices(named) if named else None
            return Parts(speaker, title, event, place, sentence or bool(SAID.search(match[0])), kind is not None)
    return None


def _in_a_place(match: re.Match[str]) -> bool:
    """Whether an attribution names no event, but a place alone: `X in Hull`."""
    event = match.groupdict().get("event") or ""
    before = match.string[: match.start("event")] if event else ""
    return bool(_IN.search(before) and _PLACE_ALONE.fullmatch(event)) and not (
        MEETING.search(event) or KIND.search(event)
    )


_IN = re.compile(r"(?<!\w)(?i:in|zu|\u00e0|en)\s+$")
_PLACE_ALONE = re.compile(
    rf"(?:(?:New|San|Santa|Saint|St\.?|Cape|Port|Los|Las|El|La|Le|Bad|Sankt|Buenos)\s)?{CAPITALISED}(?<=[^\W\d])(?:-{CAPITALISED}(?<=[^\W\d]))?"
)


def _unframed(text: str, speakers: frozenset[str]) -> Parts | None:
    """What an attribution that fits no wording says: a work, a name alone, an event."""
    if text not in speakers and (work := _work(text)) is not None:
        return Parts(None, work, None, None)
    if text in speakers or (_LONE_NAME.fullmatch(text) and not MEETING.search(text)):
        return Parts(text, "", None, None)
    known = next((name for name in speakers if name in text), None)
    if known is None and not MEETING.search(text):
        return None
    if SAID.search(text):
        return Parts(known, "", None, None, sentence=True)
    event, place = event_of(text)
    return Parts(known, event or text, event, place, len(text.split()) > _WORDS_OF_EVENT)


_WILL = re.compile(
    r"(?<=[\u51fa\u793a\u8abf\u8c03\u8aaa\u8bf4])[\uff0c,]?\s*(?:\u8981|\u5fc5\u987b|\u61c9|\u5e94|\u9700\u8981)?[\uff0c,:\uff1a\s]*$"
)
"""A Chinese "must" between a verb of saying and what was said."""
REPORTED = re.compile(r"^[据據][^\uff0c,]{1,10}[\uff0c,]\s*")
"""A Chinese "according to …" before a sentence."""


def _addressed(text: str) -> Parts | None:
    """The letter that a line means which names no more than an addressee and a place."""
    letter = _ADDRESSED.match(text)
    if letter is None or MEETING.search(letter["to"]):
        return None
    return Parts(None, f"{LETTERS[letter['letter'].lower()]} {letter['to']}", None, letter["place"], kind=True)


_ADDRESSED = re.compile(
    rf"^(?P<letter>To|An|\u00c0)\s+(?P<to>(?:(?:the|den|die|das|la|le)\s+(?i:editor|{OFFICE}|board|committee|directors|vorstand|redaktion|direktion|"
    rf"r\u00e9daction|magistrat)(?!\w)[^,]*|{NAME}))(?:,\s*(?P<place>[^,\d]+))?$"
)
"""A line that names no more than an addressee and a place: `An Clara Weiss, Bozen`."""
_LETTER_KIND = re.compile(r"letter|brief|lettre|carta|lettera|telegram", re.IGNORECASE)
_NO_PLACE = re.compile(r",?\s*(?:o\.\s?O\.?|n\.\s?p\.?|s\.\s?l\.?)(?=,|$)")
"""What says that no place is named."""
LETTERS = {"to": "Letter to", "an": "Brief an", "\u00e0": "Lettre \u00e0"}
"""What a line that names a writer and an addressee is about, by the word between them."""


def _capitalised(text: str) -> str:
    """Words in capital letters with one capital each, but for small words inside."""
    words = re.sub(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", lambda word: word[0].capitalize(), text)
    return re.sub(r"(?<=\s)(?:Of|The|And|In|To|A|An|On|At|For|By|From|With)\b", lambda word: word[0].lower(), words)


def _work(text: str) -> str | None:
    """Words that name a work rather than a person, as its title: `The Faerie Queen`, `Holland's Pliny`, `GENESIS`.

    A single word, or words in capital letters, may be either: as a title they are printed as they stand.
    """
    if len(text.split()) > _WORDS_OF_EVENT or not text[:1].isupper() or SAID.search(text) or "," in text:
        return None
    if text.isupper():
        return _capitalised(text)
    return text if " " not in text or _OF_A_WORK.search(text) else None


_OF_A_WORK = re.compile(r"['\u2019]s\b|^(?:The|A|An|Der|Die|Das|Le|La|Les|El|Los|Las|Il|I)\s|[:\u201c\"]")
_WORDS_OF_EVENT = 8
"""Number of words above which words that fit no frame are a sentence rather than the name of an event."""


_LONE_NAME = re.compile(rf"{NAME}|[\u4e00-\u9fff\u00b7]{{2,6}}")
