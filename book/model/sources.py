"""What is cited: dates, names, sources, and the words of their titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from book.problem import Problem, Span

JOINING = ("'", "’", "‘", "-")
"""What a particle ends in that is joined to the name behind it."""


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
    """The date in EDTF (ISO 8601-2:2019), normalised; empty for words in which no year was found."""
    earliest: Day | None
    """The first day it can be; None where the beginning is open or unknown."""
    latest: Day | None
    """The last day it can be; None where the end is open or unknown."""
    literal: str | None = None
    """Words that are no date, shown as written in its place (CSL `literal`: `late in his life`)."""

    @property
    def sortable(self) -> bool:
        """Whether it has a place in time: a first or a last day."""
        return self.earliest is not None or self.latest is not None


class RichText(str):
    """Words that may have markup: as a `str` the plain words, for metadata, outlines, sorting and comparing.

    A layout shows the markup with the filter `rich`.
    """

    __slots__ = ("html",)

    html: str
    """The words as XHTML, of `i`, `b`, `em`, `strong`, `sup`, `sub`, `code` and `span` with a class alone."""

    def __new__(cls, text: str, html: str) -> Self:
        """Plain words, and the same with markup."""
        made = super().__new__(cls, text)
        made.html = html
        return made

    def __eq__(self, other: object) -> bool:
        """Two rich texts are equal if their markup is, too."""
        same = str.__eq__(self, other) if isinstance(other, str) else NotImplemented
        return same and self.html == other.html if isinstance(other, RichText) else same

    def __ne__(self, other: object) -> bool:
        """The opposite; a `str` has its own."""
        return not self == other

    __hash__ = str.__hash__

    def __reduce__(self) -> tuple[type[RichText], tuple[str, str]]:
        """How it goes from one process to another."""
        return type(self), (str(self), self.html)


@dataclass(frozen=True, slots=True)
class Name:
    """A person or a body, with the parts of CSL's name variables."""

    family: str = ""
    """Family name, without particles."""
    given: str = ""
    """Given names or their initials."""
    literal: str = ""
    """A whole name that is not to be turned round: of a body, or a single name (`Plato`); then it is the only part."""
    dropping_particle: str = ""
    """What stands before the family name only where given names stand too (`von` of Alexander von Humboldt)."""
    non_dropping_particle: str = ""
    """What stays with the family name (`van` of Ludwig van Beethoven)."""
    suffix: str = ""
    """`Jr.`, `III`."""
    comma_suffix: bool = False
    """A comma stands before the suffix: `Martin Luther King, Jr.`."""
    static_ordering: bool = False
    """The family name stands first in running text too."""
    dates: str = ""
    """Years of life as the source list has them (`1889–1964`); empty where it has none."""

    @property
    def surname(self) -> str:
        """Particle and family name, as running text has it: `van Beethoven`; a literal name whole."""
        return self.literal or _joined(self.non_dropping_particle, self.family)

    def __str__(self) -> str:
        """Given name first, as on a title page: `Ludwig van Beethoven`, `Martin Luther King, Jr.`."""
        words = _joined(" ".join(filter(None, (self.given, self.dropping_particle))), self.surname)
        return f"{words}{',' if self.comma_suffix else ''} {self.suffix}" if self.suffix else words


def _joined(before: str, name: str) -> str:
    """Two parts of a name, with a space unless the first is joined to the second: `d’Artagnan`, `al-Ghazali`."""
    return f"{before}{'' if not before or not name or before[-1] in JOINING else ' '}{name}"


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: one CSL item."""

    id: str
    """The key that citations use."""
    type: str
    """CSL type: `speech`, `article-newspaper`, …; `document` for one that CSL does not have."""
    title: str
    """The full title; a `RichText` where it has markup."""
    at: Span
    """Where the item begins in its list."""
    date: PartialDate | None = None
    """When it was given (`event-date`) or issued; None for an undated source."""
    short_title: str | None = None
    """CSL `title-short`: what a citation in running text shows; a `RichText` where it has markup."""
    authors: tuple[Name, ...] = ()
    """Who spoke or wrote it (CSL `author`)."""
    event: str | None = None
    """The occasion (`event-title`); a `RichText` where it has markup."""
    place: str | None = None
    """Where (`event-place`, else `publisher-place`)."""
    url: str | None = None
    """Where it can be read."""
    language: str | None = None
    """BCP 47 tag of the title's language, where it is not the book's."""
    container: str | None = None
    """What it appeared in (`container-title`); a `RichText` where it has markup."""
    publisher: str | None = None
    """Who published it."""
    original_date: PartialDate | None = None
    """When it was first published (`original-date`)."""
    roles: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    """The people of every other name variable by its CSL name, in CSL's order: `speaker`, `container-author`, …"""
    aliases: tuple[str, ...] = ()
    """Other keys that citations may use: the `id` of an item that has a `citation-key`."""
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """What is wrong with the item: it stops the build only where the source is cited."""
    transcript: str | None = None
    """Path of the file with its words, relative to the project's folder, where the item names one."""
    item: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    """The item as CSL data, with what is not understood here, for exports and for CSL styles."""

    def people(self, role: str) -> tuple[Name, ...]:
        """The people of a CSL name variable (`author`, `speaker`, `container-author`, …), in order."""
        return self.authors if role == "author" else dict(self.roles).get(role, ())

    @property
    def occasion(self) -> str | None:
        """The event; for a source without one, what it appeared in."""
        return self.event or self.container
