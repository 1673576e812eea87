"""Fenced divisions, as in Pandoc: `::: {.note}` … `:::`, or `::: note` followed by a title.

Notes, tips, warnings and the like become an `aside`, others a `div`; `verse`, `epigraph` and `dedication` keep their
meaning. A layout `layouts/division-note.html` of the project decides how divisions of that class look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.draft import Draft
from book.manuscript.syntax.attributes import read
from book.manuscript.syntax.containers import Containers
from book.manuscript.syntax.lines import outside_code
from book.manuscript.tree import Tree
from book.problem import warning

ASIDES = frozenset({
    "alert", "aside", "callout", "caution", "danger", "important", "info", "note", "sidebar", "tip", "warning",
    "callout-note", "callout-tip", "callout-warning", "callout-important", "callout-caution",
})  # fmt: skip
"""Classes that make an aside."""
_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_OPENING = re.compile(r"(?:\{(?P<braces>[^{}]*)\}|(?P<word>[A-Za-z][\w-]*)(?:[ \t]+(?P<title>[^:{}]+?))?)[ \t]*:*")


@dataclass(frozen=True, slots=True)
class _Division:
    """One fenced division."""

    close: int
    """The line (0-based) that ends it, or the one after the last."""
    attributes: dict[str, str]
    """Its attributes, without the title."""
    title: str | None
    """Its title."""
    closed: bool
    """Whether a fence closes it."""


def rules(md: MarkdownIt) -> None:
    """Register the rules: fences are paired first, then their content is parsed."""
    md.core.ruler.before("block", "fences", _pair_fences)
    rest = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "division", _division, {"alt": rest})


def _pair_fences(state: StateCore) -> None:
    """Record which fence closes each opening one; a fence without words closes the innermost of its container."""
    if ":::" not in state.src:
        return
    lines = state.src.split("\n")
    found: dict[int, _Division] = {}
    containers = Containers(_FENCE)
    for number, line in outside_code(lines, held=True):
        content = containers.enter(line)
        fence = _FENCE.match(content) if content else None
        if fence is None:
            continue
        if fence[2]:
            if (given := _given(fence[2])) is not None:
                found[number] = _Division(len(lines), *given, closed=False)
                containers.stack[-1].opened.append(number)
        elif opening := next((one.opened for one in reversed(containers.all()) if one.opened), None):
            begin = opening.pop()
            found[begin] = replace(found[begin], close=number, closed=True)
    state.env["divisions"] = found


def _given(written: str) -> tuple[dict[str, str], str | None] | None:
    """The attributes and the title after an opening fence; None if the line is no fence."""
    opening = _OPENING.fullmatch(written)
    if opening is None:
        return None
    if opening["braces"] is None:
        return {"class": opening["word"]}, opening["title"]
    attributes = read(opening["braces"])
    if attributes is None:
        return None
    return attributes, attributes.pop("title", None)


def _division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a division."""
    begin = state.bMarks[start] + state.tShift[start]
    division: _Division | None = state.env.get("divisions", {}).get(start)
    if division is None or not state.src.startswith(":::", begin) or state.is_code_block(start):
        return False
    if silent:
        return True
    last = min(division.close, end)
    token = state.push("division_open", "div", 1)
    state.tokens += title_tokens(division.title or "", start)
    parent, bottom = state.parentType, state.lineMax
    state.parentType, state.lineMax, state.line = "division", last, start + 1
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, bottom
    state.push("division_close", "div", -1)
    whole = state.line >= last  # else what holds the division ended before it, such as an item of a list
    token.map = [start, min(state.line, last)]
    token.meta = {"attributes": division.attributes, "closed": division.closed and whole}
    state.line = last + 1 if whole and last < end else min(state.line, last)
    return True


def title_tokens(title: str, line: int) -> list[Token]:
    """The tokens for an aside's title, which is parsed as running text; none if it is empty."""
    if not title:
        return []
    opening = Token("paragraph_open", "p", 1, map=[line, line + 1], meta={"attributes": {"class": "aside-title"}})
    inline = Token("inline", "", 0, map=[line, line + 1], children=[], content=title)
    return [opening, inline, Token("paragraph_close", "p", -1)]


def _open(tree: Tree, token: Token) -> None:
    """The element of a division."""
    classes = token.meta["attributes"].get("class", "").split()
    element = tree.start("aside" if ASIDES.intersection(classes) else "div", token)
    tree.mark(element, "division", tree.spot(token))
    if not token.meta["closed"]:
        at = tree.places.span(*(tree.spot(token) or (None,)))
        hint = "end it: :::" + (", indented like its beginning" if token.level else "")
        tree.report(warning("unclosed-division", "the division that begins here does not end", at, hint))


ELEMENTS = {"division_open": _open}


def transform(draft: Draft) -> None:
    """Add the divisions to the draft."""
    for division, _ in draft.marked("division"):
        division.set("data-division", "")
