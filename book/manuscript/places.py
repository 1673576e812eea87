"""Finds the line and column of a piece of text, from the tokens that it was parsed into."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from markdown_it.token import Token

from book.problem import Span

_HIDDEN = "\ufffd"
"""What stands for a character that is not text."""
_WORDS = 16
"""Characters by which a place is looked for in its line."""


@dataclass(slots=True)
class Places:
    """The lines of a chapter's body, with what is needed to find a piece of text in them."""

    path: str
    """The chapter's file, relative to the project's folder."""
    lines: list[str]
    """The lines of the body."""
    first_line: int = 1
    """The line of the file on which the body begins, 1-based."""
    _columns: dict[int, dict[int, int]] = field(default_factory=dict)
    """The column in the file where a line of an inline token's content begins, by token identity and line."""
    _starts: dict[int, list[int]] = field(default_factory=dict)
    """The offsets in an inline token's content where its lines begin, by token identity."""

    def span(self, line: int | None, column: int | None = None) -> Span:
        """The place of a line (0-based, in the body) and a column (1-based); without a line, the file."""
        return Span(self.path) if line is None else Span(self.path, self.first_line + line, column)

    def spot(self, token: Token, offset: int) -> tuple[int, int]:
        """Line (0-based) and column (1-based) of an offset in the content of an inline token."""
        if not token.map:
            return 0, 1
        starts = self._starts.get(id(token))
        if starts is None:
            starts = self._starts[id(token)] = [0, *(found.end() for found in re.finditer("\n", token.content))]
        row = bisect_right(starts, offset) - 1
        line = min(token.map[0] + row, len(self.lines) - 1)
        columns = self._columns.setdefault(id(token), {})
        if row not in columns:
            columns[row] = _begins(self.lines[line], token.content[starts[row] :].partition("\n")[0])
        return line, columns[row] + offset - starts[row] + 1

    def near(self, block: Token, flat: str, at: int) -> Span:
        """The place of an offset in the text of an inline token, of which only line breaks are where they were."""
        line = min((block.map[0] if block.map else 0) + flat.count("\n", 0, at), len(self.lines) - 1)
        before = at - flat.rfind("\n", 0, at) - 1
        words, written = re.split(f"[\n{_HIDDEN}]", flat[at : at + _WORDS])[0], self.lines[line]
        for length in range(len(words), 0, -1):  # markup may stand among them, and before them
            if (place := written.find(words[:length], before)) >= 0:
                return self.span(line, place + 1)
        return self.span(line, 1)


def flat_text(block: Token) -> str:
    """The running text of an inline token: without emphasis, and one character for each of what is no plain text."""
    return "".join(map(_flat, block.children or ()))


def _flat(token: Token) -> str:
    """The text of one token."""
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.nesting else _HIDDEN * max(len(token.content), 1)


def _begins(line: str, piece: str) -> int:
    """Where the content of a line begins, usually after list and quotation markers."""
    whole, part = line.rstrip(), piece.rstrip()
    if whole.endswith(part):
        return len(whole) - len(part)
    return max(line.find(part), 0)
