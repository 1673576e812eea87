"""The pages of a print edition, marked in the sections of a package (EPUB 3.3, D.2 `pagebreak`, `page-list`).

A mark stands at the very word that its page begins with: inside a paragraph where it must be, but never
inside a link, which is parted, and in front of a heading rather than in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lxml import etree

from book.epub.features import parse
from book.epub.markup import EPUB_TYPE, element
from book.model.editions import Section
from book.model.pages import Folio, PagedVolume
from book.pages.running_text import ATOMIC_ELEMENTS, INLINE, RunningText, local_name
from book.project.names import document_address
from book.store.store import NO_STORE, Store, key_of
from book.store.versions import engine_version

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of the print edition, and where it begins."""

    folio: Folio
    """Its number, as printed."""
    slug: str
    """The section that the mark stands in."""
    id: str
    """The mark's id."""
    contents: bool = False
    """The section is the contents, whose place the navigation document takes."""

    @property
    def label(self) -> str:
        """`xii`, `47`."""
        return str(self.folio)

    def address(self, contents: str) -> str:
        """The mark's address in the package; `contents` is the name of the navigation document."""
        return f"{contents}#{self.id}" if self.contents else document_address(f"{self.slug}#{self.id}")


def mark_pages(
    sections: Sequence[Section], paged: PagedVolume, store: Store = NO_STORE
) -> tuple[tuple[Section, ...], tuple[PageMark, ...]]:
    """The sections of a package with the pages of `paged` marked in them, and the marks in reading order.

    Blank pages, and sections that only the print edition has, have no mark; of the contents, which
    read differently, only the first page has one (it is for the navigation document to set). `store` keeps
    marked sections.
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
            html, ids = _recall(section, printed[section.slug], places, store)
            section = replace(section, html=html)  # noqa: PLW2901
            marks += (PageMark(folio, section.slug, id_) for folio, id_ in zip(pages, ids, strict=True))
        marked.append(section)
    return tuple(marked), tuple(marks)


def page_break(mark: PageMark) -> etree._Element:
    """The element of a mark (DPUB-ARIA 1.1, `doc-pagebreak`; its name is the folio)."""
    name = {"id": mark.id, "aria-label": mark.label}
    return element("span", {EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", **name}, "")


_Marked = tuple[str, tuple[str, ...]]
"""The document of a marked section, and the ids of the marks in reading order."""


def _recall(section: Section, printed: Section, pages: Sequence[tuple[Folio, int]], store: Store) -> _Marked:
    """A section with its pages marked, from the store if it is there; the arguments are those of `_mark`."""
    places = " ".join(f"{folio}@{place}" for folio, place in pages)
    key = key_of(engine_version(), section.html, printed.html, places)
    marked: _Marked = store.get_or_make("marked", key, _Marked, lambda: _mark(section, printed, pages))
    return marked


def _mark(section: Section, printed: Section, pages: Sequence[tuple[Folio, int]]) -> _Marked:
    """A section with its pages marked; `pages` are their folios and their places in the printed section."""
    root = parse(section)
    text, paper = RunningText(root), RunningText(parse(printed))
    places = _counterparts([place for _, place in pages], paper, text)
    taken = {part.get("id", "") for part in root.iter(etree.Element)}
    marks = [PageMark(folio, section.slug, _free(f"page-{folio}", taken)) for folio, _ in pages]
    together: dict[int, list[PageMark]] = defaultdict(list)
    for mark, place in zip(marks, places, strict=True):
        together[place].append(mark)
    for place, found in sorted(together.items(), reverse=True):
        _insert(text, place, [page_break(mark) for mark in found])
    return _serialise(root), tuple(mark.id for mark in marks)


def _free(name: str, taken: set[str]) -> str:
    """An id that nothing in the section has."""
    return name if name not in taken else _free(f"{name}-", taken)


# --- the same place in another edition ----------------------------------------------------------


def _counterparts(places: Sequence[int], paper: RunningText, text: RunningText) -> list[int]:
    """For places in one running text, the places of the same words in another that reads nearly alike.

    A word that the other text does not have gives the place of the next one that it has.
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
    """Put marks before the character at a place, in their order."""
    at = text.find(place)
    first = marks[0]
    if at is None:
        text.pieces[-1].holder.append(first)
    elif local_name(at[0].holder) in ATOMIC_ELEMENTS:
        at[0].holder.addprevious(first)
    else:
        _part_text(at[0].holder, at[0].child, at[1], first)
    _move_out(first)
    _part_links(first)
    for mark in marks[:0:-1]:
        tail, first.tail = first.tail, None
        first.addnext(mark)
        mark.tail = tail


def _part_text(holder: etree._Element, child: etree._Element | None, index: int, mark: etree._Element) -> None:
    """Put a mark into a text of `holder` (its own, or the tail of a child) before the character at `index`."""
    text = (holder.text if child is None else child.tail) or ""
    mark.tail = text[index:]
    if child is None:
        holder.text = text[:index]
        holder.insert(0, mark)
    else:
        child.tail = text[:index]
        holder.insert(holder.index(child) + 1, mark)


def _move_out(mark: etree._Element) -> None:
    """Move a mark in front of every inline element or heading that it stands at the very beginning of."""
    while (parent := mark.getparent()) is not None and local_name(parent) in INLINE | _HEADINGS:
        if mark.getprevious() is not None or (parent.text or "").strip():
            return
        parent.text = (parent.text or "") + (mark.tail or "")
        mark.tail = None
        parent.addprevious(mark)


def _part_links(mark: etree._Element) -> None:
    """Part every link that a mark stands in: a link before it, and one with the same address behind it."""
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
    """Attributes for the second part of an element: an id stays with the first."""
    return {str(name): str(value) for name, value in parted.attrib.items() if name != "id"}


def _serialise(root: etree._Element) -> str:
    """A document as text; elements that may have content keep an end tag, as an HTML parser wants."""
    for part in root.iter(etree.Element):
        if local_name(part) not in _VOID and not len(part) and part.text is None:
            part.text = ""
    return etree.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
