"""A document independent of its format: a sequence of blocks with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    PICTURE = "picture"
    BREAK = "break"
    """A mark between parts: a rule, or more than one blank line in a plain text."""
    NOTE = "note"
    """The text of a footnote."""
    DEFINITION = "definition"
    """The address of a link that is written elsewhere: `[label]: address`."""
    BYLINE = "byline"
    """The line that names an article's author or its date."""
    OTHER = "other"
    """A list, a table, code, verse: kept as it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document."""

    kind: Kind
    markdown: str
    """Its text in Markdown: of a heading the words, of a quotation the words without `>`, of a break nothing."""
    line: int
    """The line of the original that it begins on, 1-based."""
    level: int = 0
    """The level of a heading, 1 to 6."""
    file: str = ""
    """The file that its line and the addresses of its links refer to: a file of a folder or of an EPUB."""
    ids: tuple[str, ...] = ()
    """The ids that links can point to it by."""
    question: str = ""
    """What its reader could not decide."""
    caption: str = ""
    """What references to it say, where that is not its text: the caption of a figure that code draws."""

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.markdown.split())


@dataclass(frozen=True, slots=True)
class Document:
    """One document of those that are imported."""

    path: str
    """The file, as it was named."""
    blocks: tuple[Block, ...]
    """Its blocks, in order."""
    title: str | None = None
    """Its title, where its metadata give one."""
    authors: tuple[str, ...] = ()
    """Its authors, likewise."""
    language: str | None = None
    """BCP 47 tag of its language, likewise."""
    date: str | None = None
    """When it was published (EDTF), likewise."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures that its blocks show, by the address that the blocks use."""
    bibliographies: Mapping[str, bytes] = field(default_factory=dict)
    """The lists of sources that it names, by the names of their files."""
    bare: bool = False
    """It has no markup: its layout alone says what is a title, a heading or a note."""
    site: bool = False
    """It comes from a web site, or may: what such sites put around an article may stand in it."""
    notices: tuple[tuple[int, str], ...] = ()
    """What the reader did that its editor should know: a line (1-based) and a sentence."""
    chapter: bool = False
    """It is one chapter of a book in many files: its first heading is the chapter's title."""
