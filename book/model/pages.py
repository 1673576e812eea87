"""Types of paginated sections, and of the page facts read off them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.problem import Problem


class Position(NamedTuple):
    """A position on a page of a fragment."""

    page: int
    """Page of the fragment, 0-based."""
    x: float
    """Distance from the page's left edge, in pt."""
    y: float
    """Distance from the page's bottom edge, in pt."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font face that a fragment uses; its whole font file is kept until fragments are bound."""

    name: str
    """The name of the font in the fragment's PDF (`/BaseFont`, without the slash)."""
    file: str
    """Path of the whole font file."""
    index: int
    """Index of the face in the file, 0 unless it is a collection."""
    widths: Mapping[int, float]
    """Advance width of each glyph used, by glyph id, in thousandths of an em."""
    texts: Mapping[int, str]
    """The characters that each glyph used represents, by glyph id."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One section set in pages, with its page facts."""

    slug: str
    """The section's slug."""
    pdf: bytes
    """A tagged PDF of its pages, without page furniture and (usually) without font files."""
    pages: int
    """Number of pages, at least 1."""
    anchors: Mapping[str, Position]
    """The position of each id of the section."""
    faces: tuple[Face, ...]
    """The fonts it uses."""
    problems: tuple[Problem, ...] = ()
    """The problems that the layout engine reported."""
    starts: tuple[int, ...] = ()
    """The place in the section's running text where each page begins (see `running_text`), never decreasing."""
    resolutions: Mapping[str, float] = field(default_factory=dict)
    """The lowest resolution, in pixels per inch, at which each raster image is printed, by its address in the HTML."""
    last_page: float = 1.0
    """How much of the height of its last page's text area is used, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """A page with the facts that its running head and folio depend on."""

    sheet: int
    """The page's index in the PDF, 0-based."""
    folio: Folio
    """Its folio."""
    section: Section
    """The section it belongs to."""
    opening: bool
    """Whether it is the first page of its section."""
    blank: bool
    """Whether it is blank: a verso before a section that begins on a recto."""

    @property
    def recto(self) -> bool:
        """Whether it is a right-hand page."""
        return self.sheet % 2 == 0


@dataclass(frozen=True, slots=True)
class PagedVolume:
    """A volume with its final pages."""

    volume: Volume
    """The volume."""
    sections: tuple[Section, ...]
    """Its sections, in order."""
    fragments: tuple[Fragment, ...]
    """The pages of each section, in the same order."""
    leaves: tuple[PageFurniture, ...]
    """Every page of the PDF, in order."""
    furniture: tuple[Fragment, ...]
    """The furniture of every page, in order: fragments with an untagged page for each."""
    pagination: Pagination
    """The page facts."""

    def without_pdf(self) -> PagedVolume:
        """A copy without the PDF bytes: page facts are all that other volumes need."""
        fragments = tuple(replace(fragment, pdf=b"") for fragment in self.fragments)
        return replace(self, fragments=fragments, furniture=())
