"""Binds one section: its pages with furniture, structure and links, as a part of the file.

The result depends only on a `SectionToBind` and the variant, so it can be cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from urllib.parse import quote, unquote

import msgspec
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from book.model.editions import LINK
from book.pdf.furniture import mark_artifacts
from book.pdf.pdf_in_parts import Part, empty_part, serialise_part
from book.pdf.structure import Branch, copy_structure
from book.pdf.typefaces import use_shared_fonts
from book.standards import Finisher
from book.store.store import Store, key_of
from book.store.versions import whole_version

_FURNITURE = b"q /Furniture Do Q\n"


@dataclass(frozen=True, slots=True)
class SectionToBind:
    """Everything that a bound section depends on, besides the variant."""

    slug: str
    """Its slug."""
    language: str
    """The book's language (BCP 47)."""
    pdf: bytes
    """The fragment's PDF."""
    furniture: tuple[bytes, ...]
    """PDFs of page furniture from which its pages take theirs."""
    leaves: tuple[tuple[int, int] | None, ...]
    """For each page: the index of a PDF in `furniture` and a page of that (both 0-based); None for a blank page.

    The blank pages of a section come last.
    """
    fonts: Mapping[str, int]
    """The object numbers of the shared fonts that it uses, by face name."""
    first: int
    """The object number of its first object."""
    document: int | None
    """The object number of the `Document` structure element; None in a file without structure."""
    first_key: int
    """The parent-tree key of its first page."""


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What the rest of the file needs to know of a bound section."""

    pages: tuple[int, ...]
    """The object numbers of its pages."""
    height: float
    """The height of its first page in pt, without bleed."""
    linked: frozenset[str]
    """The anchors that its links point to."""
    branch: Branch | None
    """Its part of the structure tree; None in a file without structure."""


@dataclass(frozen=True, slots=True)
class BoundSection:
    """A section as it is written to the file."""

    part: Part
    """Its objects."""
    facts: SectionFacts
    """What the rest of the file needs to know of it."""


def bind_section(section: SectionToBind, finisher: Finisher, store: Store) -> BoundSection:
    """Bind a section, or take it from the store."""
    rest = msgspec.json.encode(replace(section, pdf=b"", furniture=()), order="deterministic")
    key = key_of(whole_version(), finisher.key, rest, section.pdf, *section.furniture)
    bound: BoundSection = store.get_or_make(
        "sections", key, BoundSection, lambda: _bind(section, finisher), label=section.slug
    )
    return bound


def _bind(section: SectionToBind, finisher: Finisher) -> BoundSection:
    """Bind a section."""
    part = empty_part(section.first, (*([section.document] if section.document else ()), *section.fonts.values()))
    source = Pdf.open(BytesIO(section.pdf))
    part.pages.extend(source.pages)
    width, height = _page_size(part.pages[0])
    branch, linked = None, frozenset[str]()
    if section.document is not None:
        branch = copy_structure(part, source, section.slug, section.language, section.document, section.first_key)
        linked = frozenset(_connect_links(part))
    for _ in range(len(section.leaves) - len(part.pages)):
        part.add_blank_page(page_size=(width, height))
        part.pages[-1].obj.Contents.write(b"\n")  # Ghostscript takes a compressed stream of nothing for an error
    _add_furniture(part, section)
    use_shared_fonts(part, section.fonts)
    finisher.finish_pages(part)
    pages = tuple(page.obj.objgen[0] for page in part.pages)
    roots = [part.get_object(number, 0) for number in (*pages, *(branch.roots if branch else ()))]
    return BoundSection(serialise_part(part, section.first, roots), SectionFacts(pages, height, linked, branch))


def _page_size(page: Page) -> tuple[float, float]:
    """Width and height of a trimmed page in pt."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return right - left, top - bottom


def _add_furniture(part: Pdf, section: SectionToBind) -> None:
    """Paint furniture below the content of pages, as artifacts (ISO 32000-1, 14.8.2.2).

    It is painted first, because a page's own content leaves the coordinate system changed.
    """
    furniture_pages = [_furniture(pdf).pages for pdf in section.furniture]
    paint = part.make_stream(_FURNITURE)
    for leaf, page in zip(section.leaves, part.pages, strict=True):
        page.obj.Tabs = Name.S
        if leaf is None:
            continue
        furniture = furniture_pages[leaf[0]][leaf[1]]
        form = part.copy_foreign(furniture.as_form_xobject())
        form.BBox = Array(furniture.mediabox)  # with the bleed
        form.write(mark_artifacts(form))
        resources = Dictionary(dict(page.obj.Resources.items()))
        forms = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
        forms.Furniture = form
        resources.XObject = forms
        page.obj.Resources = resources
        page.contents_add(paint, prepend=True)


@lru_cache(maxsize=2)
def _furniture(pdf: bytes) -> Pdf:
    """A PDF of page furniture, opened; cached, because consecutive sections use the same one."""
    return Pdf.open(BytesIO(pdf))


def _connect_links(part: Pdf) -> Iterator[str]:
    """Turn links to places in the book into named destinations; yields their names."""
    for page in part.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.A.URI) if "/A" in annotation else ""
            if address.startswith(LINK):
                anchor = unquote(address.removeprefix(LINK))
                del annotation["/A"]
                annotation.Dest = String(anchor)
                yield anchor


def relinked(pdf: bytes, rename: Callable[[str], str]) -> bytes:
    """The PDF of a fragment with other names of the anchors that its links lead to."""
    written = BytesIO()
    with Pdf.open(BytesIO(pdf)) as source:
        for page in source.pages:
            for annotation in page.obj.get("/Annots", ()):
                address = str(annotation.A.URI) if "/A" in annotation else ""
                if address.startswith(LINK):
                    anchor = rename(unquote(address.removeprefix(LINK)))
                    annotation.A.URI = String(LINK + quote(anchor, safe="/#"))
        source.save(written, deterministic_id=True)
    return written.getvalue()
