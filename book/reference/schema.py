"""JSON Schema (2020-12) of `book.toml`, front matter and source lists, by which editors complete and check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec

from book.composition.sections import SECTIONS
from book.language.terms import terms
from book.model.manuscript import FrontMatter
from book.model.settings import Checks, Edition, Limits, Settings
from book.problems.explain import codes
from book.project.outputs import OUTPUTS
from book.reference.fields import about, meanings
from book.sources.csl_meanings import MEANINGS
from book.sources.csl_words import ALIASES, DATE_PARTS, DATES, NAME_PARTS, NAMES, TYPES, VARIABLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schemas"
"""The folder of a new project for the schemas, which its `book.toml` and source list name."""
NAMES_OF_FILES = ("book.schema.json", "chapter.schema.json", "sources.schema.json")
"""The files in which the schemas are shipped."""


def schemas() -> Mapping[str, str]:
    """The text of each schema, by the name of its file."""
    made = dict(zip(NAMES_OF_FILES, (_book(), _chapter(), _sources()), strict=True))
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}


def shipped() -> Mapping[str, bytes]:
    """The schemas as they are shipped with the package, by the names of their files."""
    folder = files("book.reference") / "schemas"
    return {name: (folder / name).read_bytes() for name in NAMES_OF_FILES}


def _book() -> dict[str, Any]:
    """The schema of `book.toml`."""
    (settings, edition, checks, limits), parts = msgspec.json.schema_components(
        (Settings, Edition, Checks, Limits), ref_template="#/$defs/{name}"
    )
    for struct in _structs(Settings, Edition, Checks, Limits):
        _complete(parts[struct.__name__], struct)
    del parts["Settings"]["properties"]["words"]  # a table of its own
    properties = parts["Edition"]["properties"]
    del properties["name"]
    properties["output"]["enum"] = list(OUTPUTS)
    properties["sections"] |= {"items": {"enum": list(SECTIONS)}, "uniqueItems": True}
    parts["Checks"]["properties"]["ignore"]["items"] = {"enum": list(codes())}
    return {
        "$schema": DIALECT,
        "title": "book.toml",
        "type": "object",
        "properties": {
            "book": settings,
            "editions": {
                "type": "object",
                "description": "One table for each output.",
                "additionalProperties": edition,
            },
            "checks": checks,
            "limits": limits,
            "words": _words(),
        },
        "required": ["book"],
        "additionalProperties": False,
        "$defs": parts,
    }


def _words() -> dict[str, Any]:
    """The schema of the table `[words]`."""
    words = {key: {"type": "string", "description": f"In English: {word}"} for key, word in terms("en").items()}
    description = meanings(Settings)["words"]
    return {"type": "object", "description": description, "properties": words, "additionalProperties": False}


def _chapter() -> dict[str, Any]:
    """The schema of a chapter's front matter, in which other tools may have keys of their own."""
    schema = msgspec.json.schema(FrontMatter)
    (part,) = schema["$defs"].values()
    _complete(part, FrontMatter)
    part["additionalProperties"] = True
    part["required"] = []  # the first heading can be the title
    return {"$schema": DIALECT, **part, "title": "Front matter of a chapter"}


def _complete(schema: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    """Add to the schema of a struct what its texts say, and that it has no other keys."""
    texts = meanings(struct)
    for field, key in zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True):
        schema["properties"][key] = {**_without_null(schema["properties"][key]), "description": texts[field]}
    schema["description"] = about(struct)
    schema["additionalProperties"] = False


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be absent: where it is written, it is not null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1 and schema.get("default", "") is None:
        return dict(kinds[0])
    if "enum" in schema and None in schema["enum"]:
        return {"enum": [word for word in schema["enum"] if word is not None]}
    return schema


def _structs(*structs: type[msgspec.Struct]) -> tuple[type[msgspec.Struct], ...]:
    """Structs, and those in their fields, each once."""
    from book.reference.fields import keys

    found: dict[type[msgspec.Struct], None] = {}
    for struct in structs:
        found[struct] = None
        for key in keys(struct):
            found |= dict.fromkeys(_structs(*key.tables))
    return tuple(found)


def _sources() -> dict[str, Any]:
    """The schema of a list of sources in YAML or JSON."""
    items = {"type": "array", "items": {"$ref": "#/$defs/source"}}
    whole = {"type": "object", "properties": {"references": items}, "required": ["references"]}
    return {
        "$schema": DIALECT,
        "title": "A list of sources",
        "oneOf": [items, whole],
        "$defs": {"source": _source(), "name": _name(), "date": _date()},
    }


def _source() -> dict[str, Any]:
    """The schema of one source."""
    properties: dict[str, Any] = {name: {"type": ["string", "number"]} for name in VARIABLES}
    people = {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/name"}}, {"$ref": "#/$defs/name"}]}
    properties |= {name: dict(people) for name in NAMES}
    properties |= {name: {"$ref": "#/$defs/date"} for name in DATES}
    properties["type"] = {"enum": list(TYPES)}
    properties["custom"] = {"type": "object"}
    properties["categories"] = {"type": "array"}
    for name, meaning in MEANINGS.items():
        properties[name] = {**properties[name], "description": meaning}
    older = {name: {"deprecated": True, "description": f"Write `{meant}`."} for name, meant in ALIASES.items()}
    return {
        "type": "object",
        "properties": {**older, **properties},
        "required": ["id", "title"],
        "additionalProperties": False,
    }


def _name() -> dict[str, Any]:
    """The schema of a name."""
    parts = {name: {"type": ["string", "boolean", "number"]} for name in NAME_PARTS}
    return {"anyOf": [{"type": "string"}, {"type": "object", "properties": parts, "additionalProperties": False}]}


def _date() -> dict[str, Any]:
    """The schema of a date."""
    parts: dict[str, Any] = {name: {} for name in DATE_PARTS}
    structured = {"type": "object", "properties": parts, "additionalProperties": False}
    written = {
        "type": ["string", "number"],
        "description": "A date in EDTF: 1912-01-30, 1912-01, 1912, 1912~, 1912/1913.",
    }
    return {"anyOf": [written, structured, {"type": "array", "items": structured}]}
