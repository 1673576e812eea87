"""What is shown of the cited sources: words that are the same in every edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from book.model.sources import Name


@dataclass(frozen=True, slots=True)
class Description:
    """A source in words. A part that is not known, or that the title says already, is empty."""

    names: tuple[Name, ...]
    """Who spoke, whether or not the book says so beside each citation."""
    speaker: str
    """The full names as they are read (`Ada Reed and Jonas Pike`); empty in a book that does not name its speakers."""
    short_speaker: str
    """What running text has: family names, with as much more as tells two people apart (`Reed`, `A. Reed`)."""
    title: str
    """The title; a `RichText` where it has markup. Empty where words are known from a publication alone."""
    short_title: str
    """CSL `title-short`, else the title."""
    event: str
    """The occasion, or what it appeared in; a `RichText` where it has markup."""
    place: str
    """Where it was said."""
    date: str
    """When, as the book's language writes it; empty for an undated source."""
    when: str
    """The same; for an undated source, that it is undated."""
    quoted_in: str
    """The publication that quotes it, with its author: `quoted in John Smith, Fishermen protest, Kelmouth Herald`."""
    short_quoted_in: str
    """The same, for running text: `quoted in Smith, Fishermen protest`."""
    language: str | None
    """BCP 47 tag of the title's language, where it is not the book's."""

    @property
    def attribution(self) -> tuple[str, ...]:
        """What an attribution says, in its order; the date is `when`."""
        parts = (self.speaker, self.title, self.event, self.place, self.when, self.quoted_in)
        return tuple(part for part in parts if part)

    @property
    def citation(self) -> tuple[str, ...]:
        """What a citation in running text says, in its order."""
        parts = (self.short_speaker, self.short_title, self.short_quoted_in, self.when)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The words for all cited sources of a manuscript, and what was decided for all of them."""

    sources: Mapping[str, Description] = field(default_factory=dict)
    """The cited sources by id."""
    speakers: tuple[Name, ...] = ()
    """Everybody who is quoted, once, in the order of the book."""
    named: bool = False
    """Whether the book names who spoke wherever it shows a source."""
    eras: bool = False
    """Whether early years after Christ say so, because the book has years before Christ."""
