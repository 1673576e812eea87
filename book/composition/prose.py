"""Finishes a chapter's body for one edition: writes out citations, resolves references, places notes.

`book.manuscript.read` leaves placeholder elements where editions differ; this module replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from lxml import etree

from book.composition import notes
from book.composition.elements import Lay, lay_out_divisions, part_links, set_formulas
from book.composition.numbering import number_paragraphs, number_quotations, write_digits
from book.composition.reflowable import make_reflowable
from book.composition.styled_citations import write_styled
from book.language.bidi import attributes
from book.language.punctuation import WESTERN, Punctuation
from book.manuscript.xhtml import keep_end_tags
from book.model.manuscript import Chapter, Citation, anchor_of
from book.model.sources import Name
from book.model.styled import StyledCitation
from book.project.outputs import NotePlace, Output

_LONG_CAPTION = 100
"""Maximum length of a caption in the list of figures, in characters."""
_SHORT_TABLE = 9
"""Maximum number of rows of a table that is kept on one page."""
_LONGEST_EPIGRAPH = 600
"""Maximum length of an epigraph in characters: about twelve lines of 50 characters; longer ones are quotations."""
_SENTENCE = re.compile(r".+?(?:[^\W\d_]{3,}[.!?](?=\s)|$)", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")
_INTERNAL = frozenset({"data-group", "data-note", "data-notes"})
"""Attributes by which `read` tells what an element is: no author can write them."""


@dataclass(frozen=True, slots=True)
class Writer:
    """What an edition decides about a chapter's body. All texts that it returns are well-formed XHTML."""

    output: Output
    """The kind of edition."""
    cite: Callable[[Citation], str]
    """The text of a citation."""
    speakers: Callable[[Citation], Sequence[Name]]
    """The people whose words a citation is of."""
    refer: Callable[[str, str], tuple[str | None, str]]
    """For an anchor and the words of a reference to it: its address, and a text to put after the link.

    What is not in this edition has no address.
    """
    terms: Mapping[str, str]
    """The words of the book's language."""
    notes: NotePlace
    """Where the notes are put."""
    lay: Lay = lambda classes, name, content: None  # noqa: ARG005
    """What a layout of the project makes of a division."""
    styled: Mapping[str, StyledCitation] = field(default_factory=dict)
    """Citations that a CSL style writes, by their anchors; `cite` writes the others."""
    entry: Callable[[Citation], str | None] = lambda _: None
    """The address of the entry of a citation's source in the chronological index."""
    language: str = "en"
    """BCP 47 tag of the chapter's language."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """The numbers of quotations by their anchors; empty if the edition shows none."""
    in_margin: bool = False
    """Whether these numbers stand in the margin instead of after the attribution."""
    paragraphs: bool = False
    """Whether paragraphs have numbers."""
    marks: Punctuation = WESTERN
    """The punctuation of the book's language."""
    book_language: str = ""
    """BCP 47 tag of the book's language, in which citations are written; empty if it is the chapter's."""


@dataclass(frozen=True, slots=True)
class Endnote:
    """A finished note for a section of endnotes."""

    number: int
    """Its number in the chapter, 1-based."""
    id: str
    """Its id in the section of endnotes, which is its anchor in the chapter."""
    back: str
    """The anchor of its call."""
    html: str
    """Its block elements, XHTML."""


def finish(chapter: Chapter, citations: Mapping[str, Citation], targets: Mapping[str, str], writer: Writer) -> str:
    """Finish the body of a chapter for one edition.

    Args:
        chapter: The chapter.
        citations: Its citations by anchor.
        targets: For the anchor of each cross-reference, the anchor that it points to.
        writer: What the edition decides.

    Returns:
        Well-formed XHTML.
    """
    root = _write(chapter, citations, targets, writer)
    if writer.notes == "chapter":
        notes.behind_chapter(root, writer.terms, linked=writer.output.address is not None)
    elif writer.notes == "end":
        notes.apart(root, chapter.slug)
    else:
        notes.at_foot(root, chapter.slug, writer.terms)
    write_digits(root, writer.book_language or writer.language)
    return _serialise(root)


def endnotes(
    chapter: Chapter, citations: Mapping[str, Citation], targets: Mapping[str, str], writer: Writer
) -> tuple[Endnote, ...]:
    """The notes of a chapter for a section of endnotes, in order; arguments as in `finish`."""
    root = _write(chapter, citations, targets, writer)
    found = notes.apart(root, chapter.slug)
    for note in found:
        write_digits(note.element, writer.book_language or writer.language)
    return tuple(Endnote(note.number, note.id, note.back, _serialise(note.element).strip()) for note in found)


def captions(chapter: Chapter) -> tuple[tuple[str, str], ...]:
    """Anchor and caption of every figure of a chapter that has a caption, without credits and citations.

    A long caption is shortened to its first sentence.
    """
    if "<figcaption" not in chapter.body:
        return ()
    found = []
    for figure in etree.fromstring(f"<body>{chapter.body}</body>").iter("figure"):
        caption = figure.find("figcaption")
        if caption is not None and (text := _caption(caption)):
            found.append((anchor_of(chapter.slug, figure.get("id", "")), text))
    return tuple(found)


def _caption(caption: etree._Element) -> str:
    """The text of a caption for a list of figures, without a final full stop."""

    def skipped(part: etree._Element) -> bool:
        return part.get("class") == "credit" or any(
            name in part.attrib for name in ("data-group", "data-key", "data-note")
        )

    def words(element: etree._Element) -> str:
        inner = (("" if skipped(child) else words(child)) + (child.tail or "") for child in element)
        return (element.text or "") + "".join(inner)

    text = " ".join(words(caption).split())
    if len(text) > _LONG_CAPTION:
        text = _SENTENCE.match(text)[0]  # type: ignore[index]  # it matches any text
    return text.strip().removesuffix(".")


def _write(
    chapter: Chapter, citations: Mapping[str, Citation], targets: Mapping[str, str], writer: Writer
) -> etree._Element:
    """The tree of a body, with citations, references and images as the edition shows them."""
    root = etree.fromstring(f"<body>{chapter.body}</body>")
    if writer.output.paged:
        _number_lists(root)
    else:
        make_reflowable(root)
    if writer.styled:
        write_styled(root, chapter.slug, citations, writer.styled, writer.entry, writer.language)
    for group in root.iter("span"):
        if group.get("data-group") is not None:
            _bracket(group, writer.marks)
        elif group.get("data-key") is not None:
            _write_citation(group, citations[f"{chapter.slug}#{group.get('id')}"], writer)
    for link in list(root.iter("a")):
        if link.get("data-path") is not None:
            words = "".join(map(str, link.itertext()))
            _resolve(link, *writer.refer(targets[f"{chapter.slug}#{link.get('id')}"], words))
    part_links(root)
    for image in root.iter("img"):
        image.set("src", writer.output.picture(image.get("src", "")))
    _mark_epigraph(root)
    set_formulas(root, paged=writer.output.paged)
    if writer.paragraphs:
        number_paragraphs(root)
    lay_out_divisions(root, writer.lay)
    if writer.numbers:
        number_quotations(root, chapter.slug, writer.numbers, in_margin=writer.in_margin)
    _mark_short_tables(root)
    return root


def _number_lists(root: etree._Element) -> None:
    """Say in CSS with which number lists and items begin: the layout engine does not read HTML's attributes for it."""
    for element in root.iter("ol", "li"):
        name, prop, before = ("start", "counter-reset", 1) if element.tag == "ol" else ("value", "counter-set", 0)
        if (number := element.get(name, "")).isdigit():
            own = f"{prop}: list-item {int(number) - before}"
            element.set("style", "; ".join(filter(None, (element.get("style"), own))))


def _mark_short_tables(root: etree._Element) -> None:
    """Mark the tables that are kept on one page."""
    for table in root.iter("table"):
        if len(list(table.iter("tr"))) <= _SHORT_TABLE:
            table.set("class", f"{table.get('class', '')} short".strip())


def _mark_epigraph(root: etree._Element) -> None:
    """Mark a short quotation that opens a chapter and is followed by the chapter's own text as its epigraph."""
    first = root[0] if len(root) > 1 and root[1].tag == "p" else None
    if first is None or len(" ".join("".join(map(str, first.itertext())).split())) > _LONGEST_EPIGRAPH:
        return
    if "quotation" in (first.get("class") or "").split():
        first.attrib.update(
            {"class": f"{first.get('class')} epigraph", "role": "doc-epigraph", "data-epub-type": "epigraph"}
        )


def _bracket(group: etree._Element, marks: Punctuation) -> None:
    """Put parentheses round a group of citations, and semicolons between them; wide ones stand without a space."""
    group.text = marks.before.lstrip()
    for citation in group:
        citation.tail = marks.semicolon if citation.getnext() is not None else marks.after
    if marks.is_wide:
        before, parent = group.getprevious(), group.getparent()
        if before is not None:
            before.tail = (before.tail or "").rstrip(" ")
        elif parent is not None:
            parent.text = (parent.text or "").rstrip(" ")


def _write_citation(span: etree._Element, citation: Citation, writer: Writer) -> None:
    """Replace the placeholder of a citation with its text."""
    prefix = span.get("data-prefix")
    if citation.mention.form == "attribution" and _names_speaker(span, writer.speakers(citation)):
        citation = replace(citation, mention=replace(citation.mention, suppressed=True))
    if writer.book_language:
        for attribute, value in attributes(writer.book_language, writer.language).items():
            span.set(attribute.replace("xml:", "{http://www.w3.org/XML/1998/namespace}"), value)
    written = etree.fromstring(f"<span>{writer.cite(citation)}</span>")
    span.text = (f"{prefix} " if prefix else "") + (written.text or "")
    span.extend(list(written))
    for name in [name for name in span.attrib if str(name).startswith("data-")]:
        del span.attrib[name]


def _names_speaker(element: etree._Element, speakers: Sequence[Name]) -> bool:
    """Whether the words of its paragraph before a citation say who spoke: `— Ada Reed, [@reed]`."""
    words = ""
    while element.tag != "p" and (parent := element.getparent()) is not None:
        before = list(parent)[: parent.index(element)]
        told = (etree.tostring(one, encoding="unicode", method="text") for one in before)
        words = (parent.text or "") + "".join(told) + words
        element = parent
    return any(name.surname and name.surname in words for name in speakers)


def _resolve(link: etree._Element, address: str | None, after: str) -> None:
    """Set the address of a cross-reference; without one, turn it into plain text."""
    for name in ("data-path", "data-fragment"):
        if name in link.attrib:
            del link.attrib[name]
    if address is None:
        link.tag = "span"
    else:
        link.set("href", address)
    link.tail = after + (link.tail or "")


def _keeps_space(element: etree._Element) -> bool:
    """Whether white space counts in an element: code, also where a note made it an inline element."""
    return element.tag == "pre" or element.get("data-tag") == "pre"


def _is_uneven(text: str | None) -> TypeGuard[str]:
    """Whether a text has white space that is not one space."""
    return text is not None and ("\n" in text or "  " in text or "\t" in text or "\r" in text)


def _serialise(root: etree._Element) -> str:
    """The children of an element as text that XML and HTML parsers read alike.

    Line breaks become spaces, because the layout engine may break a line at them twice.
    """
    keep_end_tags(root)
    kept = any(map(_keeps_space, root.iter(etree.Element)))  # in few chapters
    for element in root.iter(etree.Element):
        for name in _INTERNAL.intersection(map(str, element.attrib)):
            del element.attrib[name]
        if kept and any(map(_keeps_space, (element, *element.iterancestors()))):
            continue
        if _is_uneven(element.text):
            element.text = _SPACE.sub(" ", element.text)
        for child in element:
            if _is_uneven(child.tail):
                child.tail = _SPACE.sub(" ", child.tail)
    parts = [etree.tostring(child, encoding="unicode") for child in root]
    return "".join(parts).replace(" data-epub-type=", " epub:type=")
