"""Quotation marks, dashes and ellipses in the style of a language; escaped ones stay as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.language.quotation_marks import quotes
from book.manuscript.syntax.unclosed import Unclosed
from book.model.sources import RichText

_TAG = re.compile(r"<[^<>]*>")
_APOSTROPHE = "’"
_WORD = "\ufffc"
"""The character that stands for something that is not text, such as code or a citation, beside a mark."""
_QUOTE = re.compile("[\"']")
_ELISION = re.compile(
    r"'(?:\d\ds\b|[a-z]\b|em\b|tis\b|twas\b|twere\b|twill\b|til\b|cause\b|bout\b|round\b)", re.IGNORECASE
)
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)|(?<!\.)\.{3}(?!\.)")
_REPLACED = {"---": "—", "--": "–", "...": "…"}
_JOINED = 4
"""Characters beside a mark among which one is looked for that can be seen."""
_NOTHING = frozenset({"html_inline", "call", "attributes"})


class _Open(NamedTuple):
    """A mark that may open a quotation."""

    mark: str
    at: int


def rules(language: str) -> Callable[[MarkdownIt], None]:
    """Register the rule, which runs before escaped characters are merged into the text."""
    marks = quotes(language)

    def run(state: StateCore) -> None:
        watch = Unclosed(marks, state.env.get("tree"))
        for block in state.tokens:
            if block.children:
                watch.see(block, _set(block.children, marks))
        watch.end()

    return lambda md: md.core.ruler.before("text_join", "typography", run)


def smarten(text: str, language: str) -> str:
    """A text (a title, a question) with the quotation marks and dashes of the body; a `RichText` stays one."""
    if isinstance(text, RichText):
        return _smarten_rich(text, language)
    if not set("\"'-.") & set(text):
        return text
    token = Token("text", "", 0, content=text)
    _set([token], quotes(language))
    return token.content


def _smarten_rich(text: RichText, language: str) -> RichText:
    """The same with markup, which the marks at its ends belong to as if it were not there."""
    tokens = [Token("text", "", 0, content=unescape(words)) for words in _TAG.split(text.html)]
    _set(tokens, quotes(language))
    pairs = zip((token.content for token in tokens), [*_TAG.findall(text.html), ""], strict=True)
    html = "".join(escape(words, quote=False) + tag for words, tag in pairs)
    return RichText("".join(token.content for token in tokens), html)


def _set(tokens: list[Token], marks: tuple[str, str, str, str]) -> str:
    """Set the marks in the texts of one block, and return these texts as the marks see them, each `"` as it was set."""
    texts = [token for token in tokens if token.type == "text"]
    shown = ('"', "'", marks[0].strip(), marks[1].strip())
    seen = any(mark in token.content for token in texts for mark in shown)
    flat = "".join(map(_as_text, tokens)) if seen else ""
    if any(_QUOTE.search(token.content) for token in texts):
        replaced = dict(_pair(flat, marks, set(_own(tokens))))
        for at, token in list(_own_tokens(tokens)):  # all places first: a mark may become two characters (`« `)
            if _QUOTE.search(token.content):
                token.content = "".join(replaced.get(at + n, one) for n, one in enumerate(token.content))
        doubles = {at: written.strip() for at, written in replaced.items() if flat[at] == '"'}
        signs = list(flat)
        for at, written in doubles.items():
            signs[at] = written
        flat = "".join(signs)
    for token in texts:
        if "--" in token.content or "..." in token.content:
            token.content = _DASHES.sub(lambda found: _REPLACED[found[0]], token.content)
    return flat


def _as_text(token: Token) -> str:
    """What a token is to the marks around it."""
    if token.type in ("text", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.nesting or token.type in _NOTHING else _WORD


def _own_tokens(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    """The texts, each with where it begins among all characters."""
    at = 0
    for token in tokens:
        if token.type == "text":
            yield at, token
        at += len(_as_text(token))


def _own(tokens: list[Token]) -> Iterator[int]:
    """Where the straight marks stand in texts: what is escaped is not among them."""
    for at, token in _own_tokens(tokens):
        for found in _QUOTE.finditer(token.content):
            yield at + found.start()


def _pair(flat: str, marks: tuple[str, str, str, str], own: set[int]) -> Iterator[tuple[int, str]]:
    """What each straight mark becomes: pairs are found from the inside out, what is left over follows its sides."""
    outer = {'"': marks[:2], "'": marks[2:]}
    opened: list[_Open] = []
    count = {'"': 0, "'": 0}
    within = _within_written(flat, marks)

    def pop() -> _Open:
        one = opened.pop()
        count[one.mark] -= 1
        return one

    for found in _QUOTE.finditer(flat):
        at, mark = found.start(), found[0]
        if at not in own:
            continue
        opens, closes = _sides(flat, at, open_before=bool(count[mark]))
        if closes and count[mark]:
            while opened[-1].mark != mark:
                yield _left_over(pop(), outer)
            begin = pop().at
            style = marks[2:] if begin in within and at in within else outer[mark]
            yield begin, style[0]
            yield at, style[1]
        elif opens:
            opened.append(_Open(mark, at))
            count[mark] += 1
        else:
            yield at, outer[mark][1] if mark == '"' else _APOSTROPHE
    while opened:
        yield _left_over(pop(), outer)


def _within_written(flat: str, marks: tuple[str, str, str, str]) -> set[int]:
    """Where straight double marks stand in a quotation whose outer marks are written: `« l'"État" »`."""
    opening, closing = marks[0].strip(), marks[1].strip()
    if opening == closing or len(opening) != 1 or len(closing) != 1 or opening not in flat:
        return set()
    spans = re.finditer(f"{opening}[^{opening}{closing}]*{closing}", flat)
    return {span.start() + at for span in spans for at, sign in enumerate(span[0]) if sign == '"'}


def _left_over(one: _Open, outer: Mapping[str, tuple[str, ...]]) -> tuple[int, str]:
    """A mark that opens and is never closed, as where a quotation goes on in the next paragraph."""
    return one.at, outer[one.mark][0]


def _sides(flat: str, at: int, *, open_before: bool) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, by the characters beside it (CommonMark, 6.2)."""
    before = next((one for one in reversed(flat[max(at - _JOINED, 0) : at]) if not _is_unseen(one)), " ")
    after = next((one for one in flat[at + 1 : at + 1 + _JOINED] if not _is_unseen(one)), " ")
    space_before, space_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    opens = not space_after and (not sign_after or space_before or sign_before)
    closes = not space_before and (not sign_before or space_after or sign_after)
    if flat[at] == "'" and opens and _ELISION.match(flat, at):
        return False, False
    if opens and closes:
        if flat[at] == "'" and not sign_before and not sign_after and not {_width(before), _width(after)} & {"W"}:
            return False, False
        if before.isdigit() and flat[at] == '"':
            return False, open_before
        return not open_before, open_before
    return opens, closes


def _width(character: str) -> str:
    """How wide a character is (UAX 11); those of Chinese, Japanese and Korean are `W`, and have no apostrophes."""
    return unicodedata.east_asian_width(character)


def _is_unseen(character: str) -> bool:
    """Whether a character only joins or turns those beside it: a word joiner, a mark of direction."""
    return unicodedata.category(character) == "Cf"


def _is_sign(character: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return character != _WORD and unicodedata.category(character)[0] in "PS"
