"""What is cited: dates, names, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from book.problem import Span


class Day(NamedTuple):
    """A day of the proleptic Gregorian calendar; unlike `datetime.date` it reaches before year 1."""

    year: int
    """Astronomical year: 0 is 1 BC."""
    month: int
    """1 to 12."""
    day: int
    """1 to 31."""

    def __str__(self) -> str:
        """ISO 8601: `2015-11-27`, `-0043-03-15`."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known."""

    edtf: str
    """The date in EDTF (ISO 8601-2:2019, levels 0 and 1), normalised."""
    earliest: Day | None
    """The first day it can be; None where the beginning is open or unknown."""
    latest: Day | None
    """The last day it can be; None where the end is open or unknown."""


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who made a source."""

    family: str = ""
    """Family name, or the whole name of a body."""
    given: str = ""
    """Given names."""
    literal: bool = False
    """The family name is a whole name as written (CSL `literal`), not to be turned around."""

    def __str__(self) -> str:
        """Given name first, as on a title page."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: one CSL item."""

    id: str
    """The key that citations use."""
    type: str
    """CSL type: `speech`, `article-newspaper`, …"""
    title: str
    """The full title."""
    at: Span
    """Where the item begins in its list."""
    date: PartialDate | None = None
    """When it was given (`event-date`) or issued; None for an undated source."""
    short_title: str | None = None
    """CSL `title-short`: what a citation in running text shows."""
    authors: tuple[Name, ...] = ()
    """Who spoke or wrote it."""
    event: str | None = None
    """The occasion (`event-title`), or what it appeared in (`container-title`)."""
    place: str | None = None
    """Where (`event-place`, else `publisher-place`)."""
    url: str | None = None
    """Where it can be read."""
    language: str | None = None
    """BCP 47 tag of the title's language, where it is not the book's."""
