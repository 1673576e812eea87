"""A book must not have more citations than its limit allows: each is described, indexed and looked up on pages."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span
from book.project.limits import too_large


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `too-large` if there are too many citations."""
    limit = manuscript.project.limits.citations
    if len(manuscript.citations) > limit:
        what = f"the book has {len(manuscript.citations)} citations"
        yield too_large(what, "citations", limit, Span("book.toml"))
