"""Marks in the chapters what an import was not sure of, so that a check repeats it until a person has decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from book.imports.decisions import Decision
from book.imports.occasions import Occasion
from book.imports.pieces import Piece
from book.imports.structure import Part


def ask(parts: Sequence[Part], questions: Sequence[tuple[Occasion, str]]) -> None:
    """Mark the blocks that cite an occasion of which it is not sure which source it is."""
    asked = {id(occasion): question for occasion, question in questions}
    for piece in (piece for part in parts for piece in part.pieces):
        named = [piece.occasion, *(occasion for _, occasion in piece.cited)]
        piece.marks += [asked[id(one)] for one in named if id(one) in asked]


def mark_doubts(parts: Sequence[Part], decisions: Sequence[Decision]) -> None:
    """Mark every decision that waits for a person and that no mark in a chapter asks about yet.

    The mark stands before the block that the decision is about, or before the next one that is in a chapter: a heading
    that became a title, a line that was left out.
    """
    pieces = [piece for part in parts for piece in part.pieces]
    marks = Counter(mark for piece in pieces for mark in piece.marks)
    comments = "\n".join(piece.block.markdown for piece in pieces if "<!--" in piece.block.markdown)
    for question, count in Counter(one.asked for one in decisions if one.asked).items():
        if marks[question] >= count or question in comments:
            continue
        for decision in decisions:
            if decision.asked == question:
                _mark(pieces, decision, question)
    _take_lines(pieces, decisions)


def _take_lines(pieces: Sequence[Piece], decisions: Sequence[Decision]) -> None:
    """Give the marks the lines that the report names, the nearest where a question is asked more than once."""
    lines: dict[tuple[str, str], list[int]] = {}
    for one in decisions:
        if one.asked:
            lines.setdefault((one.path, one.asked), []).append(one.line)
    for piece in pieces:
        for mark in piece.marks:
            if named := lines.get((piece.block.file, mark)):
                piece.lines[mark] = _nearest(named, piece.block.line)


def _nearest(lines: Sequence[int], line: int) -> int:
    """The line that is nearest to another."""
    return min(lines, key=lambda one: abs(one - line))


def _mark(pieces: Sequence[Piece], decision: Decision, question: str) -> None:
    """Mark a decision before the block that it is about; before the first of all if its document has none behind it.

    Of the blocks of a line, as pages without line breaks have, it is the one with these words.
    """
    behind = [one for one in pieces if _behind(one, decision)]
    same = (one for one in behind if one.block.line == decision.line and one.block.text == decision.evidence)
    place = next(same, next(iter(behind or pieces), None))
    if place is not None and question not in place.marks:
        place.marks.insert(0, question)


def _behind(piece: Piece, decision: Decision) -> bool:
    """Whether a block is what a decision is about, or stands behind that."""
    return piece.block.file == decision.path and piece.block.line >= decision.line
