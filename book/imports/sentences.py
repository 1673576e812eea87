"""Finds the occasions that sentences of running text name, where they say that somebody spoke there."""

from __future__ import annotations

import re
from dataclasses import replace

from book.imports.dates_in_text import find_dates
from book.imports.dating import Dated, dated
from book.imports.doubts import NO_SPEAKER, Doubt, no_occasion
from book.imports.frames import GIVEN, MEETING, SAID, VERB
from book.imports.full_names import FULL_NAME, is_relative
from book.imports.letters import read_letter
from book.imports.occasions import REPORTED, Occasion, Parts, parts_of
from book.imports.people import CAPITALISED, NAME, NO_NAME, OFFICE, PARTICLE, PRONOUNS, without_offices
from book.imports.quoted_words import is_said, quoting_nothing, with_curly
from book.imports.speaking import given_in, speaks
from book.imports.titles import event_of
from book.verify.quoted import quoted_spans

_CLAUSE = re.compile(
    r"^(?:(?:speaking|preaching|lecturing|testifying|talking|appearing|writing)\s+)?"
    rf"(?:when|while|as|during|at|in|on|to|before)\s+(?P<clause>[^,\u201c\"]+),\s+(?P<main>(?:{NAME}|{PRONOUNS})\s+{VERB}\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHILE = re.compile(
    r"\b(?:when|while|as)\s+(?:he|she|they)\s+(?:was|were)\s+(?P<verb>\w+ing)\s+(?:in|at|to)?\s*(?P<event>[A-Z][^.,;]*)"
)
_JOINED = re.compile(r"^.*\b(?:participated|took\s+part|attended|joined)\s+(?:in\s+)?(?P<event>.+)$", re.IGNORECASE)


_GERMAN_END = re.compile(
    rf"(?:\s+(?:eine?n?|seine?n?|ihre?n?)\s+{GIVEN}|\s+(?:hervor|fest|klar|hin|zu|an|auf|sprach|redete))$"
)
"""What ends a German sentence that names an occasion: `sprach im Landtag`, but `hielt im Landtag eine Rede`."""
_SUBCLAUSE = re.compile(r",?\s+(?:that|which|who|whom|where|dass|daß|que|qui)(?:\s|$)")


def read_sentence(text: str, line: int, speakers: frozenset[str], *, quotes: bool = False) -> Occasion | None:
    """The occasion that a sentence of running text names, where it says that somebody spoke there; else None.

    That is a speaker whom the document is known to quote, or anybody whom the sentence quotes with a date.

    Args:
        text: One sentence of plain text.
        line: Its line in the original, 1-based.
        speakers: Names that the document is known to quote.
        quotes: The words that it says somebody said stand behind it.
    """
    text = _without_dateline(with_curly(text))
    named = min(
        (name for name in speakers if name in text), key=lambda name: (text.find(name), -len(name)), default=None
    )
    outside = quoting_nothing(text).strip() if named else ""
    told = dated(outside, vague=False) if named else None
    said = bool(told and speaks(told.rest, quotes=quotes or len(outside) < len(text.strip())))
    found = _of_known(told, named, speakers) if told and named and said else None
    found = found or _told(text, named, speakers, quotes=quotes)
    if (said and found is None) or (found and not found.title and not found.place):
        told = told or dated(quoting_nothing(text).strip(), vague=False)
        found = _at_meeting(told, (found.speaker if found else None) or named) or found
    return replace(found, written=text.strip(), line=line) if found else None


def _without_dateline(text: str) -> str:
    """A sentence without the place and the day before it (`HULL, May 4, 1921 —`); its day goes to its end."""
    date = next(iter(find_dates(text)), None)
    if date is None or not _PLACE_BEFORE.fullmatch(text[: date.begin]):
        return text
    behind = _RULE_BEHIND.match(text, date.end)
    if behind is None:
        return text
    rest = text[behind.end() :]
    return rest if find_dates(rest) else f"{rest.rstrip(_STOPS)}, {text[date.begin : date.end].strip(_STOPS)}"


_PLACE_BEFORE = re.compile(
    rf"{CAPITALISED}(?<=\w)(?:[\s-]{CAPITALISED}(?<=\w)){{0,3}}(?:\s*/[^,]{{1,30}})?,?\s*(?:den|le)?\s*"
)
_RULE_BEHIND = re.compile(r"[\s.,]*(?:\([^)]{1,40}\)\s*)?[\u2014\u2013-]\s*(?=\S)")


def _of_known(told: Dated, speaker: str, speakers: frozenset[str]) -> Occasion | None:
    """The occasion on which a known speaker spoke."""
    bare = without_offices(told.rest)
    clause = _CLAUSE.match(bare)
    named = clause["clause"] if clause else bare
    if not told.edtf and not (clause and MEETING.search(named)):
        return None
    during = _WHILE.search(bare)
    if during is not None:
        event = during["event"].strip()
        return _occasion(told, speaker, f"Visit to {event}", event, event, 0.75)
    if clause is not None and (joined := _JOINED.match(named)) is not None:
        event, place = event_of(joined["event"])
        return _occasion(told, speaker, f"Remarks at {joined['event'].strip()}", event, place, 0.8)
    found = parts_of(_main_clause(named), speakers)
    if found is None or found.event is None or not (found.sentence or found.kind or clause) or _tells(found, speaker):
        return None
    place = found.place or (found.event if found.title.startswith("Visit") else None)
    return _occasion(told, found.speaker or speaker, found.title, found.event, place, 0.85)


def _main_clause(text: str) -> str:
    """What stands before the first clause with `that` or `who`, without the end of a divided German verb."""
    return _GERMAN_END.sub("", _SUBCLAUSE.split(text)[0].strip(_STOPS))


def _at_meeting(told: Dated, speaker: str | None, doubt: Doubt | None = None) -> Occasion | None:
    """The meeting that a sentence names which no wording fits, or the speech that it tells of."""
    text = without_offices(told.rest)
    given = given_in(text)
    meeting = _MEETING_NAMED.search(text, given[1] if given else 0) or _MEETING_NAMED.search(text)
    if not told.edtf or (meeting is None and given is None):
        return None
    event, place = event_of(meeting["event"]) if meeting else (None, None)
    kind = text[slice(*given)] if given else None
    if meeting and given and text[given[1] : meeting.start()].isspace():
        title = text[given[0] : meeting.end()]
    elif given and not meeting and (rest := _ADDRESSEE.match(text, given[1])) is not None:
        title = text[given[0] : rest.end()]
    else:
        title = ": ".join(filter(None, (kind, event)))
    if doubt is None:
        speaker = _beside_verb(text) or _before_verb(text) or speaker
    return _occasion(told, speaker, title[:1].upper() + title[1:], event, place, 0.75, doubt)


_ADDRESSEE = re.compile(r"\s+(?:to|an|\u00e0|a)\s+[^,:;.]{1,40}(?=,)")
"""To whom a letter or a message went, up to a comma."""
_FIRST = re.compile(r"(?<!\w)(?:I|we|ich|wir|je|j['\u2019]|nous|yo)(?!\w)")
"""A writer who tells of words of their own."""


def _tells(found: Parts, speaker: str) -> bool:
    """Whether what was read as the name of an occasion is a sentence about it."""
    return bool(re.search(rf"\b{re.escape(speaker.rsplit(maxsplit=1)[-1])}\b", found.title) or SAID.search(found.title))


_MEETING_NAMED = re.compile(
    r"(?<!\w)(?i:at|in|to|before|during|auf|bei|vor|im|zum|zur|an|devant|lors\s+d[eu]|\u00e0|au|aux|en|ante)\s+"
    rf"(?P<event>(?:(?i:the|an?|der|dem|den|die|das|eine[mrn]?|la|le|l['\u2019]|el|une?)\s+)?(?:[\w'\u2019-]+\s+){{0,3}}?"
    rf"(?:{MEETING.pattern})(?:\s+(?i:of|der|des|von|f\u00fcr|de|du)\s+(?:the\s+)?[\w'\u2019-]+(?:\s+[A-Z]\w+)*)?)(?!\w)",
    re.IGNORECASE,
)
"""A preposition and the name of a meeting or a body."""


def _occasion(
    told: Dated,
    speaker: str | None,
    title: str,
    event: str | None,
    place: str | None,
    score: float,
    doubt: Doubt | None = None,
) -> Occasion:
    """The occasion that a sentence names."""
    doubt = told.doubt or doubt
    return Occasion(told.edtf, speaker, title, event, place, "", 0, min(score, 0.6 if doubt else score), doubt)


def _told(text: str, named: str | None, speakers: frozenset[str], *, quotes: bool) -> Occasion | None:
    """The occasion of a sentence that quotes somebody and says when: `On 3 March 1927 X told the assembly: "…"`."""
    if not quotes and not any(is_said(text[begin : end + 1]) for begin, end in quoted_spans(text)):
        return None
    outside = quoting_nothing(text)
    told = dated(outside, vague=False)
    if told.edtf and (letter := read_letter(text, told, before=quotes)) is not None:
        return replace(letter, doubt=told.doubt or letter.doubt)
    if not told.edtf or not (speaks(told.rest, quotes=True) or _SO.search(outside)):
        return None
    bare = re.sub(r"\[\^[^\]]*\]", "", told.rest).strip(_STOPS)
    bare = _APPOSITION.sub(r"\g<name> ", bare)
    bare = _OFFICE_BEHIND.sub(r"\g<name> \g<said>\g<event>", bare)
    bare = without_offices(_LATER.sub("", _AS.sub("", REPORTED.sub("", bare))))
    if (meeting := _in_meeting(bare)) is not None:
        return _occasion(told, meeting[0], meeting[1], meeting[1], meeting[2], 0.8)
    found = parts_of(_main_clause(bare), speakers)
    speaker = (found.speaker if found else None) or named or _beside_verb(bare)
    speaker = speaker or _by_family_name(outside, speakers) or _before_verb(bare)
    if speaker is None:
        first = _FIRST.search(outside)
        return _at_meeting(told, None, doubt=NO_SPEAKER) if first else None
    if found is not None and found.event is not None and len(found.event) < _LONGEST and not _tells(found, speaker):
        title, event = (_NEXT_CLAUSE.split(one)[0] for one in (found.title, found.event))
        return _occasion(told, speaker, title, event, found.place, 0.8)
    return _occasion(told, speaker, "", None, found.place if found else None, 0.6, no_occasion(dated=False))


_NEXT_CLAUSE = re.compile(r",\s+(?=[a-z\u00df-\u00ff])")
"""A comma before what the sentence says next."""


def _in_meeting(text: str) -> tuple[str, str, str | None] | None:
    """Who spoke, the meeting and its place, of a sentence that begins with that: `In the House, Mr. Bright asked …`."""
    clause = _CLAUSE.match(text)
    if clause is None or not MEETING.search(clause["clause"]) or SAID.search(clause["clause"]):
        return None
    speaker = re.match(rf"(?P<name>{NAME})\s+{VERB}", clause["main"])
    event, place = event_of(clause["clause"])
    return (without_offices(speaker["name"]), event, place) if speaker and event else None


_SO = re.compile(r"(?:^|[\s,])so\s+(?:(?:der|die)\s+)?(?=[A-Z\u00c4\u00d6\u00dc])")
"""A German "so" before the name of who said it."""
_APPOSITION = re.compile(
    rf"(?<!\w)(?P<name>{CAPITALISED}(?:\s+(?:{PARTICLE}\s+)*{CAPITALISED}(?!\w)){{1,3}}),\s+"
    rf"(?:the|an?|then|der|die|damals|le|la|un|une|el|l['\u2019])\s?[^,:;]{{2,80}},\s+(?={SAID.pattern})"
)
"""Who somebody is, between their name and a verb of saying: `Dennis Fallow, the branch secretary, told`."""
_OFFICE_BEHIND = re.compile(
    rf"(?P<said>{SAID.pattern})(?P<event>\s[^,]{{1,100}}?)\s(?:el|la|der|die|le|il|the)\s(?:(?i:{OFFICE})\s)+(?P<name>{NAME})$"
)
"""A verb, where it was said, and then who said it, with an office: `dijo en las Cortes el diputado Ram\u00f3n Vega`."""


def speaker_of(text: str, speakers: frozenset[str]) -> str | None:
    """Who a sentence is about: a known speaker, or the first full name, or the name that it begins with."""
    outside = quoting_nothing(text)
    if (known := _by_family_name(outside, speakers)) is not None:
        return known
    bare = without_offices(outside.strip(_STOPS))
    for match in _FULL_NAME.finditer(bare):
        if not NO_NAME.match(match[0]) and not MEETING.search(match[0]):
            return without_offices(match[0])
    first = re.match(rf"{CAPITALISED}(?!\w)(?=\s+[a-z\u00df-\u00ff]+)", bare)
    return first[0] if first and not NO_NAME.match(first[0]) else None


def _beside_verb(text: str) -> str | None:
    """The full name directly before or behind a verb of saying."""
    found = _BEFORE_SAID.search(text) or _BEHIND_SAID.search(text)
    name = found["name"] if found else ""
    return None if not name or NO_NAME.match(name) or MEETING.search(name) else without_offices(name)


def _before_verb(text: str) -> str | None:
    """The name that stands nearest before the verb of saying: `my predecessor Ada Flint stood there and said`."""
    verb = SAID.search(text)
    if verb and _SUBJECT.search(text[: verb.start()]):
        return None  # a pronoun: the names beside it are of somebody or something else
    for match in reversed(list(_FULL_NAME.finditer(text[: verb.start()])) if verb else []):
        name = match[0]
        while NO_NAME.match(name):
            name = name.partition(" ")[2]
        if " " in name and not MEETING.search(name) and not re.search(r"\bthe\s+$", text[: match.start()]):
            return without_offices(name)
    behind = _FULL_NAME.search(text, verb.end()) if verb else None
    return without_offices(behind[0]) if behind and not MEETING.search(behind[0]) else None


_SUBJECT = re.compile(rf"(?<!\w){PRONOUNS}\s*$", re.IGNORECASE)
_FULL_NAME = re.compile(rf"(?<![\w'\u2019-]){FULL_NAME}")
_BEFORE_SAID = re.compile(rf"(?<!\w)(?P<name>{_FULL_NAME.pattern}),?\s+(?:{SAID.pattern})")
_BEHIND_SAID = re.compile(rf"(?:{SAID.pattern})\s+(?P<name>{_FULL_NAME.pattern})")
_LATER = re.compile(
    r"^[^,]{0,40}\b(?:later|earlier|before|sp\u00e4ter|zuvor|tard|avant|tarde|despu\u00e9s|antes|dopo|prima|depois)\b,?\s+(?=[^,]*\w)",
    re.IGNORECASE,
)
"""What says how much later a sentence is: `Three days later, …`."""
_AS = re.compile(
    r"^(?:as|ainsi|así|così|assim|so|thus|wie|comme|como|come|según|selon|secondo|segundo|laut)\s+", re.IGNORECASE
)
"""What begins a sentence that quotes: `As Ada Flint told the assembly`."""


def _by_family_name(text: str, speakers: frozenset[str]) -> str | None:
    """The known speaker whose family name stands in a text; that name alone where it may be somebody else's."""
    found = [name for name in sorted(speakers) if re.search(rf"\b{re.escape(name.split()[-1])}\b", text)]
    families = {name.split()[-1] for name in found}
    if len(families) == 1 and (len(found) > 1 or is_relative(text, *families)):
        return families.pop()
    return next(iter(found), None)


_STOPS = " ,;.:\u3000\uff0c\uff1a\u3002"
_LONGEST = 120
"""Maximum length in characters of an event's name."""
