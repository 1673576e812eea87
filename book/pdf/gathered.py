"""All handouts of an edition in one file, so that they can be printed at once.

The functions that write PDFs load pikepdf when they are called, in a worker process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from book.model.editions import Artifact, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment
from book.model.pages import PagedVolume, PageFurniture
from book.problem import Problem
from book.project.archive import zipped
from book.project.files import Reads, recording, report
from book.project.outputs import GATHERED
from book.store.store import Store

if TYPE_CHECKING:
    from book.pages.cover import Offload


def gathered_files(
    edition: str, handouts: Sequence[PagedVolume], files: Sequence[Artifact], offload: Offload, store: Store
) -> Iterator[Artifact]:
    """The files with all handouts of an edition: a PDF in each folder of them, `all.pdf`, and one zip file.

    Args:
        edition: The edition's name.
        handouts: Its handouts.
        files: Their files.
        offload: Where the PDFs are bound: in another process if possible.
        store: The cache of earlier results.
    """
    for name, some in _groups(handouts).items():
        file, damaged, reads = offload(_write, name, some, store)()
        store.merge_copy(damaged)
        report(reads)
        yield file
    if files:
        yield Artifact(f"{edition}.zip", "application/zip", zipped({file.name: file.data for file in files}))


def _groups(handouts: Iterable[PagedVolume]) -> Mapping[str, tuple[PagedVolume, ...]]:
    """The handouts that stand in one folder, by the path of their one file without its suffix."""
    found: dict[str, list[PagedVolume]] = {}
    for paged in handouts:
        found.setdefault(f"{paged.volume.name.rpartition('/')[0]}/{GATHERED}", []).append(paged)
    return {name: tuple(some) for name, some in found.items()}


def _write(name: str, handouts: Sequence[PagedVolume], store: Store) -> tuple[Artifact, Sequence[Problem], Reads]:
    """Bind some handouts into one PDF.

    Returns:
        The file, the damaged entries that were found in a worker's copy of the store, and what was read.
    """
    from book.pdf.bind import bind

    with recording(handouts[0].volume.manuscript.project.root) as reads:
        gathered = gather(name, handouts)
        file = Artifact(f"{name}.pdf", "application/pdf", bind(gathered, store), gathered.pagination.pages)
    return file, store.damaged, reads


def gather(name: str, handouts: Sequence[PagedVolume]) -> PagedVolume:
    """Some handouts as one volume, each beginning on a right-hand page: after a blank one if need be.

    Their pages keep the numbers that are printed on them, so they begin anew with each handout.
    """
    handouts = _distinct(handouts)
    leaves: list[PageFurniture] = []
    furniture: list[Fragment] = []
    sheets: dict[str, int] = {}
    for handout in handouts:
        if len(leaves) % 2:
            before = leaves[-1]
            folio = Folio(before.folio.matter, before.folio.number + 1)
            leaves.append(PageFurniture(len(leaves), folio, before.section, opening=False, blank=True))
            furniture.append(replace(furniture[-1], pages=1))  # which is not printed
        start = len(leaves)
        leaves += [replace(leaf, sheet=start + leaf.sheet) for leaf in handout.leaves]
        furniture += handout.furniture
        sheets |= {slug: start + sheet for slug, sheet in handout.pagination.sheets.items()}
    folios = {anchor: folio for handout in handouts for anchor, folio in handout.pagination.folios.items()}
    return PagedVolume(
        volume=_volume(name, handouts),
        sections=tuple(section for handout in handouts for section in handout.sections),
        fragments=tuple(fragment for handout in handouts for fragment in handout.fragments),
        leaves=tuple(leaves),
        furniture=tuple(furniture),
        pagination=Pagination(folios, sheets, len(leaves)),
    )


def _volume(name: str, handouts: Sequence[PagedVolume]) -> Volume:
    """The volume of some handouts, which has the chapters of all."""
    first = handouts[0].volume
    manuscripts = [handout.volume.manuscript for handout in handouts]
    chapters = tuple(chapter for one in manuscripts for chapter in one.chapters)
    citations = tuple(citation for one in manuscripts for citation in one.citations)
    return replace(
        first, name=name, manuscript=replace(manuscripts[0], chapters=chapters, citations=citations), part=None
    )


def _distinct(handouts: Sequence[PagedVolume]) -> list[PagedVolume]:
    """The handouts, with a name of its own for each section: a list of `sections` can give an index to all of them."""
    counts = Counter(section.slug for handout in handouts for section in handout.sections)
    found = []
    for handout in handouts:
        part = handout.volume.part
        shared = [section.slug for section in handout.sections if counts[section.slug] > 1]
        names = {slug: f"{part.slug if part else ''}/{slug}" for slug in shared}  # no slug has a slash
        found.append(_renamed(handout, names) if names else handout)
    return found


def _renamed(handout: PagedVolume, names: Mapping[str, str]) -> PagedVolume:
    """A handout with other names for some of its sections, in its links too."""
    from book.pdf.bound_section import relinked

    def rename(anchor: str) -> str:
        slug, mark, place = anchor.partition("#")
        return f"{names.get(slug, slug)}{mark}{place}"

    sections = {
        section.slug: replace(
            section,
            slug=rename(section.slug),
            headings=tuple(replace(heading, anchor=rename(heading.anchor)) for heading in section.headings),
        )
        for section in handout.sections
    }
    known = handout.pagination
    return replace(
        handout,
        sections=tuple(sections.values()),
        fragments=tuple(
            replace(one, slug=rename(one.slug), pdf=relinked(one.pdf, rename)) for one in handout.fragments
        ),
        leaves=tuple(replace(leaf, section=sections[leaf.section.slug]) for leaf in handout.leaves),
        pagination=Pagination(
            {rename(anchor): folio for anchor, folio in known.folios.items()},
            {rename(slug): sheet for slug, sheet in known.sheets.items()},
            known.pages,
        ),
    )
