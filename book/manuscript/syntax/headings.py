"""Headings: their levels below the chapter's title, and their ids."""

from __future__ import annotations

from markdown.extensions.toc import slugify, slugify_unicode

from book.manuscript.draft import Draft, plain_text, xml_id
from book.model.manuscript import Heading

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


def _take_title(draft: Draft) -> None:
    """Remove the heading of level 1 that the body opens with, unless the title is another one."""
    first = draft.root[0] if len(draft.root) else None
    if first is None or first.tag != "h1" or (draft.root.text or "").strip():
        return
    words = plain_text(first)
    if draft.title is None:
        draft.title = words or None
    elif slug(words, "-") != slug(draft.title, "-"):
        return
    first.drop_tree()  # type: ignore[attr-defined]
