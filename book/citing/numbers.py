"""Numbers of quotations, which are the same in all editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from book.model.manuscript import Chapter


def quotation_numbers(chapters: Sequence[Chapter]) -> Mapping[str, str]:
    """The number of each quotation by its anchor: the chapter's number and the place among its quotations, `3.2`.

    A chapter without a number has a letter instead, in the order of the book: `A.1` for the first of an introduction.
    All quotations count, whether or not they are attributed and whatever an edition shows of them.
    """
    return {
        quotation.anchor: f"{mark}.{place}"
        for chapter, mark in chapter_marks(chapters)
        for place, quotation in enumerate(chapter.quotations, start=1)
    }


def chapter_marks(chapters: Sequence[Chapter]) -> Iterator[tuple[Chapter, str]]:
    """Each chapter with its number, or without one a letter: `A`, `B` … in the order of the book."""
    unnumbered = 0
    for chapter in chapters:
        unnumbered += chapter.number is None
        yield chapter, letters(unnumbered) if chapter.number is None else str(chapter.number)


def letters(number: int) -> str:
    """The letters for a number from 1: `A`, `B` … `Z`, `AA`, `AB` and so on."""
    above, place = divmod(number - 1, 26)
    return (letters(above) if above else "") + chr(ord("A") + place)
