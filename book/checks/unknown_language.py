"""Every language tag must be valid, because hyphenation, quotation marks, speech and fonts depend on it (BCP 47)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.language.registry import language_hint
from book.model.manuscript import Chapter, Manuscript
from book.problem import Problem, Span, error
from book.project.text_file import read_text

_MARKED = re.compile(r'<[a-z][^<>]*?\slang="([^"]*)"')


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unknown-language` for each invalid tag in a chapter; the book's own is checked with its settings."""
    for chapter in manuscript.chapters:
        tags = dict.fromkeys([chapter.front.language or "", *_MARKED.findall(chapter.body)])
        for tag in filter(None, tags):
            hint = language_hint(tag)
            if hint:
                yield error("unknown-language", _message(tag), _place(manuscript, chapter, tag), hint)


def _message(tag: str) -> str:
    """What is wrong with a tag."""
    return f'"{tag}" is not a language tag'


def _place(manuscript: Manuscript, chapter: Chapter, tag: str) -> Span:
    """Where a chapter names a language first."""
    text = read_text(manuscript.project.root, chapter.path).value or ""
    written = rf'(?m)(?:^language:[ \t]*|\blang=)["\']?(?={re.escape(tag)}(?![\w-]))'
    found = re.search(written, text)
    if not found:
        return Span(chapter.path)
    return Span(chapter.path, text.count("\n", 0, found.end()) + 1, found.end() - text.rfind("\n", 0, found.end()))
