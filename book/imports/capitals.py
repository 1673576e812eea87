"""Writes headings that are in capital letters in small ones; the text below says which words are names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from book.imports.document import Block

_GERMAN = re.compile(r"\b(?:DER|DIE|DAS|DEN|DEM|DES|UND|EINE?|IM|VOM|ZUM|ZUR|VON|DREI|NICHT)\b")
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(
    r"(?<![\w'\u2019])(?!(?:the|le|la|el)\b)[a-z\u00df-\u00ff]+[ \u00a0]([A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+)"
)
"""A word with a capital letter behind a word in small ones: it begins no sentence.

Behind an article it may be the short name of a body (`the Commission`), which is no name by itself.
"""


def in_small_letters(text: str, names: Mapping[str, str]) -> str:
    """A heading in capital letters in small ones, but for the first letter, and the first behind a colon or a dash.

    Words that the text writes with a capital letter within sentences, and never without, keep it. A German heading
    stays as it is: which of its words are nouns, capitals alone do not say.

    Args:
        text: The heading.
        names: Those of its document, as `names_of` finds them.
    """
    if _GERMAN.search(text):
        return text
    lower = re.sub(r"\b([ivxlc]+)\b(?=[.):]|$)", lambda number: number[0].upper(), text.lower())
    lower = _WORD.sub(lambda word: names.get(word[0], word[0]), lower)
    return re.sub(r"(?:^|[:.\u2013\u2014]\s+)\W*[^\W\d_]", lambda first: first[0].upper(), lower)


def names_of(blocks: Iterable[Block]) -> dict[str, str]:
    """The words that a text writes with a capital letter alone, by their small letters."""
    found: Counter[str] = Counter()
    small: set[str] = set()
    for block in blocks:
        found.update(_INSIDE.findall(block.text))
        small.update(word for word in _WORD.findall(block.text) if word[0].islower())
    return {word.lower(): word for word in found if word.lower() not in small}
