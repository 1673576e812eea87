"""Raw HTML, cut to an allow-list: a chapter is text, not a program, and the stylesheets decide how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.postprocessors import Postprocessor

from book.manuscript.marks import MARK, Places, number, strip
from book.problem import Problem, warning

TAGS = frozenset({
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip
"""Elements that prose may be made of."""
EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "translate"})
"""Attributes that every element may have."""
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "p": frozenset({"note"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "td": frozenset({"colspan", "rowspan", "headers", "align"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr", "align"}),
    "time": frozenset({"datetime"}),
}
"""Attributes that one element may have."""
INTERNAL = frozenset({
    "data-at", "data-href", "data-key", "data-locator", "data-prefix", "data-suppressed", "data-form",
    "data-term", "data-sub", "data-see", "data-seealso",
})  # fmt: skip
"""Attributes with which our extensions tell the transforms what they read."""
WITH_CONTENT = frozenset({
    "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
"""Elements of which nothing is kept."""

_ALLOWED = {"*": set(EVERYWHERE | INTERNAL), **{tag: set(names) for tag, names in ATTRIBUTES.items()}}
_TAG = re.compile(r"""<([A-Za-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>]+))?""")
_MARKED_TAG = re.compile(rf"(<[A-Za-z](?:[^<>])*?)(\s*/?>)({MARK})")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_OPAQUE = re.compile(rf"(<({'|'.join(sorted(WITH_CONTENT))})\b[^>]*>).*?</\2\s*>", re.DOTALL | re.IGNORECASE)


class StashPostprocessor(Postprocessor):
    """Turns marks behind raw tags into their `data-at`, and removes other marks from what was set aside."""

    def run(self, text: str) -> str:
        """Change the stash in place; the text stays as it is."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        for index, block in enumerate(blocks):
            if isinstance(block, str):
                blocks[index] = strip(_MARKED_TAG.sub(_with_place, block))
        return text


class InlineHtml(HtmlInlineProcessor):
    """A raw tag in running text, with the mark behind it, unless that is a citation's."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """A placeholder for the tag."""
        raw = self.backslash_unescape(self.unescape(m[0]))
        return self.md.htmlStash.store(raw), m.start(0), m.end(0)


class RawHtmlExtension(Extension):
    """Runs before raw HTML is put back (priority 30)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors."""
        md.inlinePatterns.register(InlineHtml(f"{HTML_RE}(?:{MARK}(?!@))?", md), "html", 90)
        md.postprocessors.register(StashPostprocessor(md), "stash", 35)


def sanitise(html: str, places: Places) -> tuple[str, list[Problem]]:
    """The HTML of a chapter, cut to the allow-list, and a warning `raw-html` for whatever was cut.

    Comments go without a word.
    """
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(WITH_CONTENT),
        attributes=_ALLOWED,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    visible = _OPAQUE.sub(r"\1", _COMMENT.sub("", html))
    return clean, [problem for tag in _TAG.finditer(visible) for problem in _cuts(tag, places)]


def _cuts(found: re.Match[str], places: Places) -> Iterator[Problem]:
    """The warnings for one start tag."""
    tag = found[1].lower()
    attributes = {name.lower(): unescape(value or "").strip("\"'") for name, value in _ATTRIBUTE.findall(found[2])}
    at = places.span(attributes.get("data-at"))
    hint = "chapters are text: their looks belong in a stylesheet"
    if tag not in TAGS:
        where = at if at.line else places.search(rf"(?i)<{re.escape(tag)}\b")
        yield warning("raw-html", f"the element <{tag}> is left out", where, hint)
        return
    for name in attributes:
        if name not in EVERYWHERE | INTERNAL | ATTRIBUTES.get(tag, frozenset()):
            where = at if at.line else places.search(rf"(?i)\b{re.escape(name)}\b\s*=")
            yield warning("raw-html", f'the attribute "{name}" of <{tag}> is left out', where, hint)


def _with_place(found: re.Match[str]) -> str:
    """A start tag with its place."""
    return f'{found[1]} data-at="{number(found[3])}"{found[2]}'
