"""Heading levels must not be skipped (WCAG 2.2, technique G141; required by PDF/UA-1, 7.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `skipped-heading` for each heading more than one level below the previous one; the title has level 1.

    The hint counts as the file does, whose levels may have been moved below the title.
    """
    for chapter in manuscript.chapters:
        above = 1
        for heading in chapter.headings:
            if heading.level > above + 1:
                message = (
                    f'the heading "{heading.text}" is of level {heading.level}, the one before it of level {above}'
                )
                moved = heading.level - (heading.written or heading.level)
                hint = f"write it with {'#' * max(above + 1 - moved, 1)}"
                yield warning("skipped-heading", message, heading.at or Span(chapter.path), hint)
            above = heading.level
