"""The languages that a manuscript names, and the characters whose language it cannot name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from book.language.faces import beyond, is_sign

if TYPE_CHECKING:
    from book.model.manuscript import Manuscript

_LANG = re.compile(r'\blang="([^"]+)"')


def languages(manuscript: Manuscript) -> frozenset[str]:
    """Every language that a manuscript names: the book's, its chapters', its sources', those of marked words."""
    named = {manuscript.settings.language}
    for chapter in manuscript.chapters:
        named.add(chapter.front.language or "")
        if 'lang="' in chapter.body:  # most have none, and to look for it so takes a hundredth of the time
            named.update(_LANG.findall(chapter.body))
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
