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
    """Remove the title from the body, move headings below its level, and add them to the draft."""
    taken = _take_title(draft)
    found = list(draft.root.iter(*_TAGS))
    shift = _shift(found, taken)
    for heading in found:
        level = min(int(str(heading.tag)[1]) + shift, 6)
        words = plain_text(heading)
        mark = draft.mark(heading)
        heading.tag = f"h{level}"
        if heading.get("id") is None:
            heading.set("id", _free(draft, slug(words, "-")))
        anchor = draft.name(heading, f"id-{words}")
        draft.headings.append(Heading(level, anchor, words, draft.span(mark)))
        if mark and "line" in mark.values:
            draft.heading_ids[int(mark.values["line"])] = heading.get("id", "")


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


def _take_title(draft: Draft) -> int | None:
    """Remove the heading that is the title, or repeats it; return its level.

    Without a title in the front matter, it is the first heading of any level; with one, the first element if it is a
    heading with the same text.
    """
    first = next(draft.root.iter(*_TAGS), None)
    if first is None:
        return None
    words = plain_text(first)
    if draft.title is None:
        draft.title = words or None
        draft.title_markup = " ".join((escape(first.text or "", quote=False) + "".join(map(_inline, first))).split())
        draft.unnumbered = "unnumbered" in (first.get("class") or "").split()
    elif not _opens(draft, first) or slug(words, "-") != slug(draft.title, "-"):
        return None
    level = int(str(first.tag)[1])
    first.drop_tree()  # type: ignore[attr-defined]
    return level


def _opens(draft: Draft, heading: _Element) -> bool:
    """Whether a heading is the first thing in the body and of the highest level."""
    return draft.root[0] is heading and heading.tag == "h1" and not (draft.root.text or "").strip()
