"""Every language tag must be valid, because hyphenation, quotation marks, speech and fonts depend on it (BCP 47)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape

from book.dates.digits import are_known, asked_digits
from book.language.registry import language_hint
from book.model.manuscript import Chapter, Manuscript
from book.problem import Problem, Span, error, warning
from book.project.config import places
from book.project.text_file import read_text

_NAMED = re.compile(r"""\blang(?:uage)?["']?\s*[:=]\s*["']?""")
"""What stands before a tag in a chapter: `language: `, `lang=`, `{"lang": "`."""
_MARKED = re.compile(r'<[a-z][^<>]*?\slang="([^"]*)"')


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unknown-language` for each invalid tag in a chapter, and for digits of a book that are not known here.

    The book's own tag is checked with its settings.
    """
    asked = asked_digits(manuscript.settings.language)
    if asked and not are_known(asked) and language_hint(manuscript.settings.language) is None:
        message = f'the digits "{asked}" are not known here: numbers are written in 0 to 9'
        at = places(manuscript.project)(("book", "language"))
        yield warning("unknown-language", message, at, "leave -u-nu- out, or ask for others")
    for chapter in manuscript.chapters:
        tags = dict.fromkeys([chapter.front.language or "", *map(unescape, _MARKED.findall(chapter.body))])
        for tag in filter(None, tags):
            hint = language_hint(tag)
            if hint:
                yield error("unknown-language", _message(tag), _place(manuscript, chapter, tag), hint)


def _message(tag: str) -> str:
    """What is wrong with a tag."""
    return f'"{tag}" is not a language tag'


def _place(manuscript: Manuscript, chapter: Chapter, tag: str) -> Span:
    """Where a chapter names a language first; where it cannot be told which it is, the first language that it names."""
    text = read_text(manuscript.project.root, chapter.path).value or ""
    written = "|".join(re.escape(form) for form in dict.fromkeys([tag, escape(tag), json.dumps(tag)[1:-1]]))
    found = re.search(rf"{_NAMED.pattern}(?=(?:{written})(?![\w-]))", text) or _NAMED.search(text)
    if not found:
        return Span(chapter.path)
    return Span(chapter.path, text.count("\n", 0, found.end()) + 1, found.end() - text.rfind("\n", 0, found.end()))
