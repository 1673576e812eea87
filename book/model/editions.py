"""What an edition is made of: volumes, their stylesheets and composed sections, and the finished files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from book.model.indexes import Index
from book.model.manuscript import Chapter, Heading, Manuscript
from book.model.settings import Edition

LINK = "book:"
"""What the address of an anchor begins with in a composed section, until the sections are bound."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet of an edition."""

    path: str
    """Where it comes from: the base for what it imports, and its name in messages."""
    text: str
    """Its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """One composed unit of an edition: a title page, a chapter, an index."""

    slug: str
    """Unique in the edition; the first part of its anchors, and its file name in an EPUB."""
    role: str
    """What it is: `titlepage`, `copyright-page`, `toc`, `chapter`, `introduction`, `index`, `colophon`, …"""
    title: str
    """Its title in the contents and the outline."""
    matter: Literal["front", "body", "back"]
    """Which part of the book it belongs to; front matter has roman folios."""
    html: str
    """A whole, well-formed XHTML document."""
    shown_anchors: frozenset[str] = frozenset()
    """The anchors whose page facts the html shows."""
    headings: tuple[Heading, ...] = ()
    """Its headings for the outline, below the title."""
    images: tuple[str, ...] = ()
    """Image files it shows, relative to the project's folder."""
    path: str = ""
    """The file it was made from, for messages: a chapter, or a layout."""
    verso: bool = False
    """It begins on a verso, at the back of the section before (a copyright page); others begin on a recto."""
    short_title: str | None = None
    """Its title in the running heads, where that is shorter."""


@dataclass(frozen=True, slots=True)
class Volume:
    """What becomes one file: a whole edition, or one chapter of an edition that is split."""

    name: str
    """The file's path in the output folder, without its suffix: `print`, `handout/precision`."""
    edition: Edition
    """The edition it belongs to."""
    manuscript: Manuscript
    """The chapters it holds, and their citations."""
    indexes: tuple[Index, ...]
    """The indexes of these chapters."""
    part: Chapter | None = None
    """The chapter, in an edition that is split."""


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
    """What an EPUB declares of its accessibility: properties (`schema:accessMode`, …) and their values."""
