"""Fragments joined into one tagged PDF.

The pages of each section are a part of the file, which is written before the next one is begun: what is held
in memory besides the file is one section, and of the others where their objects are. With `structure`, `typefaces`
and `pdf_in_parts`, this is all that knows the PDF library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from book import __version__
from book.identity import identifier, moment, publication_date
from book.model import LINK, Edition, Fragment, Heading, PagedVolume, PageFurniture, Section, anchor_of
from book.pdf_in_parts import PAGES, PdfInParts
from book.people import people
from book.structure import StructureTree
from book.typefaces import Typefaces
from book.variants import variant_of

Places = dict[str, Array]

_FURNITURE = b"/Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC\n"


def bind(paged: PagedVolume) -> bytes:
    """The PDF of a paged volume: the same bytes for the same input.

    Its parts are the sections, each with its pages, its structure (reading order is the order of the sections),
    fonts, page furniture as artifacts, and links; then come outline, page labels, metadata. To each the variant does
    what it asks for.
    """
    return _Binding(paged).bind()


def prepare(edition: Edition) -> None:
    """Load what binding an edition needs: the variant, and what reads and writes XMP."""
    variant_of(edition)
    with Pdf.new() as pdf, pdf.open_metadata():
        pass


class _Binding:
    """A volume while it is bound."""

    def __init__(self, paged: PagedVolume) -> None:
        self._paged = paged
        self._variant = variant_of(paged.volume.edition)
        self._finisher = self._variant.finisher(paged)
        self._file = PdfInParts(self._variant.version)
        self._tree = StructureTree(self._file, paged.volume.manuscript.settings.language)
        self._typefaces = Typefaces(face for one in (*paged.fragments, *paged.furniture) for face in one.faces)
        self._pages: list[int] = []
        self._tops: dict[str, tuple[int, float]] = {}
        self._linked: set[str] = set()

    def bind(self) -> bytes:
        """The whole file."""
        overs = _pages(self._paged.furniture)
        sections = zip(self._paged.sections, self._paged.fragments, strict=True)
        for (section, fragment), leaves in zip(sections, _by_section(self._paged.leaves), strict=True):
            self._write_section(section, fragment, leaves, islice(overs, len(leaves)))
        return self._write_rest()

    def _write_section(
        self, section: Section, fragment: Fragment, leaves: Sequence[PageFurniture], overs: Iterable[Page]
    ) -> None:
        """Write the pages of a section, and blank ones behind it, with all that is on them."""
        part = self._file.part((self._tree.document, *self._typefaces.known))
        source = Pdf.open(BytesIO(fragment.pdf))
        part.pages.extend(source.pages)
        width, height = _page_size(part.pages[0])
        self._tops[section.slug] = len(self._pages), height
        roots = list(self._tree.append(part, source, section.slug, list(part.pages))) if self._variant.on_screen else []
        if self._variant.on_screen:
            self._linked |= set(_connect_links(part))
        for _ in range(len(leaves) - len(part.pages)):
            part.add_blank_page(page_size=(width, height))
            part.pages[-1].obj.Contents.write(b"\n")  # Ghostscript takes a compressed stream of nothing for an error
        _furnish(part, leaves, overs)
        self._typefaces.embed(part)
        self._finisher.finish_pages(part)
        self._pages += [page.obj.objgen[0] for page in part.pages]
        self._file.write(part, (*(page.obj for page in part.pages), *roots))

    def _write_rest(self) -> bytes:
        """Write the catalogue and what it leads to; gives the whole file."""
        part = self._file.part((*self._pages, *self._tree.known))
        pages = [part.get_object(number, 0) for number in self._pages]
        tree = part.get_object(PAGES, 0)
        tree.Count, tree.Kids = len(pages), Array(pages)
        places = self._places(pages)
        if self._variant.on_screen:
            names = [item for name in sorted(self._linked) for item in (String(name), places[name])]
            part.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
            part.Root.MarkInfo = Dictionary(Marked=True)
        structure = self._tree.close(part) if self._variant.on_screen else ()
        _outline(part, self._paged, places)
        _page_labels(part, self._paged)
        _describe(part, self._paged)
        self._finisher.finish_file(part)
        return self._file.close(part, structure)

    def _places(self, pages: Sequence[Object]) -> Places:
        """The destinations of sections, of headings, and of what links lead to."""
        wanted = self._linked | {heading.anchor for section in self._paged.sections for heading in section.headings}
        found: Places = {}
        for section, fragment in zip(self._paged.sections, self._paged.fragments, strict=True):
            start, height = self._tops[section.slug]
            found[section.slug] = Array([pages[start], Name.XYZ, 0, round(height, 2), 0])
            for name, place in fragment.anchors.items():
                if (anchor := anchor_of(section.slug, name)) in wanted:
                    point = (round(place.x, 2), round(place.y, 2))
                    found[anchor] = Array([pages[start + place.page], Name.XYZ, *point, 0])
        return found


# --- pages --------------------------------------------------------------------------------------


def _by_section(leaves: Iterable[PageFurniture]) -> Iterator[list[PageFurniture]]:
    """The pages of each section, together with the blank ones behind it."""
    batch: list[PageFurniture] = []
    for leaf in leaves:
        if leaf.opening and batch:
            yield batch
            batch = []
        batch.append(leaf)
    yield batch


def _pages(fragments: Iterable[Fragment]) -> Iterator[Page]:
    """The pages of some fragments; one fragment after the other is opened."""
    for fragment in fragments:
        yield from Pdf.open(BytesIO(fragment.pdf)).pages


def _page_size(page: Page) -> tuple[float, float]:
    """Width and height of a trimmed page in pt."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return right - left, top - bottom


def _furnish(part: Pdf, leaves: Sequence[PageFurniture], overs: Iterable[Page]) -> None:
    """Lay furniture under the content of pages, as an artifact (PDF 32000-1, 14.8.2.2).

    It goes first, because a page's own content leaves its coordinates changed.
    """
    paint = part.make_stream(_FURNITURE)
    for leaf, page, furniture in zip(leaves, part.pages, overs, strict=True):
        page.obj.Tabs = Name.S
        if leaf.blank:
            continue
        form = part.copy_foreign(furniture.as_form_xobject())
        form.BBox = Array(furniture.mediabox)  # with the bleed
        resources = Dictionary(dict(page.obj.Resources.items()))
        forms = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
        forms.Furniture = form
        resources.XObject = forms
        page.obj.Resources = resources
        page.contents_add(paint, prepend=True)


# --- links, outline, labels ---------------------------------------------------------------------


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


def _outline(pdf: Pdf, paged: PagedVolume, places: Places) -> None:
    """Bookmarks: every section, and the headings in it."""
    with pdf.open_outline() as outline:
        for section in paged.sections:
            item = OutlineItem(section.title, places[section.slug])
            _nest(item, [heading for heading in section.headings if heading.anchor in places], places)
            outline.root.append(item)
    pdf.Root.PageMode = Name.UseOutlines


def _nest(root: OutlineItem, headings: list[Heading], places: Places) -> None:
    """Hang headings below an item, each below the last one of a higher level."""
    stack = [(1, root)]
    for heading in headings:
        while stack[-1][0] >= heading.level:
            stack.pop()
        item = OutlineItem(heading.text, places[heading.anchor])
        stack[-1][1].children.append(item)
        stack.append((heading.level, item))


def _page_labels(pdf: Pdf, paged: PagedVolume) -> None:
    """Folios as page labels (PDF 32000-1, 12.4.2): a new range wherever the style of numbers changes."""
    labels = Array()
    previous: PageFurniture | None = None
    for leaf in paged.leaves:
        if previous is None or previous.folio.matter != leaf.folio.matter:
            style = Name.D if leaf.folio.matter else Name.r
            labels.extend(Array([leaf.sheet, Dictionary(S=style, St=leaf.folio.number)]))
        previous = leaf
    pdf.Root.PageLabels = Dictionary(Nums=labels)


# --- metadata -----------------------------------------------------------------------------------


def _describe(pdf: Pdf, paged: PagedVolume) -> None:
    """Title, language, authors and dates, in the catalogue, the info dictionary and XMP (PDF/UA-1, 7.1)."""
    volume = paged.volume
    settings = volume.manuscript.settings
    title = settings.title if volume.part is None else f"{volume.part.title} – {settings.title}"
    date = moment(settings, os.environ)
    pdf.Root.Lang = String(settings.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    stamp = date.strftime("D:%Y%m%d%H%M%SZ")
    producer = f"Florilegium {__version__}"
    pdf.docinfo.update({"/Title": title, "/Producer": producer, "/CreationDate": stamp, "/ModDate": stamp})
    if settings.authors:
        pdf.docinfo["/Author"] = ", ".join(settings.authors)
    if settings.description:
        pdf.docinfo["/Subject"] = settings.description
    if settings.subjects:
        pdf.docinfo["/Keywords"] = "; ".join(settings.subjects)
    makers = people(volume.manuscript)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:creator"] = list(dict.fromkeys(person.name for person in makers if person.leading))
        xmp["dc:language"] = _Bag([settings.language])
        xmp["dc:identifier"] = identifier(settings, volume.edition)
        for key, value in variant_of(volume.edition).metadata.items():
            xmp[key] = value
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        xmp["pdf:Producer"] = producer
        for key, values in (
            ("dc:contributor", _Bag(person.name for person in makers if not person.leading)),
            ("dc:relation", _Bag([str(settings.series)] if settings.series else ())),
            ("pdf:Keywords", "; ".join(settings.subjects)),
            ("dc:publisher", _Bag(filter(None, [settings.publisher]))),
            ("dc:rights", settings.rights),
            ("dc:description", settings.description),
            ("dc:subject", _Bag(settings.subjects)),
            ("dc:date", list(filter(None, [publication_date(settings)]))),
        ):
            if values:
                xmp[key] = values


class _Bag(set[str]):
    """An unordered XMP array, written in one and the same order every time."""

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__()))
