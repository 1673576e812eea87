"""`~~struck~~` text, `H~2~O` and `x^2^`, as in Pandoc, with no white space inside single marks; `==marked==` text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_WORDS = {"~": re.compile(r"~((?:\\.|[^\\~\s])+)~(?!~)"), "^": re.compile(r"\^((?:\\.|[^\\^\s\[])(?:\\.|[^\\^\s])*)\^")}
_TAGS = {"~": "sub", "^": "sup"}
_MARKED = re.compile(r"==(?![\s=])((?:\\.|`[^`\n]*`|[^\\=`]|=(?!=))*?)(?<![\s=])==(?!=)", re.DOTALL)
_INSIDE = re.compile(r"[^\W_]|[\"'“‘«‹„(\[*_`]")
"""What marked words can begin with; `==>` is an arrow."""
_BESIDE = re.compile("[A-Za-z0-9]")
"""What cannot stand directly beside them; `a==b` compares."""


def rules(md: MarkdownIt) -> None:
    """Register the rules before emphasis."""
    md.enable("strikethrough")
    md.inline.ruler.before("strikethrough", "scripts", _script)
    md.inline.ruler.before("strikethrough", "marked", _marked)


def _script(state: StateInline, silent: bool) -> bool:
    """Parse `~subscript~` or `^superscript^`."""
    mark = state.src[state.pos]
    tag = _TAGS.get(mark)
    if tag is None or state.src.startswith(mark * 2, state.pos) or _before(state) == mark == "^":
        return False
    found = _WORDS[mark].match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.push(f"{tag}_open", tag, 1)
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True


def _marked(state: StateInline, silent: bool) -> bool:
    """Parse `==marked==`."""
    if not state.src.startswith("==", state.pos) or _before(state) == "=":
        return False
    found = _MARKED.match(state.src, state.pos, state.posMax)
    beside = _before(state), state.src[found.end() : found.end() + 1] if found else ""
    if found is None or not _INSIDE.match(found[1]) or any(map(_BESIDE.match, beside)):
        return False
    if not silent:
        end = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("mark_close", "mark", -1)
    state.pos = found.end()
    return True


def _before(state: StateInline) -> str:
    """The character before the present one; nothing at the beginning of a text."""
    return state.src[state.pos - 1] if state.pos else ""
