"""Reads the occasions that notes name, also where a note refers to the one before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from book.imports.attributions import LONGEST, SPEECH, unescaped
from book.imports.back_references import AS_BEFORE, SAME_PERSON
from book.imports.document import Block, Kind
from book.imports.doubts import from_before
from book.imports.frames import MEETING
from book.imports.occasions import Occasion, read_occasion
from book.imports.quoted_words import length


def of_notes(blocks: list[Block], speakers: frozenset[str]) -> Mapping[str, Occasion]:
    """The occasions that notes name, by the call of the note: `[^1]`. Notes that name works are left out.

    A note that refers to the one before (`Ibid., p. 4`; `Dieselbe, ebenda`; `Ders., Rede im Landtag, 1954`) has the
    occasion of that, or its speaker.
    """
    found: dict[str, Occasion] = {}
    before: Occasion | None = None
    for block in blocks:
        if block.kind is not Kind.NOTE:
            continue
        call, _, text = block.markdown.partition(":")
        words = unescaped(" ".join(text.split()))
        words = _PAGE.sub("", _COMPARE.sub("", words, count=1) if _COMPARE.match(words) else words)
        if (again := AS_BEFORE.match(words)) is not None:
            if before is not None:
                doubt = from_before(f'its note says "{words.rstrip(".")}": the occasion before it')
                before = replace(before, speaker=again["other"] or before.speaker)
                found[call] = replace(before, written=words, line=block.line, score=0.7, doubt=before.doubt or doubt)
            continue
        if before is not None and before.speaker and (same := SAME_PERSON.match(words)):
            words = f"{before.speaker}, {words[same.end() :]}"
        occasion = read_occasion(words, block.line, speakers) if length(words) <= LONGEST else None
        spoken = SPEECH.search(words) or MEETING.search(words)
        before = None
        if occasion and occasion.date and occasion.speaker and spoken and not occasion.sentence:
            found[call] = before = occasion
    return found


_COMPARE = re.compile(
    r"(?:vgl|siehe|see|cf|cfr|voir|v\u00e9ase|vid)\.?(?:\s+also|\s+auch|\s+aussi)?[:,]?\s+", re.IGNORECASE
)
"""What sends a reader to what a note names."""
_PAGE = re.compile(
    r"[\s,;(]*(?:(?:Sten(?:ogr?)?\.?\s*Ber(?:ichte?|\.)?|Hansard|Verhandlungen|Protokoll|Journal officiel|JO|"
    r"Diario de Sesiones)\s*,?\s*)?"
    r"(?:pp?|ss?|cols?|sp|p\u00e1gs?|vol|bd|t)\.\s*[\divxlc]+(?:\s?[-\u2013]\s?\d+)?(?:\s?ff?\.?)?[\s).,]*$",
    re.IGNORECASE,
)
"""The page at the end of a note, with the printed record that it is of."""
