"""Descriptions of cited sources in words, which are the same in every edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from book.model.sources import Name


@dataclass(frozen=True, slots=True)
class Description:
    """A source in words. A part that is unknown, or that the title contains already, is empty."""

    names: tuple[Name, ...]
    """The speakers, whether or not the book names them beside each citation."""
    speaker: str
    """Full names in reading order (`Ada Reed and Jonas Pike`); empty in a book that does not name its speakers."""
    short_speaker: str
    """Names for running text: family names, with initials or more if two people share one (`Reed`, `A. Reed`)."""
    title: str
    """The title; a `RichText` if it has markup. Empty if the words are known only from a publication."""
    short_title: str
    """CSL `title-short`, else the title."""
    event: str
    """The occasion, or the publication that contains it; a `RichText` if it has markup."""
    place: str
    """The place where it was spoken."""
    date: str
    """The date in the book's language; empty if undated."""
    when: str
    """The date; if there is none, the word for undated."""
    quoted_in: str
    """The publication that quotes it, with its author: `quoted in John Smith, Fishermen protest, Kelmouth Herald`."""
    short_quoted_in: str
    """The same, for running text: `quoted in Smith, Fishermen protest`."""
    listed_quoted_in: str
    """The same, for a list, where titles are told apart: `quoted in John Smith, “Fishermen protest”, <i>Herald</i>`."""
    language: str | None
    """BCP 47 tag of the title's language, where it is not the book's."""
    book_language: str = "en"
    """BCP 47 tag of the language of everything else."""

    @property
    def attribution(self) -> tuple[str, ...]:
        """The parts of an attribution, in order; the date is `when`."""
        parts = (self.speaker, self.title, self.event, self.place, self.when, self.quoted_in)
        return tuple(part for part in parts if part)

    @property
    def citation(self) -> tuple[str, ...]:
        """The parts of a citation in running text, in order."""
        parts = (self.short_speaker, self.short_title, self.short_quoted_in, self.when)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The descriptions of all cited sources of a manuscript, and decisions that apply to all of them."""

    sources: Mapping[str, Description] = field(default_factory=dict)
    """The cited sources by id."""
    speakers: tuple[Name, ...] = ()
    """All quoted people, each once, in the order of the book."""
    named: bool = False
    """Whether the book names the speaker wherever it shows a source."""
    eras: bool = False
    """Whether early years AD show their era, because the book has years BC."""
