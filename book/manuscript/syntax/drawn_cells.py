"""Tables that are drawn in the text, once they have been read: their cells, and the tokens that are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token


@dataclass(slots=True)
class Cell:
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
class Table:
    """A table that has been read; each part has rows of cells."""

    end: int
    """The line behind it."""
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)
    foot: list[list[Cell]] = field(default_factory=list)


def line_of(state: StateBlock, number: int) -> str:
    """A line of the text, without what belongs to the blocks around it, its tabs as spaces."""
    return state.getLines(number, number + 1, state.blkIndent, False).expandtabs(4)


def push_table(state: StateBlock, table: Table, start: int) -> None:
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


def _push_cell(state: StateBlock, cell: Cell, tag: str) -> None:
    """Add the tokens of a cell."""
    opening = state.push(f"{tag}_open", tag, 1)
    opening.map = [cell.line, cell.line + len(cell.lines)]
    if cell.align:
        opening.attrs["style"] = f"text-align:{cell.align}"
    spans = {"colspan": cell.columns, "rowspan": cell.rows}
    opening.meta["attributes"] = {name: str(count) for name, count in spans.items() if count > 1}
    state.tokens += _content(state, cell)
    state.push(f"{tag}_close", tag, -1)


def _content(state: StateBlock, cell: Cell) -> Iterator[Token]:
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
