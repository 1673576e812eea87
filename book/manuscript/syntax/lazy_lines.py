"""Lines without their `>` that go on with the paragraph of a quotation (CommonMark 5.1, "paragraph continuation text").

Such a line belongs to the quotation, and behind an attribution to the attribution, though it mostly is the next
paragraph of the chapter, and the empty line before it was forgotten.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.tree import Tree
from book.problem import warning

_MARKERS = re.compile(r"[\s>]*")
"""The beginning of a line in which its markers of quotations stand."""
_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*")
"""A line of attributes, which stands below a quotation without a marker."""
_ATTRIBUTION = re.compile(r"(?:—|–|―|--).*@", re.DOTALL)
"""What an attribution begins with: a dash, then a citation."""
_HINT = "put an empty line before it if it is not part of the quotation, or begin it with >"


def rules(md: MarkdownIt) -> None:
    """Register the rule, which reports such lines."""
    md.core.ruler.after("block", "lazy_lines", _look)


def _look(state: StateCore) -> None:
    """Report the first line of each paragraph in a quotation that has fewer `>` than the quotation is deep."""
    tree: Tree | None = state.env.get("tree")
    if tree is None:
        return
    depth = 0
    for token in state.tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif depth and token.type == "inline" and token.map:
            _report(tree, token, depth)


def _report(tree: Tree, paragraph: Token, depth: int) -> None:
    """Report the first line of a paragraph that lacks a `>`, if there is one."""
    first, end = paragraph.map or (0, 0)
    written = paragraph.content.split("\n")
    for number in range(first + 1, min(end, len(tree.places.lines))):
        line = tree.places.lines[number]
        markers = _MARKERS.match(line)
        if markers is None or markers[0].count(">") >= depth or _ATTRIBUTES.fullmatch(line):
            continue
        before = written[: number - first]
        attributed = any(_ATTRIBUTION.match(one) for one in ["\n".join(before), *before])
        joins = "attribution" if attributed else "quotation"
        lacks = 'fewer ">" than the lines above' if ">" in markers[0] else 'no ">"'
        message = f"this line has {lacks}, and is set as part of the {joins} above it"
        tree.report(warning("lazy-line", message, tree.places.span(number, len(line) - len(line.lstrip()) + 1), _HINT))
        return
