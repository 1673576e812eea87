"""Footnotes: `[^label]` and `[^label]: the note`, in the form that each edition starts from.

Calls become `<a class="noteref" id="fnref-label" href="#fn-label">1</a>`; the notes stand at the end, in
`<section class="footnotes"><ol><li id="fn-label">…</li></ol></section>`, in the order of their calls.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from lxml import etree
from lxml.etree import _Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from book.manuscript.draft import Draft, parent_of
from book.manuscript.marks import MARK, number
from book.problem import error, warning

Match = tuple[Element | None, int | None, int | None]
_PREFIX = "fn:"
_UNKNOWN = "unknown-note"


class UnknownNote(InlineProcessor):
    """`[^label]` that the footnotes extension left, because there is no such note."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """An element that tells the transform of it."""
        element = Element("span", {"data-form": _UNKNOWN, "data-key": m[1]})
        at = number(data[m.start()])
        if at is not None:
            element.set("data-at", at)
        return element, m.start(0), m.end(0)


class NoteExtension(Extension):
    """Runs directly after the footnotes extension's pattern (priority 175)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processor."""
        md.inlinePatterns.register(UnknownNote(rf"{MARK}?(?<!!)\[\^([^\]\s]+)\](?!\()", md), "unknown-note", 174)


def transform(draft: Draft) -> None:
    """Number calls and notes in the order of the text, and report those that do not find each other."""
    _report_unknown(draft)
    listing = next((div for div in draft.root.iter("div") if div.get("class") == "footnote"), None)
    if listing is None:
        return
    notes = {item.get("id", "")[len(_PREFIX) :]: item for item in listing.iterfind("ol/li")}
    parent_of(listing).remove(listing)
    called = _number(draft, notes)
    if called:
        section = etree.SubElement(draft.root, "section", {"class": "footnotes"})
        etree.SubElement(section, "ol").extend(_finish(notes[label]) for label in called)
    for label in notes:
        if label not in called:
            at = draft.places.search(rf"^[ >]*\[\^{re.escape(label)}\]:")
            draft.problems.append(warning("unused-note", f'nothing calls the note "{label}"', at))


def _report_unknown(draft: Draft) -> None:
    """Report calls without a note, and show them as they were written."""
    for call in list(draft.root.iter("span")):
        if call.get("data-form") == _UNKNOWN:
            label = call.get("data-key") or ""
            hint = f"write it: [^{label}]: …"
            draft.problems.append(error("unknown-note", f'there is no note "{label}"', draft.at(call), hint))
            call.text = f"[^{label}]"
            call.drop_tag()  # type: ignore[attr-defined]


def _number(draft: Draft, notes: dict[str, _Element]) -> dict[str, int]:
    """Replace the calls in the text, then those in notes that were called; the labels with their numbers, in order."""
    numbers: dict[str, int] = {}
    queue = [draft.root]
    for part in queue:
        for raised in list(part.iter("sup")):
            link = raised[0] if len(raised) and (raised.get("id") or "").startswith("fnref") else None
            if link is None or link.get("class") != "footnote-ref":
                continue
            label = (link.get("href") or "")[len(_PREFIX) + 1 :]
            if label not in numbers:
                numbers[label] = len(numbers) + 1
                queue.append(notes[label])
                del notes[label].attrib["id"]
                draft.name(notes[label], f"fn-{label}")
            call = etree.Element("a", {"class": "noteref"})
            draft.name(call, f"fnref-{label}")
            call.set("href", f"#{notes[label].get('id')}")
            call.text, call.tail = str(numbers[label]), raised.tail
            parent_of(raised).replace(raised, call)
    return numbers


def _finish(note: _Element) -> _Element:
    """A note without the links back, which each edition writes in its own way."""
    for link in list(note.iter("a")):
        if link.get("class") == "footnote-backref":
            before, parent = link.getprevious(), parent_of(link)
            if before is not None:
                before.tail = (before.tail or "").rstrip("\xa0")
            else:
                parent.text = (parent.text or "").rstrip("\xa0")
            link.drop_tree()  # type: ignore[attr-defined]
            if parent.tag == "p" and not len(parent) and not (parent.text or "").strip():
                parent.drop_tree()  # type: ignore[attr-defined]
    return note
