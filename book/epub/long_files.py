"""Splits the files of very long chapters at their headings, because many devices load a file whole and become slow.

A chapter is split at its highest headings; what is too long even then, at the next lower ones. Pieces that follow one
another and are short enough together stay in one file. Notes go into the file that calls them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree

from book.epub.features import parse
from book.epub.long_links import ids_of, lead_on, linked
from book.epub.markup import EPUB_TYPE, XHTML, serialise
from book.epub.pages import PageMark
from book.model.editions import Section
from book.model.manuscript import anchor_of
from book.problem import Checked, Problem, Span, note
from book.project.names import document_name

KILOBYTE = 1000
"""The bytes of a kilobyte (IEC 80000-13)."""

_FRAME = 500
"""Bytes of a file around its head and its blocks, about."""
_TOLERANCE = 1.1
"""How much larger than the limit a file may become by links, which are longer where they lead to another file."""


@dataclass(slots=True)
class _Moved:
    """Where the elements with ids are that are no longer in their chapter's first file."""

    slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    """The slug of the file, by the slug of the chapter and the element's id."""

    def names(self) -> dict[tuple[str, str], str]:
        """The same by file names."""
        return {(document_name(slug), name): document_name(found) for (slug, name), found in self.slugs.items()}


def split_long(
    sections: Sequence[Section], marks: Sequence[PageMark], chapters: Container[str], largest: int
) -> Checked[tuple[tuple[Section, ...], tuple[PageMark, ...]]]:
    """Split every chapter whose file is too large, and lead all links to where their targets are then.

    Problem: a note `long-file` for what is too large and has no heading at which it could be split.

    Args:
        sections: The sections of a package, with marks for the pages.
        marks: These marks.
        chapters: The slugs of the sections that are chapters.
        largest: The largest size of a file in kilobytes; 0 to split none.

    Returns:
        The sections, where each further file of a chapter follows as a section that `continues` it; and the marks.
    """
    limit = largest * KILOBYTE
    if not limit or all(_size(section) <= limit for section in sections if section.slug in chapters):
        return Checked((tuple(sections), tuple(marks)))
    moved = _Moved()
    taken = {section.slug for section in sections}
    files: list[Section] = []
    for section in sections:
        if section.slug in chapters and _size(section) > limit:
            files += _split(section, limit, taken, moved)
        else:
            files.append(section)
    names = moved.names()
    found = tuple(linked(section, names) for section in files)
    moved_marks = tuple(replace(mark, slug=moved.slugs.get((mark.slug, mark.id), mark.slug)) for mark in marks)
    return Checked((found, moved_marks), tuple(_too_long(found, chapters, limit)))


def _size(section: Section) -> int:
    """The size of a section's file in bytes; encoded only if it could matter."""
    return len(section.html.encode())


def _too_long(files: Sequence[Section], chapters: Container[str], limit: int) -> Iterator[Problem]:
    """A note for each chapter with a file that could not be made small enough."""
    told: set[str] = set()
    for section in files:
        slug = section.continues or section.slug
        if slug in chapters and (size := _size(section)) > limit * _TOLERANCE and slug not in told:
            told.add(slug)
            message = f"a file of this chapter has {size // KILOBYTE} kB in the e-book, and no heading to split it at"
            hint = f"some devices are slow with more than {limit // KILOBYTE} kB; headings would help"
            yield note("long-file", message, Span(section.path), hint)


# --- one chapter --------------------------------------------------------------------------------


def _split(section: Section, limit: int, taken: set[str], moved: _Moved) -> Iterator[Section]:
    """The files of one chapter, in order; `taken` are slugs, to which those of its files are added."""
    root = parse(section)
    wrapper = root.find(f"{{{XHTML}}}body/{{{XHTML}}}section")
    head = root.find(f"{{{XHTML}}}head")
    room = limit - _FRAME - (0 if head is None else len(etree.tostring(head, encoding="utf-8")))
    ranges = _Blocks(wrapper, room).files() if wrapper is not None else []
    if wrapper is None or len(ranges) < 2:
        yield section
        return
    notes = next(filter(_holds_notes, wrapper), None)
    if notes is not None:
        wrapper.remove(notes)
    blocks = list(wrapper)
    groups = [blocks[begin:end] for begin, end in ranges]
    further = (_free_slug(f"{section.slug}-{number}", taken) for number in range(2, len(groups) + 1))
    slugs = [section.slug, *further]
    roots = [_file(root, section, group, first=group is groups[0]) for group in groups]
    if notes is not None:
        _share_notes(notes, roots)
    for slug, part in zip(slugs[1:], roots[1:], strict=True):
        moved.slugs |= {(section.slug, name): slug for name in ids_of(part)}
    headings = tuple(
        replace(one, anchor=anchor_of(moved.slugs.get((section.slug, name), section.slug), name))
        for one in section.headings
        for name in (one.anchor.partition("#")[2],)
    )
    names = moved.names()
    for slug, part in zip(slugs, roots, strict=True):
        lead_on(part, section.slug, slug, names)
        first = slug == section.slug
        yield replace(
            section, slug=slug, html=serialise(part), headings=headings if first else (),
            images=section.images if first else (), continues="" if first else section.slug,
        )  # fmt: skip


def _free_slug(slug: str, taken: set[str]) -> str:
    """A slug that no section has, which is then taken."""
    while slug in taken:
        slug += "x"
    taken.add(slug)
    return slug


class _Blocks:
    """The blocks of a chapter, and at which of them its files can begin."""

    def __init__(self, wrapper: etree._Element, limit: int) -> None:
        self.limit = limit
        self.blocks = [block for block in wrapper if not _holds_notes(block)]
        self.sizes = [len(etree.tostring(block, encoding="utf-8")) for block in self.blocks]
        self.levels = dict(self._cuts())
        """The level of the heading before which a file can begin, by the index of its first block."""
        self._count_notes(wrapper)

    def _cuts(self) -> Iterator[tuple[int, int]]:
        """Where files can begin: before a heading and the page marks in front of it, but not just below another one."""
        begin, below_heading = 0, True
        for index, block in enumerate(self.blocks):
            if block.get("role") == "doc-pagebreak":
                continue
            level = _level(block)
            if level and not below_heading:
                yield begin, level
            begin, below_heading = index + 1, bool(level) or block.tag == f"{{{XHTML}}}header"

    def _count_notes(self, wrapper: etree._Element) -> None:
        """Add the sizes of notes to those of the blocks that call them."""
        notes = next(filter(_holds_notes, wrapper), ())
        sizes = {note.get("id", ""): len(etree.tostring(note, encoding="utf-8")) for note in notes}
        for index, block in enumerate(self.blocks):
            self.sizes[index] += sum(sizes.pop(name, 0) for name in _called(block))

    def files(self) -> list[tuple[int, int]]:
        """The files as ranges of blocks."""
        return self._files(0, len(self.blocks), 1)

    def _files(self, begin: int, end: int, level: int) -> list[tuple[int, int]]:
        """Some blocks as files: split at headings of a level and above, and if need be below."""
        if sum(self.sizes[begin:end]) <= self.limit or level > 6:
            return [(begin, end)]
        starts = [begin, *(at for at, found in self.levels.items() if begin < at < end and found <= level), end]
        found: list[tuple[int, int]] = []
        room = 0
        for start, stop in pairwise(starts):
            size = sum(self.sizes[start:stop])
            if size > self.limit:
                found += self._files(start, stop, level + 1)
                room = 0
            elif size <= room:
                found[-1] = (found[-1][0], stop)
                room -= size
            else:
                found.append((start, stop))
                room = self.limit - size
        return found


def _level(block: etree._Element) -> int:
    """The level of a heading; 0 for any other block."""
    found = re.fullmatch(rf"\{{{XHTML}\}}h([1-6])", str(block.tag))
    return int(found[1]) if found else 0


def _holds_notes(block: etree._Element) -> bool:
    """Whether a block is the section with the notes of a chapter."""
    return block.get(EPUB_TYPE) == "footnotes"


def _called(element: etree._Element) -> Iterator[str]:
    """The ids of the notes that are called in an element, in order."""
    for link in element.iter(f"{{{XHTML}}}a"):
        if link.get("role") == "doc-noteref":
            yield link.get("href", "").removeprefix("#")


# --- the files ----------------------------------------------------------------------------------


def _file(root: etree._Element, section: Section, blocks: Sequence[etree._Element], *, first: bool) -> etree._Element:
    """One file with some blocks of a chapter; the first one is the chapter, the others say which one they continue."""
    made = copy.copy(root)
    made[:] = [copy.deepcopy(part) for part in root.iterchildren(f"{{{XHTML}}}head")]
    made.text = root.text
    body = root.find(f"{{{XHTML}}}body")
    assert body is not None, "a document has a body"
    own = etree.SubElement(made, body.tag, _attributes(body))
    own.text, own.tail = "\n", "\n"
    for child in body:
        if child.tag != f"{{{XHTML}}}section":
            own.extend([copy.deepcopy(child)] if first else [])
            continue
        kept = _attributes(child) if first else {
            "class": f"{child.get('class', '')} continued".strip(), "aria-label": section.title,
        }  # fmt: skip
        wrapper = etree.SubElement(own, child.tag, kept)
        wrapper.text, wrapper.tail = "\n", "\n"
        wrapper.extend(blocks)
    title = made.find(f"{{{XHTML}}}head/{{{XHTML}}}title")
    headings = {heading.anchor.partition("#")[2]: heading.text for heading in section.headings}
    here = [headings[name] for block in blocks if (name := block.get("id", "")) in headings]
    if title is not None and here and not first:
        title.text = f"{title.text}: {here[0]}"
    return made


def _attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an element, for a copy of it."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def _share_notes(notes: etree._Element, roots: Sequence[etree._Element]) -> None:
    """Put each note into the file that calls it first, and those that are called nowhere into the last one."""
    known = {note.get("id", ""): note for note in notes}
    homes: dict[str, int] = {}

    def settle(element: etree._Element, home: int) -> None:
        for name in _called(element):
            if name in known and name not in homes:
                homes[name] = home
                settle(known[name], home)

    for number, root in enumerate(roots):
        settle(root, number)
    for number, root in enumerate(roots):
        own = [note for name, note in known.items() if homes.get(name, len(roots) - 1) == number]
        wrapper = root.find(f"{{{XHTML}}}body/{{{XHTML}}}section")
        if own and wrapper is not None:
            section = etree.SubElement(wrapper, notes.tag, _attributes(notes))
            section.text, section.tail = notes.text, "\n"
            section.extend(own)
