"""The navigation document (EPUB 3.3, 7): contents two levels deep, landmarks, and the pages of the print edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from book.epub.markup import EPUB_TYPE, document, element, language
from book.epub.pages import PageMark, page_break
from book.language.terms import terms
from book.model.editions import Section
from book.model.manuscript import Chapter
from book.project.names import document_address, document_name

UNLISTED = frozenset({"cover", "halftitlepage", "titlepage", "copyright-page", "toc"})
"""Roles of sections that a table of contents does not list (Chicago Manual of Style, 1.38)."""

LANDMARKS = frozenset({
    "acknowledgments", "afterword", "appendix", "bibliography", "colophon", "conclusion", "copyright-page", "cover",
    "epilogue", "foreword", "glossary", "halftitlepage", "index", "introduction", "loi", "preface", "prologue",
    "titlepage",
})  # fmt: skip
"""Roles that are a landmark's type (EPUB Structural Semantics Vocabulary), besides `toc` and `bodymatter`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    title: str
    """What it says."""
    href: str
    """The place it leads to, relative to the package document."""
    role: str
    """The role of its section; empty for a heading in one."""
    number: int | None = None
    """The chapter's number, where it has one."""
    language: str | None = None
    """BCP 47 tag, where the title's language is not the book's."""
    children: tuple[Entry, ...] = ()
    """The second level."""

    @property
    def label(self) -> str:
        """The number and the title, as one line of text."""
        return f"{self.number} {self.title}" if self.number else self.title


def file_name(section: Section) -> str:
    """The name of a section's file in the package."""
    return document_name(section.slug)


def entries(sections: Iterable[Section], chapters: Iterable[Chapter]) -> tuple[Entry, ...]:
    """The contents: a line for each section, in the order of the spine, and one for each heading of level 2.

    An empty table would not be valid (EPUB 3.3, 7.3): a book of nothing but unlisted sections lists them all.
    """
    ordered = tuple(sections)
    known = {chapter.slug: chapter for chapter in chapters}
    listed = [section for section in ordered if section.role not in UNLISTED]
    return tuple(_entry(section, known.get(section.slug)) for section in listed or ordered)


def _entry(section: Section, chapter: Chapter | None) -> Entry:
    """The line of one section."""
    return Entry(
        title=section.title,
        href=file_name(section),
        role=section.role,
        number=chapter.number if chapter else None,
        language=chapter.front.language if chapter else None,
        children=tuple(
            Entry(heading.text, document_address(heading.anchor), "")
            for heading in section.headings
            if heading.level == 2
        ),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """What the navigation document is as a page of the book, rather than as a list."""

    name: str
    """Its own file name in the package."""
    title: str
    """Its heading."""
    language: str
    """BCP 47 tag of the book's language."""
    stylesheets: tuple[str, ...]
    """Names of the stylesheets in the package."""
    edition: str
    """The edition's name, a class of the body as in every section."""


def navigation_document(
    page: Page, contents: Sequence[Entry], sections: Sequence[Section], marks: Sequence[PageMark] = ()
) -> bytes:
    """The document, as XHTML.

    `contents` are its lines, `sections` those of the spine, for the landmarks, and `marks` those of the
    pages of a print edition, in reading order; the one of the contents is set here.
    """
    links = [element("link", {"rel": "stylesheet", "type": "text/css", "href": name}) for name in page.stylesheets]
    head = element("head", {}, element("meta", {"charset": "utf-8"}), element("title", {}, page.title), *links)
    toc = element(
        "nav",
        {EPUB_TYPE: "toc", "role": "doc-toc", "id": "toc", "aria-labelledby": "toc-title"},
        element("h1", {"id": "toc-title"}, page.title),
        _list(contents),
    )
    places = element("ol", {}, *_landmarks(page, sections))
    landmarks = element("nav", {EPUB_TYPE: "landmarks", "hidden": "hidden"}, places)
    before = [page_break(mark) for mark in marks if mark.contents]
    pages = (_pages(page, marks),) if marks else ()
    attributes = {"class": f"epub {page.edition}", EPUB_TYPE: "frontmatter"}
    body = element("body", attributes, *before, toc, landmarks, *pages)
    return document(element("html", language(page.language), head, body))


def _list(contents: Sequence[Entry]) -> etree._Element:
    """The lines as nested lists."""
    return element("ol", {}, *(_item(entry) for entry in contents))


def _item(entry: Entry) -> etree._Element:
    """One line and those below it."""
    title = element("span", {"class": "title", **language(entry.language)}, entry.title)
    number = (element("span", {"class": "number"}, str(entry.number)), " ") if entry.number else ()
    link = element("a", {"href": entry.href}, *number, title)
    below = (_list(entry.children),) if entry.children else ()
    return element("li", {"class": entry.role} if entry.role else {}, link, *below)


def _landmarks(page: Page, sections: Sequence[Section]) -> Iterator[etree._Element]:
    """The landmarks in the order of the spine: the contents, where the text begins, and each part of its own kind."""
    yield _landmark("toc", f"{page.name}#toc", page.title)
    begin = next((section for section in sections if section.matter == "body"), None)
    for section in sections:
        if section is begin:
            yield _landmark("bodymatter", file_name(section), section.title)
        if section.role in LANDMARKS:
            title = terms(page.language)["titlepage"] if section.role == "titlepage" else section.title
            yield _landmark(section.role, file_name(section), title)


def _landmark(kind: str, href: str, title: str) -> etree._Element:
    """One landmark; `kind` is its `epub:type`."""
    return element("li", {}, element("a", {EPUB_TYPE: kind, "href": href}, title))


def _pages(page: Page, marks: Sequence[PageMark]) -> etree._Element:
    """The page list (EPUB 3.3, 7.4.3): reading systems have a place of their own for it."""
    items = (element("li", {}, element("a", {"href": mark.address(page.name)}, mark.label)) for mark in marks)
    label = terms(page.language)["pages"]
    attributes = {EPUB_TYPE: "page-list", "role": "doc-pagelist", "aria-label": label, "hidden": "hidden"}
    return element("nav", attributes, element("ol", {}, *items))
