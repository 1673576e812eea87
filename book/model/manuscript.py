"""Types of chapters as they were read, and of the manuscript with citations and references resolved.

An *anchor* is written `section-slug#id`, or `section-slug` for the beginning of a section. It is unique in an edition,
whether that is one file or many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from book.model.descriptions import Descriptions
from book.model.settings import Project, Settings
from book.model.sources import RichText, Source
from book.model.verification import Verification
from book.problem import Span


def anchor_of(slug: str, name: str) -> str:
    """The anchor of the id `name` in the section `slug`.

    An id with a # is an anchor already: that of a note that was moved to the section of endnotes.
    """
    return name if "#" in name else f"{slug}#{name}"


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
    """BCP 47 tag, where the chapter's language is not the book's; `lang` means the same."""
    author: tuple[str, ...] = ()
    """Who wrote the chapter, printed below its title: one name or a list; `authors` means the same."""
    date: str | None = None
    """When the chapter was written, for layouts of the project."""
    tags: tuple[str, ...] = ()
    """Key words, for layouts of the project."""
    numbered: bool = True
    """Whether a `chapter` has a number; `# Title {.unnumbered}` says that it has none."""


_STATED_NUMBER = re.compile(r"\W*(?:[^\W\d]+\W+|[第제])?([0-9]{1,9})(?![0-9%:.,]*[0-9%])(?:\b|(?=[章節节장]))")
"""A number with which a title begins, alone or behind one word: `11`, `No. 11`, `Chapter 11`, `第11章`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation as the author wrote it, before its source is known."""

    anchor: str
    """`chapter-slug#id` of its placeholder in the chapter's body."""
    key: str
    """The source's id, as written."""
    locator: str | None
    """The text after the key (`opening section`), or None."""
    form: Literal["parenthetical", "narrative", "attribution"]
    """How it is written: `[@key]`, `@key` in running text, or in the attribution of a quotation."""
    at: Span
    """Where it was written."""
    suppressed: bool = False
    """Whether it is written `[-@key]`: the speaker is not named."""
    quotation: str | None = None
    """The anchor of the block quotation that it stands in, for which it is the attribution or a part of the text."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A class in a chapter that means nothing to the program, but is like one that does."""

    name: str
    """The class as it is written."""
    meant: str
    """The known one."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A word in brackets that are no markup, which may be the key of a source: `[wind-1908]`."""

    key: str
    """The word."""
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
    """Where it was written, if known."""
    written: int | None = None
    """Its level in the file, 1 to 6, if known: levels are moved below the chapter's title."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a chapter shows."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    alt: str
    """Text alternative; empty where the author gave none."""
    at: Span
    """Where it was written."""
    decorative: bool = False
    """Whether the author says that it shows nothing that has to be said (class `decorative`)."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to another place in the book."""

    anchor: str
    """`chapter-slug#id` of its `a` element."""
    path: str
    """The file of the chapter that it points to, relative to the project (its own for `#id`)."""
    fragment: str | None
    """The id that it points to in that chapter; None for the chapter itself."""
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
    """The subentry it belongs under; None for the main entry."""
    see: str | None = None
    """The heading to look under instead; then the index does not point to this place."""
    see_also: tuple[str, ...] = ()
    """Further headings to look under."""
    language: str | None = None
    """BCP 47 tag of the marked words; None where the heading is said by `term`, in the book's language."""
    sort: str | None = None
    """The text that the heading is filed as: its reading, or itself without an article; None if it says that itself."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation."""

    anchor: str
    """`chapter-slug#id`."""
    text: str
    """The quoted text, without markup, with a line break between paragraphs."""
    attributed: bool
    """Whether its last paragraph begins with a dash and contains a citation."""
    at: Span
    """Where it was written."""
    alteration: str | None = None
    """Why its words differ from those of its source, from `{.altered note="…"}`; None if it is not marked so."""
    key: bool = False
    """Whether the author marked it as one of the most important, with the class `key`."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula."""

    tex: str
    """Its source, in TeX."""
    at: Span
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file after reading."""

    slug: str
    """Its name in addresses and file names."""
    path: str
    """The file, relative to the project's folder, with forward slashes."""
    front: FrontMatter
    """Its front matter."""
    number: int | None
    """1, 2, … for numbered chapters; None for introductions and the like."""
    body: str
    """Well-formed XHTML (a sequence of block elements), with citations and references not resolved yet."""
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
    markup: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The XHTML of front matter texts that have markup, by the text without markup."""
    formulas: tuple[Formula, ...] = ()
    """Its formulas, in order."""
    slips: tuple[Slip, ...] = ()
    """Classes in it that are probably misspellings."""
    bracketed: tuple[Bracketed, ...] = ()
    """Words in brackets that may be keys of sources."""

    @property
    def title(self) -> str:
        """The chapter's title; a `RichText` where it has markup."""
        return self.rich(self.front.title)

    @property
    def listed_number(self) -> int | None:
        """Its number where titles are listed; None if it has none, or its title begins with it (`No. 11. A Navy`)."""
        stated = _STATED_NUMBER.match(self.front.title)
        return None if stated and int(stated[1]) == self.number else self.number

    def rich(self, text: str) -> str:
        """A text of the front matter with its markup, if it has any."""
        return RichText(text, self.markup[text]) if text in self.markup else text


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention whose source is known."""

    mention: Mention
    """What the author wrote."""
    source: Source
    """The source that it cites."""
    chapter: Chapter
    """The chapter that contains it."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The whole book with citations and references resolved; all editions are made from it."""

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
    verification: Verification = field(default_factory=Verification)
    """The comparison of its quotations with their sources; empty without transcripts."""
    descriptions: Descriptions = field(default_factory=Descriptions)
    """The descriptions of all cited sources of the book, even if this manuscript is only a part of it."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """The number of each quotation of the book (`3.2`) by its anchor, even if this manuscript is only a part of it."""

    @property
    def settings(self) -> Settings:
        """The settings of the book."""
        return self.project.settings

    def own_authors(self, chapter: Chapter) -> tuple[str, ...]:
        """Who wrote a chapter; empty if the chapter does not say it, or if these are the authors of the book."""
        own = chapter.front.author
        return () if own == self.settings.authors else tuple(map(chapter.rich, own))
