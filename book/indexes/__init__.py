"""Indexes: from a manuscript to entries that hold anchors, never page numbers.

An index is one module with `build(manuscript) -> Index` and one line here. It is set by the layout
`index.html`, unless there is one of the index's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from book.indexes import chronological, places, speakers, subjects
from book.model.indexes import Index
from book.model.manuscript import Manuscript

INDEXES: Mapping[str, Callable[[Manuscript], Index]] = {
    "chronological": chronological.build,
    "speakers": speakers.build,
    "places": places.build,
    "subjects": subjects.build,
}
"""Every index by its name, which is also the name of its section in `book.toml`, in the order of a book."""


OPTIONAL = frozenset({"places"})
"""Indexes that an edition has only if its `sections` name them."""


def build_indexes(manuscript: Manuscript) -> tuple[Index, ...]:
    """All indexes of a manuscript, in the registry's order; without empty ones and those not asked for."""
    asked = {name for edition in manuscript.project.editions for name in edition.sections or ()}
    built = (build(manuscript) for name, build in INDEXES.items() if name not in OPTIONAL or name in asked)
    return tuple(index for index in built if index.groups)


def find_chronological(indexes: tuple[Index, ...]) -> Index | None:
    """The chronological one of some indexes; None where nothing is cited."""
    return next((index for index in indexes if index.name == "chronological"), None)
