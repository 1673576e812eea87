"""Fragments joined into one tagged PDF. With `structure` and `typefaces`, all that knows the PDF library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from book import __version__
from book.identity import identifier, moment, publication_date
from book.model import LINK, Edition, Fragment, Heading, PagedVolume, PageFurniture, anchor_of
from book.people import people
from book.structure import StructureTree
from book.typefaces import embed, unite
from book.variants import variant_of

Places = dict[str, Array]


def bind(paged: PagedVolume) -> bytes:
    """The PDF of a paged volume: the same bytes for the same input.

    Its parts, in this order: pages, structure tree (reading order is the order of the sections),
    fonts, page furniture as artifacts, links, outline, page labels, metadata; then what the variant asks for.
    """
    variant = variant_of(paged.volume.edition)
    pdf = Pdf.new()
    first_pages = _join_pages(pdf, paged)
    _merge_fonts(pdf, paged)
    places = _places(pdf, paged, first_pages)
    _connect_links(pdf, places)
    _outline(pdf, paged, places)
    _page_labels(pdf, paged)
    _describe(pdf, paged)
    variant.finish(pdf, paged)
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        min_version=variant.version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return target.getvalue()


def prepare(edition: Edition) -> None:
    """Load what binding an edition needs: the variant, and what reads and writes XMP."""
    variant_of(edition)
    with Pdf.new() as pdf, pdf.open_metadata():
        pass


# --- pages and their structure ------------------------------------------------------------------


def _join_pages(pdf: Pdf, paged: PagedVolume) -> dict[str, int]:
    """Copy every fragment's pages and structure; gives the sheet, 0-based, each section begins on."""
    tree = StructureTree(pdf, paged.volume.manuscript.settings.language)
    furniture = [Pdf.open(BytesIO(fragment.pdf)) for fragment in paged.furniture]
    overs = [page for source in furniture for page in source.pages]
    sheets: dict[str, int] = {}
    fragments = iter(zip(paged.sections, paged.fragments, strict=True))
    for leaf in paged.leaves:
        if leaf.opening:
            section, fragment = next(fragments)
            sheets[section.slug] = leaf.sheet
            _append(pdf, tree, fragment)
        elif leaf.blank:
            pdf.add_blank_page(page_size=_page_size(pdf.pages[-1]))
            pdf.pages[-1].obj.Contents.write(b"\n")  # Ghostscript takes a compressed stream of nothing for an error
    for leaf, page, over in zip(paged.leaves, pdf.pages, overs, strict=True):
        if not leaf.blank:
            _furnish(pdf, page, over)
        page.obj.Tabs = Name.S
    tree.close()
    return sheets


def _append(pdf: Pdf, tree: StructureTree, fragment: Fragment) -> None:
    """Append the pages of a fragment, and then its structure."""
    source = Pdf.open(BytesIO(fragment.pdf))
    start = len(pdf.pages)
    pdf.pages.extend(source.pages)
    tree.append(source, fragment.slug, list(pdf.pages)[start:])


def _page_size(page: Page) -> tuple[float, float]:
    """Width and height of a trimmed page in pt."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return right - left, top - bottom


def _furnish(pdf: Pdf, page: Page, furniture: Page) -> None:
    """Lay furniture under the page's content, as an artifact (PDF 32000-1, 14.8.2.2).

    It goes first, because a page's own content leaves its coordinates changed.
    """
    form = pdf.copy_foreign(furniture.as_form_xobject())
    form.BBox = Array(furniture.mediabox)  # with the bleed
    resources = Dictionary(dict(page.obj.Resources.items()))
    forms = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
    forms.Furniture = form
    resources.XObject = forms
    page.obj.Resources = resources
    page.contents_add(b"/Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC\n", prepend=True)


# --- fonts --------------------------------------------------------------------------------------


def _merge_fonts(pdf: Pdf, paged: PagedVolume) -> None:
    """Let every page use one font object for each face."""
    faces = [face for fragment in (*paged.fragments, *paged.furniture) for face in fragment.faces]
    unions = unite(faces)
    merged: dict[str, Object] = {}
    done: set[tuple[int, int]] = set()
    for fonts in _font_dictionaries(pdf):
        if fonts.objgen in done:
            continue
        done.add(fonts.objgen)
        for key, font in list(fonts.items()):
            name = str(font.BaseFont)[1:]
            if name not in merged:
                merged[name] = embed(pdf, unions[name], font)
            fonts[key] = merged[name]


def _font_dictionaries(pdf: Pdf) -> Iterator[Object]:
    """The font resources of every page and of every form on it."""
    seen: set[tuple[int, int]] = set()

    def of(resources: Object) -> Iterator[Object]:
        if "/Font" in resources:
            yield resources.Font
        for kind in ("/XObject", "/Pattern"):
            for item in resources.get(kind, Dictionary()).values():
                if item.objgen not in seen and "/Resources" in item:
                    seen.add(item.objgen)
                    yield from of(item.Resources)

    for page in pdf.pages:
        if "/Resources" in page.obj:
            yield from of(page.obj.Resources)


# --- links, outline, labels ---------------------------------------------------------------------


def _places(pdf: Pdf, paged: PagedVolume, sheets: dict[str, int]) -> Places:
    """The destination of every anchor."""
    found: Places = {}
    pages = [page.obj for page in pdf.pages]
    for section, fragment in zip(paged.sections, paged.fragments, strict=True):
        start = sheets[section.slug]
        _, height = _page_size(pdf.pages[start])
        found[section.slug] = Array([pages[start], Name.XYZ, 0, round(height, 2), 0])
        for name, place in fragment.anchors.items():
            page = pages[start + place.page]
            found[anchor_of(section.slug, name)] = Array([page, Name.XYZ, round(place.x, 2), round(place.y, 2), 0])
    return found


def _connect_links(pdf: Pdf, places: Places) -> None:
    """Turn links to places in the book into named destinations, of which only the used ones are kept."""
    used: Places = {}
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.A.URI) if "/A" in annotation else ""
            if address.startswith(LINK):
                anchor = unquote(address.removeprefix(LINK))
                del annotation["/A"]
                annotation.Dest = String(anchor)
                used[anchor] = places[anchor]
    names = [part for anchor in sorted(used) for part in (String(anchor), used[anchor])]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))


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
    pdf.Root.MarkInfo = Dictionary(Marked=True)
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
