"""Puts the citations that a CSL style writes into a chapter's body: in the text, or as notes of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from lxml import etree

from book.composition import notes
from book.composition.csl_document import is_cluster
from book.model.manuscript import Citation, anchor_of
from book.model.styled import StyledCitation

_STOPS = re.compile(r"[.,;:!?…]+[”’\"'»)]*")
"""What a call of a note stands behind, if it follows the citation: punctuation, and what it is enclosed in."""
_ENDS_IN_STOP = re.compile(r"[.!?…][”’\"'»]*$")
"""The end of what a style writes behind which no full stop is set; behind a closing bracket one is: `(Reed, n.d.).`"""
_TAGS = re.compile(r"<[^>]*>")
_BEFORE_STOPS = frozenset({"fr"})
"""Languages in which calls of notes stand before punctuation."""


def write_styled(
    root: etree._Element,
    slug: str,
    citations: Mapping[str, Citation],
    styled: Mapping[str, StyledCitation],
    entry: Callable[[Citation], str | None],
    language: str,
) -> None:
    """Replace the placeholders of the citations that a style writes.

    Args:
        root: The body of a chapter.
        slug: The chapter's slug.
        citations: Its citations by anchor.
        styled: What the style writes, by the anchor of the (first) citation.
        entry: For a citation, the address of its source's entry in the chronological index.
        language: BCP 47 tag of the chapter's language.
    """
    made: list[etree._Element] = []
    for element in [span for span in root.iter("span") if is_cluster(span)]:
        spans = [element] if element.get("data-key") is not None else list(element)
        anchor = anchor_of(slug, spans[0].get("id", "")) if spans else ""
        if anchor not in styled:
            continue
        found, inner = styled[anchor], _nested(element, spans)
        address = entry(citations[anchor]) if len(spans) == 1 and found.note is None else None
        _write(inner, found.text, address)
        if _ENDS_IN_STOP.search(_TAGS.sub("", found.text)) and (element.tail or "").startswith("."):
            element.tail = (element.tail or "")[1:]  # `Ada Reed, Debate, 3.` in a note, `Acme Inc.` in a sentence
        if found.note is not None:
            made.append(_call_note(element, inner, spans[0].get("id", ""), found, language))
    if made:
        notes.add(root, made)


def _nested(element: etree._Element, spans: list[etree._Element]) -> etree._Element:
    """The places of citations one in another, so that all of them hold what is written; the innermost one."""
    element.text = None
    for outer, inner in pairwise(spans):
        outer.append(inner)
    for span in spans:
        span.text, span.tail = None, span.tail if span is element else None
        for name in [name for name in span.attrib if str(name).startswith("data-")]:
            del span.attrib[name]
    if "data-group" in element.attrib:
        del element.attrib["data-group"]
    return spans[-1]


def _write(span: etree._Element, html: str, address: str | None) -> None:
    """Put XHTML into an element, as a link where there is an address."""
    target = span
    if address and html:
        link = {"class": "biblioref", "data-epub-type": "biblioref", "role": "doc-biblioref", "href": address}
        target = etree.SubElement(span, "a", link)
    written = etree.fromstring(f"<span>{html}</span>")
    target.text = written.text
    target.extend(list(written))


def _call_note(
    element: etree._Element, inner: etree._Element, name: str, found: StyledCitation, language: str
) -> etree._Element:
    """Put the call of a new note at the end of an element; the note, as an item of the list of notes."""
    call = {"class": "noteref", "data-note": "", "id": f"fnref-{name}", "href": f"#fn-{name}"}
    etree.SubElement(inner, "a", call)
    tail = element.tail or ""
    stops = _STOPS.match(tail)
    moved = stops[0] if stops and language.split("-", maxsplit=1)[0].lower() not in _BEFORE_STOPS else ""
    element.tail = tail[len(moved) :]
    _end_before(inner[-1] if found.text else element, moved)
    note = etree.Element("li", {"id": f"fn-{name}"})
    note.append(etree.fromstring(f"<p>{found.note}</p>"))
    return note


def _end_before(element: etree._Element, stops: str) -> None:
    """End the text before an element without spaces, and with the given characters."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + stops
    elif parent is not None:
        parent.text = (parent.text or "").rstrip() + stops
