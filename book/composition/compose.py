"""Composes the sections of a volume: once, or pass by pass until its pages agree with the numbers printed on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.composition.composer import Composer
from book.composition.pointers import FACES
from book.model.editions import Section, Volume
from book.model.folios import Pagination


@dataclass(frozen=True, slots=True)
class Composed:
    """The sections of a volume as they were composed with some page facts."""

    sections: tuple[Section, ...]
    """The sections, in order."""
    pagination: Pagination | None = None
    """The page facts; None for the first pass."""

    def agrees(self, section: Section, pagination: Pagination | None) -> bool:
        """Whether one of these sections would be the same with other page facts: all that it shows is alike."""
        return all(self._is_alike(anchor, pagination) for anchor in section.shown_anchors)

    def _is_alike(self, anchor: str, pagination: Pagination | None) -> bool:
        """Whether an anchor has the same folio in both; for `FACES`, whether the faces are the same."""
        before = self.pagination
        if before is None or pagination is None:
            return False
        return before.faces == pagination.faces if anchor == FACES else before.folio(anchor) == pagination.folio(anchor)


class VolumeComposer:
    """Composes the sections of a volume, pass by pass; what does not depend on page facts is worked out once."""

    def __init__(self, volume: Volume, linked: tuple[str, ...] = ()) -> None:
        """Begin with a volume; each document links to the stylesheets with the addresses `linked`."""
        self._volume = volume
        self._composer = Composer(volume, linked)

    def compose(self, pagination: Pagination | None = None, earlier: Sequence[Composed] = ()) -> Composed:
        """Compose the sections of the volume in order.

        Args:
            pagination: The page facts known so far; None in the first pass.
            earlier: Passes before; sections whose shown page facts are the same are taken from the first of them.

        Raises:
            BookError: A layout fails.
        """
        composer = self._composer
        composer.pointers.pagination = pagination
        sides = {plan.slug: composer.on_verso(plan) for plan in composer.plans}
        settled: dict[str, Section] = {}
        for one in earlier:
            for section in one.sections:
                if (
                    section.slug not in settled
                    and section.on_verso is sides.get(section.slug)
                    and one.agrees(section, pagination)
                ):
                    settled[section.slug] = section
        sections = tuple(settled.get(plan.slug) or composer.section(plan) for plan in composer.plans)
        return Composed(sections, pagination)

    def compose_each(self, *, edited_first: bool = False) -> Iterator[tuple[int, Section]]:
        """Compose the sections without page facts, one by one: the longest first, because they take longest.

        With `edited_first`, the chapter whose file was written last precedes them. Each section comes with its place.

        Raises:
            BookError: A layout fails.
        """
        composer, manuscript = self._composer, self._volume.manuscript
        composer.pointers.pagination = None
        root = manuscript.project.root
        latest = max((one.path for one in manuscript.chapters), key=lambda path: _written(root / path), default="")

        def urgency(place: int) -> tuple[bool, int]:
            chapter = composer.plans[place].chapter
            is_latest = edited_first and chapter is not None and chapter.path == latest
            return not is_latest, -len(chapter.body if chapter else "")

        for place in sorted(range(len(composer.plans)), key=urgency):
            yield place, composer.section(composer.plans[place])


def compose(volume: Volume) -> tuple[Section, ...]:
    """Compose the sections of a volume in order, once, without page facts.

    Raises:
        BookError: A layout fails.
    """
    return VolumeComposer(volume).compose().sections


def _written(path: Path) -> float:
    """When a file was last written, in seconds since 1970; 0 where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
