"""Characters that carry places through Python-Markdown, which keeps no account of where things were written.

Before a chapter is parsed, a character of Unicode's last private use plane is put beside each piece of
syntax whose place may be asked for; each such character stands for one line and column. The syntax
extensions turn those that they meet into `data-at` attributes, and all others are removed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from book.problem import Problem, Span, error

FIRST, LAST = 0x100000, 0x10FFFB
LITERAL_QUOTES = {'"': "\U0010fffc", "'": "\U0010fffd"}
"""What stands for an escaped quotation mark until the others have become typographic."""
MARK = f"[{chr(FIRST)}-{chr(LAST)}]"
"""Regular expression of one mark."""

_MARKS = re.compile(f"{MARK}+")
_RESERVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\U00100000-\U0010ffff]")
_TAB = 4
_TOKEN = re.compile(
    r"""(?P<tag> <(?!hr\b)[A-Za-z][^<>]*(?<![/-])> )          # a raw start tag: marked behind
    | (?P<definition> ^[ >]*\*?\[(?!@)[^\[\]]*\]: )   # of a link, a note or an abbreviation: not marked
    | (?P<cdata> <!\[CDATA\[ )                        # not marked
    | (?P<bracket> !?\[(?:\^[^\[\]]*\])? )            # a link, an image, a span, citations, the call of a note
    | (?P<at> (?<!\w)@(?=[\w{]) )                     # a citation
    | (?P<word> (?<![^\s>"'“‘«(*_])[^\W\d_]{2,}(?=[\s.,;:!?。，；！？、]|$) )  # marked behind, once
    """,
    re.VERBOSE,
)
_SYNTAX = re.compile(r"[<\[@]")
"""What each token but a word has."""
_NEEDS_WORD = re.compile(r"[ ]*(?:[-*+]|\d+\.)?[ ]*>|[ ]{0,3}#{1,6}")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_QUOTE = re.compile(r"\s*(?:[-*+]\s+|\d+\.\s+)?>")


@dataclass(slots=True)
class Places:
    """Where the marks of one chapter stand."""

    path: str
    """The chapter's file, relative to the project's folder."""
    lines: list[str]
    """The lines of the text that is marked."""
    first_line: int
    """The line of the file that `lines` begins with, 1-based."""
    spots: list[tuple[int, int]] = field(default_factory=list)
    """For each mark the index in `lines`, 0-based, and the column, 1-based."""

    def span(self, at: str | None) -> Span:
        """The place of a `data-at` attribute's value; the file alone where there is none."""
        spot = self._spot(at)
        return Span(self.path, self.first_line + spot[0], spot[1]) if spot else Span(self.path)

    def quote(self, at: str | None) -> Span:
        """Where the block quotation that holds a mark begins."""
        spot = self._spot(at)
        if not spot:
            return Span(self.path)
        line = spot[0]
        while line and _QUOTE.match(self.lines[line]) and _QUOTE.match(self.lines[line - 1]):
            line -= 1
        return Span(self.path, self.first_line + line, self.lines[line].find(">") + 1 or 1)

    def search(self, pattern: str, nth: int = 0) -> Span:
        """The place of the nth match (0-based) of a regular expression; the file alone if there are fewer."""
        found = [(n, match) for n, line in enumerate(self.lines) for match in re.finditer(pattern, line)]
        if nth >= len(found):
            return Span(self.path)
        return Span(self.path, self.first_line + found[nth][0], found[nth][1].start() + 1)

    def _spot(self, at: str | None) -> tuple[int, int] | None:
        """Line and column of a mark, if there is one."""
        number = int(at) if at and at.isascii() and at.isdigit() and len(at) < 7 else -1
        return self.spots[number] if 0 <= number < len(self.spots) else None

    def new(self, line: int, column: int) -> str:
        """A mark for a place; nothing when all marks are used up."""
        if FIRST + len(self.spots) > LAST:
            return ""
        self.spots.append((line, column))
        return chr(FIRST + len(self.spots) - 1)


def mark(text: str, path: str, first_line: int = 1) -> tuple[str, Places]:
    """A chapter's text with marks, and where they stand; `first_line` is where it begins in its file.

    Tabs become spaces, to stops of four columns, as Python-Markdown would do.
    """
    lines = text.split("\n")
    places = Places(path, lines, first_line)
    return "\n".join(_mark_line(number, line, places) for number, line in enumerate(lines)), places


def number(character: str) -> str | None:
    """The value of `data-at` for a mark; None for another character."""
    return str(ord(character) - FIRST) if character and FIRST <= ord(character) <= LAST else None


def find(text: str | None) -> str | None:
    """The value of `data-at` for the first mark in a text; None without one."""
    found = _MARKS.search(text) if text else None
    return number(found[0][0]) if found else None


def strip(text: str) -> str:
    """A text without marks."""
    return _MARKS.sub("", text)


def reserved(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """A `reserved-character` for each character that has no place in a chapter: control characters, and marks."""
    for found in _RESERVED.finditer(text):
        before = text[: found.start()]
        at = Span(path, first_line + before.count("\n"), len(before) - before.rfind("\n"))
        name = f"U+{ord(found[0]):04X}"
        yield error("reserved-character", f"the character {name} cannot stand in a chapter", at, "delete it")


def _mark_line(number: int, line: str, places: Places) -> str:
    """A line with its marks."""
    expanded = line.expandtabs(_TAB)
    needs_word = bool(_NEEDS_WORD.match(expanded)) or (
        number + 1 < len(places.lines) and bool(_UNDERLINE.match(places.lines[number + 1]))
    )
    if not needs_word and not _SYNTAX.search(expanded):
        return expanded
    parts, done = [], 0
    for token in _TOKEN.finditer(expanded):
        kind, start, end = token.lastgroup, token.start(), token.end()
        if kind == "definition":
            needs_word = False
            continue
        if kind == "cdata" or (kind == "word" and not needs_word):
            continue
        if kind == "bracket" and _escaped(expanded, start) and expanded[start] == "!":
            start += 1
        elif kind in ("bracket", "at") and _escaped(expanded, start):
            continue
        new = places.new(number, _column(line, start))
        behind = kind in ("tag", "word")
        parts += [expanded[done : end if behind else start], new]
        done = end if behind else start
        needs_word = needs_word and kind != "word"
    return "".join([*parts, expanded[done:]])


def _escaped(line: str, index: int) -> bool:
    """Whether an odd number of backslashes stands before a character."""
    before = line[:index]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _column(line: str, index: int) -> int:
    """The column, 1-based, of a character whose index counts tabs as spaces."""
    if "\t" not in line:
        return index + 1
    return next((n for n in range(len(line)) if len(line[: n + 1].expandtabs(_TAB)) > index), len(line)) + 1
