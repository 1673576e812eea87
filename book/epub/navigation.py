"""Makes the navigation document (EPUB 3.3, 7): contents, landmarks, and the print edition's page list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from book.citing.names import joined
from book.dates.digits import in_digits
from book.epub.markup import EPUB_TYPE, document, element, language
from book.epub.pages import PageMark, page_break
from book.model.editions import Section
from book.model.manuscript import Chapter, Manuscript
from book.model.outline import OutlineEntry, nested
from book.project.names import document_address, document_name

UNLISTED = frozenset({"cover", "halftitlepage", "titlepage", "copyright-page", "toc"})
"""Roles of sections that the table of contents does not list (Chicago Manual of Style, 1.38)."""

LANDMARKS = frozenset({
    "acknowledgments", "afterword", "appendix", "bibliography", "colophon", "conclusion", "copyright-page", "cover",
    "epilogue", "foreword", "glossary", "halftitlepage", "index", "introduction", "loi", "preface", "prologue",
    "titlepage",
})  # fmt: skip
"""Roles that are also landmark types (EPUB Structural Semantics Vocabulary), besides `toc` and `bodymatter`."""

_BESIDE = " – "
"""What stands between the title of a chapter and its author; a list of links has no place for another line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the table of contents."""

    title: str
    """Its text."""
    href: str
    """Its target, relative to the package document."""
    role: str
    """The role of its section; empty for a heading within one."""
    number: str = ""
    """The chapter's number as it is written; empty if it has none."""
    author: str = ""
    """Who wrote the chapter; empty if that is nobody of its own."""
    language: str | None = None
    """BCP 47 tag of the title, if it is not the book's language."""
    children: tuple[Entry, ...] = ()
    """The entries below it."""

    @property
    def label(self) -> str:
        """Number, title and author as one line of text."""
        words = f"{self.number} {self.title}" if self.number else self.title
        return f"{words}{_BESIDE}{self.author}" if self.author else words


def file_name(section: Section) -> str:
    """The file name of a section in the package."""
    return document_name(section.slug)


def entries(sections: Iterable[Section], manuscript: Manuscript, deepest: int) -> tuple[Entry, ...]:
    """The table of contents: an entry for each section in spine order, and below it those for its headings.

    An empty table would be invalid (EPUB 3.3, 7.3), so a book with only unlisted sections lists them all.

    Args:
        sections: The sections in spine order.
        manuscript: The book, with the chapters among them, in the digits of whose language numbers are written.
        deepest: The lowest level of headings that is listed; 1 for the sections alone.
    """
    ordered = tuple(section for section in sections if not section.continues)
    known = {chapter.slug: chapter for chapter in manuscript.chapters}
    listed = [section for section in ordered if section.role not in UNLISTED]
    return tuple(_entry(section, known.get(section.slug), deepest, manuscript) for section in listed or ordered)


def _entry(section: Section, chapter: Chapter | None, deepest: int, manuscript: Manuscript) -> Entry:
    """The entry of one section."""
    language = manuscript.settings.language
    number = chapter.listed_number if chapter else None
    return Entry(
        title=section.title if section.title.strip() else section.slug,
        href=file_name(section),
        role=section.role,
        number=in_digits(number, language) if number else "",
        author=joined(manuscript.own_authors(chapter), language) if chapter else "",
        language=chapter.front.language if chapter else None,
        children=tuple(map(_below, nested(section.headings, deepest))),
    )


def _below(entry: OutlineEntry) -> Entry:
    """The entry of a heading."""
    heading = entry.heading
    return Entry(heading.text, document_address(heading.anchor), "", children=tuple(map(_below, entry.below)))


def depth(contents: Sequence[Entry]) -> int:
    """The number of levels of a table of contents."""
    return 1 + max((depth(entry.children) for entry in contents), default=0) if contents else 0


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """The navigation document as a visible page of the book."""

    name: str
    """Its file name in the package."""
    title: str
    """Its heading."""
    language: str
    """BCP 47 tag of the book's language."""
    stylesheets: tuple[str, ...]
    """File names of the stylesheets in the package."""
    edition: str
    """The edition's name, which is a class of `body` as in every section."""
    terms: Mapping[str, str]
    """The words that the book is set with."""


def navigation_document(
    page: ContentsPage, contents: Sequence[Entry], sections: Sequence[Section], marks: Sequence[PageMark] = ()
) -> bytes:
    """Write the navigation document as XHTML.

    Args:
        page: Its properties as a page.
        contents: The table of contents.
        sections: The sections of the spine, for the landmarks.
        marks: The pages of a print edition, in reading order; the mark of the contents page is placed here.
    """
    links = [element("link", {"rel": "stylesheet", "type": "text/css", "href": name}) for name in page.stylesheets]
    head = element("head", {}, element("meta", {"charset": "utf-8"}), element("title", {}, page.title), *links)
    toc = element(
        "nav",
        {EPUB_TYPE: "toc", "role": "doc-toc", "id": "toc", "aria-labelledby": "toc-title"},
        element("h1", {"id": "toc-title"}, page.title),
        _list(contents),
    )
    places = tuple(_landmarks(page, sections))
    known = {EPUB_TYPE: "landmarks", "hidden": "hidden"}
    landmarks = (element("nav", known, element("ol", {}, *places)),) if places else ()
    before = [page_break(mark) for mark in marks if mark.contents]
    pages = (_pages(page, marks),) if marks else ()
    attributes = {"class": f"epub {page.edition}", EPUB_TYPE: "frontmatter"}
    body = element("body", attributes, *before, toc, *landmarks, *pages)
    return document(element("html", language(page.language), head, body))


def _list(contents: Sequence[Entry]) -> etree._Element:
    """Entries as nested lists."""
    return element("ol", {}, *(_item(entry) for entry in contents))


def _item(entry: Entry) -> etree._Element:
    """One entry and those below it."""
    title = element("span", {"class": "title", **language(entry.language)}, entry.title)
    number = (element("span", {"class": "number"}, str(entry.number)), " ") if entry.number else ()
    author = (_BESIDE, element("span", {"class": "author"}, entry.author)) if entry.author else ()
    link = element("a", {"href": entry.href}, *number, title, *author)
    below = (_list(entry.children),) if entry.children else ()
    return element("li", {"class": entry.role} if entry.role else {}, link, *below)


def _landmarks(page: ContentsPage, sections: Sequence[Section]) -> Iterator[etree._Element]:
    """The landmarks in spine order: the contents, the beginning of the text, and sections with landmark roles.

    Without a section of contents, the navigation document is not in the spine, and no landmark may lead there.
    """
    if any(section.role == "toc" for section in sections):
        yield _landmark("toc", f"{page.name}#toc", page.title)
    begin = next((section for section in sections if section.matter == "body"), None)
    for section in (one for one in sections if not one.continues):
        if section is begin:
            yield _landmark("bodymatter", file_name(section), section.title)
        if section.role in LANDMARKS:
            title = page.terms["titlepage"] if section.role == "titlepage" else section.title
            yield _landmark(section.role, file_name(section), title)


def _landmark(kind: str, href: str, title: str) -> etree._Element:
    """One landmark; `kind` is its `epub:type`."""
    return element("li", {}, element("a", {EPUB_TYPE: kind, "href": href}, title))


def _pages(page: ContentsPage, marks: Sequence[PageMark]) -> etree._Element:
    """The page list (EPUB 3.3, 7.4.3); hidden, because reading systems show it in a menu of their own."""
    items = (element("li", {}, element("a", {"href": mark.address(page.name)}, mark.label)) for mark in marks)
    label = page.terms["pages"]
    attributes = {EPUB_TYPE: "page-list", "role": "doc-pagelist", "aria-label": label, "hidden": "hidden"}
    return element("nav", attributes, element("ol", {}, *items))
