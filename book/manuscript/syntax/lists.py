"""Lists: CommonMark's, definition lists, task lists; `#.` for automatic numbers, bullets pasted from Word."""

from __future__ import annotations

import itertools
import re

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from book.manuscript.draft import Draft
from book.manuscript.syntax.enumerators import STYLES
from book.manuscript.syntax.lines import outside_code
from book.manuscript.tree import Tree

_OTHER = re.compile(r"^([ \t>]*)(#\.|[•◦▪‣·●○■□➢✓\uf0a7\uf0b7\uf0d8](?=[ \t\xa0])|o(?=\t))(?=[ \t\xa0])", re.MULTILINE)
"""Markers of Pandoc and of word processors, which write their second bullet as an `o` with a tab behind it."""
_TASK = re.compile(r"\[([ xX])\][ \t\xa0]+")
_BOXES = {" ": "☐", "x": "☑", "X": "☑"}


def rules(md: MarkdownIt) -> None:
    """Register the rules for lists and for list markers of other programs."""
    deflist_plugin(md)
    one_term = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == "deflist")
    md.block.ruler.at("deflist", _unless_caption(one_term), {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("deflist", "terms", _terms(one_term))
    md.core.ruler.before("block_attributes", "definition_lists", _join_lists)
    md.core.ruler.before("block", "markers", _replace_markers)
    md.core.ruler.before("block_attributes", "tasks", _find_tasks)


def _replace_markers(state: StateCore) -> None:
    """Replace foreign list markers by CommonMark's of the same length, so that columns stay the same."""
    if not _OTHER.search(state.src):
        return
    lines = state.src.split("\n")
    for number, line in outside_code(lines):
        found = _OTHER.match(line)
        if found:
            rest = line[found.end() :].replace("\xa0", " ", 1)
            lines[number] = f"{found[1]}{'1.' if found[2] == '#.' else '-'}{rest}"
    state.src = "\n".join(lines)


def _find_tasks(state: StateCore) -> None:
    """Remove `[ ]` and `[x]` from the beginning of items, and mark the items."""
    if "[" not in state.src:
        return
    tokens = state.tokens
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open":
            found = _TASK.match(inline.content)
            if found:
                inline.content = inline.content[found.end() :]
                inline.meta["box"] = _BOXES[found[1]]
                item.meta["attributes"] = {"class": "task"}


def _unless_caption(one_term: RuleFuncBlockType) -> RuleFuncBlockType:
    """A rule that takes no line with a colon for a term, such as the caption of the table before another caption."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith(":", begin) and one_term(state, start, end, silent)

    return rule


def _terms(one_term: RuleFuncBlockType) -> RuleFuncBlockType:
    """A rule for definitions of several terms, one on each line (PHP Markdown Extra); `one_term` parses one."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent or state.is_code_block(start):
            return False
        line = start
        while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
            if line > start and state.src[state.bMarks[line] + state.tShift[line]] == ":":
                break
            line += 1
        last = line - 1
        if last <= start or line >= end or state.isEmpty(line):
            return False
        count = len(state.tokens)
        if not one_term(state, last, end, False):
            return False
        others = [token for number in range(start, last) for token in _term(state, number)]
        state.tokens[count + 1 : count + 1] = others
        state.tokens[count].map = [start, state.line]
        return True

    return rule


def _term(state: StateBlock, line: int) -> list[Token]:
    """The tokens of a term."""
    inline = Token("inline", "", 0, map=[line, line + 1], children=[], level=state.level + 2)
    inline.content = state.getLines(line, line + 1, state.blkIndent, False).strip()
    opening, closing = Token("dt_open", "dt", 1, level=state.level + 1), Token("dt_close", "dt", -1)
    closing.level, opening.map = state.level + 1, inline.map
    return [opening, inline, closing]


def _join_lists(state: StateCore) -> None:
    """Merge definition lists that follow each other."""
    tokens = state.tokens
    joints = {
        index
        for index, (before, after) in enumerate(itertools.pairwise(tokens))
        if before.type == "dl_close" and after.type == "dl_open"
    }
    if joints:
        state.tokens = [token for index, token in enumerate(tokens) if index not in joints and index - 1 not in joints]


def _ordered(tree: Tree, token: Token) -> None:
    """A numbered list with its first number, and how its numbers look."""
    style = token.meta.get("style", "decimal")
    closing = token.meta.get("closing", "paren" if token.markup == ")" else "")
    start = token.meta.get("start", token.attrs.get("start", 1))
    given = {"class": f"{style} {closing}".replace("decimal", "").strip(), "type": STYLES.get(style, "")}
    given["start"] = str(start) if start != 1 else ""
    tree.start("ol", token, {name: value for name, value in given.items() if value})


ELEMENTS = {"ordered_list_open": _ordered}


def transform(draft: Draft) -> None:
    """Name the kind of numbers of lists in raw HTML as it is named for ours, where stylesheets find it."""
    names = {letter: style for style, letter in STYLES.items()}
    for items in draft.root.iter("ol"):
        style = names.get(items.get("type", ""))
        if style and style not in items.get("class", "").split():
            items.set("class", f"{items.get('class', '')} {style}".strip())
