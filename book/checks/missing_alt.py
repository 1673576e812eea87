"""Every image must have a text alternative (WCAG 2.2, 1.1.1; required by PDF/UA-1, 7.3)."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, error


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `missing-alt` for each image without one that is not said to be decoration."""
    for chapter in manuscript.chapters:
        for picture in chapter.pictures:
            if not picture.alt.strip() and not picture.decorative:
                hint = f"say what it shows: ![what it shows]({picture.path.rpartition('/')[2]})"
                yield error("missing-alt", "the image has no text alternative", picture.at, hint)
