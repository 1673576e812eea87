"""Footnotes: `[^label]` and `[^label]: the note`, or `^[the note]` in place, in the form that each edition starts from.

Calls become `<a class="noteref" data-note="" id="fnref-label" href="#fn-label">1</a>`; the notes stand at the end, in
`<section class="footnotes" data-notes=""><ol><li id="fn-label">…</li></ol></section>`, in the order of their calls.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from lxml import etree
from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from book.manuscript.draft import Draft, parent_of
from book.manuscript.syntax import brackets
from book.manuscript.tree import Tree
from book.problem import error, warning

_CALL = re.compile(r"\[\^([^\]\s]{1,999})\](?!\()")


def rules(md: MarkdownIt) -> None:
    """Register the rules for calls before images and links."""
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("link", "note", _inline)
    md.inline.ruler.before("link", "call", _call)


def _call(state: StateInline, silent: bool) -> bool:
    """Parse `[^label]`; whether the note exists is checked when all are known."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = _CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("call", "span", 0).meta = {"at": state.pos, "label": found[1]}
    state.pos = found.end()
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    """Parse `^[the note]`."""
    if not state.src.startswith("^[", state.pos):
        return False
    begin, end, level = state.pos, state.posMax, state.linkLevel
    state.pos += 1
    pair = brackets.pair(state)
    if pair is None or not state.src[pair.begin + 1 : pair.close].strip():
        state.pos = begin
        return False
    if not silent:
        state.push("inline_note_open", "p", 1).meta = {"at": begin}
        state.pos, state.posMax, state.linkLevel = pair.begin + 1, pair.close, 0
        state.md.inline.tokenize(state)
        state.posMax, state.linkLevel = end, level
        state.push("inline_note_close", "p", -1)
    state.pos = pair.close + 1
    return True


def _element(tree: Tree, token: Token, label: str) -> Element:
    """The element of a note, outside the text."""
    note = Element("li")
    tree.mark(note, "note", tree.spot(token), label=label)
    tree.notes.append(note)
    tree.divert(note)
    return note


def _open(tree: Tree, token: Token) -> None:
    """The beginning of a note that is written separately."""
    _element(tree, token, token.meta["label"])


def _close(tree: Tree, token: Token) -> None:  # noqa: ARG001
    """Its end."""
    tree.end()


def _open_inline(tree: Tree, token: Token) -> None:
    """The beginning of an inline note: its call, then the note."""
    label = f" {len(tree.notes)}"  # no author can write a label that begins with a space
    tree.mark(tree.empty("span"), "call", tree.spot(token), label=label)
    _element(tree, token, label)
    tree.start("p")


def _close_inline(tree: Tree, token: Token) -> None:  # noqa: ARG001
    """Its end."""
    tree.end()
    tree.end()


def _called(tree: Tree, token: Token) -> None:
    """The element of a call."""
    tree.mark(tree.empty("span"), "call", tree.spot(token), label=token.meta["label"])


ELEMENTS = {
    "footnote_reference_open": _open,
    "footnote_reference_close": _close,
    "inline_note_open": _open_inline,
    "inline_note_close": _close_inline,
    "call": _called,
}


def transform(draft: Draft) -> None:
    """Number calls and notes in document order, and report calls without a note and notes without a call."""
    notes: dict[str, _Element] = {}
    for note, mark in draft.marked("note"):
        label = mark.values["label"]
        if label in notes:
            first = draft.at(notes[label]).line
            message = f'the note "{label}" stands here a second time; the first is on line {first}'
            draft.problems.append(error("duplicate-note", message, draft.at(note), "give one of them another label"))
        else:
            notes[label] = note
    for section, _ in draft.marked("notes"):
        parent_of(section).remove(section)
    called = _number(draft, notes)
    if called:
        section = etree.SubElement(draft.root, "section", {"class": "footnotes", "data-notes": ""})
        etree.SubElement(section, "ol").extend(notes[label] for label in called)
    for label, note in notes.items():
        if label not in called:
            draft.problems.append(warning("unused-note", f'nothing calls the note "{label}"', draft.at(note)))


def _number(draft: Draft, notes: dict[str, _Element]) -> dict[str, int]:
    """Replace the calls in the text, then those in called notes; return the labels with their numbers, in order."""
    numbers: dict[str, int] = {}
    queue = [draft.root]
    for part in queue:
        for call, mark in draft.marked("call", inside=part):
            label = mark.values["label"]
            if label not in notes:
                _report(draft, call, label)
                continue
            if label not in numbers:
                numbers[label] = len(numbers) + 1
                queue.append(notes[label])
                draft.name(notes[label], f"fn-{_stem(draft, notes[label], label)}")
            link = etree.Element("a", {"class": "noteref", "data-note": ""})
            draft.name(link, f"fnref-{_stem(draft, notes[label], label)}")
            link.set("href", f"#{notes[label].get('id')}")
            link.text, link.tail = str(numbers[label]), call.tail
            parent_of(call).replace(call, link)
    return numbers


def _stem(draft: Draft, note: _Element, label: str) -> str:
    """The part that the ids of a note and its calls share: its label, else a hash of its text."""
    return draft.digest(note) if label.startswith(" ") else label


def _report(draft: Draft, call: _Element, label: str) -> None:
    """Report a call without a note, and restore its text."""
    hint = f"write it: [^{label}]: …"
    draft.problems.append(error("unknown-note", f'there is no note "{label}"', draft.at(call), hint))
    call.text = f"[^{label}]"
    call.drop_tag()  # type: ignore[attr-defined]
