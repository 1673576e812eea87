"""Finds lists in a text without markup: lines that stand together and begin with the same sign, or with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from book.imports.attributions import unescaped
from book.imports.dates_in_text import find_dates
from book.imports.document import Block, Kind
from book.imports.quoted_words import FEW, length
from book.verify.quoted import quoted_spans

_ITEM = re.compile(
    r"\\?(?P<sign>[-*+\u2022\u25e6\u25aa\u25cf\u2023\u00b7])\s+(?=\S)|(?P<number>\d{1,3})\\?(?P<behind>[.)])\s+(?=\S)"
    r"|\((?P<inner>\d{1,2})\)\s+(?=\S)|(?P<letter>[a-z])\\?(?P<after>[.)])\s+(?=\S)|\((?P<round>[a-z])\)\s+(?=\S)"
)
"""The mark of an item: a sign, a number or a letter. Markdown may have a backslash before it."""
_SURE = "*+\u2022\u25e6\u25aa\u25cf\u2023"
"""Signs that begin nothing else; a hyphen begins what somebody says as well."""
_ENDS = (".", "!", "?", "\u2026", '"', "\u201d", "\u00bb")


def find_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with lines that are the items of one list joined as a list of Markdown.

    Items stand one below the other, or all with a blank line between. Numbers and letters begin at the first and leave
    none out. Lines with a hyphen are a list if a colon introduces them, or if most of them are no sentences; lines that
    quote somebody, or have a date, are no list.
    """
    found: list[Block] = []
    position = 0
    while position < len(blocks):
        run = list(_run(blocks, position))
        said = max((at for at, block in enumerate(run) if _is_said(block)), default=None)
        if len(run) > 1 and said is None and _is_list(run, blocks[position - 1] if position else None):
            found.append(_joined(run))
            position += len(run)
        else:  # a list may begin behind the last line that somebody says
            end = position + max(1, len(run) if said is None else said + 1)
            found += blocks[position:end]
            position = end
    return found


def _run(blocks: Sequence[Block], position: int) -> Iterator[Block]:
    """The paragraphs from a position that begin as items of one list."""
    first = blocks[position]
    start = _mark(first)
    if start is None or start[1] not in (0, 1):
        return
    yield first
    gap: int | None = None
    for number, at in enumerate(range(position + 1, len(blocks)), start[1] + 1):
        before, block = blocks[at - 1], blocks[at]
        mark = _mark(block)
        lines = block.line - before.line - before.markdown.count("\n")
        gap = gap or lines
        if mark is None or mark[0] != start[0] or (start[1] and mark[1] != number) or lines != gap or gap > _APART:
            return
        yield block


_APART = 2
"""Maximum number of lines from an item to the next: one blank line between."""


def _mark(block: Block) -> tuple[str, int] | None:
    """The style of the mark that a paragraph begins with, and its number, 0 for a sign; None if it begins with none."""
    return item_mark(block.markdown) if block.kind is Kind.PARAGRAPH else None


def item_mark(text: str) -> tuple[str, int] | None:
    """The style of the mark that a text begins with, and its number, 0 for a sign; None if it begins with none."""
    match = _ITEM.match(text)
    if match is None:
        return None
    if match["sign"]:
        return match["sign"], 0
    if number := match["number"] or match["inner"]:
        return f"1{match['behind'] or '()'}", int(number)
    letter = match["letter"] or match["round"]
    return f"a{match['after'] or '()'}", ord(letter) - ord("a") + 1


def _is_list(run: Sequence[Block], before: Block | None) -> bool:
    """Whether paragraphs that begin as items are a list."""
    sign = _mark(run[0])
    introduced = before is not None and before.text.endswith((":", "\uff1a"))
    if introduced or (sign and sign[0] in _SURE) or (sign and sign[1]):
        return True
    return 2 * sum(_item_words(one).endswith(_ENDS) for one in run) < len(run)


def _item_words(block: Block) -> str:
    """The words of an item, without its mark."""
    return unescaped(_ITEM.sub("", block.text, count=1))


def _is_said(block: Block) -> bool:
    """Whether an item is a line that quotes somebody, or says when something was said."""
    words = _item_words(block)
    return quotes(words) or bool(words[:1].isupper() and find_dates(words))


def quotes(text: str) -> bool:
    """Whether a line has more than a word or two in quotation marks."""
    return any(length(text[begin:end]) >= FEW for begin, end in quoted_spans(text))


def _joined(run: Sequence[Block]) -> Block:
    """Items as one list of Markdown, with a blank line between them where they had one."""
    mark = _mark(run[0])
    numbered = mark[0] if mark and mark[1] else ""
    loose = run[1].line - run[0].line - run[0].markdown.count("\n") > 1
    items: list[str] = []
    for number, block in enumerate(run, 1):
        label = chr(ord("a") + number - 1) if numbered.startswith("a") else str(number)
        head = {"": "-", "()": f"({label})"}.get(numbered[1:], f"{label}{numbered[1:]}")
        text = _ITEM.sub("", block.markdown, count=1)
        indent = " " * (len(head) + 1)
        items.append(f"{head} {text}".replace("\n", f"\n{indent}"))
    return replace(run[0], kind=Kind.OTHER, markdown=("\n\n" if loose else "\n").join(items))
