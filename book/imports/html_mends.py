"""Mends what pages leave uneven or undone: rows of tables, calls of notes without a text, heads of mere notes."""

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


def call_of(label: str) -> str:
    """The call of a note, until it is known whether its text is there: between characters that are in no text."""
    return f"\ufdd0{label}\ufdd1"


CALL = re.compile("\ufdd0([^\ufdd0\ufdd1]+)\ufdd1")
"""A call as `call_of` writes it."""


def with_known_notes(blocks: list[Block], notices: list[tuple[int, str]]) -> Iterator[Block]:
    """The blocks with the calls of notes in Markdown; of one whose text is not there the number is raised, and told."""
    known = {block.markdown[2:].partition("]")[0] for block in blocks if block.kind is Kind.NOTE}

    def call(match: re.Match[str]) -> str:
        return f"[^{match[1]}]" if match[1] in known else f"<sup>{match[1].rpartition('-')[2]}</sup>"

    for block in blocks:
        written = CALL.sub(call, block.markdown)
        if not known.issuperset(CALL.findall(block.markdown)):
            notices.append((block.line, "the text of a note that is called here was not found"))
        yield replace(block, markdown=written) if written != block.markdown else block


HEAD_OF_NOTES = re.compile(
    r"(?:foot|end)?notes?(?: and references)?|references|anmerkungen|fu\u00dfnoten|endnoten|einzelnachweise|"
    r"notes? de bas de page|notas?(?: al pie| de rodap\u00e9)?|note|noten|voetnoten|nodiadau|przypisy|"
    r"примечания|\u6ce8\u91ca?|\u8a3b",
    re.IGNORECASE,
)
"""A line that says that notes follow."""


def without_heads_of_notes(blocks: list[Block], notices: list[tuple[int, str]]) -> list[Block]:
    """The blocks without the rules, and the headings, below which nothing but notes stood; headings are told.

    In the book, notes have places of their own, and their headings would be those of what follows.
    """
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if block.kind is Kind.NOTE:
            while kept and _heads_notes(kept[-1], blocks, at):
                head = kept.pop()
                if head.kind is not Kind.BREAK:
                    notices.append((head.line, f'left out "{head.text[:100]}": it was the head of notes'))
        kept.append(block)
    return kept


def _heads_notes(block: Block, blocks: list[Block], at: int) -> bool:
    """Whether a block is a rule or a heading over the notes that begin at a place."""
    if block.kind is Kind.BREAK:
        return True
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return False
    words = re.sub(r"^[*_\s]+|[*_:\s]+$", "", block.text)
    if block.kind is Kind.PARAGRAPH:
        return bool(HEAD_OF_NOTES.fullmatch(words))
    below = next((blocks[place] for place in range(at, len(blocks)) if blocks[place].kind is not Kind.NOTE), None)
    if below is not None and below.kind is Kind.OTHER:
        return False
    ends = below is None or (below.kind is Kind.HEADING and below.level <= block.level)
    return ends or bool(HEAD_OF_NOTES.fullmatch(words))
