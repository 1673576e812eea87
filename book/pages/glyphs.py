"""Characters that no font has: the problem, and where in the project the character is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, error

_SCRIPTS = ("ARABIC", "BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "IDEOGRAPHIC", "KATAKANA")
"""Beginnings of the Unicode names of characters for which the extra `scripts` has fonts."""
_TAGGED = "say what language it is, as in [words]{lang=zh-Hans}, and install florilegium[scripts] for its font"
_OWN = "add a font that has it, in a stylesheet of the edition"
_CODE_POINT = re.compile(r"\(U\+([0-9A-F]+)\)$")


def missing_glyph(character: str, at: Span) -> Problem:
    """The problem of a character that no font of the book has."""
    known = unicodedata.name(character, "").startswith(_SCRIPTS)
    message = f"no font of the book has the character {character} (U+{ord(character):04X})"
    return error("missing-glyph", message, at, f"{_TAGGED}; or {_OWN}" if known else _OWN)


def located(problem: Problem, manuscript: Manuscript) -> Problem:
    """A `missing-glyph` moved to the first place where the project contains the character; other problems unchanged.

    The character is searched for in the file that the problem names, then in the lists of the cited sources,
    `book.toml` and the chapters. If none contains it, the problem keeps its file.
    """
    found = _CODE_POINT.search(problem.message) if problem.code == "missing-glyph" else None
    if found is None:
        return problem
    character = chr(int(found[1], 16))
    places = (_place(manuscript.project.root, path, character) for path in _files(problem.at.path, manuscript))
    at = next((place for place in places if place is not None), problem.at)
    return replace(problem, at=at)


def _files(path: str, manuscript: Manuscript) -> Iterator[str]:
    """The files that may contain the character, most likely first, each once."""
    cited = [citation.source.at.path for citation in manuscript.citations]
    chapters = [chapter.path for chapter in manuscript.chapters]
    yield from dict.fromkeys([path, *cited, "book.toml", *chapters])


def _place(root: Path, path: str, character: str) -> Span | None:
    """The first place of a character in a file of the project, if it is there."""
    try:
        text = (root / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    index = text.find(character)
    if index < 0:
        return None
    return Span(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
