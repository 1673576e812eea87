"""The pages of a volume in order, with their folios, and the page facts that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, groupby, takewhile
from pathlib import Path

from book.language.fonts import family_of
from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment
from book.model.manuscript import anchor_of
from book.model.pages import PageFurniture


def assign_folios(sections: Sequence[Section], lengths: Mapping[str, int], volume: Volume) -> tuple[PageFurniture, ...]:
    """Every page in order with its folio.

    Args:
        sections: The sections of the volume, in order.
        lengths: The number of pages of each section, by its slug; a section that is not set yet counts as one page.
        volume: The volume.

    A section begins on a recto or a verso, as it says, after a blank page where necessary. In an edition that is split,
    which is not bound as a book, sections follow one another without blank pages. An edition with a `signature` ends
    with as many blank pages as make the number of its pages a multiple of it.
    """
    leaves: list[PageFurniture] = []
    numbers = {0: count(1), 1: count(1)}

    def leaf(section: Section, *, opening: bool = False, blank: bool = False) -> None:
        matter = 0 if section.matter == "front" else 1
        leaves.append(PageFurniture(len(leaves), Folio(matter, next(numbers[matter])), section, opening, blank))

    for section in sections:
        side = "verso" if len(leaves) % 2 else "recto"
        if leaves and volume.part is None and section.start not in (side, "any"):
            leaf(leaves[-1].section, blank=True)
        for page in range(lengths.get(section.slug, 1)):
            leaf(section, opening=page == 0)
    while leaves and volume.kind != "one-page" and len(leaves) % (volume.edition.signature or 1):
        leaf(leaves[-1].section, blank=True)
    return tuple(leaves)


def lengths_of(pagination: Pagination) -> dict[str, int]:
    """The number of pages of each section, without blank ones, by its slug."""
    begins = sorted((sheet, slug) for slug, sheet in pagination.sheets.items())
    ends = [*(sheet for sheet, _ in begins[1:]), pagination.pages]
    blank = frozenset(pagination.blank)
    return {
        slug: sum(sheet not in blank for sheet in range(begin, end))
        for (begin, slug), end in zip(begins, ends, strict=True)
    }


def page_facts(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> Pagination:
    """The folio of every anchor and the first page of every section."""
    folios: dict[str, Folio] = {}
    sheets: dict[str, int] = {}
    for leaf in leaves:
        if leaf.opening:
            sheets[leaf.section.slug] = leaf.sheet
            folios[leaf.section.slug] = leaf.folio
    for slug, sheet in sheets.items():
        if slug in fragments:
            for name, place in fragments[slug].anchors.items():
                folios[anchor_of(slug, name)] = leaves[sheet + place.page].folio
    blank = tuple(leaf.sheet for leaf in leaves if leaf.blank)
    return Pagination(folios, sheets, len(leaves), _families(fragments.values()), blank)


def _families(fragments: Iterable[Fragment]) -> tuple[str, ...]:
    """The font families that some fragments are set in, that with the most different glyphs first."""
    used: Counter[str] = Counter()
    for face in (face for fragment in fragments for face in fragment.faces):
        used[family_of(Path(face.file), face.index)] += len(face.texts)
    return tuple(sorted(used, key=lambda family: (-used[family], family)))


def probably_final(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> list[PageFurniture]:
    """The pages whose folios are likely to stay, so that their furniture can be set early.

    These are the pages of each matter (front, body, back) whose sections are all set, up to the first matter that is
    not. Front matter has folios of its own, so chapters do not have to wait for the contents.
    """
    final: list[PageFurniture] = []
    for _, sequence in groupby(leaves, key=lambda leaf: leaf.folio.matter):
        matters = [list(matter) for _, matter in groupby(sequence, key=lambda leaf: leaf.section.matter)]
        for matter in takewhile(lambda matter: all(leaf.section.slug in fragments for leaf in matter), matters):
            final += matter
    return final
