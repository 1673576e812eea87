"""Types of indexes, which hold anchors instead of page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from book.model.descriptions import Description
from book.model.sources import Source

TWO_LINES = 64
"""Characters in two lines of one of two columns: half a measure of 65 characters, in type a little smaller."""

FEW_LINES = 12
"""Entries, with those below them and headings, of an index that stands in one column."""


@dataclass(frozen=True, slots=True)
class SeeReference:
    """A reference from one index entry to another."""

    key: str
    """The key of that entry, in the same index."""
    label: str
    """The label of that entry."""
    id: str = ""
    """The id of that entry."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of an index. It holds anchors, never page numbers."""

    key: str
    """Its key, unique among its siblings, of any characters: a source's id, a term."""
    label: str
    """The text by which it is sorted and found: a date, a term; empty for an undated source."""
    anchors: tuple[str, ...]
    """The places it points to, in the order of the book."""
    source: Source | None = None
    """The source it describes, in an index of sources."""
    description: Description | None = None
    """The description of that source."""
    entries: tuple[IndexEntry, ...] = ()
    """Its subentries, in order."""
    language: str | None = None
    """BCP 47 tag of the label, if it is not the book's."""
    see: tuple[SeeReference, ...] = ()
    """The entries to look at instead; then it has no anchors."""
    see_also: tuple[SeeReference, ...] = ()
    """Further entries to look at."""
    id: str = ""
    """Its id, unique in every composed section; assigned by `build_indexes`, not by the index's module."""

    @property
    def length(self) -> int:
        """About how many characters it has in print, its locators included."""
        shown = self.description
        parts = (shown.speaker, shown.title, shown.event, shown.place, shown.quoted_in) if shown else ()
        return sum(len(part) + 2 for part in (self.label, *parts) if part) + min(4 * len(self.anchors), 24)


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Entries under one heading: a year, a letter."""

    heading: str
    """The heading; empty for an index without headings."""
    entries: tuple[IndexEntry, ...]
    """Its entries, in order."""
    id: str = ""
    """Its id, unique in every composed section, and assigned as that of an entry; empty without a heading."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its groups of entries."""

    name: str
    """The name of its module in `book/indexes/`; also its section's slug."""
    title: str
    """Its heading in the book, in the book's language."""
    groups: tuple[IndexGroup, ...]
    """Its groups, in order."""

    @property
    def has_long_entries(self) -> bool:
        """Whether half of its entries would need more than two lines of a narrow column."""
        lengths = [entry.length for group in self.groups for one in group.entries for entry in (one, *one.entries)]
        return bool(lengths) and median(lengths) > TWO_LINES

    @property
    def is_short(self) -> bool:
        """Whether it is too short to be set in columns."""
        headings = sum(1 for group in self.groups if group.heading)
        return headings + sum(1 + len(one.entries) for group in self.groups for one in group.entries) <= FEW_LINES

    @property
    def ids(self) -> Iterator[str]:
        """The ids of all its groups and entries."""
        yield from (group.id for group in self.groups if group.id)
        pending = [entry for group in self.groups for entry in group.entries]
        while pending:
            entry = pending.pop()
            yield entry.id
            pending += entry.entries
