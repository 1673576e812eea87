"""Abbreviations: `*[HTML]: Hypertext Markup Language`; Python-Markdown's extension finds them in the text."""

from __future__ import annotations

import re

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from book.manuscript.tree import Tree

_DEFINITION = re.compile(r"\*\[([^\\\]]+)\][ ]?:[ \t]*(.*?)[ \t]*$")


def rules(md: MarkdownIt) -> None:
    """Register the rule for definitions, which are on lines of their own."""
    md.block.ruler.before("list", "abbreviation", _definition, {"alt": ["paragraph", "reference"]})


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """Parse one definition."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", begin) or state.is_code_block(start):
        return False
    found = _DEFINITION.match(state.src[begin : state.eMarks[start]])
    if found is None or not found[2]:
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.meta = {"short": found[1].strip(), "long": found[2]}
        state.line = start + 1
    return True


def _define(tree: Tree, token: Token) -> None:
    """Pass a definition to Python-Markdown."""
    processor = tree.frame.treeprocessors["abbr"]
    assert isinstance(processor, AbbrTreeprocessor), "the extension is registered"
    processor.abbrs[token.meta["short"]] = token.meta["long"]


ELEMENTS = {"abbreviation": _define}
