"""Marks the pages of a print edition in the sections of a package (EPUB 3.3, D.2 `pagebreak`, `page-list`).

A mark is put before the very word with which its page begins, if necessary inside a paragraph. It is never put inside a
link, which is split instead, and goes before a heading rather than into it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lxml import etree

from book.epub.features import parse
from book.epub.markup import EPUB_TYPE, element, serialise
from book.manuscript.draft import free_id
from book.model.editions import Section
from book.model.folios import Folio
from book.model.pages import PagedVolume
from book.pages.running_text import ATOMIC_ELEMENTS, INLINE, RunningText, local_name
from book.project.names import document_address
from book.store.store import NO_STORE, Store, key_of
from book.store.versions import engine_version

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of the print edition, and where it begins."""

    folio: Folio
    """Its page number."""
    slug: str
    """The section that contains the mark."""
    id: str
    """The mark's id."""
    contents: bool = False
    """Whether that section is the contents, which the navigation document replaces."""

    @property
    def label(self) -> str:
        """The page number as text: `xii`, `47`."""
        return str(self.folio)

    def address(self, contents: str) -> str:
        """The mark's address in the package; `contents` is the file name of the navigation document."""
        return f"{contents}#{self.id}" if self.contents else document_address(f"{self.slug}#{self.id}")


def mark_pages(
    sections: Sequence[Section], paged: PagedVolume, store: Store = NO_STORE
) -> tuple[tuple[Section, ...], tuple[PageMark, ...]]:
    """Mark the pages of a print edition in the sections of a package.

    Blank pages, and sections that only the print edition has, get no mark. The contents differ between editions, so
    only their first page gets one, which the navigation document places.

    Args:
        sections: The sections of the package.
        paged: The print edition.
        store: Keeps marked sections.

    Returns:
        The sections with marks, and the marks in reading order.
    """
    folios: dict[str, list[Folio]] = defaultdict(list)
    for leaf in paged.leaves:
        if not leaf.blank:
            folios[leaf.section.slug].append(leaf.folio)
    starts = {fragment.slug: fragment.starts for fragment in paged.fragments}
    printed = {section.slug: section for section in paged.sections}
    marked: list[Section] = []
    marks: list[PageMark] = []
    for section in sections:
        pages = folios.get(section.slug, [])
        if section.role == "toc":
            marks += (PageMark(folio, section.slug, f"page-{folio}", contents=True) for folio in pages[:1])
        elif pages:
            places = tuple(zip(pages, starts[section.slug], strict=True))
            html, ids = _mark_cached(section, printed[section.slug], places, store)
            section = replace(section, html=html)  # noqa: PLW2901
            marks += (PageMark(folio, section.slug, id_) for folio, id_ in zip(pages, ids, strict=True))
        marked.append(section)
    return tuple(marked), tuple(marks)


def page_break(mark: PageMark) -> etree._Element:
    """The element of a mark (DPUB-ARIA 1.1, `doc-pagebreak`), whose accessible name is the page number."""
    name = {"id": mark.id, "aria-label": mark.label}
    return element("span", {EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", **name}, "")


_Marked = tuple[str, tuple[str, ...]]
"""A marked section's document, and the ids of its marks in reading order."""


def _mark_cached(section: Section, printed: Section, pages: Sequence[tuple[Folio, int]], store: Store) -> _Marked:
    """Mark the pages of a section, or take the result from the store; arguments as in `_mark`."""
    places = " ".join(f"{folio}@{place}" for folio, place in pages)
    key = key_of(engine_version(), section.html, printed.html, places)
    marked: _Marked = store.get_or_make(
        "marked", key, _Marked, lambda: _mark(section, printed, pages), label=section.slug
    )
    return marked


def _mark(section: Section, printed: Section, pages: Sequence[tuple[Folio, int]]) -> _Marked:
    """Mark the pages of a section; `pages` are their folios and their places in the printed section's running text."""
    root = parse(section)
    text, paper = RunningText(root), RunningText(parse(printed))
    places = _map_places([place for _, place in pages], paper, text)
    taken = {part.get("id", "") for part in root.iter(etree.Element)}
    marks = [PageMark(folio, section.slug, free_id(f"page-{folio}", taken)) for folio, _ in pages]
    together: dict[int, list[PageMark]] = defaultdict(list)
    for mark, place in zip(marks, places, strict=True):
        together[place].append(mark)
    for place, found in sorted(together.items(), reverse=True):
        _insert(text, place, [page_break(mark) for mark in found])
    return serialise(root), tuple(mark.id for mark in marks)


# --- the same place in another edition ----------------------------------------------------------


def _map_places(places: Sequence[int], paper: RunningText, text: RunningText) -> list[int]:
    """Map places in one running text to the places of the same words in another, similar text.

    A place in a word that the other text lacks is mapped to the next word that it has.
    """
    if paper.text == text.text:
        return list(places)
    words, others = paper.word_list(), text.word_list()
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    found = []
    for place in places:
        word = max(paper.word(place), 0)
        block = next((block for block in blocks if word < block.a + block.size), blocks[-1])
        other = block.b + max(word - block.a, 0)
        into = place - paper.words[word] if block.a <= word and paper.words else 0
        found.append(text.words[other] + into if other < len(others) else len(text))
    return found


# --- marks in the tree --------------------------------------------------------------------------


def _insert(text: RunningText, place: int, marks: Sequence[etree._Element]) -> None:
    """Put marks before the character at a place, in order."""
    at = text.find(place)
    first = marks[0]
    if at is None:
        text.pieces[-1].holder.append(first)
    elif local_name(at[0].holder) in ATOMIC_ELEMENTS:
        at[0].holder.addprevious(first)
    else:
        _split_text(at[0].holder, at[0].child, at[1], first)
    _move_out(first)
    _split_links(first)
    for mark in marks[:0:-1]:
        tail, first.tail = first.tail, None
        first.addnext(mark)
        mark.tail = tail


def _split_text(holder: etree._Element, child: etree._Element | None, index: int, mark: etree._Element) -> None:
    """Insert a mark before character `index` of a text: the text of `holder`, or the tail of its `child`."""
    text = (holder.text if child is None else child.tail) or ""
    mark.tail = text[index:]
    if child is None:
        holder.text = text[:index]
        holder.insert(0, mark)
    else:
        child.tail = text[:index]
        holder.insert(holder.index(child) + 1, mark)


def _move_out(mark: etree._Element) -> None:
    """While a mark is at the very beginning of an inline element or heading, move it before that element."""
    while (parent := mark.getparent()) is not None and local_name(parent) in INLINE | _HEADINGS:
        if mark.getprevious() is not None or (parent.text or "").strip():
            return
        parent.text = (parent.text or "") + (mark.tail or "")
        mark.tail = None
        parent.addprevious(mark)


def _split_links(mark: etree._Element) -> None:
    """Split every link that contains a mark into a link before it and one with the same address after it."""
    while any(local_name(ancestor) == "a" for ancestor in mark.iterancestors()):
        before = mark.getparent()
        assert before is not None
        behind = before.makeelement(before.tag, _without_id(before))
        behind.text = mark.tail
        behind.extend(list(mark.itersiblings()))
        behind.tail, before.tail, mark.tail = before.tail, None, None
        before.addnext(behind)
        before.addnext(mark)


def _without_id(parted: etree._Element) -> dict[str, str]:
    """The attributes for the second part of a split element: the first part keeps the id."""
    return {str(name): str(value) for name, value in parted.attrib.items() if name != "id"}
