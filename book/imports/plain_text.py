"""Reads plain text: finds paragraphs, breaks and headings by the layout of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from book.imports.divided_words import join_divided
from book.imports.document import Block, Document, Kind
from book.imports.plain_lists import item_mark

_WRAPPED = 100
"""Maximum length in characters of the lines of a text that was wrapped by hand or by a program."""
_SIGN = "[\u2042\u2051\u2766\u2767\u25c6\u25c7\u273b\u2055]"
_RULE = re.compile(rf"^\s*(?:(?:[*_\-–—=~#•·]\s*){{3,}}|(?:{_SIGN}\s*)+)$")
"""A line of signs: a break."""
_UNENDED = re.compile(r"[\w,]$")
"""The end of a line in the middle of a sentence."""
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,})\s*$")
_SPECIAL = re.compile(r"([\\`*_\[\]<>$^~@{}|])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s)|[-+>](?=\s)|\d+(?=[.)]\s))")
_HEADING = re.compile(
    r"(?:(?:chapter|part|section|theme|kapitel|teil|thema|abschnitt|chapitre|partie|thème|cap[ií]tulo|parte|tema|capitolo|hoofdstuk|deel|"
    r"глава|часть)\s+[\dIVXLC]+\b.*|"
    r"(?:punkt|tagesordnungspunkt|top|(?:agenda )?item|point|act|akt|acte|canto|gesang|letter|brief|lettre)\s+"
    r"[\dIVXLC]{1,5}"
    r"(?:\s*[:.\u2013\u2014-].*)?|第[一二三四五六七八九十百\d]+[章部篇节節].*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|(?:erst|zweit|dritt|viert|fünft|sechst)e[rs]|"
    r"première?|deuxième|troisième|quatrième|cinquième|primera?|segund[ao]|tercera?|cuart[ao]|quint[ao]|prim[ao]|second[ao]|"
    r"terz[ao]|quart[ao]|primeir[ao]|terceir[ao])\s+"
    r"(?:part|chapter|section|theme|teil|kapitel|abschnitt|thema|partie|chapitre|thème|parte|cap[ií]tulo|tema|capitolo)\b"
    r"(?:\s*[:.\u2013\u2014-].*)?",
    re.IGNORECASE,
)
"""A heading that says which part it begins, in words: `Second part: The canal`."""


def read(text: str, path: str) -> Document:
    """Read a plain text as a document.

    If no line is longer than about a hundred characters although paragraphs are, the lines were wrapped by a program
    and blank lines separate paragraphs; else each line is a paragraph. More than one blank line, or a rule, is a break.
    """
    lines = text.replace("\f", "\n").split("\n")
    wrapped = _is_wrapped(lines)
    lines, notices = join_divided(lines) if wrapped else (lines, [])
    return Document(path, tuple(_blocks(lines, wrapped=wrapped)), bare=True, site=True, notices=tuple(notices))


def _is_wrapped(lines: list[str]) -> bool:
    """Whether paragraphs of the text go over several lines."""
    filled = [line for line in lines if line.strip()]
    if not filled or max(map(len, filled)) > _WRAPPED * 1.5:
        return False
    followed = [one.rstrip() for one, other in pairwise(lines) if len(one) > _WRAPPED // 2 and other.strip()]
    unended = sum(1 for line in followed if _UNENDED.search(line))
    within = max(map(len, filled)) <= _WRAPPED
    return len(followed) > len(filled) // 4 or (within and unended > 1 and 2 * unended > len(followed))


def _blocks(lines: list[str], *, wrapped: bool) -> Iterator[Block]:
    """The blocks of the text."""
    blank = 0
    number = 0
    filled = [line for line in lines if line.strip()]
    all_indented = 2 * sum(map(_is_indented, filled)) > len(filled)
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            blank += 1
            number += 1
            continue
        if blank > 1 and number > blank:
            yield Block(Kind.BREAK, "", number + 1)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        first = number + 1
        if _RULE.match(line):
            yield Block(Kind.BREAK, "* * *", first)
        elif _UNDERLINE.match(following) and len(line.strip()) < _WRAPPED:
            yield Block(Kind.HEADING, escape(line), first, level=1 if "=" in following else 2)
            number += 1
        elif _names_part(line.strip()) and len(line.strip()) < _WRAPPED:
            yield Block(Kind.HEADING, escape(line), first, level=1)
        else:
            parts = [line]
            quoted = not all_indented and _is_indented(line)
            item = item_mark(line.lstrip()) is not None
            while number + 1 < len(lines) and _goes_on(lines[number + 1], wrapped=wrapped, quoted=quoted):
                if item and _is_next(line, lines[number + 1]):
                    break
                number += 1
                parts.append(lines[number])
            yield _paragraph(parts, first, quoted=quoted)
        blank = 0
        number += 1


def _names_part(line: str) -> bool:
    """Whether a line is a heading because it says which part or chapter begins."""
    return bool(_HEADING.fullmatch(line)) or (bool(_ORDINAL.fullmatch(line)) and not line.endswith((".", ",", ";")))


def _is_next(line: str, following: str) -> bool:
    """Whether a line begins the item behind one that another line begins."""
    one, other = item_mark(line.lstrip()), item_mark(following.lstrip())
    if one is None or other is None or bool(one[1]) != bool(other[1]):
        return False
    return not one[1] or (one[0][0] == other[0][0] and other[1] == one[1] + 1)


def _goes_on(line: str, *, wrapped: bool, quoted: bool) -> bool:
    """Whether a line belongs to the paragraph above it: of a wrapped text, or of a quotation that is set in."""
    return bool(line.strip()) and (wrapped or (quoted and _is_indented(line))) and not _RULE.match(line)


def _is_indented(line: str) -> bool:
    """Whether a line is set in, as quotations are."""
    return bool(line.strip()) and line.startswith(("    ", "\t"))


def _paragraph(lines: list[str], first: int, *, quoted: bool) -> Block:
    """A paragraph; one whose every line is indented, or begins with `>`, is a quotation."""
    if all(line.startswith(">") for line in lines):
        return Block(Kind.QUOTATION, "\n".join(escape(line.lstrip("> ")) for line in lines), first)
    indented = quoted and all(map(_is_indented, lines))
    return Block(Kind.QUOTATION if indented else Kind.PARAGRAPH, "\n".join(escape(line) for line in lines), first)


def escape(text: str) -> str:
    """A line of plain text in Markdown: its words as they are, white space at the ends left out."""
    return _LINE_START.sub(_escaped_start, escape_words(text.strip()))


def escape_starts(text: str) -> str:
    """Markdown whose lines do not begin like headings, lists or quotations."""
    return "\n".join(_LINE_START.sub(_escaped_start, line) for line in text.split("\n"))


def escape_words(text: str) -> str:
    """A piece of plain text inside a line of Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def in_comment(text: str) -> str:
    """A text as it can stand in a comment of Markdown, which two hyphens could end (`--->`)."""
    return re.sub("-{2,}", "-", text)


def _escaped_start(match: re.Match[str]) -> str:
    """The beginning of a line that Markdown would read as a heading, a list or a quotation, escaped."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"
