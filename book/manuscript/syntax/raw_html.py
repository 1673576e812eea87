"""Raw HTML, reduced to an allow-list (`book/manuscript/allowed.py`) tag by tag, with places in messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from book.manuscript.allowed import ATTRIBUTES, EVERYWHERE, LOOKS, TAGS, WITH_CONTENT, cut
from book.manuscript.marks import NUMBER, Mark
from book.manuscript.tree import Tree
from book.problem import warning

_ALLOWED = {"*": {*EVERYWHERE, NUMBER}, **{tag: set(names) for tag, names in ATTRIBUTES.items()}}
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/><]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_TEXT = re.compile(r"[^<]+|<")
_MARKDOWN = re.compile(
    r"\[\^[^\]\s]+\]|\[-?@[^\]\n]+\]|(?<![\w*])\*\*(?=\S)[^*\n]+\*\*|!?\[[^\]\n]+\]\([^)\s]+\)|\{\{[^{}\n]+\}\}|\{%[^\n]*?%\}"
)
"""Markdown, which is not read between the tags of a block of HTML (CommonMark, 4.6), and templates."""
_SHORT = re.compile("<!-->|<!--->")
_SILENT = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
"""Beginnings of comments and the like, which are no elements, with their ends."""
_UNSEEN = re.compile(r"<!\[CDATA\[|<\?[\w:-]*|<![A-Za-z]+")
"""The beginning of what no browser shows, and is no comment: CDATA, a processing instruction, a declaration."""
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def rules(md: MarkdownIt) -> None:
    """Register the rules that record the place of inline tags, and remove some elements with their content."""
    md.inline.ruler.at("html_inline", _placed)
    md.core.ruler.after("inline_attributes", "opaque", _leave_out)


def _placed(state: StateInline, silent: bool) -> bool:
    """Parse an inline tag, and record its place."""
    begin = state.pos
    found = html_inline(state, silent)
    if found and not silent:
        state.tokens[-1].meta["at"] = begin
    return found


def _leave_out(state: StateCore) -> None:
    """Remove the tokens between `<script>` and `</script>`, and the like."""
    for block in state.tokens:
        children = block.children
        if not children or "<" not in block.content:
            continue
        kept: list[Token] = []
        until = -1
        for index, token in enumerate(children):
            if index > until:
                until = _end(children, index) if token.type == "html_inline" else until
                kept.append(token)
        block.children = kept


def _end(tokens: list[Token], index: int) -> int:
    """Where the content of an element that is removed with it ends; None if it does not."""
    found = _TAG.match(tokens[index].content)
    name = found[2].lower() if found and not found[1] else ""
    if name not in WITH_CONTENT:
        return -1
    closing = f"</{name}"
    ends = (n for n in range(index + 1, len(tokens)) if tokens[n].content.lower().startswith(closing))
    return next(ends, -1)


def _inline(tree: Tree, token: Token) -> None:
    """An inline tag, cleaned."""
    assert tree.block is not None, "raw tags in running text stand in a block"
    tree.raw(_clean(tree, token.content, tree.block, token.meta["at"]))


def _block(tree: Tree, token: Token) -> None:
    """A block of raw HTML, cleaned."""
    tree.text("\n")
    for begin, text, _ in _pieces(token.content):
        for found in _MARKDOWN.finditer(text) if not token.content.lstrip().lower().startswith("<pre") else ():
            at = tree.places.span(*tree.places.spot(token, begin + found.start()))
            what = f'"{found[0]}" stands between tags, and is shown as it is written'
            tree.report(
                warning("foreign-markup", what, at, "part it from the tags by an empty line before and behind it")
            )
    tree.raw(_clean(tree, token.content.strip("\n"), token, 0))
    tree.text("\n")


ELEMENTS = {"html_inline": _inline, "html_block": _block}


def _clean(tree: Tree, html: str, block: Token, offset: int) -> str:
    """Clean raw HTML and report what is removed, except comments; `offset` is where it begins in its block."""
    parts: list[str] = []
    skipped = ""
    for begin, text, tag in _pieces(html):
        name = tag[2].lower() if tag else ""
        if skipped:
            skipped = "" if tag and tag[1] and name == skipped else skipped
        elif text:
            parts.append(escape(text, quote=False) if text == "<" else text)
            if text == "<":
                _report(tree, "this tag does not end, and is shown as text", tree.places.spot(block, offset + begin))
        elif tag and name in TAGS:
            spot = tree.places.spot(block, offset + begin)
            parts.append(f"</{name}>" if tag[1] else _tag(tree, name, tag[3], spot))
        elif tag and not tag[1]:
            _report(tree, f"the element <{name}> is left out", tree.places.spot(block, offset + begin))
            skipped = name if name in WITH_CONTENT else ""
        elif said := _UNSEEN.match(html, begin):
            spot = tree.places.spot(block, offset + begin)
            hint = "write it as text, or as `code`, or delete it"
            _report(tree, f"{said[0]} … is left out, with what stands in it", spot, hint)
    return "".join(parts)


def _pieces(html: str) -> Iterator[tuple[int, str, re.Match[str] | None]]:
    """The pieces of raw HTML: offset, then text or tag; for comments and the like neither."""
    pos = 0
    endless: set[str] = set()
    while pos < len(html):
        begin = pos
        if short := _SHORT.match(html, pos):
            pos = short.end()
            yield begin, "", None
            continue
        opening = next((mark for mark in _SILENT if html.startswith(mark, pos)), None) if html[pos] == "<" else None
        end = html.find(_SILENT[opening], pos + len(opening)) if opening and opening not in endless else -1
        if opening and end >= 0:
            pos = end + len(_SILENT[opening])
            yield begin, "", None
            continue
        if opening:
            endless.add(opening)
        tag = _TAG.match(html, pos)
        text = None if tag else _TEXT.match(html, pos)
        pos = tag.end() if tag else text.end() if text else len(html)
        yield begin, text[0] if text else "", tag


def _tag(tree: Tree, name: str, written: str, spot: tuple[int, int]) -> str:
    """A start tag with its allowed attributes and its mark."""
    given = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(written)}
    kept, wrong = cut(name, given.items())
    for message, hint in wrong:
        _report(tree, message, spot, hint)
    tree.note_classes(kept, spot)
    kind = {"a": "link", "img": "image"}.get(name, "")
    if name == "span" and "index" in kept.get("class", "").split():
        kind = "term"
    if name in ("a", "img"):
        target = kept.pop("href" if name == "a" else "src", None)
        values = {"href": target} if target is not None else {}
        kind = kind if values else ""
    else:
        values = {}
    tree.marks.append(Mark(name, kind, *spot, values, raw=True))
    kept[NUMBER] = str(len(tree.marks) - 1)
    inside = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
    return f"<{name}{inside}>"


def _report(tree: Tree, message: str, spot: tuple[int, int], hint: str = LOOKS) -> None:
    """Report what is removed."""
    tree.report(warning("raw-html", message, tree.places.span(*spot), hint))


def sanitise(html: str) -> str:
    """The HTML of a whole chapter with every element closed properly; the allow-list is applied once more."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(WITH_CONTENT),
        attributes=_ALLOWED,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
