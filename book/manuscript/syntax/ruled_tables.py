"""Tables with rules of hyphens above their columns: Pandoc's simple tables, and those with several lines in a row.

    Right     Left
    -----     ------
       12     twelve
      123     more

Columns are as wide as their rules; text that crosses their border makes it no table. Rows of several lines are parted
by empty lines (Pandoc User's Guide, "Tables"). What cannot be read stays text, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from book.manuscript.measured import Measured
from book.manuscript.syntax.drawn_cells import Cell, Table, line_of, push_table

_COLUMNS = re.compile(r"[ \t>]*-+(?:[ ]+-{2,})+[ ]*")
"""A rule with a gap between each two columns."""
_WHOLE = re.compile(r"[ ]{0,3}-{3,}[ ]*")
_DASHES = re.compile("-+")
_SIDES = {(True, False): "left", (False, True): "right", (False, False): "center", (True, True): ""}
"""How a column is aligned whose text is flush with its rule on the left, on the right."""


def rules(md: MarkdownIt) -> None:
    """Register the rules: before headings and rulers, which the hyphens would be."""
    md.core.ruler.before("block", "table_rules", _find_rules)
    md.block.ruler.before("hr", "ruled_table", _ruled)


def _find_rules(state: StateCore) -> None:
    """Note down the lines that part the columns of a table."""
    if "- --" in state.src or "-  --" in state.src or re.search("- {3,}--", state.src):
        lines = enumerate(state.src.split("\n"))
        state.env["table_rules"] = {number for number, line in lines if _COLUMNS.fullmatch(line)}


def _ruled(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a simple table, or one with several lines in a row."""
    rules: set[int] = state.env.get("table_rules", set())
    if silent or not rules or state.is_code_block(start):
        return False
    table = _read_ruled(state, start, end, rules)
    if table is None:
        return False
    push_table(state, table, start)
    return True


def _read_ruled(state: StateBlock, start: int, end: int, rules: set[int]) -> Table | None:
    """The table that begins on a line: with its only line of headings, or with a rule."""
    if start in rules:
        return _rows(state, start, end, head=[])
    if start + 1 in rules and start + 1 < end and state.sCount[start + 1] >= state.blkIndent:
        return _rows(state, start + 1, end, head=[start])
    if not _WHOLE.fullmatch(line_of(state, start)):
        return None
    rule = start + 1
    while rule < end and rule not in rules and not state.isEmpty(rule):
        rule += 1
    if rule >= end or rule not in rules or rule == start + 1 or not _held(state, start, rule):
        return None
    return _rows(state, rule, end, head=list(range(start + 1, rule)), whole=True)


def _rows(state: StateBlock, rule: int, end: int, *, head: list[int], whole: bool = False) -> Table | None:
    """The table whose columns have a rule on line `rule`; `whole` if it has a rule over all columns above its head."""
    last = _last(state, rule, end, closed=whole or not head)
    if last is None:
        return None
    ends, closed = last
    rows = _groups(state, rule + 1, ends)
    several = closed and (whole or len(rows) > 1)
    if not several:
        if len(rows) > 1:
            return None
        rows = [[line] for row in rows for line in row]
    cut = _Columns(line_of(state, rule))
    try:
        body = [_cells(state, cut, row) for row in rows]
        heading = [_cells(state, cut, head)] if head else []
    except ValueError:
        return None
    if not body and not whole:
        return None
    aligned = [cut.align(line_of(state, number)) for number in (head or rows[0][:1])][:1]
    for row in [*heading, *body]:
        for cell, align in zip(row, aligned[0], strict=True):
            cell.align = align
    return Table(ends + closed, heading, body)


def _last(state: StateBlock, rule: int, end: int, *, closed: bool) -> tuple[int, bool] | None:
    """The line behind the rows of a table, and whether that is a rule; None if a table has none that must have one."""
    blank = None
    for line in range(rule + 1, end):
        if state.isEmpty(line):
            if not closed:
                return line, False
            if blank == line - 1:  # two empty lines end a table that was never closed
                return None
            blank = line
            continue
        if state.sCount[line] < state.blkIndent:  # what holds the table ends here, such as an item of a list
            return None if closed else (line, False)
        if _WHOLE.fullmatch(line_of(state, line)) or _COLUMNS.fullmatch(line_of(state, line)):
            return (line, True) if line + 1 >= end or state.isEmpty(line + 1) else None
    return None if closed else (end, False)


def _held(state: StateBlock, begin: int, last: int) -> bool:
    """Whether lines stand in what holds the first of them, such as an item of a list."""
    return all(state.sCount[line] >= state.blkIndent for line in range(begin, last + 1))


def _groups(state: StateBlock, begin: int, end: int) -> list[list[int]]:
    """Lines, in groups that empty lines part."""
    groups: list[list[int]] = [[]]
    for line in range(begin, end):
        if not state.isEmpty(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _cells(state: StateBlock, columns: _Columns, lines: Sequence[int]) -> list[Cell]:
    """The cells of a row; raises ValueError if a text crosses a border."""
    cut = [columns.cut(line_of(state, line)) for line in lines]
    return [Cell([text for text in texts if text], lines[0]) for texts in map(list, zip(*cut, strict=True))]


class _Columns:
    """The columns below a rule."""

    def __init__(self, rule: str) -> None:
        self.groups = [found.span() for found in _DASHES.finditer(rule)]

    def cut(self, line: str) -> list[str]:
        """The text of each column in a line; raises ValueError if one crosses a border."""
        measured = Measured(line)
        for text in (measured.text, line):
            borders = [begin for begin, _ in self.groups]
            if all(not text[at - 1 : at].strip() or not text[at : at + 1].strip() for at in borders if at):
                pairs = pairwise([0, *borders[1:], len(text)])
                return [measured.restored(text[begin:end]).strip() for begin, end in pairs]
        raise ValueError(line)

    def align(self, line: str) -> list[str]:
        """How each column is aligned: by where a line's text stands below or above its rule."""
        text = Measured(line).text
        found = []
        for (begin, end), (upto, _) in zip(self.groups, [*self.groups[1:], (len(text), 0)], strict=True):
            words = text[begin:upto].rstrip()
            left, right = bool(words[:1].strip()), len(words) >= end - begin
            found.append(_SIDES[left, right])
        return found
