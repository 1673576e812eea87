"""Attributes in braces: `{#id .class key="value"}` after a heading, picture, link or code, and below a block.

Their syntax is that of Pandoc and of Python-Markdown's `attr_list`, which parses them.
"""

from __future__ import annotations

import re

from markdown.extensions.attr_list import get_attrs_and_remainder, sanitize_name
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

BRACES = re.compile(r"\{:?[ ]*([^{}\n]+)\}")
_AT_END = re.compile(r"[ \t]+\{:?[ ]*([^{}\n]+)\}[ \t]*$")
_LAST_LINE = re.compile(r"(?:^|\n)[ \t]*\{:?[ ]*([^{}\n]+)\}[ \t]*$")
_WHOLE = frozenset({"image", "code_inline", "math_inline"})
_PLACES = frozenset({"heading_open", "th_open", "td_open", "dt_open"})


def rules(md: MarkdownIt) -> None:
    """Register the rules: block attributes are parsed before their content, inline ones with it."""
    md.core.ruler.after("block", "block_attributes", _blocks)
    md.core.ruler.after("inline", "inline_attributes", _hand_on)
    md.inline.ruler.before("escape", "attributes", _braces)


def read(text: str) -> dict[str, str] | None:
    """The attributes in a pair of braces, by name; None if they contain anything else.

    `{-}` is Pandoc's short form of `{.unnumbered}`.
    """
    if text.strip() == "-":
        return {"class": "unnumbered"}
    found: dict[str, str] = {}
    pairs, remainder = get_attrs_and_remainder(text)
    if remainder:
        return None
    for name, value in pairs:
        if not value or (name == value and "=" not in text and f"#{value}" not in text):
            return None
        key = "class" if name == "." else sanitize_name(name)
        found[key] = f"{found[key]} {value}" if key == "class" and key in found else value
    return found or None


def _braces(state: StateInline, silent: bool) -> bool:
    """Parse a pair of braces directly after an inline element."""
    if state.src[state.pos] != "{" or not state.pos:
        return False
    found = BRACES.match(state.src, state.pos, state.posMax)
    given = read(found[1]) if found and state.src[state.pos - 1] not in " \n\\" else None
    if found is None or given is None or (not silent and (state.pending or not state.tokens)):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = found[0]
        token.meta = {"attributes": given, "at": state.pos}
    state.pos = found.end()
    return True


def _hand_on(state: StateCore) -> None:
    """Attach attributes to the elements before them; elsewhere they are text."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "{" in block.content:
            _attach(block.children)


def _attach(tokens: list[Token]) -> None:
    """Attach attributes among the tokens of one block."""
    opened: list[Token] = []
    before: Token | None = None
    for token in tokens:
        if token.type == "attributes":
            if before is None:
                token.type = "text_special"
            else:
                before.meta.setdefault("attributes", token.meta["attributes"])
            before = None
            continue
        if token.type == "text" and not token.content:
            continue  # what is left of the marks of emphasis
        if token.nesting > 0:
            opened.append(token)
        before = opened.pop() if token.nesting < 0 and opened else token if token.type in _WHOLE else None


def _blocks(state: StateCore) -> None:
    """Attach the attributes at the end of headings and cells, and on the last line of paragraphs."""
    tokens = state.tokens
    drop: set[int] = set()
    for index, token in enumerate(tokens):
        if token.type != "inline" or "}" not in token.content:
            continue
        holder = tokens[index - 1]
        pattern = _AT_END if holder.type in _PLACES else _LAST_LINE if holder.type == "paragraph_open" else None
        found = pattern.search(token.content) if pattern else None
        given = read(found[1]) if found else None
        if found is None or given is None:
            continue
        token.content = token.content[: found.start()]
        if holder.type == "paragraph_open" and not token.content:
            holder = _beside(tokens, index) or holder
            drop |= {index - 1, index, index + 1}
        elif holder.hidden:
            holder = next(one for one in reversed(tokens[:index]) if one.type in ("list_item_open", "dd_open"))
        known = holder.meta.setdefault("attributes", {})
        both = " ".join(one["class"] for one in (known, given) if "class" in one)
        known |= given | ({"class": both} if both else {})
    if drop:
        state.tokens = [token for index, token in enumerate(tokens) if index not in drop]


def take_from_end(inline: Token, holder: Token) -> None:
    """Remove the attributes at the end of a text, after a space, and return them for its block."""
    found = _AT_END.search(inline.content)
    given = read(found[1]) if found else None
    if found and given:
        inline.content = inline.content[: found.start()]
        holder.meta["attributes"] = given


def _beside(tokens: list[Token], index: int) -> Token | None:
    """The block that a line with only attributes belongs to: the adjacent one, else the one before."""
    own = tokens[index - 1]
    before = None
    for token in reversed(tokens[: index - 1]):
        if token.level < own.level:
            break
        if token.level == own.level and token.nesting >= 0 and token.type != "inline":
            before = token
            break
    after = tokens[index + 2] if index + 2 < len(tokens) and tokens[index + 2].nesting >= 0 else None
    touches = after is not None and after.map and own.map and after.map[0] == own.map[1]
    parted = before is None or not before.map or not own.map or before.map[1] < own.map[0]
    return after if before is None or (touches and parted) else before
