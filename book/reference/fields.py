"""The keys of a table, read off the struct that it is decoded into: type, default, meaning."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

_WORDS: Mapping[type, str] = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}
"""What a plain type is called."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str
    """The key as it is written."""
    value: str
    """What its value is, in words."""
    default: str | None
    """The default as it would be written; None for a key that must be there, empty where absence means something."""
    meaning: str
    """What it means: the text below the field."""
    tables: tuple[type[msgspec.Struct], ...] = ()
    """The structs of the tables that are its value, or are in it."""


def keys(struct: type[msgspec.Struct], leave_out: frozenset[str] = frozenset()) -> tuple[Key, ...]:
    """The keys of the table that is decoded into a struct, in their order; some fields are left out."""
    texts = meanings(struct)
    return tuple(
        Key(info.encode_name, _words(info.type), _default(info), texts[info.name], tuple(_structs(info.type)))
        for info in msgspec.structs.fields(struct)
        if info.name not in leave_out
    )


def about(struct: type[msgspec.Struct]) -> str:
    """What a table is: the first line of the struct's docstring."""
    return (inspect.getdoc(struct) or "").split("\n")[0]


@cache
def meanings(struct: type[msgspec.Struct]) -> Mapping[str, str]:
    """The texts below the fields of a struct, by the fields' names."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(struct))).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            assert isinstance(text, ast.Expr), f"{struct.__name__}.{field.target.id} has a text below it"
            assert isinstance(text.value, ast.Constant), f"{struct.__name__}.{field.target.id} has a text below it"
            found[field.target.id] = " ".join(str(text.value.value).split())
    return found


def _words(kind: Any) -> str:
    """What a value of a type is, in words."""
    origin, arguments = get_origin(kind), [part for part in get_args(kind) if part is not NoneType]
    if origin is Annotated:
        return _words(arguments[0]) + _bounds(arguments[1:])
    if origin in (Union, UnionType):
        return " or ".join(map(_words, arguments))
    if origin is Literal:
        return " or ".join(f'`"{word}"`' if isinstance(word, str) else f"`{word}`" for word in arguments)
    if origin is tuple:
        return f"list of {'tables' if next(_structs(arguments[0]), None) else _words(arguments[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"table of {_words(arguments[1])}"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return "table"
    return _WORDS[kind]


def _bounds(metas: list[Any]) -> str:
    """` from 200 to 400`, for a number with limits."""
    limits = next((meta for meta in metas if isinstance(meta, msgspec.Meta)), None)
    return f" from {limits.ge} to {limits.le}" if limits and limits.ge is not None and limits.le is not None else ""


def _default(info: msgspec.structs.FieldInfo) -> str | None:
    """The default of a field as it would be written."""
    if info.required:
        return None
    value = info.default if info.default is not msgspec.NODEFAULT else info.default_factory()
    if value is None or isinstance(value, msgspec.Struct):
        return ""
    return toml_value(value)


def toml_value(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_toml_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _toml_key(key: str) -> str:
    """A key as TOML writes it."""
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else f'"{key}"'


def _structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs in a type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)
