"""Mathematics: `$a^2$` in running text and `$$…$$` by itself, in TeX, as in Pandoc.

They become `<span class="math" data-math="a^2"></span>`, or `<div …>`; each edition writes its own form into them.
Prose with prices is no mathematics: nothing stands directly inside the dollars, no digit behind them, no sentence
between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from book.manuscript.draft import Draft
from book.manuscript.tree import Tree
from book.model.manuscript import Formula

_FORMULA = re.compile(
    r"(?<![\\$0-9])(?:\$\$((?:\\.|[^\\$])+)\$\$|\$(?=[^\s$])((?:\\.|[^\\$])*[^\\$\s])\$(?![0-9$]))", re.DOTALL
)
_END = re.compile(r"\$\$[ \t]*(?:\((?P<label>[^()$]+)\)|\{#(?P<id>[\w:.-]+)\})?[ \t]*$")
_SIGN = re.compile(r"[\\^_={}<>+*/|]")
_WORDS = re.compile(r"[^\W\d_]{3,}")


def rules(md: MarkdownIt) -> None:
    """Register the rules before escapes."""
    md.core.ruler.before("block", "math_ends", _find_ends)
    md.block.ruler.before("fence", "math_block", _by_itself, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("escape", "math", _formula)


def _find_ends(state: StateCore) -> None:
    """Note down the lines that can end a formula by itself: those that end in its mark, and empty ones."""
    if "$$" in state.src:
        lines = state.src.split("\n")
        state.env["math"] = [n for n, line in enumerate(lines) if not line.strip(" \t>") or _END.search(line)]


def _by_itself(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula between lines that begin and end with two dollars; what stands in parentheses behind it is its id."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", begin) or state.is_code_block(start):
        return False
    first = state.src[begin + 2 : state.eMarks[start]]
    ends: list[int] = state.env.get("math", [])
    last = start if _END.search(first) else next(iter(ends[bisect_right(ends, start) :][:1]), end)
    if last >= end or ("$$" in first and last > start) or state.isEmpty(last):
        return False
    if any(state.sCount[line] < state.blkIndent for line in range(start, last + 1)):
        return False  # what holds it ends before it, such as an item of a list
    lines = state.getLines(start, last + 1, state.blkIndent, False).strip()
    found = _END.search(lines)
    if found is None or not lines[2 : found.start()].strip():
        return False
    if not silent:
        token = state.push("math_block", "div", 0)
        token.content, token.info = lines[2 : found.start()].strip(), found["label"] or found["id"] or ""
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    """Parse a formula in running text."""
    if state.src[state.pos] != "$":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    tex = found[1] or found[2]
    if not found[1] and not _SIGN.search(tex) and _WORDS.search(tex):
        return False
    if not silent:
        token = state.push("math_inline", "span", 0)
        token.content = tex
        token.meta = {"at": state.pos, "display": bool(found[1])}
    state.pos = found.end()
    return True


def _inline(tree: Tree, token: Token) -> None:
    """The element of a formula in running text."""
    element = tree.empty("span", token, attributes={"class": "math"})
    tree.mark(element, "math", tree.spot(token), tex=token.content, display="yes" if token.meta["display"] else None)


def _block(tree: Tree, token: Token) -> None:
    """The element of a displayed formula; a text in parentheses after it is its id."""
    element = tree.empty("div", token, attributes={"class": "math"} | ({"id": token.info} if token.info else {}))
    tree.mark(element, "math", tree.spot(token), tex=token.content, display="yes")


ELEMENTS = {"math_inline": _inline, "math_block": _block}


def transform(draft: Draft) -> None:
    """Add the formulas to the draft."""
    for element, mark in draft.marked("math"):
        tex = " ".join(mark.values["tex"].split())
        element.set("data-math", tex)
        if "display" in mark.values:
            element.set("data-display", "")
        draft.formulas.append(Formula(tex, draft.at(element)))
