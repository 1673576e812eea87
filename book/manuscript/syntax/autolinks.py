"""Addresses in running text: `https://…`, `www.…` and `name@example.org` become links, as on GitHub (GFM, 6.9)."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_DOMAIN = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*"
_SCHEME = re.compile(r"(?:^|(?<=[^\w/.-]))https?$", re.IGNORECASE)
_REST = re.compile(rf"://{_DOMAIN}[^\s<>]*")
_WWW = re.compile(rf"(?:^|(?<=[\s*_~(\"'“‘«„]))www\.{_DOMAIN}\.[^\W\d_]+(?:[/?#][^\s<>]*)?")
_NAME = re.compile(r"(?:^|(?<=[^\w.+-]))[A-Za-z0-9][A-Za-z0-9.+_-]*$")
_HOST = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+")
_TRAILING = "?!.,:;*_~'\"”’»“"


def rules(md: MarkdownIt) -> None:
    """Register the rules before citations, because a mail address is not one."""
    md.inline.ruler.before("link", "web_address", _web)
    md.inline.ruler.before("link", "mail_address", _mail)
    md.core.ruler.after("inline_attributes", "www", _find_www)


def _web(state: StateInline, silent: bool) -> bool:
    """Parse `https://…` at its colon."""
    if silent or not state.src.startswith("://", state.pos) or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    rest = _REST.match(state.src, state.pos, state.posMax)
    if scheme is None or rest is None:
        return False
    written = scheme[0] + _trimmed(rest[0])
    if len(written) <= len(scheme[0]) + 3:
        return False
    _push(state, scheme[0], written, written)
    return True


def _mail(state: StateInline, silent: bool) -> bool:
    """Parse `name@example.org` at its `@`."""
    if silent or state.src[state.pos] != "@" or state.linkLevel:
        return False
    name = _NAME.search(state.pending[-64:])
    host = _HOST.match(state.src, state.pos, state.posMax)
    if name is None or host is None:
        return False
    _push(state, name[0], name[0] + host[0], f"mailto:{name[0]}{host[0]}")
    return True


def _push(state: StateInline, pending: str, written: str, href: str) -> None:
    """Add the tokens of a link whose beginning has been parsed as text."""
    begin = state.pos - len(pending)
    state.pending = state.pending[: -len(pending)]
    _fill(state.push("link_open", "a", 1), href, begin)
    state.push("text_special", "", 0).content = written
    state.push("link_close", "a", -1)
    state.pos = begin + len(written)


def _fill(token: Token, href: str, begin: int) -> None:
    """Set the properties of a link token."""
    token.meta = {"href": href, "at": begin}
    token.info = "auto"


def _trimmed(address: str) -> str:
    """An address without trailing punctuation; a closing parenthesis is kept if it has an opening one."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while end and (address[end - 1] in _TRAILING or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _find_www(state: StateCore) -> None:
    """Find `www.…` in texts outside links."""
    if "www." not in state.src:
        return
    for block in state.tokens:
        if block.children and "www." in block.content:
            block.children = list(_with_links(block.children))


def _with_links(tokens: list[Token]) -> list[Token]:
    """Tokens in which addresses in texts are links."""
    result: list[Token] = []
    links = 0
    for token in tokens:
        links += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or links or "www." not in token.content:
            result.append(token)
            continue
        done = 0
        for found in _WWW.finditer(token.content):
            written = _trimmed(found[0])
            before, words = (
                Token("text", "", 0, content=token.content[done : found.start()]),
                Token("text_special", "", 0),
            )
            opening = Token("link_open", "a", 1)
            _fill(opening, f"https://{written}", 0)
            words.content = written
            result += [before, opening, words, Token("link_close", "a", -1)]
            done = found.start() + len(written)
        result.append(Token("text", "", 0, content=token.content[done:]))
    return result
