"""Finds in a text without markup what its layout means: title, line about the author, headings, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from book.imports.attributions import is_quoted, unescaped
from book.imports.bylines import is_byline
from book.imports.capitals import in_small_letters, names_of
from book.imports.cleaning import is_furniture
from book.imports.dates_in_text import FoundDate, find_dates
from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind
from book.imports.occasions import is_attribution
from book.imports.plain_notes import with_notes
from book.imports.quoted_words import length

_TITLE, _HEADING = 90, 60
"""Maximum lengths in characters of a title and of a heading without a number."""
_TEXT = 20
"""Minimum number of words of a paragraph of running text."""
_NUMBERED = re.compile(
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.):]\s*|\s+)(?=\S)|(?P<roman>[IVXL]{1,6})[.):]?\s+(?=\S)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[、．.：\s]\s*(?=\S)|[(（](?P<inner>[一二三四五六七八九十]{1,3})[)）]\s*(?=\S)"
)
_ENDS = (".", ",", ";", ":", "。", "，", "；", "：", "…")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_HAN = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}


def find_outline(document: Document) -> tuple[Document, list[Decision]]:
    """A text without markup with its title, headings and notes as such, and the decisions about them."""
    decisions: list[Decision] = []
    blocks, label = with_notes(document.blocks)
    if label is not None:
        what = "the numbered lines at the end are notes"
        decisions.append(Decision(Subject.STRUCTURE, what, document.path, label.line, label.text, 0.85))
    document = _with_title(replace(document, blocks=tuple(blocks)), decisions)
    document = _with_headings(document, decisions)
    return _with_named_parts(document, decisions), decisions


def _with_headings(document: Document, decisions: list[Decision]) -> Document:
    """The document with the lines that are headings by their numbers, their capital letters, or their place as such."""
    if any(block.kind is Kind.HEADING for block in document.blocks):
        return document
    numbered = dict(_numbered(document.blocks))
    if numbered:
        found = tuple(numbered.get(index, block) for index, block in enumerate(document.blocks))
        for index, block in numbered.items():
            what = f'"{block.text}" is a heading: its number is one of a row'
            written = document.blocks[index].text
            decisions.append(Decision(Subject.STRUCTURE, what, document.path, block.line, written, 0.85))
        return replace(document, blocks=found)
    found_lines = _with_capitals(document, decisions) or _with_days(document, decisions)
    return found_lines or _with_short_lines(document, decisions)


def _with_days(document: Document, decisions: list[Decision]) -> Document | None:
    """The document with lines that are nothing but a day as headings, as in a diary; None if it has less than three."""
    blocks = list(document.blocks)
    places = [at for at in range(len(blocks) - 1) if _is_day(blocks[at]) and blocks[at + 1].kind is Kind.PARAGRAPH]
    if len(places) < _ENTRIES or any(other == one + 1 for one, other in pairwise(places)):
        return None
    if any(at and is_quoted(unescaped(blocks[at - 1].text)) for at in places):
        return None  # they say of what day quotations are
    for at in places:
        block = blocks[at]
        what = "a line that is a day is a heading, as others are"
        decisions.append(Decision(Subject.STRUCTURE, what, document.path, block.line, block.text, 0.8))
        blocks[at] = replace(block, kind=Kind.HEADING, level=2)
    return replace(document, blocks=tuple(blocks))


_ENTRIES = 3
"""Minimum number of days that are headings."""


def _is_day(block: Block) -> bool:
    """Whether a paragraph is a day, with the name of a weekday or without."""
    dates = find_dates(block.text) if block.kind is Kind.PARAGRAPH and len(block.text) <= _HEADING else ()
    return len(dates) == 1 and dates[0].exact and length(_without(block.text, dates[0])) <= 1


def _without(text: str, date: FoundDate) -> str:
    """A text without a date."""
    return f"{text[: date.begin]} {text[date.end :]}"


def _with_title(document: Document, decisions: list[Decision]) -> Document:
    """The document without its first line, if that is a title."""
    blocks = list(document.blocks)
    first = next((block for block in blocks if block.kind is not Kind.BREAK), None)
    texts = [block for block in blocks if length(block.text) >= _TEXT or block.kind is Kind.HEADING]
    texts += [block for block in blocks if block is not first and is_quoted(unescaped(block.text))]
    if first is None or not texts or first in texts or document.title or first.kind is not Kind.PARAGRAPH:
        return document
    words = unescaped(first.text)
    if len(words) > _TITLE or words.endswith(_ENDS) or is_attribution(words) or is_byline(words) or is_furniture(words):
        return document
    if find_dates(words) and length(words) < 5:
        return document
    blocks.remove(first)
    what = f'the first line, "{words}", is the title'
    question = f'The title "{words}" is in capital letters: which of its words have one?' if words.isupper() else None
    score = 0.7 if question else 0.8
    decisions.append(Decision(Subject.STRUCTURE, what, document.path, first.line, words, score, question))
    bare = words[1:-1] if is_quoted(words) else words
    return replace(
        document, blocks=tuple(blocks), title=in_small_letters(bare, names_of(blocks)) if bare.isupper() else bare
    )


def _numbered(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """The paragraphs that are headings with numbers of one row, by their positions, as headings without their numbers.

    A row begins with one, leaves no number out, and has text between any two of its headings.
    """
    found: list[tuple[int, str, tuple[int, ...], str]] = []
    for index, block in enumerate(blocks):
        text = unescaped(block.text)
        match = _NUMBERED.match(text) if block.kind is Kind.PARAGRAPH and len(text) <= _TITLE else None
        if match is not None and not text.endswith(_ENDS) and index + 1 < len(blocks) and not _is_date(text):
            style = match.lastgroup or ""
            found.append((index, style, _number(match[style], style), text[match.end() :]))
    for style in dict.fromkeys(style for _, style, _, _ in found):
        row = [one for one in found if one[1] == style]
        tops = [one for one in row if len(one[2]) == 1]
        if len(tops) < 2 or [one[2][0] for one in tops] != list(range(1, len(tops) + 1)):
            continue
        if any(other[0] == one[0] + 1 for one, other in pairwise(tops)):
            continue  # a list
        names = names_of(blocks)
        for index, _, number, words in row:
            shown = in_small_letters(words, names) if words.isupper() and len(words) >= _LETTERS else words
            yield index, replace(blocks[index], kind=Kind.HEADING, markdown=shown, level=1 + len(number))
        return


def _is_date(text: str) -> bool:
    """Whether a line begins with a date, whose day looks like a number of a row."""
    return any(date.begin == 0 for date in find_dates(text))


def _number(written: str, style: str) -> tuple[int, ...]:
    """The number of a heading, by its parts."""
    if style == "decimal":
        return tuple(int(part) for part in written.split("."))
    if style == "roman":
        values = [_ROMAN[sign] for sign in written]
        signed = (-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
        return (sum(signed),)
    tens, sign, ones = written.partition("十")
    return ((_HAN.get(tens, 1) * 10 if sign else _HAN.get(tens, 0)) + _HAN.get(ones, 0),)


def _with_capitals(document: Document, decisions: list[Decision]) -> Document | None:
    """The document with lines in capital letters as headings, if there are at least two with text below; else None."""
    blocks = list(document.blocks)
    places = [index for index in range(len(blocks) - 1) if _in_capitals(blocks[index])]
    if len(places) < 2 or any(other == one + 1 for one, other in pairwise(places)):
        return None
    names = names_of(blocks)
    for index in places:
        block = blocks[index]
        what = "a line in capital letters is a heading"
        decisions.append(Decision(Subject.STRUCTURE, what, document.path, block.line, block.text, 0.8))
        blocks[index] = replace(block, kind=Kind.HEADING, markdown=in_small_letters(block.text, names), level=2)
    return replace(document, blocks=tuple(blocks))


def _in_capitals(block: Block) -> bool:
    """Whether a paragraph is a short line in capital letters, and no attribution."""
    text = unescaped(block.text)
    return (
        block.kind is Kind.PARAGRAPH
        and text.isupper()
        and sum(map(str.isalpha, text)) >= _LETTERS
        and len(text) <= _HEADING
        and not text.endswith((*_ENDS, "?", "!"))
        and not (is_quoted(text) or is_attribution(text) or find_dates(text) or is_furniture(text))
    )


_LETTERS = 4
"""Minimum number of letters of a heading in capital letters."""


_PARTS = re.compile(
    r"(?:introduction|preface|foreword|prologue|epilogue|conclusions?|afterword|postscript|einleitung|einführung|vorwort|nachwort|schluss|"
    r"schlusswort|fazit|ausblick|avant-propos|préface|épilogue|postface|introducción|prólogo|epílogo|conclusión(?:es)?|"
    r"introduzione|prefazione|prologo|epilogo|conclusion[ei]|introdução|prefácio|conclusão|"
    r"前言|引言|导言|導言|序|序言|结语|結語|后记|後記|尾声|尾聲|はじめに|おわりに|введение|заключение)[.:]?",
    re.IGNORECASE,
)
"""Headings of parts that have no number, because of what they are."""


def _with_named_parts(document: Document, decisions: list[Decision]) -> Document:
    """A document that has headings, with those of its introduction, its conclusion and the like too."""
    levels = [block.level for block in document.blocks if block.kind is Kind.HEADING]
    found = list(document.blocks)
    names = names_of(found) if levels else {}
    for index, block in enumerate(found[:-1] if levels else ()):
        if block.kind is Kind.PARAGRAPH and _PARTS.fullmatch(block.text):
            words = in_small_letters(block.text, names) if block.text.isupper() else block.text
            found[index] = replace(block, kind=Kind.HEADING, markdown=words.rstrip(".:"), level=min(levels))
            what = "a line that names a part is a heading, as others are"
            decisions.append(Decision(Subject.STRUCTURE, what, document.path, block.line, block.text, 0.85))
    return replace(document, blocks=tuple(found))


def _with_short_lines(document: Document, decisions: list[Decision]) -> Document:
    """The document with short lines between paragraphs as headings, if there are at least two; each is a question."""
    blocks = list(document.blocks)
    places = [index for index in range(len(blocks)) if _is_heading(blocks, index)]
    if len(places) < 2 or any(other == one + 1 for one, other in pairwise(places)):
        return document
    for index in places:
        what = "a short line with a blank line on either side is a heading"
        block = blocks[index]
        question = f'Is "{unescaped(block.text)}" a heading?'
        decisions.append(Decision(Subject.STRUCTURE, what, document.path, block.line, block.text, 0.7, question))
        blocks[index] = replace(block, kind=Kind.HEADING, level=2, question=question)
    return replace(document, blocks=tuple(blocks))


def _is_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph looks like a heading: short, without a stop, apart from its neighbours, text below it."""
    block = blocks[index]
    text = unescaped(block.text)
    if (
        block.kind is not Kind.PARAGRAPH
        or len(text) > _HEADING
        or text.endswith((*_ENDS, "?", "!"))
        or not text[:1].isupper()
    ):
        return False
    if is_quoted(text) or any(mark in text for mark in '"\u201c\u00ab:') or is_attribution(text) or find_dates(text):
        return False
    if is_furniture(text) or is_byline(text) or index + 1 >= len(blocks) or index == 0:
        return False
    before, after = blocks[index - 1], blocks[index + 1]
    apart = (before.kind is Kind.BREAK or block.line - before.line > 1) and after.line - block.line > 1
    text_after = after.kind is Kind.PARAGRAPH and (
        length(after.text) >= _TEXT or after.text[:1] in '\u201c\u201e\u00ab\u00bb"'
    )
    return apart and text_after and not is_quoted(before.text)
