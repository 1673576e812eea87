"""Every source in the lists should be cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.model.sources import Source
from book.problem import Problem, Span, note, warning

MANY = 10
"""If more sources of a list than this are uncited, the list is a library, and they are only counted."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `uncited-source` for each source that no chapter cites; for a library one, with their number, and notes."""
    cited = {citation.source.id for citation in manuscript.citations}
    lists: dict[str, list[Source]] = defaultdict(list)
    for source in manuscript.sources.values():
        lists[source.at.path].append(source)
    for path, sources in lists.items():
        uncited = [source for source in sources if source.id not in cited]
        tell = warning if len(uncited) <= MANY else note
        if tell is note:
            message = f"nothing cites {len(uncited):,} of the {len(sources):,} sources in this list"
            yield warning("uncited-source", message, Span(path), "--verbose lists them")
        for source in uncited:
            yield tell("uncited-source", f'nothing cites the source "{source.id}"', source.at)
