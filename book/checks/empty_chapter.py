"""A chapter without any text is printed as a title alone: mostly a file that was not saved, or not written yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.model.manuscript import Chapter, Manuscript
from book.problem import Problem, Span, warning

_HEADING = re.compile(r"<(h[1-6])\b[^<>]*>.*?</\1>", re.DOTALL)
_SHOWN = re.compile(r"<(?:img|span)\b|>\s*[^<\s]|^\s*[^<\s]")
"""A picture, a citation or a formula, or a word between two tags."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning `empty-chapter` for each chapter that has neither a text nor a summary or questions."""
    for chapter in manuscript.chapters:
        if not _has_text(chapter) and not chapter.front.summary and not chapter.front.questions:
            printed = "its title and headings are" if chapter.headings else "its title is"
            message = f"the chapter has no text: {printed} all that is printed"
            hint = "write it, or take the file out of the book until it is written"
            yield warning("empty-chapter", message, Span(chapter.path, 1), hint)


def _has_text(chapter: Chapter) -> bool:
    """Whether a chapter holds anything but headings."""
    return bool(chapter.body.strip()) and _SHOWN.search(_HEADING.sub("", chapter.body)) is not None
