"""Places the notes of a chapter: at the foot of the page, at the end of the chapter, or in a section of endnotes.

`book.manuscript.read` leaves calls in the text and all notes in one section at its end (see `syntax/notes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from book.model.editions import LINK
from book.model.manuscript import anchor_of

_IN_NOTES = {
    "p": "note-paragraph", "blockquote": "note-paragraph", "div": "note-paragraph", "aside": "note-paragraph",
    "pre": "note-code", "dt": "note-paragraph", "dd": "note-paragraph", "dl": "note-list", "ul": "note-list",
    "ol": "note-list", "li": "note-item",
}  # fmt: skip
"""The classes of what takes the place of block elements in a note at the foot of a page."""


@dataclass(frozen=True, slots=True)
class NoteApart:
    """A note for a section of endnotes."""

    number: int
    """Its number in its chapter, 1-based."""
    id: str
    """Its id in that section, which is its anchor in the chapter: `chapter-slug#fn-…`."""
    back: str
    """The anchor of its call."""
    element: etree._Element
    """The list item with its block elements."""


def at_foot(root: etree._Element, slug: str, terms: Mapping[str, str]) -> None:
    """Move each note of the chapter `slug` to its call, from where the layout engine moves it to the foot of the page.

    A note that is called in another note is put after that one. Further calls of a note link to it.
    """
    notes, section = _notes(root)
    order = {name: str(number) for number, name in enumerate(notes, start=1)}
    if section is not None:
        root.remove(section)
    placed: set[str] = set()

    def place(call: etree._Element, *, called: bool) -> None:
        name = call.get("href", "")[1:]
        link = {"data-href": LINK + anchor_of(slug, name), "aria-label": f"{terms['note']} {order[name]}"}
        call.set("href", link["data-href"])
        call.set("aria-label", link["aria-label"])
        if name in placed:
            return
        placed.add(name)
        note = _inline(notes[name], name, order[name])
        for key, value in link.items():
            note.set(key, value)
        if called:
            note.tail = call.tail
            _parent(call).replace(call, note)
        else:
            note.set("class", "footnote uncalled")
            outer = next(one for one in call.iterancestors("span") if one.get("class", "").startswith("footnote"))
            note.tail, outer.tail = outer.tail, None
            outer.addnext(note)
        for inner in list(_calls(note)):
            place(inner, called=False)

    for call in list(_calls(root)):
        place(call, called=True)


def _inline(note: etree._Element, name: str, number: str) -> etree._Element:
    """A note as an inline element, because a paragraph cannot contain blocks."""
    whole = etree.Element("span", {"class": "footnote", "id": name, "data-number": number})
    whole.extend(list(note))
    for element in whole.iterdescendants(etree.Element):
        kind = _IN_NOTES.get(str(element.tag))
        if kind:
            if element.tag == "ol":  # a span begins no count of its own
                element.set("style", f"counter-reset: list-item {int(element.get('start', '1')) - 1}")
            element.set("class", f"{kind} {element.get('class', '')}".strip())
            element.set("data-tag", element.tag)
            element.tag = "span"
    for child in whole:
        child.tail = None
    return whole


def behind_chapter(root: etree._Element, terms: Mapping[str, str], *, linked: bool = True) -> None:
    """Mark up calls and notes so that e-readers show them as pop-ups (EPUB 3.3 structural semantics, DPUB-ARIA 1.1).

    Without `linked`, the edition has no links: notes do not lead back to their calls.
    """
    notes, section = _notes(root)
    for call in _calls(root):
        call.set("data-epub-type", "noteref")
        call.set("role", "doc-noteref")
        if not linked:
            del call.attrib["href"]
            continue
        call.set("aria-label", f"{terms['note']} {call.text}")
        target = notes[call.get("href", "")[1:]]
        back = etree.SubElement(_end(target), "a")
        back.attrib.update({"href": f"#{call.get('id')}", "class": "backlink", "role": "doc-backlink"})
        back.set("aria-label", f"{terms['return']} ({call.text})")
        back.text = "↩\N{VARIATION SELECTOR-15}"
    if section is None:
        return
    section.attrib.update({"data-epub-type": "footnotes", "aria-label": terms["notes"]})
    for number, note in enumerate(notes.values(), start=1):
        aside = etree.Element("aside", {"data-epub-type": "footnote", "role": "doc-footnote", "class": "footnote"})
        aside.set("id", note.get("id", ""))
        first = etree.SubElement(aside, "span", {"class": "note-number"})
        first.text = f"{number}. "
        for child in list(note):
            aside.append(child)
        if len(aside) > 1 and aside[1].tag == "p":
            aside[1].insert(0, first)
            first.tail, aside[0].text = aside[0].text, None
        section.append(aside)
    for listing in section.findall("ol"):
        section.remove(listing)


def _end(note: etree._Element) -> etree._Element:
    """The element at the end of a note that can hold a link behind its last words; a new paragraph if there is none."""
    last = note
    while len(last) and last[-1].tag in ("blockquote", "dd", "div", "dl", "li", "ol", "p", "ul"):
        last = last[-1]
    fits = last.tag in ("dd", "li", "p") and (last is not note or not len(note))
    return last if fits else etree.SubElement(note, "p")


def apart(root: etree._Element, slug: str) -> tuple[NoteApart, ...]:
    """Remove the notes of the chapter `slug` from its body, and let their calls point to the section of endnotes.

    Every id in a note becomes its anchor in the chapter, which is unique in the book.
    """
    notes, section = _notes(root)
    backs: dict[str, str] = {}
    for call in _calls(root):
        name = call.get("href", "")[1:]
        backs.setdefault(name, anchor_of(slug, call.get("id", "")))
        call.set("href", LINK + anchor_of(slug, name))
        call.set("role", "doc-noteref")
    if section is None:
        return ()
    root.remove(section)
    for element in section.iterfind(".//*[@id]"):
        element.set("id", anchor_of(slug, element.get("id", "")))
    named = enumerate(notes.items(), start=1)
    return tuple(NoteApart(number, anchor_of(slug, name), backs[name], note) for number, (name, note) in named)


def add(root: etree._Element, made: Sequence[etree._Element]) -> None:
    """Add notes (list items) whose calls are in a body already, and number all notes in the order of their calls."""
    _, section = _notes(root)
    if section is None:
        section = etree.SubElement(root, "section", {"class": "footnotes", "data-notes": ""})
        etree.SubElement(section, "ol")
    listing = section.find("ol")
    assert listing is not None, "a section of notes has a list"
    listing.extend(made)
    known = {item.get("id", ""): item for item in listing}
    order: dict[str, int] = {}

    def number(element: etree._Element) -> None:
        for call in _calls(element):
            name = call.get("href", "")[1:]
            if name not in order and name in known:
                order[name] = len(order) + 1
                number(known[name])

    for block in root:
        if block is not section:
            number(block)
    for name in known:
        order.setdefault(name, len(order) + 1)
    listing[:] = sorted(known.values(), key=lambda item: order[item.get("id", "")])
    for call in _calls(root):
        call.text = str(order[call.get("href", "")[1:]])


def _calls(root: etree._Element) -> Iterator[etree._Element]:
    """The calls of notes, in document order."""
    return (link for link in root.iter("a") if link.get("data-note") is not None)


def _notes(root: etree._Element) -> tuple[dict[str, etree._Element], etree._Element | None]:
    """The notes of a body by id, in order, and the section that contains them (None without notes)."""
    section = root.find("section[@data-notes]")
    if section is None:
        return {}, None
    return {item.get("id", ""): item for item in section.iterfind("ol/li")}, section


def _parent(element: etree._Element) -> etree._Element:
    """The parent of an element."""
    parent = element.getparent()
    assert parent is not None, "a call stands in a block"
    return parent
