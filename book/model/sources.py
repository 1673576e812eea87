"""Types of sources: dates, names, and texts with markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple, Self

from book.problem import Problem, Span

JOINING = ("'", "’", "‘", "-")
"""Last characters of particles that are joined to the following name without a space."""


class Day(NamedTuple):
    """A day of the proleptic Gregorian calendar, which unlike `datetime.date` includes years before 1."""

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
    """A date that may be known only in part."""

    edtf: str
    """The date in EDTF (ISO 8601-2:2019), normalised; empty for a text without a year."""
    earliest: Day | None
    """The first day it can be; None if the beginning is open or unknown."""
    latest: Day | None
    """The last day it can be; None if the end is open or unknown."""
    literal: str | None = None
    """A text that is no date, shown in its place as written (CSL `literal`: `late in his life`)."""

    @property
    def sortable(self) -> bool:
        """Whether it can be placed in time: it has a first or a last day."""
        return self.earliest is not None or self.latest is not None


class RichText(str):
    """Text that may have markup. As a `str` it is the plain text, for metadata, outlines, sorting and comparing.

    A layout shows the markup with the filter `rich`.
    """

    __slots__ = ("html",)

    html: str
    """The text as XHTML with only `i`, `b`, `em`, `strong`, `sup`, `sub`, `code` and `span` with a class."""

    def __new__(cls, text: str, html: str) -> Self:
        """Create it from plain text and the same text as XHTML."""
        made = super().__new__(cls, text)
        made.html = html
        return made

    def __eq__(self, other: object) -> bool:
        """Compare the markup too."""
        same = str.__eq__(self, other) if isinstance(other, str) else NotImplemented
        return same and self.html == other.html if isinstance(other, RichText) else same

    def __ne__(self, other: object) -> bool:
        """The opposite of `__eq__`, because `str` defines its own."""
        return not self == other

    __hash__ = str.__hash__

    def __reduce__(self) -> tuple[type[RichText], tuple[str, str]]:
        """Pickle the markup too."""
        return type(self), (str(self), self.html)


def join_rich(separator: str, parts: Iterable[str]) -> str:
    """Texts one after the other; a `RichText` if one of them is."""
    texts = list(parts)
    plain = separator.join(texts)
    if not any(isinstance(text, RichText) for text in texts):
        return plain
    html = (text.html if isinstance(text, RichText) else escape(text, quote=False) for text in texts)
    return RichText(plain, escape(separator, quote=False).join(html))


@dataclass(frozen=True, slots=True)
class Name:
    """A person or an organisation, with the parts of CSL's name variables."""

    family: str = ""
    """Family name, without particles."""
    given: str = ""
    """Given names or their initials."""
    literal: str = ""
    """A name in one piece, of an organisation or a single name (`Plato`); then all other parts are empty."""
    dropping_particle: str = ""
    """A particle that precedes the family name only after given names (`von` in Alexander von Humboldt)."""
    non_dropping_particle: str = ""
    """A particle that stays with the family name (`van` in Ludwig van Beethoven)."""
    suffix: str = ""
    """`Jr.`, `III`."""
    comma_suffix: bool = False
    """Whether a comma precedes the suffix: `Martin Luther King, Jr.`."""
    static_ordering: bool = False
    """Whether the family name comes first in running text too."""
    states_ordering: bool = False
    """Whether its item says so itself (`static-ordering`); otherwise it is guessed from the source's language."""
    dates: str = ""
    """Years of life from the source list (`1889–1964`); empty if it has none."""

    @property
    def surname(self) -> str:
        """Particle and family name, for running text: `van Beethoven`; a literal name as a whole."""
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
    """A source that can be cited: one CSL item."""

    id: str
    """The key that citations use."""
    type: str
    """CSL type: `speech`, `article-newspaper`, …; `document` for one that CSL does not have."""
    title: str
    """The full title; a `RichText` if it has markup."""
    at: Span
    """Where the item begins in its list."""
    date: PartialDate | None = None
    """The date of the event (`event-date`) or of issue; None if undated."""
    short_title: str | None = None
    """CSL `title-short`, used in running text; a `RichText` if it has markup."""
    authors: tuple[Name, ...] = ()
    """Its speakers or writers (CSL `author`)."""
    event: str | None = None
    """The occasion (`event-title`); a `RichText` if it has markup."""
    place: str | None = None
    """The place (`event-place`, else `publisher-place`)."""
    url: str | None = None
    """Where it can be read."""
    language: str | None = None
    """BCP 47 tag of the title, if it is not the book's language."""
    container: str | None = None
    """The publication that contains it (`container-title`); a `RichText` if it has markup."""
    publisher: str | None = None
    """Its publisher."""
    original_date: PartialDate | None = None
    """Its first publication (`original-date`)."""
    roles: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    """The people of every other name variable by its CSL name, in CSL's order: `speaker`, `container-author`, …"""
    aliases: tuple[str, ...] = ()
    """Other keys that citations may use: the `id` of an item that has a `citation-key`."""
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """Problems of the item, which stop the build only if the source is cited."""
    transcript: str | None = None
    """Path of its transcript, relative to the project, if the item names one."""
    item: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    """The item as CSL data, including unknown keys, for exports and CSL styles."""

    def people(self, role: str) -> tuple[Name, ...]:
        """The people of a CSL name variable (`author`, `speaker`, `container-author`, …), in order."""
        return self.authors if role == "author" else dict(self.roles).get(role, ())

    @property
    def occasion(self) -> str | None:
        """The event; without one, the publication that contains the source."""
        return self.event or self.container
