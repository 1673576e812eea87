"""The outputs that an edition can have, and the properties that distinguish them.

No stage compares an output's name: it asks for one of these properties. The files are written by the module of the same
name in `book/outputs/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from book.model.editions import LINK
from book.model.manuscript import Chapter
from book.model.settings import Edition, HandoutKind
from book.project.names import document_address, image_name

NotePlace = Literal["foot", "chapter", "end"]
"""Where the notes of a chapter are: at the foot of the page, at the end of the chapter, in a section of endnotes."""


@dataclass(frozen=True, slots=True)
class Output:
    """A kind of edition, which `output = "…"` in `book.toml` names. The defaults are those of plain text."""

    called: str
    """Its name in messages: `an EPUB`."""
    paged: bool = False
    """Whether it has pages: then index locators are folios, and there are running heads and margins."""
    packaged: bool = False
    """Whether each section is a file in a package, with stylesheets, fonts, pictures and a cover."""
    borrows_pages: bool = False
    """Whether it carries the page numbers of an edition that has pages."""
    notes: tuple[NotePlace, ...] = ("chapter",)
    """Where notes can be; the first place is the default."""
    address: Callable[[str], str] | None = None
    """Makes the address of an anchor; None for an output without links, in which references are plain text."""
    picture: Callable[[str], str] = str
    """Makes the address of a picture from its path relative to the project."""
    settings: frozenset[str] = frozenset()
    """Keys of an edition's table that it uses, besides `output`, `sections` and `identifier`."""
    product: tuple[str, ...] = ()
    """Its ONIX codes: lists 150 (product form) and 175 (detail); None if it is not sold."""


HANDOUT = frozenset({"handout", "answer-lines", "address", "pages", "paragraph-numbers"})
"""Keys that a paged edition uses only if it is split."""

GATHERED = "all"
"""The name of the file with all handouts of a folder; no chapter can have it as its slug."""

OUTPUTS: Mapping[str, Output] = {
    "pdf": Output(
        called="a PDF",
        paged=True,
        notes=("foot", "end"),
        address=lambda anchor: LINK + anchor,
        settings=frozenset(
            {
                "page",
                "paper",
                "variant",
                "printing",
                "design",
                "styles",
                "binding",
                "notes",
                "split",
                "contents-depth",
                "large-print",
                "signature",
                "chapters-start",
                *HANDOUT,
            }
        ),
        product=("BC",),
    ),
    "epub": Output(
        called="an EPUB",
        packaged=True,
        borrows_pages=True,
        address=document_address,
        picture=lambda path: f"images/{image_name(path)}",
        settings=frozenset({"design", "styles", "embed-fonts", "pages", "contents-depth", "largest-file", "writing"}),
        product=("ED", "E101"),
    ),
}
"""Every output by name, which is also the name of its module in `book/outputs/`."""

_COMMON = frozenset({"output", "name", "sections", "identifier", "quotation-numbers", "locators"})


def output_of(edition: Edition) -> Output:
    """The output of an edition.

    Raises:
        KeyError: Its name is not registered.
    """
    return OUTPUTS[edition.output]


def note_place(edition: Edition) -> NotePlace:
    """Where an edition has its notes."""
    places = output_of(edition).notes
    return edition.notes if edition.notes in places else places[0]


def shows_book_pages(edition: Edition) -> bool:
    """Whether an edition carries the page numbers of another one: an e-book, a handout."""
    return output_of(edition).borrows_pages or edition.split is not None


def kinds(edition: Edition) -> tuple[HandoutKind, ...]:
    """The kinds of handout of an edition that is split, in the order of its setting."""
    return (edition.handout,) if isinstance(edition.handout, str) else edition.handout or ("full",)


def has_handout(chapter: Chapter, kind: HandoutKind) -> bool:
    """Whether a chapter has what a kind of handout is made of: questions, or quotations."""
    if kind == "questions":
        return bool(chapter.front.questions)
    return kind != "quotations" or bool(chapter.quotations)


def number_place(edition: Edition) -> Literal["margin", "attribution", "none"]:
    """Where an edition shows the numbers of quotations: a text without pages has no margin."""
    place = edition.quotation_numbers or ("margin" if edition.split else "none")
    return "attribution" if place == "margin" and not output_of(edition).paged else place


def contents_depth(edition: Edition) -> int:
    """The lowest level of headings that the contents of an edition list; 1 is that of chapters."""
    return edition.contents_depth or (1 if output_of(edition).paged else 6)


def means_nothing(output: Output, key: str) -> bool:
    """Whether an output ignores a key of an edition's table (spelt as in `book.toml`)."""
    return key not in output.settings | _COMMON
