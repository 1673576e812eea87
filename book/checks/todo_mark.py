"""Finds comments that mark a pending decision: `<!-- TODO … -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning
from book.project.text_file import read_text

_MARK = re.compile(r"<!--\s*TODO\b:?\s*(.*?)\s*(?:-->|$)", re.DOTALL)
_LONGEST = 160
"""Maximum length in characters of a comment in the message."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning `todo-mark` for each comment that begins with TODO."""
    for chapter in manuscript.chapters:
        text = read_text(manuscript.project.root, chapter.path).value or ""
        for mark in _MARK.finditer(text):
            at = Span(
                chapter.path, text.count("\n", 0, mark.start()) + 1, mark.start() - text.rfind("\n", 0, mark.start())
            )
            words = " ".join(mark[1].split())
            shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
            yield warning("todo-mark", f"something is to be decided: {shown}", at, "decide, then delete the comment")
