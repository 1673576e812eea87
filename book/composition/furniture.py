"""Composes what is set apart from the text of a volume: running heads and folios, and a cover made from its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from book.citing.names import joined
from book.composition.rendering import render
from book.composition.running_heads import HeadLine, head_lines
from book.composition.styles import measures
from book.language.terms import book_terms
from book.model.editions import Volume
from book.model.fragments import Stylesheet
from book.model.pages import PageFurniture
from book.project.people import people


def volume_head_lines(volume: Volume, sheets: Sequence[Stylesheet]) -> tuple[HeadLine, HeadLine]:
    """The lines of the running heads of a volume, as its stylesheets make them: the same for all of its pages."""
    return head_lines(sheets, measures(volume.edition, volume.fit.step), sided=volume.part is None)


def compose_furniture(
    volume: Volume,
    pages: Sequence[PageFurniture],
    lines: tuple[HeadLine, HeadLine],
    counts: Mapping[str, int] | None = None,
) -> str:
    """Compose the running heads and folios of some pages: one HTML document with a page for each.

    Args:
        volume: The volume.
        pages: Its pages.
        lines: The lines of its running heads (`volume_head_lines`).
        counts: The numbers of pages of these sections, by their slugs.
    """
    settings = volume.manuscript.settings
    line, second = lines
    return render(
        volume.manuscript.project.root, "furniture.html", head=line.fit, theme=second.fit,
        pages=pages, volume=volume, book=settings, language=settings.language,
        terms=book_terms(settings), sided=volume.part is None, counts=counts or {},
    )  # fmt: skip


def compose_cover(volume: Volume) -> str:
    """Compose the cover of a volume from its title and the names of its makers: an HTML document of one page."""
    settings = volume.manuscript.settings
    return render(
        volume.manuscript.project.root, "cover.html",
        book=settings, volume=volume, people=people(volume.manuscript), terms=book_terms(settings),
        joined=partial(joined, language=settings.language),
    )  # fmt: skip
