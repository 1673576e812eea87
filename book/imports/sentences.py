"""Finds the occasions that sentences of running text name, where they say that somebody spoke there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from book.imports.dates_in_text import month_number
from book.imports.dating import Dated, dated
from book.imports.doubts import NO_WRITER, Doubt, no_occasion
from book.imports.frames import MEETING, SAID, VERB
from book.imports.occasions import NO_NAME, REPORTED, Occasion, parts_of
from book.imports.people import CAPITALISED, NAME, OFFICE, PARTICLE, without_offices
from book.imports.titles import event_of
from book.verify.quoted import quoted_spans

_CLAUSE = re.compile(
    rf"^(?:when|while|as|during|at|in|on)\s+(?P<clause>[^,\u201c\"]+),\s+(?P<main>(?:{NAME}|he|she|they)\s+{VERB}\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHILE = re.compile(
    r"\b(?:when|while|as)\s+(?:he|she|they)\s+(?:was|were)\s+(?P<verb>\w+ing)\s+(?:in|at|to)?\s*(?P<event>[A-Z][^.,;]*)"
)
_JOINED = re.compile(r"^.*\b(?:participated|took\s+part|attended|joined)\s+(?:in\s+)?(?P<event>.+)$", re.IGNORECASE)


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
    text = with_curly(text)
    named = next((name for name in sorted(speakers, key=len, reverse=True) if name in text), None)
    found = _of_known(dated(quoting_nothing(text).strip(), vague=False), named, speakers) if named else None
    found = found or _told(text, named, speakers, quotes=quotes)
    return replace(found, written=text.strip(), line=line) if found else None


def quoting_nothing(text: str) -> str:
    """A sentence without what it quotes, if that is more than a word or two, which may be a name."""
    spans = list(quoted_spans(text))
    for begin, end in reversed(spans):
        divided = begin == 0 and len(spans) > 1 and text[end + 1 : end + 2] == ","
        if divided or (length(text[begin:end]) >= FEW and not _NAMING.search(text[:begin])):
            text = f"{text[:begin].rstrip(_STOPS)} {text[end + 1 :]}"
    return text


_NAMING = re.compile(
    r"\b(?:of|the|on|about|called|entitled|titled|de|du|des|la|le|sur|intitulée?|von|über|der|die|das|sobre|del|el)\s+$",
    re.IGNORECASE,
)
"""What stands before quotation marks around a name."""


def with_curly(text: str) -> str:
    """A text whose straight single quotation marks around some words are curly; its length is the same."""
    return _SINGLE.sub(lambda match: f"\u2018{match[1]}\u2019", text) if "'" in text else text


_SINGLE = re.compile(r"(?<![\w'])'(?=\w)((?:[^'\n]|(?<=\w)'(?=\w))+(?<=[\w.,!?\u2026-]))'(?![\w'])")


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
    found = parts_of(_SUBCLAUSE.split(named)[0].strip(_STOPS), speakers)
    if found is None or found.event is None or not (found.sentence or found.kind or MEETING.search(found.event)):
        return None
    place = found.place or (found.event if found.title.startswith("Visit") else None)
    return _occasion(told, found.speaker or speaker, found.title, found.event, place, 0.85)


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
    if not quotes and sum(length(text[begin:end]) for begin, end in quoted_spans(text)) < FEW:
        return None
    outside = quoting_nothing(text)
    told = dated(outside, vague=False)
    letter = (_LETTER_BEFORE if quotes else _LETTER).search(text) if told.edtf else None
    if letter is not None and not SAID.search(outside[letter.end() :]):
        return _letter(told)
    if not told.edtf or not (SAID.search(outside) or _SO.search(outside)):
        return None
    bare = re.sub(r"\[\^[^\]]*\]", "", told.rest).strip(_STOPS)
    bare = _OFFICE_BEHIND.sub(r"\g<name> \g<said>\g<event>", bare)
    bare = without_offices(_LATER.sub("", _AS.sub("", REPORTED.sub("", bare))))
    if (meeting := _in_meeting(bare)) is not None:
        return _occasion(told, meeting[0], meeting[1], meeting[1], meeting[2], 0.8)
    found = parts_of(_SUBCLAUSE.split(bare)[0].strip(_STOPS), speakers)
    speaker = (found.speaker if found else None) or named or _by_family_name(outside, speakers) or _before_verb(bare)
    if speaker is None:
        return None
    if found is not None and found.event is not None and len(found.event) < _LONGEST:
        return _occasion(told, speaker, found.title, found.event, found.place, 0.8)
    return _occasion(told, speaker, "", None, None, 0.6, no_occasion(dated=False))


def _in_meeting(text: str) -> tuple[str, str, str | None] | None:
    """Who spoke, the meeting and its place, of a sentence that begins with that: `In the House, Mr. Bright asked …`."""
    clause = _CLAUSE.match(text)
    if clause is None or not MEETING.search(clause["clause"]) or SAID.search(clause["clause"]):
        return None
    speaker = re.match(rf"(?P<name>{NAME})\s+{VERB}", clause["main"])
    event, place = event_of(clause["clause"])
    return (without_offices(speaker["name"]), event, place) if speaker and event else None


def _letter(told: Dated) -> Occasion | None:
    """The letter whose words a sentence gives behind a colon: `in a letter to her publisher of 15 February 1847: …`."""
    words = _LETTER_WORDS.search(told.rest)
    if words is None:
        return None
    writer = re.match(
        rf"\s*(?:from|by|von|de|del|della|di)\s+(?:the\s+|der\s+|la\s+|l')?(?P<name>{NAME})(?=[,.;:]|\s+[a-z]|$)",
        words["rest"],
    )
    kind = words["kind"][:1].upper() + words["kind"][1:]
    rest = "" if writer else re.split(r"[,:]|\s(?:and|und|et|y)\s", words["rest"])[0].rstrip(_STOPS)
    rest = re.sub(r"\s+(?:of|from|dated|vom|du|de|del)$", "", rest)
    doubt = None if writer else NO_WRITER
    return _occasion(told, writer["name"] if writer else None, f"{kind}{rest}", None, None, 0.8, doubt)


_LETTER_KINDS = r"(?P<kind>letter|telegram|Brief|Telegramm|lettre|t\u00e9l\u00e9gramme|carta|telegrama|lettera)"
_LETTER = re.compile(rf"\b{_LETTER_KINDS}\b[^.:\u201c\u201e\u00ab\"]*:\s*[\u201c\u201e\u00ab\u2018\"]")
"""A letter whose words follow behind a colon."""
_LETTER_BEFORE = re.compile(rf"\b{_LETTER_KINDS}\b[^.:\u201c\u201e\u00ab\"]*:?$")
"""A letter whose words follow in the next sentence."""
_LETTER_WORDS = re.compile(rf"\b{_LETTER_KINDS}\b(?P<rest>.*)$", re.DOTALL)
_SO = re.compile(r"(?:^|[\s,])so\s+(?=[A-Z\u00c4\u00d6\u00dc])")
"""A German "so" before the name of who said it."""
_OFFICE_BEHIND = re.compile(
    rf"(?P<said>{SAID.pattern})(?P<event>\s[^,]+?)\s(?:el|la|der|die|le|il|the)\s(?:(?i:{OFFICE})\s)+(?P<name>{NAME})$"
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


def _before_verb(text: str) -> str | None:
    """The name that stands nearest before the verb of saying: `my predecessor Ada Flint stood there and said`."""
    verb = SAID.search(text)
    for match in reversed(list(_FULL_NAME.finditer(text[: verb.start()])) if verb else []):
        name = match[0]
        while NO_NAME.match(name):
            name = name.partition(" ")[2]
        if " " in name and not MEETING.search(name) and not re.search(r"\bthe\s+$", text[: match.start()]):
            return without_offices(name)
    if verb and _SUBJECT.search(text[: verb.start()]):
        return None  # a pronoun: the name behind the verb is of somebody or something else
    behind = _FULL_NAME.search(text, verb.end()) if verb else None
    return without_offices(behind[0]) if behind and not MEETING.search(behind[0]) else None


_SUBJECT = re.compile(r"(?<!\w)(?:he|she|they|er|sie|il|elle|\u00e9l|ella|lui|lei|egli)\s*$", re.IGNORECASE)
_FULL_NAME = re.compile(rf"{CAPITALISED}(?<=\w)(?:\s+(?:{PARTICLE}\s+)*{CAPITALISED}(?!\w)){{1,3}}")
"""A given name and a family name."""
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
    """The known speaker whose family name stands in a text; that name alone where several have it."""
    found = [name for name in sorted(speakers) if re.search(rf"\b{re.escape(name.split()[-1])}\b", text)]
    families = {name.split()[-1] for name in found}
    return families.pop() if len(found) > 1 and len(families) == 1 else next(iter(found), None)


def length(text: str) -> int:
    """The number of words of a text; each Chinese character counts as half of one."""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return len(re.findall(r"[^\W\u4e00-\u9fff]+", text)) + han // 2


_STOPS = " ,;.:\u3000\uff0c\uff1a\u3002"
FEW = 3
"""Minimum number of words in quotation marks that make a sentence quote somebody."""
_LONGEST = 120
"""Maximum length in characters of an event's name."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, in characters from 0; none ends inside a quotation."""
    start = 0
    spans = list(quoted_spans(text))
    for match in _END.finditer(text):
        before = bisect_left(spans, (match.start(), 0)) - 1
        inside = before >= 0 and match.end() <= spans[before][1]
        if inside or _goes_on(text, match):
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a stop ends no sentence: behind an initial or an office, a day before its month, or words that were said.

    `« … »` and `Ainsi parla X` are one sentence.
    """
    if match[0] != ".":
        so = _SO_SAID.match(text, match.end())
        return bool(so and SAID.match(text, so.end()))
    before = re.search(r"\w+$", text[max(0, match.start() - _WORD) : match.start()])
    if before is None:
        return False
    if before[0].isdigit() and len(before[0]) <= _DAY:
        following = _NEXT.match(text, match.end())
        return bool(following and (following[1][0].isdigit() or month_number(following[1])))
    return (len(before[0]) == 1 and before[0].isupper()) or before[0].casefold() in _SHORTENED


_SO_SAID = re.compile(r"\s+(?:ainsi|así|assim|così|so|thus|zo)\s+", re.IGNORECASE)
"""What begins a sentence that says whose words those before it are."""
_NEXT = re.compile(r"\s+(\d\d?\.|1\d{3}|20\d\d|[^\W\d]+)")
_DAY = 2
"""Maximum number of digits of a day of a month."""
_WORD = 20
"""Characters before a stop in which the word before it is looked for; all of `_SHORTENED` are shorter."""
_SHORTENED = frozenset({
    "a", "d", "e", "i", "o", "u", "z", "c", "cca", "v", "chr", "av", "n", "op", "cit", "bd", "fr", "vs", "approx",
    "г", "гг", "см", "mr", "mrs", "ms", "dr", "prof", "st", "capt", "col", "gen", "lt", "sgt", "rev", "hon", "sen",
    "rep", "gov", "sr", "sra", "mme", "mlle", "no", "nr", "vol", "p", "pp", "ca", "vgl", "bzw", "etc", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words that are written with a stop inside a sentence."""
_END = re.compile(
    r"[.?!](?:[ \u00a0\u202f]?\u00bb|[\"\u201c\u201d\u2018\u2019\u00ab\u2039\u203a)\]])*(?:\[\^[^\]\s]+\])?"
    r"(?=\s+[\"\u201c\u201e\u00ab\u00bb\u2018(\[]?\s?[\u00bf\u00a1A-Z\u00c0-\u00de\d])|"
    r"[。？！][”」』）]*"
)
"""The end of a sentence, with the call of a note behind it."""
