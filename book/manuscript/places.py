"""Where things were written: lines and columns of a chapter's file, from the tokens that its text was read into."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from markdown_it.token import Token

from book.problem import Span


@dataclass(slots=True)
class Places:
    """The lines of a chapter's body, and how to find a piece of it there."""

    path: str
    """The chapter's file, relative to the project's folder."""
    lines: list[str]
    """The lines of the body."""
    first_line: int = 1
    """The line of the file that the body begins with, 1-based."""
    _columns: dict[int, dict[int, int]] = field(default_factory=dict)
    """For an inline token, by identity, and a line of its content: where that begins in the line of the file."""
    _starts: dict[int, list[int]] = field(default_factory=dict)
    """For an inline token, by identity: where in its content each line begins."""
    _cells: dict[int, int] = field(default_factory=dict)
    """For a line of a table: how far its cells have been found."""

    def span(self, line: int | None, column: int | None = None) -> Span:
        """The place of a line (0-based, in the body) and a column (1-based); the file alone without a line."""
        return Span(self.path) if line is None else Span(self.path, self.first_line + line, column)

    def locate(self, token: Token) -> None:
        """Find the cells of a table in their lines; to be called for each of them, in order."""
        if token.map and token.content:
            line = token.map[0]
            found = self.lines[line].find(token.content, self._cells.get(line, 0))
            self._columns[id(token)] = {0: max(found, 0)}
            self._cells[line] = found + len(token.content) if found >= 0 else self._cells.get(line, 0)

    def spot(self, token: Token, offset: int) -> tuple[int, int]:
        """Line (0-based) and column (1-based) of a place in the content of an inline token."""
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


def _begins(line: str, piece: str) -> int:
    """Where in a line its content begins: most often this is all behind the marks of lists and quotations."""
    whole, part = line.rstrip(), piece.rstrip()
    if whole.endswith(part):
        return len(whole) - len(part)
    return max(line.find(part), 0)
