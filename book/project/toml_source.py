"""TOML, and where each of its parts was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from book.problem import Checked, Problem, Span, error


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """A TOML document, read."""

    data: Mapping[str, Any]
    """Its tables and values."""
    text: str
    """The document as written."""
    path: str
    """The file, relative to the project's folder."""

    def at(self, path: Sequence[str | int]) -> Span:
        """The place of a key: `("editions", "print", "page")`; `()` is the document.

        A value's parts lie where its statement begins. Where the path leads nowhere, the place
        of its last part that exists. Costs a few parses of the text: for problems only.
        """
        while path and not _has(self.data, path):
            path = path[:-1]
        if not path:
            return Span(self.path, 1, 1)
        lines = self.text.split("\n")
        number = _statement(lines, path)
        key = next(str(step) for step in reversed(path) if isinstance(step, str))
        found = re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", lines[number - 1])
        return Span(self.path, number, found.start() + 1 if found else None)


def parse(text: str, path: str) -> Checked[TomlDocument | None]:
    """The document in the `text` of the file at `path`, or None with a `malformed-toml`."""
    try:
        return Checked(TomlDocument(tomllib.loads(text), text, path))
    except RecursionError:
        return Checked(None, (error("malformed-toml", "nested too deeply", Span(path)),))
    except ValueError as failure:
        return Checked(None, (_malformed(str(failure), text, path),))


def _malformed(failure: str, text: str, path: str) -> Problem:
    """The problem that tomllib reports as `… (at line 3, column 7)` or `… (at end of document)`."""
    message, _, where = failure.partition(" (at ")
    numbers = [int(digits) for digits in re.findall(r"\d+", where)]
    line, column = numbers if len(numbers) == 2 else (text.rstrip().count("\n") + 1, None)
    return error("malformed-toml", message[:1].lower() + message[1:], Span(path, line, column))


def _statement(lines: Sequence[str], path: Sequence[str | int]) -> int:
    """The line, 1-based, on which the statement begins that first makes `path` exist.

    The lines up to there parse and do not have it; with the rest of the statement they do.
    """
    begin = 1
    for end in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:end]))
        except ValueError:
            continue
        if _has(data, path):
            return begin
        begin = end + 1
    return begin


def _has(data: object, path: Sequence[str | int]) -> bool:
    """Whether a path leads to something."""
    for step in path:
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return False
    return True
