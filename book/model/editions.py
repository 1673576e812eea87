"""Types of what an edition is made of: volumes, stylesheets, composed sections, finished files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from book.model.folios import Pagination
from book.model.indexes import Index
from book.model.manuscript import Chapter, Heading, Manuscript
from book.model.settings import Edition, HandoutKind
from book.model.styled import StyledSources

LINK = "book:"
"""Prefix of an anchor's address in a composed section, until sections are bound."""


Start = Literal["recto", "verso", "any"]
"""A side on which a section may begin."""


@dataclass(frozen=True, slots=True)
class Section:
    """One composed unit of an edition: a title page, a chapter, an index."""

    slug: str
    """Unique in the edition; the first part of its anchors, and its file name in an EPUB."""
    role: str
    """Its role: `titlepage`, `copyright-page`, `toc`, `chapter`, `introduction`, `index`, `colophon`, …"""
    title: str
    """Its title in the contents and the outline."""
    matter: Literal["front", "body", "back"]
    """The part of the book it belongs to; front matter has roman folios."""
    html: str
    """A complete, well-formed XHTML document."""
    shown_anchors: frozenset[str] = frozenset()
    """The anchors whose folios it prints."""
    headings: tuple[Heading, ...] = ()
    """Its headings for the outline, below the title."""
    images: tuple[str, ...] = ()
    """Image files it shows, relative to the project's folder."""
    path: str = ""
    """The file it was made from, for messages: a chapter, or a layout."""
    number: int | None = None
    """Its number, if it is a numbered chapter."""
    start: Start = "recto"
    """Where it begins: on a recto, on a verso (a copyright page), or on the next page, whichever it is."""
    on_verso: bool = False
    """Whether its first page is set as a verso."""
    short_title: str | None = None
    """Its title in the running heads, if that is shorter."""
    continues: str = ""
    """The slug of the chapter that it is a further file of, in an EPUB; empty for a section of its own."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a handout is fitted to its paper."""

    step: int = 0
    """By how many steps its lines stand closer together than usual; negative for farther apart."""
    note: bool = True
    """Whether it has the note on the text."""


@dataclass(frozen=True, slots=True)
class Volume:
    """The content of one file: a whole edition, or one chapter of an edition that is split."""

    name: str
    """The file's path in the output folder, without its suffix: `print`, `handout/precision`."""
    edition: Edition
    """The edition it belongs to."""
    manuscript: Manuscript
    """Its chapters, and their citations."""
    indexes: tuple[Index, ...]
    """The indexes of these chapters."""
    part: Chapter | None = None
    """The chapter, if the edition is split."""
    styled: StyledSources | None = None
    """Its citations and its bibliography by the CSL style that the settings name."""
    kind: HandoutKind | None = None
    """What the handout holds, if the edition is split."""
    printed: Pagination | None = None
    """The page facts of the printed book, for a handout that shows its folios too; None while they are not known."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """For a handout, the titles of the other chapters of the book by slug, to which it may refer."""
    fit: Fit = Fit()
    """How the handout is fitted to its paper."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file."""

    name: str
    """Its path, relative to the output folder, with forward slashes."""
    media_type: str
    """Its media type."""
    data: bytes
    """Its content."""
    pages: int | None = None
    """Number of pages, for a PDF."""
    accessibility: tuple[tuple[str, str], ...] = ()
    """The accessibility metadata that an EPUB declares: properties (`schema:accessMode`, …) and their values."""
