"""Grid tables, drawn with `+---+` as in Pandoc and reStructuredText.

    +-------+----------+
    | Head  | Cells    |
    +=======+=========:+
    | span  | - blocks |
    +-------+----------+

They are read by docutils; their cells hold blocks. What cannot be read stays text, and is reported.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from book.manuscript.measured import Measured
from book.manuscript.syntax.drawn_cells import Cell, Table, line_of, push_table

_BORDER = re.compile(r"\+(?::?[-=]+:?\+)+[ ]*")
_LEAST = 3
"""Lines that a grid table has at least."""


def rules(md: MarkdownIt) -> None:
    """Register the rule, before that of pipe tables."""
    md.block.ruler.before("table", "grid_table", _grid, {"alt": ["paragraph", "reference", "blockquote"]})


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a grid table."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 1] != "+" or state.is_code_block(start):
        return False
    if not _BORDER.fullmatch(line_of(state, start).strip()):
        return False
    last = start + 1
    while last < end and state.sCount[last] >= state.blkIndent and line_of(state, last).lstrip()[:1] in ("+", "|"):
        last += 1
    if last - start < _LEAST:
        return False
    table = _read_grid([line_of(state, line).strip() for line in range(start, last)], start)
    if table is None:
        return False
    if not silent:
        push_table(state, table, start)
    return True


def _read_grid(lines: list[str], start: int) -> Table | None:
    """The table that some lines draw; None if they do not fit together."""
    from docutils.parsers.rst.tableparser import GridTableParser, TableMarkupError
    from docutils.statemachine import StringList

    parts = [number for number, line in enumerate(lines) if "=" in line and _BORDER.fullmatch(line)]
    headed = bool(parts) and parts[0] > 0 and parts != [len(lines) - 1]
    foot = parts[-2] if len(parts) > headed + 1 and parts[-1] == len(lines) - 1 else len(lines)
    aligned = _alignment(lines[parts[0] if headed else 0])
    drawn = [_plain(line, keep=headed and number == parts[0]) for number, line in enumerate(lines)]
    measured = Measured("\n".join(drawn))
    for text in (measured.text.split("\n"), drawn):
        width = max(map(len, text))
        if not _fits(text, width):
            continue
        try:
            _, head, body = GridTableParser().parse(StringList([line.ljust(width) for line in text]))
        except (TableMarkupError, AssertionError, IndexError):
            continue
        read = [[_grid_row(row, aligned, start, measured) for row in rows] for rows in (head, body)]
        cut = next((n for n, row in enumerate(read[1]) if row and row[0].line - start > foot), len(read[1]))
        return Table(start + len(lines), read[0], read[1][:cut], read[1][cut:])
    return None


def _fits(lines: list[str], width: int) -> bool:
    """Whether each corner of a border stands above or below a bar, so that no two borders miss each other."""
    corners = {at for line in lines if _BORDER.fullmatch(line) for at, sign in enumerate(line) if sign == "+"}
    bars = {at for line in lines if line[:1] == "|" for at, sign in enumerate(line) if sign == "|"}
    return corners <= bars | {0, width - 1}


def _plain(line: str, *, keep: bool) -> str:
    """A line as docutils reads it: borders without colons, and double ones only below the head."""
    if not _BORDER.fullmatch(line):
        return line
    return line.replace(":", "=") if keep else line.replace(":", "-").replace("=", "-")


def _alignment(border: str) -> dict[int, str]:
    """The alignment of each column by its number, from the colons of a border."""
    ends = {(":", ":"): "center", (":", "-"): "left", ("-", ":"): "right"}
    parts = [part.replace("=", "-") for part in border.strip().strip("+").split("+")]
    return {number: ends.get((part[:1], part[-1:]), "") for number, part in enumerate(parts)}


def _grid_row(row: list[Any], aligned: dict[int, str], start: int, measured: Measured) -> list[Cell]:
    """The cells of a row; those that another one covers are left out."""
    return [
        Cell(
            [*map(measured.restored, cell[3])],
            start + cell[2],
            cell[1] + 1,
            cell[0] + 1,
            aligned.get(number, ""),
            blocks=True,
        )
        for number, cell in enumerate(row)
        if cell is not None
    ]
