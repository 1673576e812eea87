"""The citations of chapters as a Pandoc document (pandoc-types 1.23), in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from book.model.manuscript import Chapter, Citation, anchor_of

Inline = dict[str, Any]
"""An inline element of Pandoc's document."""


@dataclass(slots=True)
class Document:
    """A Pandoc document while it is made. Citations are numbered, so that their results can be told apart."""

    keys: Mapping[str, str]
    """For the id of each cited source, its id in the document."""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    """A paragraph for each citation in the text, and for each note."""
    anchors: list[str] = field(default_factory=list)
    """The anchors of the citations by number; that of the first one for several in one pair of brackets."""


def make_document(chapters: Sequence[Chapter], citations: Sequence[Citation], keys: Mapping[str, str]) -> Document:
    """The document of some chapters; attributions of quotations are not in it."""
    document = Document(keys)
    known = {citation.mention.anchor: citation for citation in citations}
    for chapter in chapters:
        if 'data-key="' not in chapter.body:
            continue
        root = etree.fromstring(f"<body>{chapter.body}</body>")
        section = root.find("section[@data-notes]")
        notes = {item.get("id", ""): item for item in section.iterfind("ol/li")} if section is not None else {}
        if section is not None:
            root.remove(section)
        _add(document, root, chapter, known, notes)
    return document


def _add(
    document: Document,
    root: etree._Element,
    chapter: Chapter,
    known: Mapping[str, Citation],
    notes: dict[str, etree._Element],
) -> None:
    """Add the citations of an element, and of the notes that are called in it."""
    for element in root.iter("span", "a"):
        if is_cluster(element):
            if cited := _cite(document, element, chapter, known):
                document.blocks.append({"t": "Para", "c": [cited]})
            continue
        note = notes.pop(element.get("href", "")[1:], None) if element.get("data-note") is not None else None
        if note is not None:
            inside = [_cite(document, one, chapter, known) for one in note.iter("span") if is_cluster(one)]
            words: list[Inline] = [{"t": "Str", "c": "."}, *(one for one in inside if one)]
            document.blocks.append({"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": words}]}]})


def is_cluster(element: etree._Element) -> bool:
    """Whether an element is a citation that a style writes: several in brackets as one, none of an attribution."""
    if element.get("data-group") is not None:
        return True
    parent = element.getparent()
    alone = parent is None or parent.get("data-group") is None
    return alone and element.get("data-key") is not None and element.get("data-form") != "attribution"


def _cite(
    document: Document, element: etree._Element, chapter: Chapter, known: Mapping[str, Citation]
) -> Inline | None:
    """The citations of an element as one of Pandoc's; None where the source of one is not known."""
    spans = [element] if element.get("data-key") is not None else list(element)
    anchors = [anchor_of(chapter.slug, span.get("id", "")) for span in spans]
    if not spans or any(anchor not in known for anchor in anchors):
        return None
    number = len(document.anchors)
    document.anchors.append(anchors[0])
    cited = [
        _citation(span, document.keys[known[anchor].source.id]) for span, anchor in zip(spans, anchors, strict=True)
    ]
    return {"t": "Span", "c": [[f"c-{number}", [], []], [{"t": "Cite", "c": [cited, [{"t": "Str", "c": "?"}]]}]]}


def _citation(span: etree._Element, key: str) -> dict[str, Any]:
    """One citation: its source, its mode, and the words round it."""
    mode = "NormalCitation"
    if span.get("data-form") == "narrative":
        mode = "AuthorInText"
    elif span.get("data-suppressed") is not None:
        mode = "SuppressAuthor"
    locator = span.get("data-locator")
    return {
        **_plain(key, mode),
        "citationPrefix": list(_words(span.get("data-prefix") or "")),
        "citationSuffix": list(_words(f", {locator}" if locator else "")),
    }


def uncited(keys: Iterable[str]) -> dict[str, Any]:
    """Pandoc's `nocite`: sources that the bibliography lists even where nothing but an attribution cites them."""
    cited = [_plain(key, "NormalCitation") for key in keys]
    return {"t": "MetaInlines", "c": [{"t": "Cite", "c": [cited, [{"t": "Str", "c": "?"}]]}]}


def _plain(key: str, mode: str) -> dict[str, Any]:
    """A citation without words round it."""
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _words(text: str) -> Iterator[Inline]:
    """A text as Pandoc has it, word by word."""
    for place, word in enumerate(text.split()):
        if place:
            yield {"t": "Space"}
        yield {"t": "Str", "c": word}
