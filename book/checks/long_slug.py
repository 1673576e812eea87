"""The slug of a chapter is the name of a file in some editions, and must be short enough for one."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, error

LONGEST = 200
"""Bytes of a slug; common file systems know names of up to 255 bytes."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `long-slug` for each chapter whose slug cannot be the name of a file."""
    for chapter in manuscript.chapters:
        length = len(chapter.slug.encode("utf-8", "surrogateescape"))
        if length > LONGEST:
            message = f"the slug has {length} bytes, and a file's name cannot be so long"
            hint = f"write a shorter one, of at most {LONGEST}: slug: …"
            yield error("long-slug", message, Span(chapter.path, 1), hint)
