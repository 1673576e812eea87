"""Languages that are not written in Latin letters: which way they run, and which of them a manuscript names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.language.faces import beyond, is_sign
from book.model.manuscript import Manuscript

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary languages that are written from right to left, unless a script subtag says otherwise."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa"})
_LANG = re.compile(r'\blang="([^"]+)"')


def direction(language: str) -> str:
    """The direction in which a language (BCP 47) is written: `rtl` or `ltr`."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else "ltr"


def languages(manuscript: Manuscript) -> frozenset[str]:
    """Every language that a manuscript names: the book's, its chapters', its sources', those of marked words."""
    named = {manuscript.settings.language}
    for chapter in manuscript.chapters:
        named |= {chapter.front.language or "", *_LANG.findall(chapter.body)}
    named |= {citation.source.language or "" for citation in manuscript.citations}
    return frozenset(filter(None, named))


def untagged(manuscript: Manuscript) -> frozenset[str]:
    """Characters that the base fonts lack, and whose language cannot be named where they are written.

    They stand in the settings, front matter and cited sources: a title, a name, a place; and signs stand anywhere.
    """
    elsewhere = frozenset[str]().union(*map(beyond, _unmarked(manuscript)))
    in_text = frozenset[str]().union(*(beyond(chapter.body) for chapter in manuscript.chapters))
    return elsewhere | {character for character in in_text if is_sign(character)}


def _unmarked(manuscript: Manuscript) -> Iterator[str]:
    """Texts in which words cannot be marked with their language."""
    yield repr(manuscript.settings)
    yield from (repr(chapter.front) for chapter in manuscript.chapters)
    yield from (
        repr(source) for source in {citation.source.id: citation.source for citation in manuscript.citations}.values()
    )
