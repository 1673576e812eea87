"""The sizes of what operations of a layout may give: each is measured before the operation is done."""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterable, Mapping, Sequence, ValuesView
from typing import Any

from jinja2.exceptions import SecurityError

LONGEST = 64 * 1024 * 1024
"""Characters of the longest text that a layout may make; a list may have an eighth as many parts."""
LARGEST = 2 * LONGEST
"""Characters that a list or table may be written with, together with all that is in it."""
LARGEST_NUMBER = 100_000
"""Largest number that a filter, or a method of a text, may be given: a width, a number of parts or of digits."""
_PERCENT = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\*|[0-9]{6}|[0-9]*\.(?:\*|[0-9]{6}))")
_FIELDS = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?P<width>[0-9]*)(?:\.(?P<digits>[0-9]*))?|\{[^{}]*\}")
_NUMBER = re.compile(r"[0-9]+")
_LONGEST_FLOAT = 330
"""Characters of the largest number with a fraction, written out."""
_BETWEEN = 4
"""Characters around each part of a list or table that is written: quotation marks, a comma and a space."""
_CONTAINER = 64
"""Characters that each list in a list counts as: it takes time and memory too."""
_HELD = (list, tuple, dict, set, frozenset, ItemsView, ValuesView)
"""Types whose objects are written, and compared, with all that is in them."""


def check_length(length: int, like: Any = "") -> None:
    """Refuse a text, or a list where `like` is one, that is too long; each part of a list takes eight bytes."""
    if length > (LONGEST if isinstance(like, str | bytes) else LONGEST // 8):
        raise SecurityError(f"a text or list of {length} parts is too long")


def check_numbers(name: str, values: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Refuse an enormous number among what a filter or method is given."""
    for value in (*values, *named.values()):
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise SecurityError(f"{value} is too large a number for {name}")


def check_format(text: str, values: Any) -> None:
    """Refuse a format in the manner of C with an enormous width, with one that is given, or that gives too much."""
    if _PERCENT.search(text):
        raise SecurityError("a format has a width of more than five figures, or one that is given")
    check_filled(text, values)


def check_filled(text: str, values: Any) -> None:
    """Refuse a format whose text may get too long: each field as wide as it says, and as the longest value."""
    fields = [field[0] for field in _FIELDS.finditer(text)]
    widths = sum(int(number) for field in fields for number in _NUMBER.findall(field))
    given = values.values() if isinstance(values, Mapping) else values if isinstance(values, tuple) else (values,)
    check_length(len(text) + widths + len(fields) * max(map(written_length, given), default=0))


def written_length(value: Any) -> int:
    """The most characters that a text, a number, or a list or table of them is written with; 0 for what is unknown."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() + 2  # in binary, with a sign
    if isinstance(value, float):
        return _LONGEST_FLOAT
    parts: Iterable[Any] = (*value, *value.values()) if isinstance(value, Mapping) else ()
    if isinstance(value, list | tuple):
        parts = value
    return sum(written_length(part) + _BETWEEN for part in parts)


def check_held(values: Iterable[Any], times: int = 1) -> None:
    """Refuse lists and tables that hold too much together, what they hold several times counted as often.

    `[x, x]` made 60 times of itself takes 60 lists, and would be written, compared or hashed for ever, by operations
    that nothing can stop.
    """
    rest = LARGEST // max(times, 1) + _CONTAINER
    waiting: list[Iterable[Any]] = [values]
    while waiting:
        held = waiting.pop()
        rest -= _CONTAINER
        for part in (*held, *held.values()) if isinstance(held, dict) else held:
            rest -= _BETWEEN
            if isinstance(part, str):
                rest -= len(part)
            elif isinstance(part, _HELD):
                waiting.append(part)
            if rest <= 0:
                raise SecurityError(f"a list or table that would be written with more than {LARGEST} characters")


def holds_others(value: Any) -> bool:
    """Whether a value is a list or a table."""
    return isinstance(value, _HELD)


def check_searched(text: Sequence[Any], name: str, part: Any) -> None:
    """Refuse a search from the end of a long text for a long one: its time is the product of their lengths."""
    if isinstance(part, str | bytes) and len(text) * len(part) > LARGEST:
        raise SecurityError(f"a text of {len(part)} characters is too long for {name} in one of {len(text)}")


def check_replaced(text: Any, old: Any, new: Any) -> None:
    """Refuse replacements that give a text that is too long."""
    text, old, new = str(text), str(old), str(new)
    check_length(len(text) + (text.count(old) if old else len(text) + 1) * len(new))


def check_joined(parts: Any, between: Any) -> list[Any]:
    """The parts that are to be joined, unless they give a text that is too long."""
    found = list(parts)
    check_length(written_length(between) * len(found) + written_length(found))
    return found


def check_indent(values: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Refuse what is put before or behind each line where all of it together is too long."""
    text, *others = (one for one in values if isinstance(one, str | int))
    words = [one for one in (*others, *named.values()) if isinstance(one, str)]
    numbers = [one for one in (*others, *named.values()) if isinstance(one, int)]
    lines = str(text).count("\n") + 1 if numbers and not words else len(str(text)) + 1
    check_length(lines * max([*map(len, words), *numbers, 1]) if words or numbers else 0)
