"""Parses TOML, and finds where each key and item is in the file."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from book.problem import Checked, Problem, Span, error
from book.project.characters import in_data, unreadable
from book.project.syntax_hints import toml_hint

_TOKEN = re.compile(
    r"""
    (?P<skip>   [ \t\r]+ | \#[^\n]* )
  | (?P<line>   \n )
  | (?P<text>   \"{3} (?:\\.|[^\\])*? \"{3,5} | '{3} .*? '{3,5} | \" (?:\\.|[^"\\\n])* \" | ' [^'\n]* ' )
  | (?P<mark>   [][{},=.] )
  | (?P<bare>   [^\s\][{},=.\#"']+ )
    """,
    re.VERBOSE | re.DOTALL,
)
"""The tokens of TOML 1.0. In a multi-line string, up to two quotation marks may stand before the three that end it."""

Path = tuple[str | int, ...]
"""The keys and indexes (0-based) that lead to a value: `("editions", "print", "styles", 0)`."""


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """A parsed TOML document."""

    data: Mapping[str, Any]
    """Its tables and values."""
    text: str
    """The document as written."""
    path: str
    """The file, relative to the project's folder."""

    def at(self, path: Sequence[str | int]) -> Span:
        """The place of a key or a list item: `("editions", "print", "page")`; `()` is the document.

        If the path does not exist, the place of its longest part that does.
        """
        return place(self.text, self.path, path)


def place(text: str, name: str, path: Sequence[str | int]) -> Span:
    """The place of a key or an item in well-formed TOML, the text of the file `name`; see `TomlDocument.at`."""
    known = _places(text)
    steps = tuple(path)
    while steps and steps not in known:
        steps = steps[:-1]
    return Span(name, *known[steps]) if steps else Span(name, 1, 1)


def parse(text: str, path: str) -> Checked[TomlDocument | None]:
    """Parse the `text` of the file at `path`; None with a problem `malformed-toml`."""
    try:
        document = TomlDocument(tomllib.loads(text), text, path)
    except RecursionError:
        return Checked(None, (error("malformed-toml", "nested too deeply", Span(path)),))
    except ValueError as failure:
        return Checked(None, (_malformed(str(failure), text, path),))
    unknown = tuple(unreadable(character, document.at(place)) for place, character in in_data(document.data))
    return Checked(None, unknown) if unknown else Checked(document)


def _malformed(failure: str, text: str, path: str) -> Problem:
    """The problem that tomllib reports as `… (at line 3, column 7)` or `… (at end of document)`."""
    message, _, where = failure.partition(" (at ")
    numbers = [int(digits) for digits in re.findall(r"\d+", where)]
    line, column = numbers if len(numbers) == 2 else (text.rstrip().count("\n") + 1, None)
    written = text.split("\n")[line - 1] if line else ""
    told = message[:1].lower() + message[1:]
    return error("malformed-toml", told, Span(path, line, column), toml_hint(written, told))


@lru_cache(maxsize=4)
def _places(text: str) -> Mapping[Path, tuple[int, int]]:
    """Line and column (1-based) of every key and item of a well-formed document."""
    scanner = _Scanner(text)
    scanner.document()
    ends = [found.start() for found in re.finditer("\n", text)]
    places = {}
    for path, position in scanner.places.items():
        line = bisect_left(ends, position)
        places[path] = (line + 1, position - (ends[line - 1] if line else -1))
    return places


class _Token(NamedTuple):
    """A token that is neither white space nor a comment."""

    kind: str
    """`line`, `text`, `mark`, `bare`, or `end` after the last one."""
    text: str
    """The token as written."""
    position: int
    """Its offset in characters, 0-based."""


class _Scanner:
    """Scans a well-formed document once, and records where each key and item begins."""

    def __init__(self, text: str) -> None:
        found = (_Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(text))
        self._tokens = [token for token in found if token.kind != "skip"]
        self._end = _Token("end", "", len(text))
        self._next = 0
        self._lengths: dict[Path, int] = {}
        self.places: dict[Path, int] = {}
        """The first position of each path."""

    def document(self) -> None:
        """Scan the whole document: table headers, and keys with their values."""
        table: Path = ()
        while self._token.kind != "end":
            if self._token.kind == "line":
                self._next += 1
            elif self._token.text == "[":
                table = self._header()
            else:
                self._pair(table)

    @property
    def _token(self) -> _Token:
        """The next token."""
        return self._tokens[self._next] if self._next < len(self._tokens) else self._end

    def _take(self, mark: str) -> bool:
        """Consume the next token if it is this mark; whether it was."""
        found = self._token.text == mark
        self._next += found
        return found

    def _skip_lines(self) -> None:
        """Consume line ends, which are ignored in a list."""
        while self._token.kind == "line":
            self._next += 1

    def _keys(self, above: Path) -> Path:
        """The path of a dotted key below a table."""
        path = above
        while True:
            if path in self._lengths:  # of a list of tables, the last one is meant
                path = (*path, self._lengths[path] - 1)
            key = self._token
            self._next += 1
            path = (*path, _unquoted(key.text))
            self.places.setdefault(path, key.position)
            if not self._take("."):
                return path

    def _header(self) -> Path:
        """The path of a table, `[a.b]`, or of one more table of a list, `[[a.b]]`."""
        begin = self._token.position
        self._take("[")
        several = self._take("[")
        path = self._keys(())
        self._take("]")
        if several:
            self._take("]")
            number = self._lengths.get(path, 0)
            self._lengths[path] = number + 1
            path = (*path, number)
            self.places[path] = begin
        return path

    def _pair(self, table: Path) -> None:
        """Scan a key and its value in the table with the path `table`."""
        path = self._keys(table)
        self._take("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        """Scan a value with everything in it."""
        if self._take("["):
            number = 0
            self._skip_lines()
            while not self._take("]") and self._token.kind != "end":
                self.places[*path, number] = self._token.position
                self._value((*path, number))
                number += 1
                self._separate()
        elif self._take("{"):
            self._skip_lines()
            while not self._take("}") and self._token.kind != "end":
                self._pair(path)
                self._separate()
        else:
            while self._token.kind not in ("line", "end") and self._token.text not in (",", "]", "}"):
                self._next += 1

    def _separate(self) -> None:
        """Consume the comma after an item, and line ends around it."""
        self._skip_lines()
        self._take(",")
        self._skip_lines()


def _unquoted(key: str) -> str:
    """A key without quotation marks and escapes."""
    if key[0] not in "\"'":
        return key
    (name,) = tomllib.loads(f"{key} = 0")
    return name
