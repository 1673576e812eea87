"""Every block quotation should have an attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from book.model.manuscript import Manuscript
from book.model.sources import Source
from book.problem import Problem, warning

_DASHED = re.compile(r"\s*(?:[—–―]|--)\s*(?P<words>.+)")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `missing-attribution` for each block quotation without one."""
    inside = {one.quotation: one.key for chapter in manuscript.chapters for one in chapter.mentions if one.quotation}
    for chapter in manuscript.chapters:
        for quotation in chapter.quotations:
            if not quotation.attributed:
                key = _named(quotation.text, manuscript.sources)
                hint = f"end it with a paragraph of its own: > — [@{inside.get(quotation.anchor, 'source')}]"
                hint = f"a citation begins with @: write > — [@{key}]" if key else hint
                yield warning("missing-attribution", "the quotation has no attribution", quotation.at, hint)


def _named(text: str, sources: Mapping[str, Source]) -> str | None:
    """The key of a source that the last line of a quotation has behind a dash: `— [wind-1908]`, `— wind-1908, p. 3`."""
    found = _DASHED.fullmatch(text.rpartition("\n")[2])
    words = re.split(r"[\s\[\](){},;]+", found["words"]) if found else []
    return next((word for word in words if word in sources), None)
