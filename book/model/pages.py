"""Types of paginated volumes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment


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
    """Whether it is blank: before a section that begins on a recto, or at the end of a signature."""

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
