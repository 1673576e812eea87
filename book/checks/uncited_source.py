"""Every source in the lists is cited somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `uncited-source` for each source that no chapter cites."""
    cited = {mention.key for chapter in manuscript.chapters for mention in chapter.mentions}
    for source in manuscript.sources.values():
        if source.id not in cited:
            yield warning("uncited-source", f'nothing cites the source "{source.id}"', source.at)
