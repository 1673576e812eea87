"""Indexes: turn a manuscript into entries that hold anchors, never page numbers.

An index is a module with `build(manuscript) -> Index` and a line in `INDEXES`. The ids of all entries are assigned
here, so that they are unique in every composed section. An index is set by the layout `index.html`, unless there is a
layout with the index's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from book.indexes import chronological, places, speakers, subjects
from book.manuscript.draft import free_id, xml_id
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript

INDEXES: Mapping[str, Callable[[Manuscript], Index]] = {
    "chronological": chronological.build,
    "speakers": speakers.build,
    "places": places.build,
    "subjects": subjects.build,
}
"""Every index by name, which is also the name of its section in `book.toml`, in the order of a book."""


USUAL = frozenset({"chronological", "speakers", "subjects"})
"""The indexes of an edition that does not name its sections; others only appear if `sections` names them."""


def build_indexes(manuscript: Manuscript) -> tuple[Index, ...]:
    """Build all indexes of a manuscript, in the registry's order, without empty ones and those not asked for."""
    asked = {name for edition in manuscript.project.editions for name in edition.sections or ()}
    taken = {name for chapter in manuscript.chapters for name in (*chapter.ids, chapter.slug)}
    built = (build(manuscript) for name, build in INDEXES.items() if name in USUAL | asked)
    return tuple(_with_ids(index, taken) for index in built if index.groups)


def _with_ids(index: Index, taken: set[str]) -> Index:
    """Assign ids to the entries of an index; they are added to `taken`.

    An id is made from the index's name and the entry's keys, and stays the same as long as these do. If the keys of two
    entries differ only in characters that an id cannot contain, the second gets a number, in the order of their keys.
    """
    taken.update((index.name, f"{index.name}-title"))
    top = [entry for group in index.groups for entry in group.entries]
    ids = _ids(index.name, top, taken, "-")
    referred = {entry.key: name for entry, name in zip(top, ids, strict=True)}

    def finished(entry: IndexEntry, name: str) -> IndexEntry:
        below = zip(entry.entries, _ids(name, entry.entries, taken, "--"), strict=True)
        return replace(
            entry,
            id=name,
            entries=tuple(finished(*one) for one in below),
            see=tuple(replace(one, id=referred[one.key]) for one in entry.see),
            see_also=tuple(replace(one, id=referred[one.key]) for one in entry.see_also),
        )

    entries = iter([finished(*one) for one in zip(top, ids, strict=True)])
    groups = [replace(group, entries=tuple(next(entries) for _ in group.entries)) for group in index.groups]
    return replace(index, groups=tuple(replace(group, id=_group_id(index, group, taken)) for group in groups))


def _group_id(index: Index, group: IndexGroup, taken: set[str]) -> str:
    """The id of a group with a heading; it is added to `taken`."""
    if not group.heading:
        return ""
    name = free_id(xml_id(f"{index.name}-{group.heading}"), taken)
    taken.add(name)
    return name


def _ids(above: str, entries: Sequence[IndexEntry], taken: set[str], joint: str) -> list[str]:
    """Ids for sibling entries; `above` is the id of their parent."""
    found = [""] * len(entries)
    for place in sorted(range(len(entries)), key=lambda place: entries[place].key):
        found[place] = name = free_id(xml_id(f"{above}{joint}{entries[place].key}"), taken)
        taken.add(name)
    return found


def find_chronological(indexes: tuple[Index, ...]) -> Index | None:
    """The chronological index among some indexes; None if nothing is cited."""
    return next((index for index in indexes if index.name == "chronological"), None)
