"""All handouts of an edition in one file, so that they can be printed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from book.model.editions import Artifact, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment
from book.model.pages import PagedVolume, PageFurniture
from book.pages.cover import Offload
from book.pdf.bind import bind
from book.problem import Problem
from book.project.archive import zipped
from book.project.files import Reads, recording, report
from book.project.outputs import GATHERED
from book.store.store import Store


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
    """The handouts that stand in one folder, by the path of their one file without its suffix.

    Handouts that a list of `sections` gives more than their chapter are left out: their sections have the same names.
    """
    found: dict[str, list[PagedVolume]] = {}
    for paged in handouts:
        found.setdefault(f"{paged.volume.name.rpartition('/')[0]}/{GATHERED}", []).append(paged)
    return {name: tuple(some) for name, some in found.items() if _are_distinct(some)}


def _write(name: str, handouts: Sequence[PagedVolume], store: Store) -> tuple[Artifact, Sequence[Problem], Reads]:
    """Bind some handouts into one PDF.

    Returns:
        The file, the damaged entries that were found in a worker's copy of the store, and what was read.
    """
    with recording(handouts[0].volume.manuscript.project.root) as reads:
        gathered = gather(name, handouts)
        file = Artifact(f"{name}.pdf", "application/pdf", bind(gathered, store), gathered.pagination.pages)
    return file, store.damaged, reads


def gather(name: str, handouts: Sequence[PagedVolume]) -> PagedVolume:
    """Some handouts as one volume, each beginning on a right-hand page: after a blank one if need be.

    Their pages keep the numbers that are printed on them, so they begin anew with each handout.
    """
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


def _are_distinct(handouts: Sequence[PagedVolume]) -> bool:
    """Whether no two handouts have sections of one name."""
    slugs = [section.slug for handout in handouts for section in handout.sections]
    return len(set(slugs)) == len(slugs)
