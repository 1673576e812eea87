"""Indexes, before it is known on which pages their places fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from book.model.descriptions import Description
from book.model.sources import Source


@dataclass(frozen=True, slots=True)
class SeeReference:
    """What an index entry refers on to."""

    key: str
    """The key of that entry, in the same index."""
    label: str
    """What it is called there."""
    id: str = ""
    """The id of that entry."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of an index. It holds anchors, never page numbers."""

    key: str
    """What it is known by among the entries beside it, whatever its characters: a source's id, a term."""
    label: str
    """What it is sorted and found by: a date, a term; empty for an undated source."""
    anchors: tuple[str, ...]
    """The places it points to, in the order of the book."""
    source: Source | None = None
    """The source it describes, in an index of sources."""
    description: Description | None = None
    """That source in words."""
    entries: tuple[IndexEntry, ...] = ()
    """What stands under it, in order."""
    see: tuple[SeeReference, ...] = ()
    """Where to look instead; an entry with such has no anchors."""
    see_also: tuple[SeeReference, ...] = ()
    """Where to look besides."""
    id: str = ""
    """Its id in every composed section; `build_indexes` gives it, the module of an index does not."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Entries under one heading: a year, a letter."""

    heading: str
    """The heading; empty for an index without headings."""
    entries: tuple[IndexEntry, ...]
    """Its entries, in order."""


@dataclass(frozen=True, slots=True)
class Index:
    """A finding aid, before it is known on which pages its places fall."""

    name: str
    """The name of its module in `book/indexes/`; also its section's slug."""
    title: str
    """Its heading in the book, in the book's language."""
    groups: tuple[IndexGroup, ...]
    """Its groups, in order."""

    @property
    def ids(self) -> Iterator[str]:
        """The ids of all its entries."""
        pending = [entry for group in self.groups for entry in group.entries]
        while pending:
            entry = pending.pop()
            yield entry.id
            pending += entry.entries
