"""Reads CSL-JSON, as Zotero writes it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder

from book.model.sources import Source
from book.problem import Checked, Span, error
from book.project.characters import in_data, unreadable
from book.sources import csl

DECODER = JSONDecoder()
HINTS = {
    "property name": 'names stand in straight quotation marks ("id"), and no comma stands before a closing }',
    "',' delimiter": 'put a comma between two members or items; a quotation mark inside a text is written \\"',
    "':' delimiter": 'a name is followed by a colon: "id": "forum-2015"',
    "control character": "a text before this place is not closed, or holds a line break, which is written \\n",
    "unterminated string": "close the text with a quotation mark",
    "expecting value": "texts stand in straight quotation marks, and no comma stands before a closing ]",
    "trailing comma": "delete the comma",
    "escape": "write a backslash twice: \\\\",
    "extra data": "the list ends before this place: delete what follows, or put it into the list",
}
"""How to mend what Python's `json` refuses, by words of its message."""
SPACE = re.compile(r"[ \t\n\r]*")


def read(text: str, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of a list, at the top or under `references`; `malformed-json`, and problems of `csl.read_items`."""
    if not text.strip():
        return Checked(())
    places = _JsonPlaces(text, path)
    try:
        data = DECODER.decode(text)
    except JSONDecodeError as failure:
        message, place = _fault(text, failure)
        hint = next((hint for part, hint in HINTS.items() if part in message), "")
        return Checked((), (error("malformed-json", message, places.span(place), hint),))
    except (RecursionError, ValueError):
        return Checked((), (error("malformed-json", "nested too deeply, or a number too long", Span(path)),))
    unknown = [unreadable(character, places.at(place)) for place, character in in_data(data)]
    return Checked((), tuple(unknown)) if unknown else csl.read_items(data, places.at)


def _fault(text: str, failure: JSONDecodeError) -> tuple[str, int]:
    """What is wrong, and at which character, alike in all versions of Python: 3.13 knows of commas before the end."""
    before, sign = text[: failure.pos].rstrip(" \t\n\r"), text[failure.pos : failure.pos + 1]
    if before.endswith(",") and sign in ("]", "}"):
        return f"illegal trailing comma before end of {'array' if sign == ']' else 'object'}", len(before) - 1
    message = (failure.msg[:1].lower() + failure.msg[1:]).removesuffix(" at").removesuffix(" starting")
    return message, failure.pos


class _JsonPlaces:
    """Finds where the parts of a well-formed JSON text begin."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._known: dict[int, dict[str | int, tuple[int, int]]] = {}

    def span(self, position: int) -> Span:
        """The line and column of a character."""
        line = bisect_left(self._ends, position)
        return Span(self._path, line + 1, position - (self._ends[line - 1] if line else -1))

    def at(self, path: Sequence[str | int]) -> Span:
        """The place of a key or a list item; if the path does not exist, of its longest part that does."""
        place = value = self._skip(0)
        for step in path:
            if value not in self._known:  # the last of equal names counts
                self._known[value] = {name: (place, value) for name, place, value in self._parts(value)}
            if step not in self._known[value]:
                break
            place, value = self._known[value][step]
        return self.span(place)

    def _parts(self, position: int) -> Iterator[tuple[str | int, int, int]]:
        """For each part of the array or object at `position`: its name, where it begins, where its value does."""
        opening = self._text[position]
        if opening not in "[{":
            return
        position, count = self._skip(position + 1), 0
        while self._text[position] not in "]}":
            place, name = position, count
            if opening == "{":
                name, position = DECODER.raw_decode(self._text, position)
                position = self._skip(self._skip(position) + 1)
            yield name, place, position
            position = self._skip(DECODER.raw_decode(self._text, position)[1])
            position = self._skip(position + (self._text[position] == ","))
            count += 1

    def _skip(self, position: int) -> int:
        """The first character from `position` on that is not white space."""
        found = SPACE.match(self._text, position)
        return found.end() if found else position
