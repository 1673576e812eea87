"""Finds characters that no edition can contain, because XML does not allow them (XML 1.0, production 2: `Char`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from book.problem import Checked, Problem, Span, error, warning

_UNKNOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
HINT = "delete it"


def name(character: str) -> str:
    """A character as messages name it: `U+FFFE`."""
    return f"U+{ord(character):04X}"


def unknown(text: str) -> str | None:
    """The first character of a text that XML does not allow; None if there is none."""
    found = _UNKNOWN.search(text)
    return found[0] if found else None


def in_text(text: str, path: str) -> Iterator[Problem]:
    """A problem for each character of a file that XML does not allow."""
    line = 1
    start = 0
    for found in _UNKNOWN.finditer(text):
        line += text.count("\n", start, found.start())
        start = found.start()
        at = Span(path, line, start - text.rfind("\n", 0, start))
        yield error("reserved-character", f"the character {name(found[0])} cannot stand in a book", at, HINT)


MOST = 50
"""Lines of a file whose characters are told one by one."""


def without_unknown(text: str, path: str) -> Checked[str]:
    """A text without the characters that XML does not allow; a warning for each line that has one, up to `MOST`."""
    if unknown(text) is None:
        return Checked(text)
    lines = text.split("\n")
    odd = [(number, found) for number, line in enumerate(lines, 1) if (found := _UNKNOWN.search(line))]
    problems = [
        warning("reserved-character", f"the character {name(found[0])} cannot stand in a book: it is left out",
                Span(path, number, found.start() + 1), HINT)
        for number, found in odd[:MOST]
    ]  # fmt: skip
    if len(odd) > MOST:
        message = f"{len(odd) - MOST} more lines have characters that cannot stand in a book: they are left out"
        problems.append(warning("reserved-character", message, Span(path, odd[MOST][0]), HINT))
    return Checked(_UNKNOWN.sub(" ", text), tuple(problems))


def unreadable(character: str, at: Span) -> Problem:
    """The problem of such a character that was written as an escape in a data file."""
    return error("reserved-character", f"the character {name(character)} cannot stand in a book", at, HINT)


def in_data(data: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The first such character in decoded data, and where it is, as a path of keys and indexes."""
    stack: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str):
            if found := unknown(value):
                yield path, found
        elif isinstance(value, Mapping):
            for key in value:
                if isinstance(key, str) and (found := unknown(key)):
                    yield path, found
            stack += [((*path, key), value[key]) for key in reversed(list(value))]
        elif isinstance(value, (list, tuple)):
            stack += [((*path, index), value[index]) for index in reversed(range(len(value)))]
