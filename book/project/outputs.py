"""The outputs that an edition can have, and what sets them apart.

No stage knows an output by its name: it asks for one of these properties. What writes the files of an output is the
module of its name in `book/outputs/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from book.model.editions import LINK
from book.model.settings import Edition
from book.project.names import document_address, image_name

NotePlace = Literal["foot", "chapter", "end"]
"""Where the notes of a chapter stand: at the foot of the page, behind the chapter, in a section of their own."""


@dataclass(frozen=True, slots=True)
class Output:
    """A kind of edition: what `output = "…"` in `book.toml` names. The defaults are those of a plain text."""

    called: str
    """What messages call an edition of this kind: `an EPUB`."""
    paged: bool = False
    """It is set in pages: an index points to folios, and there are running heads and margins."""
    packaged: bool = False
    """Each section is a file of a package, with stylesheets, fonts, pictures and a cover beside it."""
    borrows_pages: bool = False
    """It carries the page numbers of an edition that is paged."""
    notes: tuple[NotePlace, ...] = ("chapter",)
    """Where notes can stand; the first place is the usual one."""
    address: Callable[[str], str] | None = None
    """The address of an anchor; None for an output without links, in which a reference is plain words."""
    picture: Callable[[str], str] = str
    """The address of a picture, from its path relative to the project's folder."""
    settings: frozenset[str] = frozenset()
    """Keys of an edition's table that mean something to it, besides `output`, `sections` and `identifier`."""
    product: tuple[str, ...] = ()
    """How the trade calls it: ONIX lists 150 (product form) and 175 (detail); none for what is not sold."""


OUTPUTS: Mapping[str, Output] = {
    "pdf": Output(
        called="a PDF",
        paged=True,
        notes=("foot", "end"),
        address=lambda anchor: LINK + anchor,
        settings=frozenset({"page", "variant", "printing", "styles", "binding", "notes", "split"}),
        product=("BC",),
    ),
    "epub": Output(
        called="an EPUB",
        packaged=True,
        borrows_pages=True,
        address=document_address,
        picture=lambda path: f"images/{image_name(path)}",
        settings=frozenset({"styles", "embed-fonts", "pages"}),
        product=("ED", "E101"),
    ),
}
"""Every output by its name, which is also that of its module in `book/outputs/`."""

_COMMON = frozenset({"output", "name", "sections", "identifier"})


def output_of(edition: Edition) -> Output:
    """The output of an edition. Raises KeyError for a name that is not registered."""
    return OUTPUTS[edition.output]


def note_place(edition: Edition) -> NotePlace:
    """Where an edition has the notes of its chapters."""
    places = output_of(edition).notes
    return edition.notes if edition.notes in places else places[0]


def means_nothing(output: Output, key: str) -> bool:
    """Whether a key of an edition's table (as `book.toml` writes it) says nothing to an output."""
    return key not in output.settings | _COMMON
