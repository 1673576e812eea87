"""Citations in Pandoc's syntax: `[@key]`, `[see @key, locator; @other]`, and `@key` in running text.

They become empty `<span class="citation" data-key="…" data-form="…">`, those in brackets inside a
`<span class="citations" data-group="">`; each edition writes its own words into them.
Keys: Pandoc User's Guide, "Citation syntax". Chinese and Japanese text needs no space before `@` and may part keys,
locators and citations with full-width punctuation.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from book.manuscript.draft import Draft
from book.manuscript.places import flat_text
from book.manuscript.syntax import brackets
from book.manuscript.tree import Tree
from book.model.manuscript import Bracketed, Mention
from book.problem import error, note

_WIDE = "\u2e80-\u2fdf\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Characters of Chinese and Japanese, full-width ones included."""
_INNER = r"[:.#$%&\-+?<>~/]"
_NARROW_KEY = rf"[^\W{_WIDE}](?:[^\W{_WIDE}]|{_INNER}(?=[^\W{_WIDE}])|[:/](?=/))*"
_WIDE_KEY = rf"\w(?:\w|{_INNER}(?=\w)|[:/](?=/))*"
KEY = rf"(?:{_NARROW_KEY}|{_WIDE_KEY})"
_BEFORE = rf"(?<![^\W{_WIDE}])"
NARRATIVE = re.compile(rf"{_BEFORE}@(?P<key>{KEY}|\{{[^{{}}]+\}})(?: ?\[(?!\^)(?P<locator>[^\[\]@]+)\](?![\[({{:]))?")
"""`@key`, with what may follow in brackets: no footnote, link or span."""
_CITED = re.compile(rf"(?P<prefix>.*?){_BEFORE}(?P<suppressed>-?)@(?P<key>{KEY}|\{{[^{{}}]+\}})(?P<rest>.*)", re.DOTALL)
_BRACKETED = re.compile(
    r"(?<![—–―] )(?<![—–―])(?<!-- )\[((?=[^\s\[\]]{0,99}[\d-])[^\s\[\],;<>@]{1,99})(?:,[^\[\]]{0,99})?\]"
)
"""A word with figures or a hyphen in brackets, and a locator behind a comma: other words an editor puts there."""
_MOST = 100
"""Number of these in a block that are looked up."""
_SECOND = re.compile(rf"{_BEFORE}-?@(?:{KEY}|\{{[^{{}}]+\}})")
"""A citation within the locator of another one."""
_WORD_BEFORE = re.compile(r"\w-$")
_SEPARATOR = re.compile("[;；]")
_SPECIAL = re.compile(r"\\([!-/:-@\[-`{-~])|(---)|(--)")
_FORMS: dict[str, Literal["parenthetical", "narrative", "attribution"]] = {
    "parenthetical": "parenthetical",
    "narrative": "narrative",
    "attribution": "attribution",
}
_HINT = "each part between semicolons cites one source: [@one, p. 3; @two]"


def rules(md: MarkdownIt) -> None:
    """Register the rules: brackets after links and spans, bare keys last."""
    md.inline.ruler.after("span", "citations", _bracketed)
    md.inline.ruler.after("citations", "citation", _narrative)
    md.core.ruler.before("text_join", "bracketed_keys", _find_keys)


def _bracketed(state: StateInline, silent: bool) -> bool:
    """Parse `[@key, locator; @key]`."""
    if state.src[state.pos] != "[" or (pair := brackets.pair(state)) is None:
        return False
    parts = _parts(state.src, pair.begin + 1, pair.close)
    if not any(found for _, _, found in parts):
        return False
    if not silent:
        state.push("citations_open", "span", 1).meta = {"at": state.pos}
        for begin, text, found in parts:
            if found is None:
                token = state.push("unread_citation", "", 0)
                token.content, token.meta = text.strip(), {"at": begin}
            else:
                _push(state, found, begin)
                if second := _SECOND.search(_shield(found["rest"])):
                    token = state.push("unread_citation", "", 0)
                    token.content = second[0]
                    token.meta = {"at": begin + found.start("rest") + second.start(), "second": True}
        state.push("citations_close", "span", -1)
    state.pos = pair.close + 1
    return True


def _find_keys(state: StateCore) -> None:
    """Note down what may be the key of a source without its @; behind a dash, `missing-attribution` tells of it."""
    tree: Tree | None = state.env.get("tree")
    for block in state.tokens if tree is not None else ():
        if tree is not None and block.children and "[" in block.content:
            flat = flat_text(block)
            for found in islice(_BRACKETED.finditer(flat), _MOST):
                tree.bracketed.append(Bracketed(found[1], tree.places.near(block, flat, found.start())))


def _parts(src: str, begin: int, end: int) -> list[tuple[int, str, re.Match[str] | None]]:
    """The parts of a group: where each begins, its text, and the citation in it."""
    parts: list[tuple[int, str, re.Match[str] | None]] = []
    if "@" not in src[begin:end]:
        return parts
    for cut in [*(found.span() for found in _SEPARATOR.finditer(src, begin, end)), (end, end)]:
        text = src[begin : cut[0]]
        parts.append((begin, text, _CITED.fullmatch(_shield(text))))
        begin = cut[1]
    return parts


def _shield(text: str) -> str:
    """A text of the same length in which escaped `@` are replaced."""
    return text.replace("\\@", "\\\0") if "\\@" in text else text


def _push(state: StateInline, found: re.Match[str], begin: int) -> None:
    """Add the token of one citation of a group."""
    token = state.push("citation", "span", 0)
    rest = re.sub(r"^\s*[,，、]", "", found["rest"])
    token.meta = {
        "at": begin + found.start("key") - 1,
        "key": found["key"].strip("{}"),
        "form": "parenthetical",
        "suppressed": found["suppressed"] and "yes",
        "locator": _plain(rest),
        "prefix": _plain(found["prefix"]),
    }


def _plain(text: str) -> str | None:
    """A text as an attribute value: without escapes, with double hyphens as dashes; None if it is empty."""
    words = _SPECIAL.sub(lambda one: one[1] or ("—" if one[2] else "–"), text.replace("\0", "@"))
    return " ".join(words.split()) or None


def _narrative(state: StateInline, silent: bool) -> bool:
    """Parse `@key` in running text, `@key [locator]` and `-@key`, except in a link's text."""
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    found = NARRATIVE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent and found["key"] in state.env.get("handles", ()):
        end = found.end("key")
        token = state.push("handle", "", 0)
        token.content, token.meta = state.src[state.pos : end], {"at": state.pos}
        state.pos = end
        return True
    if not silent:
        suppressed = state.pending.endswith("-") and not _WORD_BEFORE.search(state.pending[-2:])
        if suppressed:  # it stands in brackets
            state.pending = state.pending[:-1]
            state.push("citations_open", "span", 1).meta = {"at": state.pos}
        token = state.push("citation", "span", 0)
        token.content = found[0]
        token.meta = {"at": state.pos, "key": found["key"].strip("{}"), "locator": _plain(found["locator"] or "")}
        token.meta |= {"form": "parenthetical", "suppressed": "yes"} if suppressed else {"form": "narrative"}
        if suppressed:
            state.push("citations_close", "span", -1)
    state.pos = found.end()
    return True


def _citation(tree: Tree, token: Token) -> None:
    """The placeholder element of one citation."""
    element = tree.empty("span", attributes={"class": "citation"})
    values = {name: token.meta.get(name) for name in ("key", "form", "locator", "prefix", "suppressed")}
    tree.mark(element, "citation", tree.spot(token), **values)


def _group(tree: Tree, token: Token) -> None:
    """The element that contains the citations of a group."""
    tree.mark(tree.start("span", attributes={"class": "citations"}), "citations", tree.spot(token))


def _unread(tree: Tree, token: Token) -> None:
    """A part of a group that contains no citation, or a second one."""
    at = tree.places.span(*(tree.spot(token) or (None,)))
    message = f'"{token.content}" names no source' if token.content else "a semicolon with no source behind it"
    if token.meta.get("second"):
        message = f'"{token.content}" stands in the locator of another citation, and cites nothing there'
    tree.report(error("unread-citation", message, at, _HINT))


def _handle(tree: Tree, token: Token) -> None:
    """Text that looks like a citation, but is not similar to any source's name."""
    tree.text(token.content)
    message = f'"{token.content}" is shown as text: it is like the name of no source'
    at = tree.places.span(*(tree.spot(token) or (None,)))
    tree.report(note("no-citation", message, at, "in brackets it is a citation, whatever it is called"))


ELEMENTS = {"handle": _handle, "citation": _citation, "citations_open": _group, "unread_citation": _unread}


def transform(draft: Draft) -> None:
    """Give each citation its id, and add it to the draft."""
    quoted = {quotation.anchor for quotation in draft.quotations}
    for element, mark in draft.marked("citations", "citation"):
        if mark.kind == "citations":
            element.set("data-group", "")
            continue
        key, form = mark.values["key"], _FORMS[mark.values["form"]]
        for name in ("key", "form", "locator", "prefix"):
            if name in mark.values:
                element.set(f"data-{name}", mark.values[name])
        if mark.values.get("suppressed"):
            element.set("data-suppressed", "")
        anchor = draft.name(element, f"cite-{key}-{draft.digest(element)}")
        locator, suppressed = mark.values.get("locator"), bool(mark.values.get("suppressed"))
        around = (f"{draft.slug}#{one.get('id')}" for one in element.iterancestors("div", "blockquote"))
        quotation = next((one for one in around if one in quoted), None)
        draft.mentions.append(Mention(anchor, key, locator, form, draft.at(element), suppressed, quotation))
