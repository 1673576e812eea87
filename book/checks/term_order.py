"""Every term of the subject index must have one place in its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from book.language.kana import needs_reading
from book.model.manuscript import Manuscript, Term
from book.problem import Problem, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `term-order` for each heading that is filed in two ways, or in a Japanese book has no reading."""
    japanese = manuscript.settings.language.lower().split("-")[0] == "ja"
    headings: dict[str, list[Term]] = defaultdict(list)
    for chapter in manuscript.chapters:
        for term in chapter.terms:
            headings[term.heading.casefold()].append(term)
    for found in headings.values():
        first = found[0]
        said = {term.sort: term for term in reversed(found) if term.sort}
        if len(said) > 1:
            ways = " and ".join(f'"{sort}"' for sort in sorted(said))
            at = max(said.values(), key=found.index).at
            yield warning("term-order", f'the term "{first.heading}" is filed as {ways}', at, "keep one of them")
        elif japanese and not said and needs_reading(first.heading):
            message = f'the term "{first.heading}" has no reading, so its place in the index is left to chance'
            yield warning("term-order", message, first.at, f'say it in kana once: [{first.heading}]{{.index sort="…"}}')
