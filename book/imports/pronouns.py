"""Finds the occasion of a sentence that quotes "him" or "her": the sentence before says who and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from book.imports.dates_in_text import find_dates
from book.imports.doubts import Doubt, from_before
from book.imports.frames import GIVEN, SAID
from book.imports.full_names import first_person
from book.imports.occasions import Occasion
from book.imports.people import PRONOUN
from book.imports.quoted_words import quoting_nothing
from book.imports.sentences import read_sentence, speaker_of
from book.imports.speaking import speaks
from book.verify.quoted import quoted_spans

_PRONOUN = re.compile(rf"(?<!\w){PRONOUN}(?!\w)", re.IGNORECASE)
_INVERTED = re.compile(r"\ba-t-(?:il|elle)\b", re.IGNORECASE)
_NAMELESS = re.compile(
    r"(?:dijo|a\u00f1adi\u00f3|disse|aggiunse|concluy\u00f3|declar\u00f3|afirm\u00f3)\b", re.IGNORECASE
)
"""Verbs of saying that need no pronoun."""
_LATER = re.compile(
    rf"(?:{SAID.pattern})\s+(?:later|afterwards|sp\u00e4ter|danach|plus\s+tard|m\u00e1s\s+tarde|pi\u00f9\s+tardi)\b|"
    r"\b(?:later|afterwards)\s+(?:said|wrote|told|recalled|claimed)\b"
)
"""Words that were said at another time than the sentence before tells of."""


def of_pronoun(text: str, before: str, last: Occasion | None, line: int, speakers: frozenset[str]) -> Occasion | None:
    """The occasion of a sentence that quotes somebody without a name; None if the sentence before does not tell.

    Args:
        text: A sentence of plain text with a quotation in it, which names no occasion by itself.
        before: The sentence before it in its paragraph; empty if it is the first.
        last: The occasion that is cited there.
        line: Its line in the original, 1-based.
        speakers: Names that the document is known to quote.
    """
    outside = quoting_nothing(text)
    named = _PRONOUN.search(outside) or _INVERTED.search(outside) or _NAMELESS.search(outside)
    if not before or not named or not _says(outside) or _LATER.search(outside):
        return None
    if last is not None and not find_dates(outside):
        return last
    speaker = speaker_of(before, speakers)
    if any(date.exact for date in find_dates(outside)):
        told = _with_name(text, speaker) if speaker else None
        occasion = read_sentence(told, line, speakers) if told else None
        if occasion and speaker and (occasion.speaker or "").endswith(f" {speaker}"):
            occasion = replace(occasion, speaker=speaker)  # a place stands directly before the name
        doubt = Doubt("the sentence before names the speaker", "Is the speaker right?")
    elif not find_dates(outside):
        occasion = read_sentence(before.rstrip(". "), line, speakers, quotes=True)
        occasion = occasion if occasion and occasion.event else None
        doubt = from_before("the sentence before names it")
    else:
        return None
    if occasion is None:
        return None
    return replace(occasion, written=text, score=min(occasion.score, 0.7), doubt=occasion.doubt or doubt, line=line)


def subject_of(text: str, person: str | None, people: Mapping[str, str], speakers: frozenset[str]) -> str | None:
    """Who a sentence is about: the first person whom it names, unless a pronoun before means the one so far.

    Args:
        text: The sentence.
        person: Who the sentences before it are about.
        people: Full names by their parts.
        speakers: Names that the document is known to quote.
    """
    outside = quoting_nothing(text)
    named = first_person(outside, people) or speaker_of(text, speakers)
    pronoun = _PRONOUN.search(outside)
    if named is None or (person and pronoun and pronoun.end() <= min(map(outside.find, named.split()))):
        return person
    return named


def with_person(text: str, person: str | None) -> str:
    """A sentence with a name in the place of its first pronoun, or of `her` before a speech (`Ada Flint's speech`)."""
    if person is None or person in text:
        return text
    found = _POSSESSIVE.search(text)
    if found is not None:
        return f"{text[: found.start()]}{person}\u2019s{text[found.end() :]}"
    return _with_name(text, person) or text


_POSSESSIVE = re.compile(rf"(?<!\w)(?:his|her|seine?|ihre?)(?=\s+(?:[\w-]+\s+)?(?i:{GIVEN})(?!\w))", re.IGNORECASE)
"""A possessive before what was given: `Her maiden speech`."""


def with_day(text: str, before: str) -> str:
    """A sentence with the day that the one before it names in the place of words like "that evening"."""
    days = [date for date in find_dates(before) if date.exact]
    found = _SAME_DAY.search(text) if days and not find_dates(text) else None
    if found is None or any(begin <= found.start() < end for begin, end in quoted_spans(text)):
        return text
    return f"{text[: found.start()]}{before[days[-1].begin : days[-1].end].strip(' ,')}{text[found.end() :]}"


SAME_DAY = from_before("the sentence before names the day")
_SAME_DAY = re.compile(
    r"(?<!\w)(?:(?:on\s+)?(?:the(?:\s+very)?\s+same|that(?:\s+same)?)\s+(?:day|morning|afternoon|evening|night)|"
    r"(?:noch\s+)?am\s+(?:selben|gleichen)\s+(?:Tage?|Morgen|Abend|Nachmittag)|"
    r"le\s+m\u00eame\s+(?:jour|soir)|le\s+(?:soir|jour|matin)\s+m\u00eame|ce\s+(?:jour|soir|matin)-l\u00e0|"
    r"(?:el|ese|aquel)\s+mismo\s+d\u00eda|aquel\s+d\u00eda|(?:lo\s+stesso|quel)\s+giorno|(?:no|nesse)\s+mesmo\s+dia)(?!\w)",
    re.IGNORECASE,
)
"""Words for the day that was named before."""


def _says(outside: str) -> bool:
    """Whether a sentence without what it quotes says that somebody said it."""
    return bool(_NAMELESS.search(outside)) or speaks(outside, quotes=True)


def _with_name(text: str, speaker: str) -> str | None:
    """A sentence with a name in the place of its first pronoun that stands in no quotation; None if it has none."""
    spans = list(quoted_spans(text))
    for match in _PRONOUN.finditer(text):
        if not any(begin <= match.start() < end for begin, end in spans):
            return f"{text[: match.start()]}{speaker}{text[match.end() :]}"
    return None
