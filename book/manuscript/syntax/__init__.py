"""The chapters' markup: Python-Markdown with its maintained extensions and ours, one construct a file.

A construct has up to two halves: an extension, which parses it, and a transform, which finishes it
in the tree of the whole chapter and notes down what the rest of the book needs to know of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import lxml.html
from lxml import etree
from lxml.etree import _Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from book.manuscript.draft import Draft, take
from book.manuscript.marks import LITERAL_QUOTES, mark, strip
from book.manuscript.syntax import (
    citations,
    direction,
    figures,
    headings,
    ids,
    notes,
    places,
    quotations,
    raw_html,
    references,
    spans,
    sparing,
    tables,
    typography,
    verse,
)
from book.problem import Span, error

EXTENSIONS: dict[str, Callable[[], Extension]] = {
    "places": places.PlacesExtension,
    "quotations": quotations.QuotationExtension,
    "citations": citations.CitationExtension,
    "figures": figures.FigureExtension,
    "notes": notes.NoteExtension,
    "raw_html": raw_html.RawHtmlExtension,
    "references": references.ReferenceExtension,
    "spans": spans.SpanExtension,
    "typography": typography.EscapedQuoteExtension,
    "verse": verse.VerseExtension,
}
"""What parses each construct."""

TRANSFORMS: dict[str, Callable[[Draft], None]] = {
    "ids": ids.transform,
    "notes": notes.transform,
    "headings": headings.transform,
    "tables": tables.transform,
    "figures": figures.transform,
    "quotations": quotations.transform,
    "verse": verse.transform,
    "citations": citations.transform,
    "references": references.transform,
    "spans": spans.transform,
    "direction": direction.transform,
}
"""What finishes each construct, in this order."""

MAINTAINED: dict[type[Extension], dict[str, Any]] = {
    AbbrExtension: {},
    AttrListExtension: {},
    DefListExtension: {},
    FencedCodeExtension: {},
    FootnoteExtension: {"PLACE_MARKER": "\x00"},
    SaneListExtension: {},
    TableExtension: {"use_align_attribute": True},
    TocExtension: {"marker": "", "slugify": headings.slug},
}
"""Python-Markdown's own extensions, and their settings. (It would look for their names among all distributions.)"""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DEPTH = 200
"""How deep elements may be nested: libxml2 reads 256 levels of XML, and an edition adds its own."""
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})


@lru_cache(maxsize=8)
def parser(language: str) -> Markdown:
    """The parser for chapters in a language (BCP 47), which decides how quotation marks are set."""
    maintained = [extension(**settings) for extension, settings in MAINTAINED.items()]
    quotes = SmartyExtension(substitutions=typography.substitutions(language))
    own = [extension() for extension in EXTENSIONS.values()]
    return Markdown(extensions=[*maintained, quotes, *own, sparing.SparingExtension()])


def parse(
    text: str, path: str, slug: str, *, title: str | None = None, language: str = "en", first_line: int = 1
) -> Draft:
    """A chapter's body, parsed and finished.

    `text` is the Markdown behind the front matter, which begins on `first_line` (1-based) of the
    file at `path`; `slug` begins the anchors; `title` is what the front matter says. Without one, the
    draft's title is the heading of level 1 that the body opens with, if it does; that heading, or one
    that repeats the title, is not in the body. What is wrong stands in the draft's `problems`.
    """
    marked, written = mark(text, path, first_line)
    try:
        html, problems = raw_html.sanitise(parser(language).reset().convert(marked), written)
        root = _tree(html)
    except RecursionError:
        parser.cache_clear()  # it stopped halfway, and remembers where
        message = "lists, quotations or raw HTML are nested too deeply"
        root, problems = _tree(""), [error("deep-nesting", message, Span(path), "write some of them side by side")]
    draft = Draft(root, path, slug, written, title, problems=problems)
    for transform in TRANSFORMS.values():
        transform(draft)
    draft.ids = {element.get("id", "") for element in draft.root.iterfind(".//*[@id]")}
    return draft


def _tree(html: str) -> _Element:
    """The tree of a chapter's clean HTML, without what only the parser needed; a `RecursionError` for a deep one."""
    html = strip(html)  # an address of mail is spelt as entities, which hide marks until now
    for character, literal in LITERAL_QUOTES.items():
        html = html.replace(literal, f"&#{ord(character)};")
    root: _Element = lxml.html.fragment_fromstring(_CONTROLS.sub("", html), create_parent="div")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEPTH:
            raise RecursionError
    return root


def serialise(draft: Draft) -> str:
    """The body as well-formed XHTML without a namespace, one block after the other.

    Void elements are closed, all others have an end tag; the places are left out.
    """
    for element in draft.root.iter(etree.Element):
        take(element, "data-at")
        if element.tag not in _VOID and not len(element) and element.text is None:
            element.text = ""
    parts = (etree.tostring(child, encoding="unicode") for child in draft.root)
    return "".join(parts).strip()
