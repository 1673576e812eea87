"""Mathematics: `$a^2$` in running text and `$$…$$` by itself, in TeX, as in Pandoc.

They become `<span class="math" data-math="a^2"></span>`, or `<div …>`; each edition writes its own form into them.
Prose with prices is no mathematics: nothing stands directly inside the dollars, no digit behind them, no sentence
between them.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_block_dollar

from book.manuscript.draft import Draft
from book.manuscript.tree import Tree
from book.model.manuscript import Formula

_FORMULA = re.compile(
    r"(?<![\\$0-9])(?:\$\$((?:\\.|[^\\$])+)\$\$|\$(?=[^\s$])((?:\\.|[^\\$])*[^\\$\s])\$(?![0-9$]))", re.DOTALL
)
_SIGN = re.compile(r"[\\^_={}<>+*/|]")
_WORDS = re.compile(r"[^\W\d_]{3,}")


def rules(md: MarkdownIt) -> None:
    """Register the rules before escapes."""
    md.block.ruler.before("fence", "math_block", math_block_dollar(), {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("escape", "math", _formula)


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


ELEMENTS = {"math_inline": _inline, "math_block": _block, "math_block_label": _block}


def transform(draft: Draft) -> None:
    """Add the formulas to the draft."""
    for element, mark in draft.marked("math"):
        tex = " ".join(mark.values["tex"].split())
        element.set("data-math", tex)
        if "display" in mark.values:
            element.set("data-display", "")
        draft.formulas.append(Formula(tex, draft.at(element)))
