"""Joins the fragments of a volume into one tagged PDF.

The file is written section by section, so that memory holds the objects of one section at a time, and of the others
only their numbers. Sections that an earlier build bound in the same way are taken from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from book import __version__
from book.checks import missing_alt, skipped_heading
from book.dates.digits import in_digits
from book.language.direction import direction
from book.model.editions import Section, Volume
from book.model.folios import Folio
from book.model.fragments import Fragment
from book.model.manuscript import Heading, anchor_of
from book.model.pages import PagedVolume, PageFurniture
from book.model.settings import Edition
from book.pdf.bound_section import SectionFacts, SectionToBind, bind_section
from book.pdf.pdf_in_parts import PAGES, PdfInParts, empty_part, serialise_part
from book.pdf.structure import StructureTree
from book.pdf.typefaces import Typefaces
from book.project.identity import identifier, moment, publication_date
from book.project.people import people
from book.standards import variant_of
from book.store.store import NO_STORE, Store
from book.store.versions import engine_version

Places = dict[str, Array]
_FurniturePage = tuple[Fragment, int]


def bind(paged: PagedVolume, store: Store = NO_STORE) -> bytes:
    """Bind a paginated volume into a PDF; the same volume gives the same bytes, whatever the store contains.

    First come the sections in reading order, each with its pages, structure, furniture (as artifacts) and links; then
    fonts, outline, page labels and metadata. The edition's variant finishes each section and the file.
    """
    return _Binding(paged, store).bind()


def preload() -> None:
    """Import what binding an edition needs, before it is needed: the usual variant, the version hash, code for XMP."""
    variant_of(Edition(output="pdf"))
    engine_version()
    with Pdf.new() as pdf, pdf.open_metadata():
        pass


class _Binding:
    """Binds one volume."""

    def __init__(self, paged: PagedVolume, store: Store) -> None:
        self._paged = paged
        self._store = store
        self._language = paged.volume.manuscript.settings.language
        self._variant = variant_of(paged.volume.edition)
        self._finisher = self._variant.finisher(paged)
        self._file = PdfInParts(self._variant.version)
        self._tree = StructureTree(self._file, self._language)
        self._typefaces = Typefaces(self._file, (*paged.fragments, *paged.furniture))
        self._facts: list[SectionFacts] = []

    def bind(self) -> bytes:
        """The whole file."""
        furniture_pages = _pages(self._paged.furniture)
        for fragment, leaves in zip(self._paged.fragments, _by_section(self._paged.leaves), strict=True):
            bound = bind_section(self._section_to_bind(fragment, leaves, furniture_pages), self._finisher, self._store)
            self._file.append(bound.part)
            if bound.facts.branch:
                self._tree.append(bound.facts.branch)
            self._facts.append(bound.facts)
        return self._write_rest()

    def _section_to_bind(
        self, fragment: Fragment, leaves: Sequence[PageFurniture], furniture_pages: Iterable[_FurniturePage]
    ) -> SectionToBind:
        """The next section to bind; takes one page from `furniture_pages` for each of its leaves."""
        taken = list(islice(furniture_pages, len(leaves)))
        sources = {source.slug: source for source, _ in taken}
        index = {slug: number for number, slug in enumerate(sources)}
        return SectionToBind(
            slug=fragment.slug,
            language=self._language,
            pdf=fragment.pdf,
            furniture=tuple(source.pdf for source in sources.values()),
            leaves=tuple(
                None if leaf.blank else (index[source.slug], page)
                for leaf, (source, page) in zip(leaves, taken, strict=True)
            ),
            fonts=self._typefaces.numbers((fragment, *sources.values())),
            first=self._file.first,
            document=self._tree.document if self._variant.on_screen else None,
            first_key=self._tree.next_key,
        )

    def _write_rest(self) -> bytes:
        """Write the catalogue and everything that is reached from it; return the whole file."""
        first = self._file.first
        numbers = [number for facts in self._facts for number in facts.pages]
        part = empty_part(first, (*numbers, *self._tree.numbers, *self._typefaces.all_numbers))
        pages = [part.get_object(number, 0) for number in numbers]
        tree = part.get_object(PAGES, 0)
        tree.Count, tree.Kids = len(pages), Array(pages)
        linked = frozenset[str]().union(*(facts.linked for facts in self._facts))
        places = self._places(pages, linked)
        roots = [part.Root, tree, *self._typefaces.close(part)]
        if self._variant.on_screen:
            names = [item for name in sorted(linked) for item in (String(name), places[name])]
            part.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
            part.Root.MarkInfo = Dictionary(Marked=True)
            roots += self._tree.close(part)
        _outline(part, self._paged, places)
        _page_labels(part, self._paged)
        _describe(part, self._paged)
        self._finisher.finish_file(part)
        info = part.docinfo
        return self._file.close(serialise_part(part, first, (*roots, info)), info.objgen[0])

    def _places(self, pages: Sequence[Object], linked: frozenset[str]) -> Places:
        """The destinations of sections, of headings, and of link targets."""
        wanted = linked | {heading.anchor for section in self._paged.sections for heading in section.headings}
        found: Places = {}
        start = 0
        for fragment, facts in zip(self._paged.fragments, self._facts, strict=True):
            found[fragment.slug] = Array([pages[start], Name.XYZ, 0, round(facts.height, 2), 0])
            for name, place in fragment.anchors.items():
                if (anchor := anchor_of(fragment.slug, name)) in wanted:
                    point = (round(place.x, 2), round(place.y, 2))
                    found[anchor] = Array([pages[start + place.page], Name.XYZ, *point, 0])
            start += len(facts.pages)
        return found


# --- pages --------------------------------------------------------------------------------------


def _by_section(leaves: Iterable[PageFurniture]) -> Iterator[list[PageFurniture]]:
    """The pages of each section, with the blank pages after it."""
    batch: list[PageFurniture] = []
    for leaf in leaves:
        if leaf.opening and batch:
            yield batch
            batch = []
        batch.append(leaf)
    yield batch


def _pages(fragments: Iterable[Fragment]) -> Iterator[_FurniturePage]:
    """Every page of some fragments, in order."""
    return ((fragment, page) for fragment in fragments for page in range(fragment.pages))


# --- outline, labels ----------------------------------------------------------------------------


def _outline(pdf: Pdf, paged: PagedVolume, places: Places) -> None:
    """Add bookmarks: every section, and the headings in it."""
    with pdf.open_outline() as outline:
        for section in paged.sections:
            language = paged.volume.manuscript.settings.language
            item = OutlineItem(_bookmark(section, language), places[section.slug])
            _nest(item, [heading for heading in section.headings if heading.anchor in places], places)
            outline.root.append(item)
    pdf.Root.PageMode = Name.UseOutlines


def _bookmark(section: Section, language: str) -> str:
    """The text of a section's bookmark: its number, in the digits of the book's language, and its title."""
    number = in_digits(section.number, language) if section.number else ""
    return f"{number} {section.title}" if number else str(section.title)


def _nest(root: OutlineItem, headings: list[Heading], places: Places) -> None:
    """Add headings below an outline item, each below the last one of a higher level."""
    stack = [(1, root)]
    for heading in headings:
        while stack[-1][0] >= heading.level:
            stack.pop()
        item = OutlineItem(heading.text, places[heading.anchor])
        stack[-1][1].children.append(item)
        stack.append((heading.level, item))


def _page_labels(pdf: Pdf, paged: PagedVolume) -> None:
    """Add folios as page labels (ISO 32000-1, 12.4.2); a new range starts where style or numbers begin anew."""
    labels = Array()
    expected: Folio | None = None
    for leaf in paged.leaves:
        if leaf.folio != expected:
            style = Name.D if leaf.folio.matter else Name.r
            labels.extend(Array([leaf.sheet, Dictionary(S=style, St=leaf.folio.number)]))
        expected = Folio(leaf.folio.matter, leaf.folio.number + 1)
    pdf.Root.PageLabels = Dictionary(Nums=labels)


# --- metadata -----------------------------------------------------------------------------------


def _describe(pdf: Pdf, paged: PagedVolume) -> None:
    """Add title, language, authors and dates to the catalogue, the info dictionary and XMP (PDF/UA-1, 7.1)."""
    volume = paged.volume
    settings = volume.manuscript.settings
    title = settings.title if volume.part is None else f"{volume.part.title} – {settings.title}"
    date = moment(volume.manuscript.project)
    pdf.Root.Lang = String(settings.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if direction(settings.language) == "rtl":
        pdf.Root.ViewerPreferences.Direction = Name.R2L
    stamp = date.strftime("D:%Y%m%d%H%M%SZ")
    producer = f"Florilegium {__version__}"
    pdf.docinfo.update({"/Title": title, "/Producer": producer, "/CreationDate": stamp, "/ModDate": stamp})
    own = tuple(map(str, volume.manuscript.own_authors(volume.part))) if volume.part else ()
    if own or settings.authors:
        pdf.docinfo["/Author"] = ", ".join(own or settings.authors)
    if settings.description:
        pdf.docinfo["/Subject"] = settings.description
    if settings.subjects:
        pdf.docinfo["/Keywords"] = "; ".join(settings.subjects)
    makers = people(volume.manuscript)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:creator"] = list(own or dict.fromkeys(person.name for person in makers if person.leading))
        xmp["dc:language"] = _Bag([settings.language])
        xmp["dc:identifier"] = identifier(settings, volume.edition)
        for key, value in variant_of(volume.edition).metadata.items():
            if not key.startswith("pdfuaid:") or _keeps_pdf_ua(volume):
                xmp[key] = value
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        xmp["pdf:Producer"] = producer
        for key, values in (
            ("dc:contributor", _Bag(person.name for person in makers if own or not person.leading)),
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


def _keeps_pdf_ua(volume: Volume) -> bool:
    """Whether the chapters have what PDF/UA-1 asks of authors: no heading level skipped, no picture without words."""
    manuscript = volume.manuscript
    return not any(True for check in (skipped_heading.check, missing_alt.check) for _ in check(manuscript))


class _Bag(set[str]):
    """An unordered XMP array that is always written in the same order."""

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__()))
