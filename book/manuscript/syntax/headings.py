"""Headings: their levels below the chapter's title, and their ids."""

from __future__ import annotations

import re
from html import escape

from lxml.etree import _Element
from markdown.extensions.toc import slugify, slugify_unicode
from markdown_it.token import Token

from book.manuscript.draft import Draft, plain_text, xml_id
from book.manuscript.tree import Tree
from book.model.manuscript import Heading
from book.problem import warning
from book.project.rich_text import SMALL_CAPS

_MARKS = re.compile(r"#{1,6}[ \t]+")
_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def slug(text: str, separator: str) -> str:
    """The id of a heading: Python-Markdown's, or one in the heading's own script if that is empty."""
    return xml_id(slugify(text, separator) or slugify_unicode(text, separator))


def _open(tree: Tree, token: Token) -> None:
    """A heading."""
    element = tree.start(token.tag, token)
    line, column = tree.spot(token) or (0, 1)
    marks = _MARKS.search(tree.places.lines[line]) if token.markup.startswith("#") else None
    tree.mark(element, "heading", (line, marks.end() + 1 if marks else column), line=str(line))


ELEMENTS = {"heading_open": _open}


def transform(draft: Draft) -> None:
    """Move headings below the level of the title, and add them to the draft."""
    found = [heading for heading in draft.root.iter(*_TAGS) if not _is_empty(draft, heading)]
    shift = _shift(found, draft.title_level)
    for heading in found:
        written = int(str(heading.tag)[1])
        level = min(written + shift, 6)
        words = draft.words(heading)
        mark = draft.mark(heading)
        heading.tag = f"h{level}"
        if heading.get("id") is None:
            heading.set("id", _free(draft, slug(words, "-")))
        anchor = draft.name(heading, f"id-{words}")
        draft.headings.append(Heading(level, anchor, words, draft.span(mark), written))
        if mark and "line" in mark.values:
            draft.heading_ids[int(mark.values["line"])] = heading.get("id", "")


def _is_empty(draft: Draft, heading: _Element) -> bool:
    """Whether a heading has no words; then it is reported, and becomes a paragraph of what it holds, or nothing."""
    if draft.words(heading):
        return False
    at = draft.at(heading)
    draft.problems.append(warning("empty-heading", "this heading has no words", at, "write some, or delete it"))
    heading.tag = "p"
    if heading.find(".//*") is None:
        heading.drop_tree()  # type: ignore[attr-defined]
    return True


def _inline(element: _Element) -> str:
    """A heading's element and its tail as XHTML of text and markup, without note calls."""
    tail = escape(element.tail or "", quote=False)
    if element.get("data-note") is not None:
        return tail
    inner = escape(element.text or "", quote=False) + "".join(map(_inline, element))
    tag = {"em": "i", "strong": "b"}.get(str(element.tag), str(element.tag))
    small = tag == "span" and element.get("class") == SMALL_CAPS
    if tag not in ("i", "b", "sup", "sub", "code") and not small:
        return inner + tail
    return f"<{tag}{f' class={SMALL_CAPS!r}' if small else ''}>{inner}</{tag}>{tail}"


def _free(draft: Draft, name: str) -> str:
    """An unused id: the name, or the name with a number, as Python-Markdown writes it."""
    count = draft.heading_names.get(name, 0)
    free = name
    while free in draft.ids:
        count += 1
        free = f"{name}_{count}"
    draft.heading_names[name] = count
    return free


def _shift(headings: list[_Element], taken: int | None) -> int:
    """The number by which levels are raised, so that they are below the title, whose own level was `taken`."""
    levels = [int(str(heading.tag)[1]) for heading in headings]
    if not levels:
        return 0
    if taken is not None and taken > 1 and min(levels) >= taken:
        return 2 - min(levels)
    return 1 if min(levels) == 1 else 0


def take_title(draft: Draft) -> None:
    """Remove the heading that is the title, or repeats it, and note down its level.

    Without a title in the front matter, it is the first heading of any level; with one, the first element if it is a
    heading with the same text. A heading that holds nothing but a picture gives the title its words, and stays.
    """
    first = next(draft.root.iter(*_TAGS), None)
    if first is None:
        return
    words, shown = plain_text(first), draft.words(first)
    if draft.title is None:
        draft.title = shown or None
        draft.title_markup = " ".join((escape(first.text or "", quote=False) + "".join(map(_inline, first))).split())
        draft.title_markup = draft.title_markup if words == shown else escape(shown, quote=False)
        draft.unnumbered = "unnumbered" in (first.get("class") or "").split()
    elif not _opens(draft, first) or slug(words, "-") != slug(draft.title, "-"):
        return
    draft.title_level = int(str(first.tag)[1])
    if not words and draft.marked("image", inside=first):
        first.tag = "p"
        return
    _report_lost(draft, first)
    first.drop_tree()  # type: ignore[attr-defined]


_LOST = {
    "call": "a note", "citation": "a citation", "image": "a picture", "link": "a link", "math": "a formula",
    "term": "a term of the index",
}  # fmt: skip
"""What a title cannot hold, by the kind of its mark."""


def _report_lost(draft: Draft, title: _Element) -> None:
    """Report what a title holds besides words, and what is therefore left out."""
    for element, mark in draft.marked(*_LOST, inside=title):
        what = f"{_LOST[mark.kind]} in the title of a chapter is left out"
        what = what.replace("left out", "shown as its source") if mark.kind == "math" else what
        hint = "titles are words: put it into the first paragraph"
        draft.problems.append(warning("markup-in-title", what, draft.at(element), hint))


def _opens(draft: Draft, heading: _Element) -> bool:
    """Whether a heading is the first thing in the body and of the highest level."""
    return draft.root[0] is heading and heading.tag == "h1" and not (draft.root.text or "").strip()
