"""Headings: their levels below the chapter's title, and their ids."""

from __future__ import annotations

from html import escape

from lxml.etree import _Element
from markdown.extensions.toc import slugify, slugify_unicode

from book.manuscript.draft import Draft, plain_text, xml_id
from book.model.manuscript import Heading
from book.project.rich_text import SMALL_CAPS

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def slug(text: str, separator: str) -> str:
    """The id of a heading: Python-Markdown's, or one in the heading's own script where that leaves nothing."""
    return xml_id(slugify(text, separator) or slugify_unicode(text, separator))


def transform(draft: Draft) -> None:
    """Take the title out of the body, move headings below its level if one is on it, and note them down."""
    _take_title(draft)
    found = list(draft.root.iter(*_TAGS))
    shift = 1 if any(heading.tag == "h1" for heading in found) else 0
    for heading in found:
        level = min(int(str(heading.tag)[1]) + shift, 6)
        heading.tag = f"h{level}"
        anchor = draft.name(heading, f"id-{plain_text(heading)}")
        draft.headings.append(Heading(level, anchor, plain_text(heading), draft.at(heading)))


def _inline(element: _Element) -> str:
    """An element of a heading and what follows it, as XHTML of words and markup; calls of notes are left out."""
    tail = escape(element.tail or "", quote=False)
    if element.get("class") == "noteref":
        return tail
    inner = escape(element.text or "", quote=False) + "".join(map(_inline, element))
    tag = {"em": "i", "strong": "b"}.get(str(element.tag), str(element.tag))
    small = tag == "span" and element.get("class") == SMALL_CAPS
    if tag not in ("i", "b", "sup", "sub", "code") and not small:
        return inner + tail
    return f"<{tag}{f' class={SMALL_CAPS!r}' if small else ''}>{inner}</{tag}>{tail}"


def _take_title(draft: Draft) -> None:
    """Remove the heading of level 1 that the body opens with, unless the title is another one."""
    first = draft.root[0] if len(draft.root) else None
    if first is None or first.tag != "h1" or (draft.root.text or "").strip():
        return
    words = plain_text(first)
    if draft.title is None:
        draft.title = words or None
        draft.title_markup = " ".join((escape(first.text or "", quote=False) + "".join(map(_inline, first))).split())
    elif slug(words, "-") != slug(draft.title, "-"):
        return
    first.drop_tree()  # type: ignore[attr-defined]
