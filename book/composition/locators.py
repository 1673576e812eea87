"""The locators of an index: folios in print; in an EPUB, links named by the print edition's folios or by chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from book.model.folios import Folio, Pagination
from book.model.manuscript import Chapter


@dataclass(frozen=True, slots=True)
class Locator:
    """One place that an index entry points to."""

    text: str
    """The visible text: `14`, `31–33`, a chapter's title."""
    anchor: str
    """The link's target."""
    label: str | None = None
    """What a screen reader says, where the text alone is unclear."""
    further: bool = False
    """Whether it is a further place on the pages of the locator before it; its text is then a letter."""


NARROW = 26
"""Characters that fit into a line of one of two columns for certain, behind the indent of an entry's further lines."""
UNKNOWN = "000"
"""The placeholder for a folio that is not known yet, as wide as most folios."""


Write = Callable[[str], str]
"""Writes a number in the digits of the book's language."""


def by_folio(anchors: Sequence[str], pagination: Pagination | None, write: Write) -> tuple[Locator, ...]:
    """The pages of some anchors: each folio once, in order; consecutive ones are joined by an en dash.

    A range links to its first place. If a folio is not known yet, the result is one placeholder.
    """
    first: dict[Folio, str] = {}
    for anchor in anchors:
        folio = pagination.folio(anchor) if pagination else None
        if folio is None:
            return (Locator(UNKNOWN, anchor),)
        first.setdefault(folio, anchor)
    return tuple(Locator(write(_span(run)), first[run[0]]) for run in _runs(sorted(first)))


def by_number(numbers: Mapping[str, str], write: Write) -> tuple[Locator, ...]:
    """The quotations of some anchors by their numbers, each once; `numbers` are in the order of the book."""
    first: dict[str, str] = {}
    for anchor, number in numbers.items():
        first.setdefault(number, anchor)
    return tuple(Locator(write(number), anchor, write(number)) for number, anchor in first.items())


def stay_together(locators: Sequence[Locator], words: str) -> bool:
    """Whether all locators of an entry fit into one line with its last word, so that none is alone on a line."""
    last = words.split()[-1:]
    return sum(len(text) + 2 for text in (*last, *(locator.text for locator in locators))) <= NARROW


def _runs(folios: Iterable[Folio]) -> list[list[Folio]]:
    """Group sorted folios into runs of consecutive ones; a roman and an arabic folio are never consecutive."""
    runs: list[list[Folio]] = []
    for folio in folios:
        if runs and (runs[-1][-1].matter, runs[-1][-1].number + 1) == (folio.matter, folio.number):
            runs[-1].append(folio)
        else:
            runs.append([folio])
    return runs


def _span(run: Sequence[Folio]) -> str:
    """A run of folios as it is printed in an index."""
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def by_page(
    anchors: Sequence[str],
    pagination: Pagination,
    chapters: Mapping[str, Chapter],
    words: Mapping[str, str],
    write: Write,
) -> tuple[Locator, ...]:
    """The pages of some anchors as in the print edition, with a link for each anchor.

    Each page is named by its folio; the second, third … place on it follows as `(2)`, `(3)`. Anchors that are not in
    the print edition are named by chapter.

    Args:
        anchors: The anchors, in the order of the book.
        pagination: The page facts of the print edition.
        chapters: The chapters by slug.
        words: The terms of the book, for what screen readers say: `page 15, mention 2`.
        write: Writes a number in the book's digits.
    """
    places: dict[Folio, list[str]] = {}
    for anchor in anchors:
        if folio := pagination.folio(anchor):
            places.setdefault(folio, []).append(anchor)
    found = []
    for folio in sorted(places):
        page = words["page-number"].format(page=write(str(folio)))
        for number, anchor in enumerate(places[folio], 1):
            if number == 1:
                found.append(Locator(write(str(folio)), anchor, page))
            else:
                label = words["mention"].format(page=page, number=write(str(number)))
                found.append(Locator(f"({write(str(number))})", anchor, label, further=True))
    return (*found, *by_chapter([anchor for anchor in anchors if pagination.folio(anchor) is None], chapters, write))


def by_chapter(anchors: Sequence[str], chapters: Mapping[str, Chapter], write: Write) -> tuple[Locator, ...]:
    """One link for each anchor: the chapter's title, then `2`, `3` … for more places in the same chapter."""
    seen: dict[str, int] = {}
    found = []
    for anchor in anchors:
        slug = anchor.partition("#")[0]
        seen[slug] = count = seen.get(slug, 0) + 1
        title, number = chapters[slug].title, write(str(count))
        found.append(Locator(title, anchor) if count == 1 else Locator(number, anchor, f"{title}, {number}"))
    return tuple(found)
