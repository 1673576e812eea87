"""The sizes of what operations of a layout may give: each is measured before the operation is done."""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterable, Mapping, Sequence, ValuesView
from contextvars import ContextVar
from typing import Any, Self

from jinja2.exceptions import SecurityError
from markupsafe import Markup

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
_SINGLE = frozenset({str, Markup, int, float, bool, type(None)})
"""Types of most parts of lists, known at once as none that hold others."""
_LIGHT = 1000
"""Weight up to which a list that layouts are given is weighed again wherever it is put into another."""
_MOST_WEIGHED = 64
"""Number of heavier ones that are remembered with their weights."""
_HELD = (list, tuple, dict, set, frozenset, ItemsView, ValuesView)
"""Types whose objects are written, and compared, with all that is in them."""

weighed: ContextVar[dict[int, tuple[Any, int]] | None] = ContextVar("weighed", default=None)
"""The lists that layouts are given and their weights, by the lists' identities; those of one rendering."""


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


class HeldList(list[Any]):
    """A list made by a layout, with its weight; layouts cannot change lists, so that it stays."""

    __slots__ = ("_weight",)

    def __init__(self, parts: Iterable[Any], weight: int) -> None:
        super().__init__(parts)
        self._weight = weight


class HeldTuple(tuple[Any, ...]):  # noqa: SLOT001 (a tuple can have no slots but empty ones)
    """A tuple made by a layout, with its weight."""

    _weight: int

    def __new__(cls, parts: Iterable[Any], weight: int) -> Self:
        """A tuple of the parts."""
        made = super().__new__(cls, parts)
        made._weight = weight
        return made


class HeldTable(dict[Any, Any]):
    """A table made by a layout, with its weight."""

    __slots__ = ("_weight",)

    def __init__(self, pairs: Iterable[tuple[Any, Any]], weight: int) -> None:
        super().__init__(pairs)
        self._weight = weight


def carrying(made: Any, weight: int) -> Any:
    """A list or tuple with its weight, so that it is not weighed again where it is put into another."""
    if type(made) is list:
        return HeldList(made, weight)
    return HeldTuple(made, weight) if type(made) is tuple else made


def held_weight(values: Iterable[Any]) -> int:
    """The weight of a list, tuple or table; what it holds several times counts as often.

    The weight is the number of characters that it may be written with, and something for each list in it. One that
    carries its weight is not looked into, so that a list that grows by `+` takes a time that grows with its length.

    Raises SecurityError for lists and tables that hold too much together: `[x, x]` made 60 times of itself takes 60
    lists, and would be written, compared or hashed for ever, by operations that nothing can stop.
    """
    known = weighed.get()
    if known is not None and id(values) in known:
        return known[id(values)][1]
    weight = 0
    waiting: list[Iterable[Any]] = [values]
    while waiting:
        held = waiting.pop()
        carried = getattr(held, "_weight", None)
        weight = check_weight(weight + (_CONTAINER if carried is None else carried))
        if carried is None:
            for part in (*held, *held.values()) if isinstance(held, dict) else held:
                weight = check_weight(weight + part_weight(part))
                if holds_others(part):
                    waiting.append(part)
    if known is not None and weight > _LIGHT and not hasattr(values, "_weight"):
        if len(known) == _MOST_WEIGHED:
            known.clear()
        known[id(values)] = (values, weight)
    return weight


def made_weight(parts: Iterable[Any]) -> int:
    """The weight of a list or tuple that is made of the given parts."""
    weight = _CONTAINER
    for part in parts:
        weight = check_weight(weight + part_weight(part) + (held_weight(part) if holds_others(part) else 0))
    return weight


def part_weight(part: Any) -> int:
    """What a part of a list weighs by itself, without what it holds."""
    return _BETWEEN + (len(part) if isinstance(part, str) else 0)


def times_weight(weight: int, times: int) -> int:
    """The weight of a list of the given weight that is repeated."""
    return check_weight(_CONTAINER + (weight - _CONTAINER) * max(times, 0))


def sum_weight(weights: Iterable[int]) -> int:
    """The weight of a list that is put together from lists of the given weights."""
    return check_weight(_CONTAINER + sum(weight - _CONTAINER for weight in weights))


def check_weight(weight: int) -> int:
    """The weight, unless it is that of lists that hold too much."""
    if weight > LARGEST:
        raise SecurityError(f"a list or table that would be written with more than {LARGEST} characters")
    return weight


def holds_others(value: Any) -> bool:
    """Whether a value is a list or a table."""
    return type(value) not in _SINGLE and isinstance(value, _HELD)


def check_searched(text: Sequence[Any], name: str, part: Any) -> None:
    """Refuse a search in a long text that takes a time that is the product of its length and that of what is sought."""
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
