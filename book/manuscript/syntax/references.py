"""Links: cross-references to other chapters' files and to ids, and addresses on the web.

`[text](05-results.md#audits)` becomes `<a class="xref" id="…" data-path="chapters/05-results.md"
data-fragment="audits">`, `[text](https://…)` becomes `<a class="external" href="https://…">`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    LINK_RE,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

from book.manuscript.draft import Draft, beside, take, xml_id
from book.manuscript.marks import MARK
from book.manuscript.placed import Labelled, OwnLabel, Placed
from book.model.manuscript import CrossReference

_PATTERN = f"{MARK}?{LINK_RE}"
_ADDRESSES = frozenset({"http", "https", "mailto"})


class Link(Placed, LinkInlineProcessor):  # type: ignore[misc]
    """`[text](target "title")`, with its place."""


class Reference(Labelled, ReferenceInlineProcessor):  # type: ignore[misc]
    """`[text][label]`, likewise."""


class ShortReference(OwnLabel, ShortReferenceInlineProcessor):  # type: ignore[misc]
    """`[label]`, likewise."""


class ReferenceExtension(Extension):
    """Puts links that know their place in the place of Python-Markdown's own, with their priorities."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processors."""
        md.inlinePatterns.register(Reference(_PATTERN, md), "reference", 170)
        md.inlinePatterns.register(Link(_PATTERN, md), "link", 160)
        md.inlinePatterns.register(ShortReference(_PATTERN, md), "short_reference", 130)


def transform(draft: Draft) -> None:
    """Finish every link, and note down the cross-references."""
    for link in draft.root.iter("a"):
        if link.get("class") == "noteref":
            continue
        written = take(link, "data-href") or link.get("href")
        if written is None:
            continue
        if _is_address(written) and link.get("href"):
            link.set("class", " ".join(["external", *(link.get("class") or "").split()]))
        else:
            _refer(draft, link, written)


def _refer(draft: Draft, link: _Element, written: str) -> None:
    """Make a link a cross-reference; whether its target exists is asked when the book is resolved."""
    path, fragment = target(draft.path, written)
    take(link, "href")
    link.set("class", "xref")
    link.set("data-path", path)
    if fragment:
        link.set("data-fragment", fragment)
    anchor = draft.name(link, f"ref-{draft.digest(link)}")
    draft.references.append(CrossReference(anchor, path, fragment, draft.at(link)))


def target(chapter: str, written: str) -> tuple[str, str | None]:
    """The file and the id that a link leads to.

    `chapter` is the path of the chapter it stands in, relative to the project's folder; `written`
    is relative to that file, as on GitHub. What names no file inside the project stays as written.
    """
    path, _, fragment = written.partition("#")
    found = xml_id(unquote(fragment)) if fragment else None
    if not path:
        return chapter, found
    if path.startswith("/") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return path, found
    return beside(chapter, path), found


def _is_address(written: str) -> bool:
    """Whether a link leads out of the book, in a way that readers can follow."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme.lower() in _ADDRESSES and bool(parts.netloc or parts.path)
