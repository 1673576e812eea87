r"""Verse: lines that stay lines.

    > Tiger, tiger, burning bright\
    > In the forests of the night,
    >
    > — [@blake-1794]

A quotation is verse if its every line ends in a hard break (a backslash, as on GitHub, or two spaces), a paragraph if
they all end in a backslash or in `<br>`; so is what stands in `::: verse`, and a line block (`| line`, as in Pandoc),
which keeps the spaces that a line begins with. What holds the stanzas gets the class `verse`, and each line becomes
`<span class="line">…</span>`, so that a line too long for the page is turned over under itself; the `<br/>` between
lines stays. A backslash behind the last line of a stanza is none of its words.
"""

from __future__ import annotations

import re
from itertools import accumulate

from lxml import etree
from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.draft import Draft
from book.manuscript.tree import Tree

_LINE = re.compile(r"\|(?: (?P<indent> *)(?P<words>.*?)|)[ \t]*$")
_ENDED = re.compile(r"(?:\\|<br[ ]?/?>)[ \t]*$", re.IGNORECASE)
"""The end of a line of verse: a backslash, or a tag."""
_BREAK = "  \n"
"""A hard break, spelt so that columns stay."""


def rules(md: MarkdownIt) -> None:
    """Line blocks, and paragraphs whose lines all end in a backslash."""
    md.block.ruler.before("paragraph", "line_block", _line_block, {"alt": ["paragraph", "reference"]})
    md.core.ruler.after("block_attributes", "verse", _find)
    md.core.ruler.after("inline", "verse_lines", _confirm)


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with `| `; what begins with a space goes on with the line before."""
    if state.is_code_block(start) or (first := _line(state, start)) is None:
        return False
    if silent:
        return True
    lines, number = [first], start + 1
    while number < end and state.sCount[number] >= state.blkIndent and not state.isEmpty(number):
        line = _line(state, number)
        if line is None and state.sCount[number] == state.blkIndent:
            break
        if line is None:
            lines[-1] += "\n" + _text(state, number)
        else:
            lines.append(line)
        number += 1
    _push(state, lines, start, number)
    state.line = number
    return True


def _line(state: StateBlock, number: int) -> str | None:
    """The words of one line of a line block; None for a line that is none, such as a row of a table."""
    text = _text(state, number)
    found = _LINE.match(text) if not text.rstrip().endswith("|") or text.strip() == "|" else None
    return None if found is None else "\xa0" * len(found["indent"] or "") + (found["words"] or "")


def _text(state: StateBlock, number: int) -> str:
    """A line of the text, from its first character that is no space."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _push(state: StateBlock, lines: list[str], start: int, end: int) -> None:
    """The tokens of a line block; an empty line ends a stanza."""
    whole = state.push("verse_open", "div", 1)
    whole.map = [start, end]
    begin = 0
    places = [*accumulate((line.count("\n") + 1 for line in lines), initial=start)]
    for number in range(len(lines) + 1):
        if number < len(lines) and lines[number]:
            continue
        if number > begin:
            state.push("stanza_open", "p", 1).map = [places[begin], places[number]]
            inline = state.push("inline", "", 0)
            inline.map, inline.children = [places[begin], places[number]], []
            inline.content = _BREAK.join(lines[begin:number])
            state.push("stanza_close", "p", -1)
        begin = number + 1
    state.push("verse_close", "div", -1)


def _find(state: StateCore) -> None:
    """Mark stanzas outside of quotations: every line but the last ends in a break, or stands in `::: verse`."""
    if "\\\n" not in state.src and ":::" not in state.src and "<br" not in state.src.lower():
        return
    quoted = 0
    divisions: list[bool] = []
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type in ("blockquote_open", "blockquote_close"):
            quoted += opening.nesting
        elif opening.type == "division_open":
            divisions.append("verse" in opening.meta["attributes"].get("class", "").split() or any(divisions[-1:]))
        elif opening.type == "division_close":
            divisions.pop()
        elif opening.type == "paragraph_open" and not opening.hidden:
            lines = inline.content.split("\n")
            if any(divisions[-1:]):
                inline.content = _BREAK.join(_indented(line) for line in lines)
            elif not quoted and len(lines) > 1 and all(map(_ENDED.search, lines[:-1])):
                opening.type = "stanza_open"
                opening.meta["backslashes"] = True


def _confirm(state: StateCore) -> None:
    """Take back what only looked like a stanza: a backslash in code or in a tag, or a break inside emphasis."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.meta.pop("backslashes", False):
            breaks = sum(_breaks(token) for token in inline.children or ())
            if breaks < inline.content.count("\n"):
                opening.type = "paragraph_open"


def _breaks(token: Token) -> bool:
    """Whether a token breaks a line, outside of emphasis."""
    tag = token.type == "html_inline" and _ENDED.match(token.content) is not None
    return token.level == 0 and (tag or token.type == "hardbreak")


def _indented(line: str) -> str:
    """A line of verse without the mark of a hard break, its indent kept."""
    words = line.removesuffix("\\").strip()
    return "\xa0" * (len(line) - len(line.lstrip())) + words


def _verse(tree: Tree, token: Token) -> None:
    """What holds a line block."""
    tree.mark(tree.start("div", token, attributes={"class": "verse"}), "verse", tree.spot(token))


def _stanza(tree: Tree, token: Token) -> None:
    """A stanza, of a line block or by itself."""
    tree.mark(tree.start("p", token), "stanza", tree.spot(token))


ELEMENTS = {"verse_open": _verse, "stanza_open": _stanza}


def transform(draft: Draft) -> None:
    """Set the lines of verse apart."""
    for division in draft.root.iter("div", "aside"):
        if "verse" in (division.get("class") or "").split():
            for stanza in division.iter("p"):
                _set_lines(stanza)
    for quote in draft.root.iter("blockquote"):
        stanzas = [block for block in quote if block.get("class") != "attribution"]
        if any(_is_verse(block) for block in stanzas) and all(_is_verse(block) or _is_line(block) for block in stanzas):
            quote.set("class", f"{quote.get('class', '')} verse".strip())
            for stanza in stanzas:
                _set_lines(stanza)
    for stanza, _ in draft.marked("stanza"):
        if not _is_set(stanza):
            _gather(stanza)


def _gather(stanza: _Element) -> None:
    """Put a stanza that stands by itself into the verse before it, or into one of its own."""
    before = stanza.getprevious()
    if before is None or before.get("class") != "verse" or before.tag != "div":
        before = etree.Element("div", {"class": "verse"})
        stanza.addprevious(before)
    before.tail, tail = stanza.tail, "\n"
    before.append(stanza)
    stanza.tail = tail
    _set_lines(stanza)


def _drop_last_backslash(stanza: _Element) -> None:
    """Take away the backslash behind the last line."""
    last = stanza[-1] if len(stanza) else None
    text = (stanza.text if last is None else last.tail) or ""
    if text.rstrip().endswith("\\"):
        bare = text.rstrip()[:-1]
        if last is None:
            stanza.text = bare
        else:
            last.tail = bare


def _is_verse(block: _Element) -> bool:
    """Whether a paragraph has several lines, each but the last ending in a hard break."""
    texts = [(text, _is_behind_break(text)) for text in _texts(block)]
    broken = block.find("br") is not None and all(br.getparent() is block for br in block.iter("br"))
    return (
        block.tag == "p" and broken and not any("\n" in (text[1:] if after else text).strip() for text, after in texts)
    )


def _is_set(stanza: _Element) -> bool:
    """Whether the lines of a stanza stand apart already; in an attribution and a title there are none."""
    return stanza.find("span[@class='line']") is not None or stanza.get("class") in ("attribution", "aside-title")


def _is_behind_break(text: etree._ElementUnicodeResult) -> bool:
    """Whether a piece of text stands behind a hard break."""
    before = text.getparent() if text.is_tail else None
    return before is not None and before.tag == "br"


def _is_line(block: _Element) -> bool:
    """Whether a paragraph is a single line."""
    return block.tag == "p" and block.find(".//br") is None and not any("\n" in text.strip() for text in _texts(block))


def _texts(block: _Element) -> list[etree._ElementUnicodeResult]:
    """The pieces of text in a paragraph."""
    return block.xpath(".//text()")  # type: ignore[return-value]


def _set_lines(stanza: _Element) -> None:
    """Put each line of a stanza into an element of its own."""
    if _is_set(stanza):
        return
    _drop_last_backslash(stanza)
    pieces: list[_Element] = list(stanza)
    line = etree.Element("span", {"class": "line"})
    line.text, stanza.text = (stanza.text or "").lstrip("\n"), None
    lines = [line]
    for piece in pieces:
        if piece.tag == "br":
            line = etree.Element("span", {"class": "line"})
            line.text, piece.tail = (piece.tail or "").lstrip("\n"), "\n"
            lines += [piece, line]
        else:
            line.append(piece)
    stanza[:] = lines
