"""Finds notes in a text without markup: numbers in brackets that are called in the text and explained at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from book.imports.document import Block, Kind

_NOTE = re.compile(r"(?:\\\[(?P<bracket>\d{1,3})\\\]|(?P<plain>\d{1,3})\\?[.)])\s+(?P<text>\S.*)", re.DOTALL)
_CALL = re.compile(r"\\\[(\d{1,3})\\\]")
_LABEL = re.compile(
    r"(?:end|foot)?notes?|references|sources|anmerkungen|fußnoten|quellen|notes et références|notas|"
    r"注释|注釋|注|参考文献",
    re.IGNORECASE,
)


def with_notes(blocks: Sequence[Block]) -> tuple[list[Block], Block | None]:
    """The blocks with the notes at their end and the calls of these as notes of Markdown.

    Returns:
        The blocks, and the first note, or None if there are none: notes are numbered lines at the end, one behind the
        other from 1, if most of the numbers are called in brackets in the text.
    """
    start = len(blocks)
    while start and blocks[start - 1].kind is Kind.PARAGRAPH and _NOTE.fullmatch(blocks[start - 1].markdown):
        start -= 1
    matches = [_NOTE.fullmatch(block.markdown) for block in blocks[start:]]
    numbers = [int(match["bracket"] or match["plain"]) for match in matches if match]
    called = {int(number) for block in blocks[:start] for number in _CALL.findall(block.markdown)}
    if not numbers or numbers != list(range(1, len(numbers) + 1)) or 2 * len(called & set(numbers)) < len(numbers):
        return list(blocks), None
    end = start
    if end and _LABEL.fullmatch(blocks[end - 1].text.strip(" :.\uff1a")):
        end -= 1
    known = set(numbers)

    def call(match: re.Match[str]) -> str:
        return f"[^{match[1]}]" if int(match[1]) in known else match[0]

    text = [replace(block, markdown=_CALL.sub(call, block.markdown)) for block in blocks[:end]]
    notes = [
        replace(block, kind=Kind.NOTE, markdown=f"[^{number}]: {match['text']}")
        for block, match, number in zip(blocks[start:], matches, numbers, strict=True)
        if match
    ]
    return [*text, *notes], notes[0]
