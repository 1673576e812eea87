"""The key of a source in brackets is a citation only behind an @; without one it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unread-citation` for each `[wind-1908]` in running text that is the key of a source."""
    for chapter in manuscript.chapters:
        for bracketed in chapter.bracketed:
            if bracketed.key in manuscript.sources:
                message = f'"[{bracketed.key}]" is printed: it is no citation'
                yield warning("unread-citation", message, bracketed.at, f"write [@{bracketed.key}]")
