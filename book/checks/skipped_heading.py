"""Heading levels must not be skipped (WCAG 2.2, technique G141; required by PDF/UA-1, 7.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from book.model.manuscript import Heading, Manuscript
from book.problem import Problem, Span, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `skipped-heading` for each heading more than one level below the previous one; the title has level 1.

    The hint counts as the file does, whose levels may have been moved below the title.
    """
    for chapter in manuscript.chapters:
        above = 1
        for place, heading in enumerate(chapter.headings):
            if heading.level > above + 1 and (stray := _moved_by(heading, chapter.headings[place + 1 :])):
                message = f'the heading "{stray.text}" is of the highest level, above "{heading.text}" that precedes it'
                hint = f"write it with {'#' * (heading.written or 2)}, or begin a chapter of its own with it"
                yield warning("skipped-heading", message, stray.at or Span(chapter.path), hint)
            elif heading.level > above + 1:
                message = (
                    f'the heading "{heading.text}" is of level {heading.level}, the one before it of level {above}'
                )
                moved = heading.level - (heading.written or heading.level)
                hint = f"write it with {'#' * max(above + 1 - moved, 1)}"
                yield warning("skipped-heading", message, heading.at or Span(chapter.path), hint)
            above = heading.level


def _moved_by(heading: Heading, later: Sequence[Heading]) -> Heading | None:
    """The first `#` behind a `##` that was moved below the level of `#`s; None if another slip left a level out."""
    if heading.level != 3 or heading.written != 2:
        return None
    return next((one for one in later if one.written == 1), None)
