"""Reads variables that people write into the `note` of a CSL item, because their program has no field for them.

`original-date: 1910` on a line of its own (Zotero's "Extra"), or `{:original-date: 1910}` anywhere, as citeproc-js
reads them; Zotero's spelling `Original Date` and Better BibTeX's `Citation Key` are understood too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from book.sources.csl_words import DATES, NAMES, VARIABLES

_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z_ -]*?)[ \t]*:[ \t]*(\S.*?)[ \t]*")
_BRACES = re.compile(r"\{:([A-Za-z_-]+):[ \t]*([^{}]+?)[ \t]*\}")
_KNOWN = {name.casefold(): name for name in VARIABLES if name not in ("id", "note", "custom", "categories")}


def with_note_variables(data: Mapping[str, object]) -> Mapping[str, object]:
    """A CSL item with those variables of its `note` that it lacks; a `type` in the note takes precedence."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return data
    found: dict[str, object] = {}
    for name, value in _variables(note):
        if name in NAMES:
            people = found.setdefault(name, [])
            if isinstance(people, list):
                people.append(_name(value))
        else:
            found.setdefault(name, {"raw": value} if name in DATES else value)
    given = {key: value for key, value in data.items() if value not in (None, "", [], {})}
    return {**data, **{name: value for name, value in found.items() if name not in given or name == "type"}}


def _variables(note: str) -> Iterator[tuple[str, str]]:
    """The variables in a note, in order, by their CSL names."""
    lines = (found for line in note.splitlines() if (found := _LINE.fullmatch(line)))
    for found in (*_BRACES.finditer(note), *lines):
        name = _KNOWN.get(found[1].strip().casefold().replace(" ", "-")) or _KNOWN.get(found[1].strip().casefold())
        if name:
            yield name, found[2]


def _name(text: str) -> dict[str, str]:
    """A name in a note: `Family || Given`, else a literal one."""
    family, divided, given = (part.strip() for part in text.partition("||"))
    return {"family": family, "given": given} if divided and given else {"literal": family}
