"""Which lines of a text stand in the same container: an item of a list, a quotation, a definition, a note.

Follows the first phase of CommonMark's parsing strategy (appendix, "Phase 1: block structure"): a line is matched with
the containers that stand open; those that it does not match end, unless it continues a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKER = re.compile(r"([-*+:~]|\d{1,9}[.)]|\(?(?:@[\w-]*|#|[A-Za-z]{1,9})[.)]|\[\^[^\]\s]+\]:)([ ]+|$)")
_INDENT = 4
"""Columns from which text is code; and the indent of what belongs to a note."""


@dataclass(slots=True)
class Container:
    """A container that stands open."""

    column: int | None
    """The column (0-based) where its content begins; None for a quotation."""
    opened: list[int] = field(default_factory=list)
    """Lines (0-based) on which something opens in it that has not been closed."""


class Containers:
    """The containers that stand open on a line, and those that ended with it."""

    def __init__(self, starts: re.Pattern[str]) -> None:
        """Begin with the chapter itself; `starts` is what cannot continue a paragraph, besides markers."""
        self.stack = [Container(0)]
        self._ended: list[Container] = []
        self._starts = starts
        self._blank = True

    def all(self) -> list[Container]:
        """Those that ended with the line, then those that stand open, each the innermost last."""
        return self._ended + self.stack

    def enter(self, line: str) -> str | None:
        """Go on to a line; its content behind the markers, None if that is empty, or code."""
        line = line.expandtabs(_INDENT)
        place, matched = self._match(line)
        begun = [] if self._is_code(line, place, self.stack[matched - 1]) else _markers(line, place)
        content = begun[-1][1] if begun else place
        text = line[content:].strip()
        self._ended = []
        goes_on = not self._blank and not begun and not self._starts.match(text)
        if not goes_on if text or begun else any(one.column is None for one in self.stack[matched:]):
            self._ended = self.stack[matched:]
            del self.stack[matched:]
        code = not begun and self._is_code(line, content, self.stack[-1])
        self.stack += [Container(column) for column, _ in begun]
        self._blank = not text
        return None if code or not text else text

    def _match(self, line: str) -> tuple[int, int]:
        """How far the markers of open containers reach in a line, and how many containers these are."""
        place = 0
        for number, one in enumerate(self.stack):
            begin = place + len(line[place:]) - len(line[place:].lstrip(" "))
            if one.column is None:
                if line[begin : begin + 1] != ">":
                    return place, number
                place = begin + 1 + (line[begin + 1 : begin + 2] == " ")
            elif begin < one.column and begin < len(line):
                return place, number
            else:
                place = max(place, min(one.column, len(line)))
        return place, len(self.stack)

    def _is_code(self, line: str, place: int, container: Container) -> bool:
        """Whether what stands at a place of a line is indented like code, and continues no paragraph."""
        base = max(place, container.column or 0)
        return self._blank and line[base : base + _INDENT] == " " * _INDENT


def _markers(line: str, place: int) -> list[tuple[int | None, int]]:
    """The containers that begin on a line: the columns of their content, and where that stands in the line."""
    found: list[tuple[int | None, int]] = []
    while True:
        begin = place + len(line[place:]) - len(line[place:].lstrip(" "))
        if line[begin : begin + 1] == ">":
            place = begin + 1 + (line[begin + 1 : begin + 2] == " ")
            found.append((None, place))
        elif marker := _MARKER.match(line, begin):
            place = marker.end() if len(marker[2]) <= _INDENT else marker.end(1) + 1
            found.append((begin + _INDENT if marker[1][0] == "[" else place, place))
        else:
            return found
