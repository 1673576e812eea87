"""A chapter without any text is printed as a title alone: mostly a file that was not saved, or not written yet."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning `empty-chapter` for each chapter that has neither a body nor a summary or questions."""
    for chapter in manuscript.chapters:
        if not chapter.body.strip() and not chapter.front.summary and not chapter.front.questions:
            hint = "write it, or take the file out of the book until it is written"
            yield warning(
                "empty-chapter",
                "the chapter has no text: its title is all that is printed",
                Span(chapter.path, 1),
                hint,
            )
