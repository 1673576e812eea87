"""Types of sections that are set in pages: what goes into the layout engine, and what comes out.

They know nothing of manuscripts and editions, so that a process that only sets pages need not load those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from book.problem import Problem


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet of an edition."""

    path: str
    """Its file: the base for relative addresses in it, and its name in messages."""
    text: str
    """Its text."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a section's pages depend on."""

    slug: str
    """The section's slug."""
    html: str
    """The section as a whole HTML document."""
    stylesheets: tuple[Stylesheet, ...]
    """Its stylesheets, in the order of the cascade."""
    root: str
    """The project's folder: addresses in the document are relative to it, and files outside it are not read."""
    faces: str
    """The folder in which whole font files are kept until fragments are bound."""
    path: str
    """The file that messages name."""
    tagged: bool = True
    """Whether the pages get a structure tree; page furniture has none."""
    whole: bool = False
    """Whether the PDF contains its fonts, so that it can be displayed; other fragments get theirs from `bind`."""
    least_size: float = 0
    """The smallest size of text that the edition promises, in pt; 0 for none."""


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
