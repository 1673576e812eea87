"""Composes the sections of a volume with Jinja layouts, all or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from book.composition.composer import Composer
from book.composition.pointers import FACES
from book.model.editions import Section, Volume
from book.model.folios import Pagination


def compose(
    volume: Volume,
    pagination: Pagination | None = None,
    *,
    previous: Sequence[Section] = (),
    shown: Pagination | None = None,
    linked: tuple[str, ...] = (),
) -> tuple[Section, ...]:
    """Compose the sections of a volume in order, with the page facts known so far.

    Args:
        volume: The volume.
        pagination: The page facts; None in the first pass.
        previous: Sections of an earlier pass; those whose shown page facts have not changed are reused.
        shown: The page facts with which `previous` was composed.
        linked: Addresses of stylesheets that each document links to.

    Raises:
        BookError: A layout fails.
    """

    def same(anchor: str) -> bool:
        if shown is None or pagination is None:
            return False
        return shown.faces == pagination.faces if anchor == FACES else shown.folio(anchor) == pagination.folio(anchor)

    composer = Composer(volume, pagination, linked)
    sides = {plan.slug: composer.on_verso(plan) for plan in composer.plans}
    settled = {
        section.slug: section
        for section in previous
        if section.on_verso is sides.get(section.slug) and all(map(same, section.shown_anchors))
    }
    return tuple(settled.get(plan.slug) or composer.section(plan) for plan in composer.plans)


def compose_each(volume: Volume, *, edited_first: bool = False) -> Iterator[tuple[int, Section]]:
    """Compose the sections of a volume without page facts, one by one: the longest first, because they take longest.

    With `edited_first`, the chapter whose file was written last precedes them. Each section comes with its place.

    Raises:
        BookError: A layout fails.
    """
    composer = Composer(volume, None, ())
    root = volume.manuscript.project.root
    latest = max((one.path for one in volume.manuscript.chapters), key=lambda path: _written(root / path), default="")

    def urgency(place: int) -> tuple[bool, int]:
        chapter = composer.plans[place].chapter
        is_latest = edited_first and chapter is not None and chapter.path == latest
        return not is_latest, -len(chapter.body if chapter else "")

    for place in sorted(range(len(composer.plans)), key=urgency):
        yield place, composer.section(composer.plans[place])


def _written(path: Path) -> float:
    """When a file was last written, in seconds since 1970; 0 where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
