"""Tables as they are drawn in Pandoc: with `+---+` (grid tables), or with rules of hyphens above their columns.

    Right     Left        +-------+----------+
    -----     ------      | Head  | Cells    |
       12     twelve      +=======+=========:+
      123     more        | span  | - blocks |
                          +-------+----------+

Columns of simple tables and of those with several lines in a row (whose rows are parted by empty lines) are as wide as
their rules; text that crosses their border makes it no table (Pandoc User's Guide, "Tables"). Grid tables are read by
docutils, whose tables are drawn alike; their cells hold blocks. What cannot be read stays text, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.measured import Measured

_COLUMNS = re.compile(r"[ \t>]*-+(?:[ ]+-{2,})+[ ]*")
"""A rule with a gap between each two columns."""
_WHOLE = re.compile(r"[ ]{0,3}-{3,}[ ]*")
_DASHES = re.compile("-+")
_BORDER = re.compile(r"\+(?::?[-=]+:?\+)+[ ]*")
_LEAST = 3
"""Lines that a grid table has at least."""
_SIDES = {(True, False): "left", (False, True): "right", (False, False): "center", (True, True): ""}
"""How a column is aligned whose text is flush with its rule on the left, on the right."""


@dataclass(slots=True)
class _Cell:
    """One cell."""

    lines: list[str]
    line: int
    """The line of the text (0-based) that it begins on."""
    columns: int = 1
    rows: int = 1
    align: str = ""
    blocks: bool = False
    """Whether it can hold blocks, and not only running text."""


@dataclass(slots=True)
class _Table:
    """A table that has been read; each part has rows of cells."""

    end: int
    """The line behind it."""
    head: list[list[_Cell]] = field(default_factory=list)
    body: list[list[_Cell]] = field(default_factory=list)
    foot: list[list[_Cell]] = field(default_factory=list)


def rules(md: MarkdownIt) -> None:
    """Register the rules: before headings and rulers, which the hyphens would be."""
    md.core.ruler.before("block", "table_rules", _find_rules)
    md.block.ruler.before("hr", "ruled_table", _ruled)
    md.block.ruler.before("table", "grid_table", _grid, {"alt": ["paragraph", "reference", "blockquote"]})


def _find_rules(state: StateCore) -> None:
    """Note down the lines that part the columns of a table."""
    if "- --" in state.src or "-  --" in state.src or re.search("- {3,}--", state.src):
        lines = enumerate(state.src.split("\n"))
        state.env["table_rules"] = {number for number, line in lines if _COLUMNS.fullmatch(line)}


# --- tables with rules ---------------------------------------------------------------------------


def _ruled(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a simple table, or one with several lines in a row."""
    rules: set[int] = state.env.get("table_rules", set())
    if silent or not rules or state.is_code_block(start):
        return False
    table = _read_ruled(state, start, end, rules)
    if table is None:
        return False
    _push(state, table, start)
    return True


def _read_ruled(state: StateBlock, start: int, end: int, rules: set[int]) -> _Table | None:
    """The table that begins on a line: with its only line of headings, or with a rule."""
    if start in rules:
        return _rows(state, start, end, head=[])
    if start + 1 in rules and start + 1 < end:
        return _rows(state, start + 1, end, head=[start])
    if not _WHOLE.fullmatch(_line(state, start)):
        return None
    rule = start + 1
    while rule < end and rule not in rules and not state.isEmpty(rule):
        rule += 1
    if rule >= end or rule not in rules or rule == start + 1:
        return None
    return _rows(state, rule, end, head=list(range(start + 1, rule)), whole=True)


def _rows(state: StateBlock, rule: int, end: int, *, head: list[int], whole: bool = False) -> _Table | None:
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
    cut = _Columns(_line(state, rule))
    try:
        body = [_cells(state, cut, row) for row in rows]
        heading = [_cells(state, cut, head)] if head else []
    except ValueError:
        return None
    if not body and not whole:
        return None
    aligned = [cut.align(_line(state, number)) for number in (head or rows[0][:1])][:1]
    for row in [*heading, *body]:
        for cell, align in zip(row, aligned[0], strict=True):
            cell.align = align
    return _Table(ends + closed, heading, body)


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
        if state.sCount[line] < state.blkIndent:
            break
        if _WHOLE.fullmatch(_line(state, line)) or _COLUMNS.fullmatch(_line(state, line)):
            return (line, True) if line + 1 >= end or state.isEmpty(line + 1) else None
    return None if closed else (end, False)


def _groups(state: StateBlock, begin: int, end: int) -> list[list[int]]:
    """Lines, in groups that empty lines part."""
    groups: list[list[int]] = [[]]
    for line in range(begin, end):
        if not state.isEmpty(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _cells(state: StateBlock, columns: _Columns, lines: Sequence[int]) -> list[_Cell]:
    """The cells of a row; raises ValueError if a text crosses a border."""
    cut = [columns.cut(_line(state, line)) for line in lines]
    return [_Cell([text for text in texts if text], lines[0]) for texts in map(list, zip(*cut, strict=True))]


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


# --- grid tables ---------------------------------------------------------------------------------


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a grid table."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 1] != "+" or state.is_code_block(start):
        return False
    if not _BORDER.fullmatch(_line(state, start).strip()):
        return False
    last = start + 1
    while last < end and state.sCount[last] >= state.blkIndent and _line(state, last).lstrip()[:1] in ("+", "|"):
        last += 1
    if last - start < _LEAST:
        return False
    table = _read_grid([_line(state, line).strip() for line in range(start, last)], start)
    if table is None:
        return False
    if not silent:
        _push(state, table, start)
    return True


def _read_grid(lines: list[str], start: int) -> _Table | None:
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
        return _Table(start + len(lines), read[0], read[1][:cut], read[1][cut:])
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


def _grid_row(row: list[Any], aligned: dict[int, str], start: int, measured: Measured) -> list[_Cell]:
    """The cells of a row; those that another one covers are left out."""
    return [
        _Cell(
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


# --- tokens --------------------------------------------------------------------------------------


def _line(state: StateBlock, number: int) -> str:
    """A line of the text, without what belongs to the blocks around it, its tabs as spaces."""
    return state.getLines(number, number + 1, state.blkIndent, False).expandtabs(4)


def _push(state: StateBlock, table: _Table, start: int) -> None:
    """Add the tokens of a table."""
    state.push("table_open", "table", 1).map = [start, table.end]
    for part, tag, rows in (("thead", "th", table.head), ("tbody", "td", table.body), ("tfoot", "td", table.foot)):
        if rows:
            state.push(f"{part}_open", part, 1)
            for row in rows:
                state.push("tr_open", "tr", 1)
                for cell in row:
                    _push_cell(state, cell, tag)
                state.push("tr_close", "tr", -1)
            state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)
    state.line = table.end


def _push_cell(state: StateBlock, cell: _Cell, tag: str) -> None:
    """Add the tokens of a cell."""
    opening = state.push(f"{tag}_open", tag, 1)
    opening.map = [cell.line, cell.line + len(cell.lines)]
    if cell.align:
        opening.attrs["style"] = f"text-align:{cell.align}"
    spans = {"colspan": cell.columns, "rowspan": cell.rows}
    opening.meta["attributes"] = {name: str(count) for name, count in spans.items() if count > 1}
    state.tokens += _content(state, cell)
    state.push(f"{tag}_close", tag, -1)


def _content(state: StateBlock, cell: _Cell) -> Iterator[Token]:
    """The tokens of a cell's content; a single paragraph is running text."""
    text = "\n".join(cell.lines).strip("\n")
    if not cell.blocks:
        token = Token("inline", "", 0, map=[cell.line, cell.line + len(cell.lines)], children=[], content=text)
        token.level = state.level
        return iter([token] if text else [])
    known = {name: state.env[name] for name in ("tree", "handles", "examples") if name in state.env}
    known["references"] = state.env.setdefault("references", {})
    tokens: list[Token] = []
    state.md.block.parse(text, state.md, known, tokens)
    first = cell.line + next((n for n, line in enumerate(cell.lines) if line.strip()), 0)
    for token in tokens:
        token.level += state.level
        token.map = [token.map[0] + first, token.map[1] + first] if token.map else None
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = [tokens[1]]
    return iter(tokens)
