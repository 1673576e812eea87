"""What an index points with: folios in print; in an EPUB links, by the folios of the print edition or by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from book.model.manuscript import Chapter
from book.model.pages import Folio, Pagination


@dataclass(frozen=True, slots=True)
class Locator:
    """One thing that an index entry points to."""

    text: str
    """What is shown: `14`, `31–33`, a chapter's title."""
    anchor: str
    """Where it leads."""
    label: str | None = None
    """What a screen reader says, where the text alone does not tell."""
    further: bool = False
    """It is one more place on the pages before it, told apart by a letter."""


UNKNOWN = "000"
"""What stands for a folio that is not known yet: as wide as most folios are."""


def by_folio(anchors: Sequence[str], pagination: Pagination | None) -> tuple[Locator, ...]:
    """The pages of some anchors: each folio once, in order, runs of consecutive ones joined by an en dash.

    A run leads to its first place. Anchors of which no folio is known yet give one placeholder.
    """
    first: dict[Folio, str] = {}
    for anchor in anchors:
        folio = pagination.folio(anchor) if pagination else None
        if folio is None:
            return (Locator(UNKNOWN, anchor),)
        first.setdefault(folio, anchor)
    return tuple(Locator(_span(run), first[run[0]]) for run in _runs(sorted(first)))


def _runs(folios: Iterable[Folio]) -> list[list[Folio]]:
    """Sorted folios in groups of consecutive ones; roman and arabic ones are never consecutive."""
    runs: list[list[Folio]] = []
    for folio in folios:
        if runs and (runs[-1][-1].matter, runs[-1][-1].number + 1) == (folio.matter, folio.number):
            runs[-1].append(folio)
        else:
            runs.append([folio])
    return runs


def _span(run: Sequence[Folio]) -> str:
    """A run of folios as an index writes it."""
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def by_page(
    anchors: Sequence[str], pagination: Pagination, chapters: Mapping[str, Chapter], page: str
) -> tuple[Locator, ...]:
    """The pages of some anchors as in print, and a link for each anchor.

    A run leads to its first place; the others on its pages follow as `b`, `c` … `page` is the word for
    a page, for screen readers. What is not in print is named by chapter.
    """
    places: dict[Folio, list[str]] = {}
    for anchor in anchors:
        if folio := pagination.folio(anchor):
            places.setdefault(folio, []).append(anchor)
    found = []
    for run in _runs(sorted(places)):
        (_, first), *more = [(folio, anchor) for folio in run for anchor in places[folio]]
        found.append(Locator(_span(run), first))
        for number, (folio, anchor) in enumerate(more, 1):
            letter = _letters(number)
            found.append(Locator(letter, anchor, f"{letter}, {page} {folio}", further=True))
    return (*found, *by_chapter([anchor for anchor in anchors if pagination.folio(anchor) is None], chapters))


def _letters(number: int) -> str:
    """The letter of a number from 0 on: `a`, `b` … `z`, `aa`, `ab` and so on."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def by_chapter(anchors: Sequence[str], chapters: Mapping[str, Chapter]) -> tuple[Locator, ...]:
    """One link for each anchor: the chapter's title, then `2`, `3` … for more places in the same chapter."""
    seen: dict[str, int] = {}
    found = []
    for anchor in anchors:
        slug = anchor.partition("#")[0]
        seen[slug] = count = seen.get(slug, 0) + 1
        title = chapters[slug].title
        found.append(Locator(title, anchor) if count == 1 else Locator(str(count), anchor, f"{title}, {count}"))
    return tuple(found)
