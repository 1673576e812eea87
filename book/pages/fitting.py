"""Fits handouts to their paper: no last page of a few lines, no sheet for the note on the text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from book.composition.styles import STEPS_OF_ONE_PAGE, measures
from book.model.editions import Fit, Volume
from book.model.pages import PagedVolume
from book.problem import BookError, Checked, Problem, Span, error

SHORT = 0.28
"""A last page that is used less than this is pulled back, or filled: a quarter as one sees it, without leading."""
STEPS = (1, 2, 3, 4, -1, -2, -3)
"""What is tried for that, in this order: lines closer together, then farther apart (`Fit.step`)."""
SMALLER = (6, 8)
"""What is tried last where it saves a sheet of paper: text half a point and a point smaller."""
PAGES_OF_ONE_SHEET = 2


def fitted(volume: Volume, set_in_pages: Callable[[Volume], Checked[PagedVolume]]) -> Checked[PagedVolume]:
    """Set a volume in pages; a handout is set again where that saves paper or a short last page.

    Args:
        volume: The volume.
        set_in_pages: Sets it in pages, as it is to be fitted (`paginate`, with its other arguments and errors).

    Raises:
        BookError: A one-page handout is too long (`handout-overflow`).
    """

    def set_with(fit: Fit) -> Checked[PagedVolume]:
        return set_in_pages(replace(volume, fit=fit))

    if volume.kind == "one-page":
        return _on_one_page(set_with)
    first = set_with(volume.fit)
    if volume.part is None:
        return first
    for fit in _trials(first.value):
        again = set_with(fit)
        if _better(again.value, first.value):
            return again
    return first


def _on_one_page(set_with: Callable[[Fit], Checked[PagedVolume]]) -> Checked[PagedVolume]:
    """Set a one-page handout: with the note on the text if there is room, else without, and closer if need be.

    In large print, whose text gets no smaller, it is one sheet: two pages.

    Raises:
        BookError: It has more pages at the smallest size (`handout-overflow`).
    """
    for fit in (Fit(), *(Fit(step, note=False) for step in range(0, STEPS_OF_ONE_PAGE + 1, 2))):
        checked = set_with(fit)
        most = PAGES_OF_ONE_SHEET if checked.value.volume.edition.large_print else 1
        if checked.value.pagination.pages <= most:
            return checked
    raise BookError([_overflow(checked.value)])


def _overflow(paged: PagedVolume) -> Problem:
    """The problem of a one-page handout that is too long, with what can be cut."""
    chapter, edition = paged.volume.manuscript.chapters[0], paged.volume.edition
    found = measures(edition, STEPS_OF_ONE_PAGE)
    sizes = f"{found['text-size']:g} pt on {found['line']:g} pt"
    message = f'the one-page handout of "{chapter.title}" takes {paged.pagination.pages} pages, even at {sizes}'
    parts = []
    if edition.answer_lines and chapter.front.questions:
        parts.append(f"write fewer answer-lines than {edition.answer_lines}")
    if chapter.quotations:
        longest = max(chapter.quotations, key=lambda quotation: len(quotation.text))
        number, length = paged.volume.manuscript.numbers[longest.anchor], len(longest.text)
        parts.append(f"mark other quotations with {{.key}}, without the longest ({number}, {length} characters)")
    parts.append("shorten the summary and the questions")
    return error("handout-overflow", message, Span(chapter.path, 1), ", or ".join(parts))


def sheets(pages: int) -> int:
    """The sheets of paper that some pages need, printed on both sides."""
    return -(-pages // 2)


def _trials(paged: PagedVolume) -> Iterator[Fit]:
    """Other ways to set a handout, the best first; none if it is well as it is."""
    notes = [True, False] if _pages_without_note(paged) < paged.pagination.pages else [True]
    if _is_short(paged) or sheets(_pages_without_note(paged)) < sheets(paged.pagination.pages):
        yield from (Fit(step, note) for note in notes for step in (0, *STEPS) if (step, note) != (0, True))
        if paged.pagination.pages % 2:
            yield from (Fit(step) for step in SMALLER)
    elif _nearly_saves_a_sheet(paged):
        yield from (Fit(step, note) for note in notes for step in STEPS if step > 0)


def _better(paged: PagedVolume, first: PagedVolume) -> bool:
    """Whether a handout needs fewer sheets than as it was first set, or as many without a short last page."""
    now, before = (sheets(one.pagination.pages) for one in (paged, first))
    if sheets(_pages_without_note(first)) < before or _nearly_saves_a_sheet(first):
        return now < before and not _is_short(paged)
    return now <= before and not _is_short(paged)


def _is_short(paged: PagedVolume) -> bool:
    """Whether the last of several pages is hardly used."""
    return paged.pagination.pages > 1 and paged.fragments[-1].last_page < SHORT


def _nearly_saves_a_sheet(paged: PagedVolume) -> bool:
    """Whether the only page of the last sheet is so little used that it can be pulled back with a few steps."""
    pages = paged.pagination.pages
    return pages > 1 and pages % 2 == 1 and paged.fragments[-1].last_page < 0.06 * pages


def _pages_without_note(paged: PagedVolume) -> int:
    """The number of pages up to the note on the text."""
    fragment = paged.fragments[-1]
    note = next((place for name, place in fragment.anchors.items() if name.endswith("-note")), None)
    return paged.pagination.pages if note is None else paged.pagination.pages - fragment.pages + note.page + 1
