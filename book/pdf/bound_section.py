"""One section of a PDF, bound: its pages with all that is on them, as a part of the file.

It is made of nothing but an `Unbound`, so that it can be kept for the next build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from urllib.parse import unquote

import msgspec
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from book.model.editions import LINK
from book.pdf.pdf_in_parts import Part, blank, finished
from book.pdf.structure import Branch, graft
from book.pdf.typefaces import share_fonts
from book.standards import Finisher
from book.store.store import Store, key_of
from book.store.versions import whole_version

_FURNITURE = b"/Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC\n"


@dataclass(frozen=True, slots=True)
class Unbound:
    """All that a section in the file depends on, besides the variant's last hand."""

    slug: str
    """Its slug."""
    language: str
    """The book's language (BCP 47)."""
    pdf: bytes
    """The fragment's PDF."""
    furniture: tuple[bytes, ...]
    """The PDFs of furniture from which its pages get theirs."""
    leaves: tuple[tuple[int, int] | None, ...]
    """For each page one of these (by its index) and one of its pages (0-based); None for a page that is blank.

    The blank pages of a section come last.
    """
    fonts: Mapping[str, int]
    """The numbers of the font objects that it needs, by name."""
    first: int
    """The number of its first object."""
    document: int | None
    """The number of the element that its structure hangs on; None in a file without structure."""
    first_key: int
    """The number by which its first page finds its elements."""


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What the rest of the file has to know of a section in it."""

    pages: tuple[int, ...]
    """The numbers of its pages."""
    height: float
    """The height of its first page without the bleed, in pt."""
    linked: frozenset[str]
    """The anchors that its links lead to."""
    branch: Branch | None
    """Its structure, in a file that has one."""


@dataclass(frozen=True, slots=True)
class BoundSection:
    """A section as it stands in the file."""

    part: Part
    """Its objects."""
    facts: SectionFacts
    """What they are."""


def bind_section(section: Unbound, finisher: Finisher, store: Store) -> BoundSection:
    """A section, bound; `store` keeps it."""
    rest = msgspec.json.encode(replace(section, pdf=b"", furniture=()), order="deterministic")
    key = key_of(whole_version(), finisher.key, rest, section.pdf, *section.furniture)
    bound: BoundSection = store.get_or_make("sections", key, BoundSection, lambda: _bind(section, finisher))
    return bound


def _bind(section: Unbound, finisher: Finisher) -> BoundSection:
    """A section, bound now."""
    part = blank(section.first, (*([section.document] if section.document else ()), *section.fonts.values()))
    source = Pdf.open(BytesIO(section.pdf))
    part.pages.extend(source.pages)
    width, height = _page_size(part.pages[0])
    branch, linked = None, frozenset[str]()
    if section.document is not None:
        branch = graft(part, source, section.slug, section.language, section.document, section.first_key)
        linked = frozenset(_connect_links(part))
    for _ in range(len(section.leaves) - len(part.pages)):
        part.add_blank_page(page_size=(width, height))
        part.pages[-1].obj.Contents.write(b"\n")  # Ghostscript takes a compressed stream of nothing for an error
    _furnish(part, section)
    share_fonts(part, section.fonts)
    finisher.finish_pages(part)
    pages = tuple(page.obj.objgen[0] for page in part.pages)
    roots = [part.get_object(number, 0) for number in (*pages, *(branch.roots if branch else ()))]
    return BoundSection(finished(part, section.first, roots), SectionFacts(pages, height, linked, branch))


def _page_size(page: Page) -> tuple[float, float]:
    """Width and height of a trimmed page in pt."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return right - left, top - bottom


def _furnish(part: Pdf, section: Unbound) -> None:
    """Lay furniture under the content of pages, as an artifact (PDF 32000-1, 14.8.2.2).

    It goes first, because a page's own content leaves its coordinates changed.
    """
    overs = [_furniture(pdf).pages for pdf in section.furniture]
    paint = part.make_stream(_FURNITURE)
    for leaf, page in zip(section.leaves, part.pages, strict=True):
        page.obj.Tabs = Name.S
        if leaf is None:
            continue
        furniture = overs[leaf[0]][leaf[1]]
        form = part.copy_foreign(furniture.as_form_xobject())
        form.BBox = Array(furniture.mediabox)  # with the bleed
        resources = Dictionary(dict(page.obj.Resources.items()))
        forms = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
        forms.Furniture = form
        resources.XObject = forms
        page.obj.Resources = resources
        page.contents_add(paint, prepend=True)


@lru_cache(maxsize=2)
def _furniture(pdf: bytes) -> Pdf:
    """Furniture, opened; several sections, one after the other, take theirs from the same."""
    return Pdf.open(BytesIO(pdf))


def _connect_links(part: Pdf) -> Iterator[str]:
    """Turn links to places in the book into named destinations; gives their names."""
    for page in part.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.A.URI) if "/A" in annotation else ""
            if address.startswith(LINK):
                anchor = unquote(address.removeprefix(LINK))
                del annotation["/A"]
                annotation.Dest = String(anchor)
                yield anchor
