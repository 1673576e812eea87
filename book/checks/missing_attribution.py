"""Every block quotation should have an attribution."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `missing-attribution` for each block quotation without one."""
    for chapter in manuscript.chapters:
        for quotation in chapter.quotations:
            if not quotation.attributed:
                hint = "end it with a paragraph of its own: > — [@source]"
                yield warning("missing-attribution", "the quotation has no attribution", quotation.at, hint)
