"""The frozen types that pass between stages.

Settings are `msgspec` structs, because they are decoded from files; all else is a dataclass.
An *anchor* is written `section-slug#id`, or `section-slug` for a section's beginning: it is
unique in an edition, whether that becomes one file or many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec

from book.problem import Problem, Span

LINK = "book:"
"""What the address of an anchor begins with in a composed section, until the sections are bound."""


def anchor_of(slug: str, name: str) -> str:
    """The anchor of the id `name` in the section `slug`.

    An id that holds a # is an anchor already: that of a chapter's note which lies in the section of endnotes.
    """
    return name if "#" in name else f"{slug}#{name}"


# --- settings -----------------------------------------------------------------------------------


class Contributor(msgspec.Struct, frozen=True, rename="kebab"):
    """Somebody who made the book, beside its authors and editors: one item of `contributors`."""

    name: str
    """The name as it is read."""
    role: str
    """What they did: a code of the MARC list of relators (`trl` for a translator)."""
    sort: str | None = None
    """The name as it is filed ("Lu, Xun")."""


class Series(msgspec.Struct, frozen=True, rename="kebab"):
    """The series that the book belongs to: the table `series`."""

    title: str
    """The title of the series."""
    number: int | None = None
    """The book's place in it, 1-based."""

    def __str__(self) -> str:
        """Title and number: `Poets of the Sea, 3`."""
        return self.title if self.number is None else f"{self.title}, {self.number}"


class Settings(msgspec.Struct, frozen=True, rename="kebab"):
    """The table `[book]` of `book.toml`: what is true of the book in every edition."""

    title: str
    """The title."""
    subtitle: str | None = None
    """The subtitle."""
    language: str = "en"
    """BCP 47 tag of the book's language; it decides how dates, quotation marks and words are set."""
    authors: tuple[str, ...] = ()
    """Names of the authors, in the order of the title page."""
    editors: tuple[str, ...] = ()
    """Names of the editors, in the order of the title page."""
    contributors: tuple[Contributor, ...] = ()
    """Translators, illustrators and others; an author or editor listed here too gets a sort name."""
    identifier: str | None = None
    """A URN (`urn:isbn:…`, `urn:uuid:…`); absent, one is derived from title and authors."""
    publisher: str | None = None
    """The publisher's name."""
    date: str | None = None
    """Date of publication, EDTF."""
    edition: str | None = None
    """The edition statement ("Second edition")."""
    rights: str | None = None
    """The rights statement of the copyright page."""
    description: str | None = None
    """What the book is, in a few sentences, for catalogues."""
    subjects: tuple[str, ...] = ()
    """Subject headings for catalogues."""
    series: Series | None = None
    """The series that the book belongs to."""
    note: str | None = None
    """A note on the text (how quotations were translated, edited), printed in every edition."""
    sources: tuple[str, ...] = ()
    """Paths of the source lists; absent, `sources.yaml`, `.yml` or `.json`, whichever exist."""
    chapters: tuple[str, ...] = ()
    """Paths of the chapters in order; absent, `chapters/*.md` sorted by name."""
    cover: str | None = None
    """Path of a cover picture for the EPUB; absent, a cover is made from the title."""
    cover_alt: str | None = None
    """Text alternative of the cover picture."""


class Page(msgspec.Struct, frozen=True, rename="kebab"):
    """The trimmed page of a PDF edition. Lengths are CSS lengths with a unit (`6in`, `210mm`)."""

    width: str = "6in"
    """Width of the trimmed page."""
    height: str = "9in"
    """Height of the trimmed page."""


class Printing(msgspec.Struct, frozen=True, rename="kebab"):
    """What a print shop asks of an edition whose variant is `pdf/x-4`: the table `printing` of the edition."""

    profile: str
    """Path of the ICC profile of the printing condition: a CMYK output profile, as the print shop names it."""
    condition: str | None = None
    """The condition's name in the ICC's registry (`FOGRA39`); absent, what the profile says of itself."""
    ink_limit: Annotated[int, msgspec.Meta(ge=200, le=400)] = 300
    """The most ink in one place: the sum of the four inks, in per cent."""
    bleed: str = "3mm"
    """How far the paper is printed beyond the trimmed page: a CSS length up to 10 mm."""
    marks: bool = True
    """Whether crop marks stand outside the bleed."""


class Edition(msgspec.Struct, frozen=True, rename="kebab"):
    """One table `[editions.<name>]` of `book.toml`: one output."""

    output: Literal["pdf", "epub"]
    """What is written: the name of a module in `book/outputs/`."""
    name: str = ""
    """The edition's name: the key of its table (not written in it)."""
    page: Page | None = None
    """The page of a PDF: 6 × 9 in, or A4 for an edition that is split."""
    variant: Literal["pdf/ua-1", "pdf/x-4", "pdf/a-3u"] | None = None
    """Which standard a PDF keeps: the name of a module in `book/variants/`; absent, `pdf/ua-1`."""
    printing: Printing | None = None
    """What the print shop asks for, in a `pdf/x-4`."""
    styles: tuple[str, ...] = ()
    """Paths of stylesheets, applied in order after the base stylesheet."""
    identifier: str | None = None
    """A URN of this edition alone, such as its own ISBN; absent, the book's."""
    binding: Literal["hardback", "paperback"] | None = None
    """How copies of a PDF edition are bound, for the trade's record; absent, as a paperback."""
    embed_fonts: bool = True
    """Whether an EPUB carries the base stylesheets' fonts; else the reader's own are used."""
    notes: Literal["foot", "end"] = "foot"
    """Where a PDF has the notes of the chapters: at the foot of the page, or in a section before the indexes."""
    split: Literal["chapter"] | None = None
    """`chapter`: one file for each chapter, in a folder of the edition's name."""
    sections: tuple[str, ...] | None = None
    """Names of the sections in order (`chapters` stands for all of them); absent, a good default."""
    pages: str | None = None
    """Of an EPUB: the PDF edition whose page numbers it carries, or `none`; absent, the first that is not split."""


class Project(msgspec.Struct, frozen=True):
    """A folder with a book in it."""

    root: Path
    """The folder, absolute."""
    settings: Settings
    """What is true of the book."""
    editions: tuple[Edition, ...]
    """The editions, in the order of `book.toml`."""


class FrontMatter(msgspec.Struct, frozen=True, rename="kebab"):
    """The YAML block at the top of a chapter."""

    title: str
    """The chapter's title."""
    subtitle: str | None = None
    """Its subtitle."""
    short_title: str | None = None
    """What the running heads say, where the title is too long for them."""
    summary: str | None = None
    """One sentence for the contents and the handout."""
    questions: tuple[str, ...] = ()
    """Questions for a reading group, printed in the handout."""
    slug: str | None = None
    """Name in addresses and file names; absent, the file's name without its leading number."""
    role: Literal["chapter", "introduction", "preface", "foreword", "afterword", "conclusion"] = "chapter"
    """What the chapter is, in DPUB-ARIA's words; only a `chapter` is numbered."""
    language: str | None = None
    """BCP 47 tag, where the chapter's language is not the book's."""


# --- sources ------------------------------------------------------------------------------------


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


# --- the manuscript -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation as the author wrote it, before anybody asked what it cites."""

    anchor: str
    """`chapter-slug#id` of the element in the chapter's body that stands for it."""
    key: str
    """The source's id, as written."""
    locator: str | None
    """What follows the key (`opening section`), or None."""
    form: Literal["parenthetical", "narrative", "attribution"]
    """`[@key]`, `@key` in running text, or at the foot of a quotation."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter."""

    level: int
    """2 to 6 (1 is the chapter's title)."""
    anchor: str
    """`chapter-slug#id`."""
    text: str
    """Its text, without markup."""
    at: Span | None = None
    """Where it was written, if that is known."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a chapter shows."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    alt: str
    """Text alternative; empty where the author gave none."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to another place in the book."""

    anchor: str
    """`chapter-slug#id` of the `a` element that stands for it."""
    path: str
    """The chapter's file it points to, relative to the project's folder (its own for `#id`)."""
    fragment: str | None
    """The id it points to in that chapter, or None for the chapter itself."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Term:
    """A passage marked for the subject index."""

    anchor: str
    """`chapter-slug#id` of the marked words."""
    heading: str
    """The entry it belongs under."""
    at: Span
    """Where it was written."""
    sub: str | None = None
    """The subentry it belongs under, or None for the main one."""
    see: str | None = None
    """The heading to look under instead: the term then refers on, and its place is not pointed to."""
    see_also: tuple[str, ...] = ()
    """Headings to look under besides."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation."""

    anchor: str
    """`chapter-slug#id`."""
    text: str
    """The quoted words, without markup, paragraphs parted by a line break."""
    attributed: bool
    """Its last paragraph opens with a dash and holds a citation."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file, read."""

    slug: str
    """Its name in addresses and file names."""
    path: str
    """The file, relative to the project's folder, with forward slashes."""
    front: FrontMatter
    """Its front matter."""
    number: int | None
    """1, 2, … for chapters proper; None for introductions and the like."""
    body: str
    """Well-formed XHTML (a sequence of block elements), citations and references still unresolved."""
    ids: frozenset[str] = frozenset()
    """Every id in the body."""
    mentions: tuple[Mention, ...] = ()
    """Its citations, in the order of the text."""
    headings: tuple[Heading, ...] = ()
    """Its headings, in order."""
    pictures: tuple[Picture, ...] = ()
    """Its images, in order."""
    references: tuple[CrossReference, ...] = ()
    """Its links to other places in the book, in order."""
    terms: tuple[Term, ...] = ()
    """Its subject index terms, in order."""
    quotations: tuple[Quotation, ...] = ()
    """Its block quotations, in order."""

    @property
    def title(self) -> str:
        """The chapter's title."""
        return self.front.title


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention whose source is known."""

    mention: Mention
    """What the author wrote."""
    source: Source
    """What it cites."""
    chapter: Chapter
    """Where it stands."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The whole book, resolved: all that the editions are made from."""

    project: Project
    """The settings and the editions."""
    chapters: tuple[Chapter, ...]
    """The chapters, in order."""
    sources: Mapping[str, Source]
    """Every source by its id, cited or not."""
    citations: tuple[Citation, ...]
    """Every citation, in the order of the book."""
    targets: Mapping[str, str] = field(default_factory=dict)
    """For the anchor of each cross-reference, the anchor it points to."""

    @property
    def settings(self) -> Settings:
        """What is true of the book in every edition."""
        return self.project.settings


# --- indexes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeeReference:
    """What an index entry refers on to."""

    id: str
    """The entry's id in the same index."""
    label: str
    """What it is called there."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of an index. It holds anchors, never page numbers."""

    id: str
    """Unique in its index, and stable: a source's id, a term's slug."""
    label: str
    """What it is sorted and found by: a date, a term; empty for an undated source."""
    anchors: tuple[str, ...]
    """The places it points to, in the order of the book."""
    source: Source | None = None
    """The source it describes, in an index of sources."""
    entries: tuple[IndexEntry, ...] = ()
    """What stands under it, in order."""
    see: tuple[SeeReference, ...] = ()
    """Where to look instead; an entry with such has no anchors."""
    see_also: tuple[SeeReference, ...] = ()
    """Where to look besides."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Entries under one heading: a year, a letter."""

    heading: str
    """The heading; empty for an index without headings."""
    entries: tuple[IndexEntry, ...]
    """Its entries, in order."""


@dataclass(frozen=True, slots=True)
class Index:
    """A finding aid, before it is known on which pages its places fall."""

    name: str
    """The name of its module in `book/indexes/`; also its section's slug."""
    title: str
    """Its heading in the book, in the book's language."""
    groups: tuple[IndexGroup, ...]
    """Its groups, in order."""


# --- editions -----------------------------------------------------------------------------------


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
    asks: frozenset[str] = frozenset()
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


class Position(NamedTuple):
    """A place on a page of a fragment."""

    page: int
    """Page of the fragment, 0-based."""
    x: float
    """Distance from the page's left edge, in pt."""
    y: float
    """Distance from the page's bottom edge, in pt."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font face that a fragment uses; its whole file is kept until the fragments are bound."""

    name: str
    """The name of the font in the fragment's PDF (`/BaseFont`, without the slash)."""
    file: str
    """Path of the whole font file."""
    index: int
    """Index of the face in the file, 0 unless it is a collection."""
    widths: Mapping[int, float]
    """Advance width of each glyph used, by glyph id, in thousandths of an em."""
    texts: Mapping[int, str]
    """The characters that each glyph used stands for, by glyph id."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One section set in pages, with what can be read off them."""

    slug: str
    """The section's slug."""
    pdf: bytes
    """A tagged PDF of the section's pages, without page furniture and, as a rule, without the files of its fonts."""
    pages: int
    """Number of pages, at least 1."""
    anchors: Mapping[str, Position]
    """Where each id of the section lies."""
    faces: tuple[Face, ...]
    """The fonts it uses."""
    problems: tuple[Problem, ...] = ()
    """What the layout engine complained about."""
    starts: tuple[int, ...] = ()
    """Where in the section's running text each page begins (see `running_text`), never decreasing."""
    resolutions: Mapping[str, float] = field(default_factory=dict)
    """The lowest resolution, in pixels an inch, that each raster image is printed at, by its address in the html."""


@dataclass(frozen=True, slots=True, order=True)
class Folio:
    """A page number as printed. Folios sort in the order of the book."""

    matter: int
    """0 for front matter (roman), 1 for the rest (arabic)."""
    number: int
    """The number, 1-based."""

    def __str__(self) -> str:
        """`xiv` or `14`."""
        return str(self.number) if self.matter else _roman(self.number)


def _roman(number: int) -> str:
    """A number in lower-case roman numerals, additive-subtractive form."""
    parts = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for value, letters in parts:
        count, number = divmod(number, value)
        text += letters * count
    return text


@dataclass(frozen=True, slots=True)
class Pagination:
    """The settled page facts of one PDF."""

    folios: Mapping[str, Folio]
    """The folio of each anchor (`section-slug#id`, `section-slug`)."""
    sheets: Mapping[str, int]
    """The ordinal, 0-based, of each section's first page in the PDF."""
    pages: int
    """Number of pages of the PDF, blank ones included."""

    def folio(self, anchor: str) -> Folio | None:
        """The folio on which an anchor lies, or None where it is not known (yet)."""
        return self.folios.get(anchor)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet of an edition."""

    path: str
    """Where it comes from: the base for what it imports, and its name in messages."""
    text: str
    """Its text."""


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
class PageFurniture:
    """What stands around the text of one page, and what it depends on."""

    sheet: int
    """The page's ordinal in the PDF, 0-based."""
    folio: Folio
    """Its folio."""
    section: Section
    """The section it belongs to."""
    opening: bool
    """It is the first page of its section."""
    blank: bool
    """It is empty: a verso that lets the next section begin on a recto."""

    @property
    def recto(self) -> bool:
        """It is a right-hand page."""
        return self.sheet % 2 == 0


@dataclass(frozen=True, slots=True)
class PagedVolume:
    """A volume set in pages that will not change any more."""

    volume: Volume
    """What was set."""
    sections: tuple[Section, ...]
    """Its sections, in order."""
    fragments: tuple[Fragment, ...]
    """Each section's pages, in the same order."""
    leaves: tuple[PageFurniture, ...]
    """Every page of the PDF, in order."""
    furniture: tuple[Fragment, ...]
    """The furniture of every page, in the same order: fragments with an untagged page for each."""
    pagination: Pagination
    """The page facts."""


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
