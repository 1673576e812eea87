"""The editions and chapters that a build was asked for, found by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from book.model.settings import Edition
from book.problem import UsageError, nearest

if TYPE_CHECKING:
    from book.model.manuscript import Chapter


def select_editions(editions: Sequence[Edition], names: Sequence[str]) -> list[Edition]:
    """The editions with these names, in the project's order; all editions if no name is given.

    Raises:
        UsageError: `book.toml` has no edition of one of the names.
    """
    known = [edition.name for edition in editions]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"there are: {', '.join(known)}"
            raise UsageError(f'no edition "{name}" in book.toml ({hint})')
    return [edition for edition in editions if not names or edition.name in names]


def with_handouts(chosen: Sequence[Edition], names: Sequence[str]) -> list[Edition]:
    """Of some editions, those with handouts.

    Raises:
        UsageError: There are none, or one without handouts was named.
    """
    whole = next((edition.name for edition in chosen if names and not edition.split), None)
    handouts = [edition for edition in chosen if edition.split]
    if whole is not None or not handouts:
        which = f'the edition "{whole}" is one file' if whole else "book.toml has no edition of that kind"
        raise UsageError(f'--only is for editions with a file for each chapter (split = "chapter"); {which}')
    return handouts


def select_chapters(chapters: Sequence[Chapter], names: Sequence[str]) -> frozenset[str]:
    """The slugs of the chapters with these numbers or slugs.

    Raises:
        UsageError: The book has no chapter of one of the names.
    """
    from book.citing.numbers import chapter_marks

    marks = {mark: chapter.slug for chapter, mark in chapter_marks(chapters)}
    known = marks | {chapter.slug: chapter.slug for chapter in chapters}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"there are: {', '.join(f'{mark} {slug}' for mark, slug in marks.items())}"
            raise UsageError(f'no chapter "{name}" ({hint})')
    return frozenset(known[name] for name in names)
