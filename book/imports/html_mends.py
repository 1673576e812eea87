"""Mends what pages leave uneven or undone: rows of tables, calls of notes without a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from book.imports.document import Block, Kind


def even_table(table: str) -> str:
    """A table of pipes whose rows have as many cells as the longest, which cells over several columns leave uneven."""
    lines = table.split("\n")
    cells = [len(re.findall(r"(?<!\\)\|", line)) - 1 for line in lines]
    if len(lines) < 2 or not re.fullmatch(r"\|(?:\s*:?-+:?\s*\|)+", lines[1].strip()) or len(set(cells)) == 1:
        return table
    most = max(cells)
    filled = (("| --- " if number == 1 else "|  ") * (most - count) for number, count in enumerate(cells))
    return "\n".join(line.rstrip() + more[1:] + ("|" if more else "") for line, more in zip(lines, filled, strict=True))


def with_known_notes(blocks: list[Block], notices: list[tuple[int, str]]) -> Iterator[Block]:
    """The blocks, in which the call of a note whose text is not there is a raised number, which is told."""
    known = {block.markdown[2:].partition("]")[0] for block in blocks if block.kind is Kind.NOTE}

    def call(match: re.Match[str]) -> str:
        return match[0] if match[1] in known else f"<sup>{match[1]}</sup>"

    for block in blocks:
        written = _CALL.sub(call, block.markdown)
        if written != block.markdown:
            notices.append((block.line, "the text of a note that is called here was not found"))
        yield replace(block, markdown=written) if written != block.markdown else block


_CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")
