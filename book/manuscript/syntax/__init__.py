"""The chapters' markup: CommonMark, GitHub's and Pandoc's additions, and ours, one construct a file.

markdown-it-py reads the text into tokens; `tree` makes elements of them; Python-Markdown goes on with these: its
extension for abbreviations, its serialiser. A construct has up to three parts: `rules`, which read it, `ELEMENTS`,
which make elements of its tokens, and `transform`, which finishes it in the tree of the whole chapter and notes down
what the rest of the book needs to know of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from book.language.terms import terms
from book.manuscript import content_models, misplaced_tags
from book.manuscript.draft import Draft, take
from book.manuscript.frame import TokenExtension
from book.manuscript.html_tree import bounded, tree_of, wrap
from book.manuscript.marks import NUMBER
from book.manuscript.places import Places
from book.manuscript.syntax import (
    abbreviations,
    alerts,
    attributes,
    autolinks,
    citations,
    code,
    descriptions,
    direction,
    divisions,
    entities,
    enumerators,
    figures,
    foreign,
    grid_tables,
    headings,
    ids,
    lazy_lines,
    lists,
    math,
    notes,
    quotations,
    raw_html,
    references,
    ruled_tables,
    scripts,
    spans,
    tables,
    typography,
    unclosed,
    verse,
)
from book.manuscript.tree import BASIC, Handler, TokenParser, Tree
from book.manuscript.xhtml import keep_end_tags
from book.problem import error

RULES: Mapping[str, Callable[[MarkdownIt], None]] = {
    "attributes": attributes.rules,
    "tables": tables.rules,
    "ruled_tables": ruled_tables.rules,
    "grid_tables": grid_tables.rules,
    "lists": lists.rules,
    "divisions": divisions.rules,
    "alerts": alerts.rules,
    "verse": verse.rules,
    "abbreviations": abbreviations.rules,
    "references": references.rules,
    "figures": figures.rules,
    "spans": spans.rules,
    "citations": citations.rules,
    "enumerators": enumerators.rules,
    "notes": notes.rules,
    "scripts": scripts.rules,
    "math": math.rules,
    "autolinks": autolinks.rules,
    "raw_html": raw_html.rules,
    "entities": entities.rules,
    "foreign": foreign.rules,
    "unclosed": unclosed.rules,
    "lazy_lines": lazy_lines.rules,
}
"""The parsing rules of each construct, in the order of their registration."""

ELEMENTS: Mapping[str, Mapping[str, Handler]] = {
    "basic": BASIC,
    "abbreviations": abbreviations.ELEMENTS,
    "alerts": alerts.ELEMENTS,
    "citations": citations.ELEMENTS,
    "code": code.ELEMENTS,
    "divisions": divisions.ELEMENTS,
    "figures": figures.ELEMENTS,
    "headings": headings.ELEMENTS,
    "lists": lists.ELEMENTS,
    "math": math.ELEMENTS,
    "notes": notes.ELEMENTS,
    "raw_html": raw_html.ELEMENTS,
    "references": references.ELEMENTS,
    "spans": spans.ELEMENTS,
    "tables": tables.ELEMENTS,
    "verse": verse.ELEMENTS,
}
"""The functions that make elements from the tokens of each construct."""

TRANSFORMS: Mapping[str, Callable[[Draft], None]] = {
    "ids": ids.transform,
    "title": headings.take_title,
    "figures": figures.transform,
    "notes": notes.transform,
    "headings": headings.transform,
    "lists": lists.transform,
    "tables": tables.transform,
    "quotations": quotations.transform,
    "verse": verse.transform,
    "citations": citations.transform,
    "references": references.transform,
    "spans": spans.transform,
    "math": math.transform,
    "divisions": divisions.transform,
    "descriptions": descriptions.transform,
    "direction": direction.transform,
}
"""The functions that finish each construct, in this order."""

_HANDLERS: Mapping[str, Handler] = {kind: make for table in ELEMENTS.values() for kind, make in table.items()}
_NESTING = 10_000
"""Nesting depth at which markdown-it-py drops content: never reached, because Python's recursion limit comes first."""
_SEARCHED = 100_000
"""Length in characters of texts in which the line is looked for that is nested too deeply: by reading parts of it."""
DEPTH = 100
"""Maximum nesting depth of elements: at twice as many, the letters of quotations inside one another have no size."""


def _text(state: StateInline, silent: bool) -> bool:
    """Skip characters that begin no construct; markdown-it's own rule would stop earlier."""
    found = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


@lru_cache(maxsize=8)
def parser(language: str, captions: str = "title") -> Markdown:
    """The parser for chapters in a language (BCP 47), which decides how quotation marks are set."""
    reader = MarkdownIt("commonmark", {"maxNesting": _NESTING, figures.BRACKETS: captions == "brackets"})
    reader.inline.ruler.at("text", _text)
    for rules in RULES.values():
        rules(reader)
    typography.rules(language)(reader)
    return Markdown(extensions=[AbbrExtension(), TokenExtension(reader, _HANDLERS)])


@dataclass(slots=True)
class _Reading:
    """How a chapter is read."""

    language: str
    captions: str
    handles: Collection[str]
    depth: int
    has_raw_html: bool = False
    """Whether what was read last has raw HTML."""

    def read(self, text: str, places: Places) -> tuple[str, etree._Element, Tree]:
        """A text as HTML, as a tree, and with what the parser noted down.

        Raises:
            RecursionError: It is nested too deeply.
        """
        frame = parser(self.language, self.captions).reset()
        reader = frame.parser
        assert isinstance(reader, TokenParser), "the extension has put it there"
        tree = reader.begin(places, terms(self.language), self.handles)
        try:
            html = bounded(frame.convert(text), self.depth)
            root = tree_of(raw_html.sanitise(html), self.depth)
        except RecursionError:
            parser.cache_clear()  # it stopped halfway, and remembers where
            raise
        self.has_raw_html = bool(html and frame.htmlStash.rawHtmlBlocks)
        return html, root, tree

    def first_too_deep(self, text: str, places: Places) -> int | None:
        """The line (0-based) with which a text gets too deep; None if it is too long to look for it."""
        if len(text) > _SEARCHED:
            return None

        def is_too_deep(last: int) -> bool:
            try:
                lines = places.lines[: last + 1]
                self.read("\n".join(lines), Places(places.path, lines, places.first_line))
            except RecursionError:
                return True
            return False

        return bisect_left(range(len(places.lines) - 1), True, key=is_too_deep)


def parse(
    text: str,
    path: str,
    slug: str,
    *,
    title: str | None = None,
    language: str = "en",
    first_line: int = 1,
    captions: str = "title",
    handles: Collection[str] = (),
    depth: int = DEPTH,
) -> Draft:
    """A chapter's body, parsed and finished.

    `text` is the Markdown behind the front matter, which begins on `first_line` (1-based) of the
    file at `path`; `slug` begins the anchors; `title` is what the front matter says. Without one, the
    draft's title is the first heading; that heading, or one that repeats the title, is not in the body.
    `handles` are the names behind `@` in running text that cite nothing. `captions` says what is the caption of an
    image: its `title`, or what stands in its `brackets`. `depth` is how many elements may stand inside one another.
    What is wrong stands in the draft's `problems`.
    """
    places = Places(path, text.split("\n"), first_line)
    reading = _Reading(language, captions, handles, depth)
    try:
        html, root, tree = reading.read(text, places)
        problems = tree.problems
    except RecursionError:
        at = places.span(reading.first_too_deep(text, places))
        message = f"lists, quotations or raw HTML are nested too deeply: more than {depth} inside one another"
        problems = [error("deep-nesting", message, at, "write some of them side by side")]
        html, root, tree = reading.read("", places)
    draft = Draft(root, path, slug, places, tree.marks, title, language=language, problems=problems)
    draft.slips, draft.bracketed = tree.slips, tree.bracketed
    if reading.has_raw_html:
        misplaced_tags.find(draft, html)
        content_models.mend(draft)
        wrap(draft.root)
    for transform in TRANSFORMS.values():
        transform(draft)
    draft.ids = {element.get("id", "") for element in draft.root.iterfind(".//*[@id]")}
    return draft


def serialise(draft: Draft) -> str:
    """The body as well-formed XHTML without a namespace and without marks.

    Void elements are closed; all others have an end tag.
    """
    for element in draft.root.iter(etree.Element):
        take(element, NUMBER)
    keep_end_tags(draft.root)
    parts = (etree.tostring(child, encoding="unicode") for child in draft.root)
    return "".join(parts).strip()
