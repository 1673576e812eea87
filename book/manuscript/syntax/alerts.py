"""Alerts, as on GitHub and in Obsidian: a quotation that begins with `[!NOTE]` becomes an aside with that title."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.syntax.divisions import title_tokens
from book.manuscript.tree import Tree

_KIND = re.compile(r"\[!([A-Za-z][\w-]*)\][-+]?[ \t]*([^\n]*)(?:\n|$)")
KINDS = ("note", "tip", "important", "warning", "caution")
"""Kinds with a term in every language (`language/terms`); others are shown as written."""


def rules(md: MarkdownIt) -> None:
    """Register the rule, which runs before inline parsing."""
    md.core.ruler.before("block_attributes", "alerts", _find)


def _find(state: StateCore) -> None:
    """Turn quotations that begin like alerts into alerts."""
    tokens = state.tokens
    opened: list[Token] = []
    drop: set[int] = set()
    titles: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            opened.append(token)
            inline = tokens[index + 2] if index + 2 < len(tokens) else None
            found = _KIND.match(inline.content) if inline and tokens[index + 1].type == "paragraph_open" else None
            if inline is not None and found:
                _make(token, inline, found)
                drop |= set() if inline.content else {index + 1, index + 2, index + 3}
                titles[index] = title_tokens(found[2].strip(), inline.map[0] - 1 if inline.map else 0)
        elif token.type == "blockquote_close":
            opening = opened.pop()
            token.type = opening.type.replace("open", "close")
    if titles:
        kept = ([token, *titles.get(index, ())] for index, token in enumerate(tokens) if index not in drop)
        state.tokens = [token for group in kept for token in group]


def _make(quote: Token, inline: Token, found: re.Match[str]) -> None:
    """Turn a quotation into an alert, without its first line."""
    quote.type, quote.tag = "alert_open", "aside"
    quote.meta |= {"kind": found[1].lower(), "titled": bool(found[2].strip())}
    inline.content = inline.content[found.end() :]
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]


def _open(tree: Tree, token: Token) -> None:
    """The element of an alert and its title, in the book's language if its kind is known."""
    kind = token.meta["kind"]
    tree.mark(tree.start("aside", token, attributes={"class": f"alert {kind}"}), "division", tree.spot(token))
    if not token.meta["titled"]:
        tree.start("p", attributes={"class": "aside-title"})
        tree.text(tree.words.get(kind) or kind.capitalize())
        tree.end()


ELEMENTS = {"alert_open": _open}
