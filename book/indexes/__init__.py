"""Indexes: from a manuscript to entries that hold anchors, never page numbers.

An index is one module with `build(manuscript) -> Index` and one line here. It is set by the layout
`index.html`, unless there is one of the index's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from book.indexes import chronological, speakers, subjects
from book.model.indexes import Index
from book.model.manuscript import Manuscript

INDEXES: Mapping[str, Callable[[Manuscript], Index]] = {
    "chronological": chronological.build,
    "speakers": speakers.build,
    "subjects": subjects.build,
}
"""Every index by its name, which is also the name of its section in `book.toml`, in the order of a book."""


def build_indexes(manuscript: Manuscript) -> tuple[Index, ...]:
    """All indexes of a manuscript, in the registry's order; one without entries is left out."""
    built = (build(manuscript) for build in INDEXES.values())
    return tuple(index for index in built if index.groups)


def find_chronological(indexes: tuple[Index, ...]) -> Index | None:
    """The chronological one of some indexes; None where nothing is cited."""
    return next((index for index in indexes if index.name == "chronological"), None)
