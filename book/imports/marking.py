"""Marks in the chapters what an import was not sure of, so that a check repeats it until a person has decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

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
    that became a title, a line that was left out. One mark may be about several decisions on its block.
    """
    pieces = [piece for part in parts for piece in part.pieces]
    places = _Places(pieces)
    marked: dict[str, list[_Place]] = {}
    for piece in pieces:
        for mark in piece.marks:
            marked.setdefault(mark, []).append((piece.block.file, piece.block.line))
    comments = "\n".join(piece.block.markdown for piece in pieces if "<!--" in piece.block.markdown)
    asked: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.asked:
            asked.setdefault(decision.asked, []).append(decision)
    for question, about in asked.items():
        there = set(marked.get(question, ()))
        left = [one for one in about if (one.path, one.line) not in there]
        taken = {(one.path, one.line) for one in about}
        others = sum(place not in taken for place in marked.get(question, ()))
        if others >= len(left) or question in comments:  # marks of blocks that begin on other lines than the decisions
            continue
        for decision in left:
            place = places.of(decision)
            if place is not None and question not in place.marks:
                place.marks.insert(0, question)
    _take_lines(pieces, asked)


def _take_lines(pieces: Sequence[Piece], asked: Mapping[str, Sequence[Decision]]) -> None:
    """Give the marks the lines that the report names, the nearest where a question is asked more than once."""
    lines: dict[tuple[str, str], list[int]] = {}
    for question, decisions in asked.items():
        for one in decisions:
            lines.setdefault((one.path, question), []).append(one.line)
    for named in lines.values():
        named.sort()
    for piece in pieces:
        for mark in piece.marks:
            if found := lines.get((piece.block.file, mark)):
                piece.lines[mark] = _nearest(found, piece.block.line)


def _nearest(lines: Sequence[int], line: int) -> int:
    """Of some lines in ascending order the one that is nearest to another."""
    at = bisect_left(lines, line)
    return min(lines[max(0, at - 1) : at + 1], key=lambda one: abs(one - line))


_Place = tuple[str, int]
"""A file and a line in it."""


class _Places:
    """Finds the blocks that decisions are about."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._first = next(iter(pieces), None)
        self._files: dict[str, tuple[list[Piece], list[int]]] = {}
        """The blocks of each file, and for each the highest line of those up to it, which ascend."""
        self._exact: dict[tuple[str, int, str], Piece] = {}
        for piece in pieces:
            block = piece.block
            found, highest = self._files.setdefault(block.file, ([], []))
            found.append(piece)
            highest.append(max(block.line, highest[-1] if highest else block.line))
            self._exact.setdefault((block.file, block.line, block.text), piece)

    def of(self, decision: Decision) -> Piece | None:
        """The block that a decision is about, or the next one; the first of all if its file has none behind it.

        Of the blocks of a line, as pages without line breaks have, it is the one with these words.
        """
        if exact := self._exact.get((decision.path, decision.line, decision.evidence)):
            return exact
        found, highest = self._files.get(decision.path, ((), ()))
        at = bisect_left(highest, decision.line)
        return found[at] if at < len(found) else self._first
