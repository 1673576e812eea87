"""Numeric character references, `&#8212;`; those of characters that XML does not allow are reported."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from book.manuscript.tree import Tree
from book.problem import error
from book.project.characters import HINT, unknown

_NUMBER = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.IGNORECASE)


def rules(md: MarkdownIt) -> None:
    """Register the rule, which runs on the text of each block before inline parsing."""
    md.core.ruler.before("inline", "entities", _look)


def _look(state: StateCore) -> None:
    """Report references to invalid characters, also in code, where nobody writes them by chance."""
    tree: Tree | None = state.env.get("tree")
    if tree is None or "&#" not in state.src:
        return
    for block in state.tokens:
        if block.type != "inline":
            continue
        for found in _NUMBER.finditer(block.content):
            code = int(found[1], 16) if found[1] else int(found[2])
            if code == 0 or code > 0x10FFFF or unknown(chr(code)):
                at = tree.places.span(*tree.places.spot(block, found.start()))
                message = f'"{found[0]}" is the number of no character that can stand in a book'
                tree.report(error("reserved-character", message, at, HINT))
