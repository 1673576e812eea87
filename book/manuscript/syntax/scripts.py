"""`~~struck~~` text, `H~2~O` and `x^2^`, as in Pandoc; no white space inside single marks."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_WORDS = {"~": re.compile(r"~((?:\\.|[^\\~\s])+)~(?!~)"), "^": re.compile(r"\^((?:\\.|[^\\^\s\[])(?:\\.|[^\\^\s])*)\^")}
_TAGS = {"~": "sub", "^": "sup"}


def rules(md: MarkdownIt) -> None:
    """Register the rules before emphasis."""
    md.enable("strikethrough")
    md.inline.ruler.before("strikethrough", "scripts", _script)


def _script(state: StateInline, silent: bool) -> bool:
    """Parse `~subscript~` or `^superscript^`."""
    mark = state.src[state.pos]
    tag = _TAGS.get(mark)
    if tag is None or (mark == "~" and state.src.startswith("~~", state.pos)):
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
