"""Splits a quotation into passages that the source must contain, and what the editor put between them.

An ellipsis (`…`, `...`, `. . .`, with or without square brackets) marks omitted words. Words in square brackets are the
editor's: they may replace words of the source or be added. `[sic]` confirms that the source has exactly this. Letters
in brackets inside a word (`[T]he`) are letters of that word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from book.verify.asides import has_aside
from book.verify.words import PUNCTUATION, Words, words_of

Gap = Literal["omission", "insertion"]
_SIC = re.compile(r"\s*[\[(]\s*sic[.!]?\s*[\])]", re.IGNORECASE)
_INITIAL = re.compile(r"(?<!\w)\[(\w)\](?=\w)")
"""A first letter whose case was changed: `[T]he`."""
_CHANGED = re.compile(r"(?=\w*\[\w*\])(?:\w+\[\w*\]\w*|\[\w+\]\w+)")
"""A word that was changed in brackets: `profit[ed]`, `[re]built`, `year[]`."""
_GAP = re.compile(
    r"(?P<omission>[\[(]?\s*(?:\u2026{1,2}|\.(?:\s?\.){2,3}|\u22ef)\s*[\])]?)|(?P<insertion>\[[^\[\]]*\])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the source must contain without interruption."""

    words: Words
    """The words, without punctuation at either end."""
    gap: Gap | None
    """What precedes them: omitted words, words of the editor, or nothing (the beginning)."""


def passages_of(text: str, spellings: Mapping[str, str] | None = None) -> tuple[Passage, ...]:
    """The passages of a quotation, in order; none if it contains no word of the source.

    What it notes of the audience counts as words; its source has to be read so too (`has_aside`).

    Args:
        text: The quoted words, without markup.
        spellings: As in `words_of`.
    """
    asides = has_aside(text)
    text = _CHANGED.sub("[]", _INITIAL.sub(r"\1", _SIC.sub("", text)))
    found: list[Passage] = []
    gap: Gap | None = None
    start = 0
    for match in [*_GAP.finditer(text), None]:
        words = _trimmed(words_of(text[start : match.start() if match else len(text)], spellings, asides=asides))
        if words.forms:
            found.append(Passage(words, gap if found else None))
            gap = None
        if match is not None:
            gap = "omission" if match.lastgroup == "omission" or gap == "omission" else "insertion"
            start = match.end()
    return tuple(found)


def _trimmed(words: Words) -> Words:
    """Words without punctuation at either end, which may differ between a quotation and its source."""
    begin, end = 0, len(words)
    while begin < end and words.forms[begin] in PUNCTUATION:
        begin += 1
    while end > begin and words.forms[end - 1] in PUNCTUATION:
        end -= 1
    return Words(words.text, words.forms[begin:end], words.spans[begin:end])
