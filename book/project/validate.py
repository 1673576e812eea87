"""Converts plain data from a file to a struct, and reports every unknown key and invalid value with its place.

`msgspec` stops at the first error; an editor wants to see all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from book.problem import Checked, Problem, Severity, Span, error, nearest
from book.project.slips import slip_hint

S = TypeVar("S", bound=msgspec.Struct)
Path = tuple[str | int, ...]
"""The keys and indexes (0-based) that lead to a value: `("questions", 0)`."""
At = Callable[[Path], Span]
KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date and time",
    "time": "a time",
    "null": "nothing",
}
"""msgspec's type names in words for an editor."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a value of a file, before its line is looked up."""

    code: str
    """The problem's code."""
    message: str
    """What is wrong."""
    path: Path
    """The path of the value."""
    hint: str | None = None
    """How to mend it."""


def placed(faults: Iterable[Fault], at: At) -> tuple[Problem, ...]:
    """Turn faults into errors; `at` finds the place of a path."""
    return tuple(Problem(fault.code, Severity.ERROR, fault.message, at(fault.path), fault.hint) for fault in faults)


@cache
def fields_of(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a struct; msgspec reads the annotations anew each time that it is asked."""
    return msgspec.structs.fields(struct)


def decode(data: Mapping[str, object], into: type[S], at: At) -> Checked[S | None]:
    """Make a struct of the given type from `data`, whose keys are the fields' encoded names.

    An empty value (`""`, as YAML's null is read) counts as missing. A field with an invalid value gets its default. If
    a required field is missing or invalid, the result is None. Problems: `unknown-key`, `missing-key`, `invalid-value`.
    """
    problems = _unknown_keys(data, into, at)
    values: dict[str, Any] = {}
    whole = True
    for info in fields_of(into):
        key = info.encode_name
        if data.get(key, "") == "":
            if info.required:
                whole = False
                if not any(problem.hint == f'did you mean "{key}"?' for problem in problems):
                    problems.append(_missing(key, key in data, at))
            continue
        checked = _field(data[key], info.type, lambda path, key=key: at((key, *path)))  # type: ignore[misc]
        problems.extend(checked.problems)
        if not checked.problems or checked.value is not None:
            values[info.name] = checked.value
        elif info.required:
            whole = False
    return Checked(into(**values) if whole else None, tuple(problems))


def check_keys(data: Mapping[str, object], known: Sequence[str], at: At) -> list[Problem]:
    """A problem `unknown-key` for each key of `data` that is not known; `at` as in `decode`."""
    return [
        error(
            "unknown-key",
            f'unknown key "{key}"',
            at((key,)),
            slip_hint(key, data[key], known) or suggestion(key, known),
        )
        for key in data
        if key not in known
    ]


def suggestion(word: str, known: Sequence[str]) -> str:
    """A hint: the known word most similar to `word` (ignoring case), else all known words if they are few."""
    folded = {name.casefold(): name for name in known}
    same = folded.get(word.casefold().replace("_", "-"))
    if same is not None:
        return f'did you mean "{same}"?'
    return nearest(word, known) or "known are " + ", ".join(f'"{name}"' for name in known)


def _unknown_keys(data: Mapping[str, object], into: type[msgspec.Struct], at: At) -> list[Problem]:
    """The keys of `data` that the struct does not have, or that a table cannot give (`UNWRITTEN`)."""
    unwritten: frozenset[str] = getattr(into, "UNWRITTEN", frozenset())
    return check_keys(data, [info.encode_name for info in fields_of(into) if info.encode_name not in unwritten], at)


def _missing(key: str, written: bool, at: At) -> Problem:
    """The problem of a required key that is missing or empty."""
    if written:
        return error("missing-key", f'"{key}" has no value', at((key,)))
    return error("missing-key", f'"{key}" is missing', at(()))


def _field(value: object, kind: object, at: At) -> Checked[Any]:
    """One value converted to its field's type; None with a problem if that fails."""
    struct = next(_structs(kind), None)
    if struct is not None and get_origin(kind) is tuple:
        return _items(value, struct, at)
    if struct is not None and isinstance(value, Mapping):
        return decode(value, struct, at)
    try:
        return Checked(msgspec.convert(value, kind, strict=False))
    except msgspec.ValidationError as failure:
        return Checked(None, (_invalid(value, kind, str(failure), at),))


def _items(value: object, struct: type[msgspec.Struct], at: At) -> Checked[Any]:
    """A list of tables; invalid ones are left out."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, Mapping) for item in value):
        hint = "write one table for each in brackets: [{ … }, { … }]"
        return Checked(None, (error("invalid-value", "expected a list of tables", at(()), hint),))
    checked = [decode(item, struct, lambda path, place=place: at((place, *path))) for place, item in enumerate(value)]  # type: ignore[misc]
    found = tuple(one.value for one in checked if one.value is not None)
    return Checked(found, tuple(problem for one in checked for problem in one.problems))


def _structs(kind: object) -> Iterator[type[msgspec.Struct]]:
    """The struct types among the alternatives of a type."""
    for part in get_args(kind) or (kind,):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            yield part


def _invalid(value: object, kind: object, failure: str, at: At) -> Problem:
    """The problem of a value that msgspec rejected, in words for an editor."""
    what, _, where = failure.partition(" - at ")
    steps = [int(step) for step in re.findall(r"\[(\d+)\]", where)]
    place = at(tuple(steps))
    for step in steps:
        value = value[step] if isinstance(value, (list, tuple)) else value
    allowed = list(dict.fromkeys(_choices(kind)))
    if allowed and isinstance(value, str):
        return error("invalid-value", f'"{value}" is not one of {_listed(allowed)}', place, nearest(value, allowed))
    found = re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", what)
    if not found:
        return error("invalid-value", what[:1].lower() + what[1:], place)
    expected, got = (KINDS.get(name, name) for name in found.groups())
    return error("invalid-value", f"expected {expected}, got {got}", place, _remedy(value, *found.groups()))


def _remedy(value: object, expected: str, got: str) -> str | None:
    """How to write a value of the wrong type, if that is clear."""
    if expected == "array" and got == "str":
        return f'put it in brackets: ["{value}"]'
    if expected == "str" and got not in ("array", "object"):
        return f'put it in quotation marks: "{value}"'
    return None


def _choices(kind: object) -> Iterator[str]:
    """The words that a type allows, if it contains a `Literal`."""
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    else:
        for part in get_args(kind):
            yield from _choices(part)


def _listed(words: Sequence[str]) -> str:
    """`"a", "b"`."""
    return ", ".join(f'"{word}"' for word in words)
