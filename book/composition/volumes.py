"""Divides an edition into volumes, and finds the print edition whose page numbers an EPUB or a handout carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from book.composition.csl_style import style_sources
from book.composition.handouts import part_for
from book.indexes import build_indexes
from book.model.editions import Volume
from book.model.manuscript import Manuscript
from book.model.settings import Edition
from book.project.outputs import kinds, output_of, shows_book_pages


def volumes(manuscript: Manuscript, edition: Edition) -> Iterator[Volume]:
    """The volumes of an edition, in the order of the book; each has indexes of its own chapters only."""
    if edition.split is None:
        yield Volume(edition.name, edition, manuscript, build_indexes(manuscript), styled=style_sources(manuscript))
        return
    several = len(kinds(edition)) > 1
    titles = {chapter.slug: chapter.title for chapter in manuscript.chapters}
    for chapter, kind in product(manuscript.chapters, kinds(edition)):
        if part := part_for(manuscript, chapter, kind):
            name = f"{edition.name}/{f'{kind}/' if several else ''}{chapter.slug}"
            indexes = () if kind == "one-page" else build_indexes(part)
            others = {slug: title for slug, title in titles.items() if slug != chapter.slug}
            styled = style_sources(part)
            yield Volume(name, edition, part, indexes, part.chapters[0], styled, kind, titles=others)


def page_source(editions: Sequence[Edition], edition: Edition) -> Edition | None:
    """The print edition whose page numbers an EPUB or a handout carries; None for others, or if there is none.

    It is the PDF edition that the setting `pages` names (`none` for none), else the first that is not split.
    """
    if not shows_book_pages(edition) or edition.pages == "none":
        return None
    printed = (other for other in editions if output_of(other).paged and other.split is None)
    return next((other for other in printed if edition.pages in (None, other.name)), None)


def pages_first(editions: Sequence[Edition], chosen: Sequence[Edition]) -> list[Edition]:
    """The editions that must be made for those chosen, in an order in which each follows what it depends on.

    Those with many volumes come last, so that an e-book does not wait until all handouts are made.
    """
    sources = [page_source(editions, edition) for edition in chosen]
    needed = [edition for edition in editions if edition in chosen or edition in sources]
    return sorted(needed, key=lambda edition: (edition.split is not None, not output_of(edition).paged))
