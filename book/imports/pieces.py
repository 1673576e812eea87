"""The blocks of a future chapter."""

from __future__ import annotations

from dataclasses import dataclass, field

from book.imports.decisions import Decision
from book.imports.document import Block
from book.imports.occasions import Occasion


@dataclass(slots=True)
class Piece:
    """A block of a future chapter: text, or a quotation with its occasion."""

    block: Block
    quotation: bool = False
    occasion: Occasion | None = None
    """The occasion of a quotation, from its attribution line."""
    cited: list[tuple[int, Occasion]] = field(default_factory=list)
    """In a text: where citations go, in characters of the Markdown from 0, and the occasions that they cite."""
    marks: list[str] = field(default_factory=list)
    """Questions for a person, set as comments before the block."""
    lines: dict[str, int] = field(default_factory=dict)
    """The lines that questions are about, where the report names another than the block's."""
    told: bool = False
    """A text whose last sentence says where the quotation below it is from."""
    anchor: str | None = None
    """The id that links lead to it by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its quotations and occasions found."""

    pieces: tuple[Piece, ...]
    occasions: tuple[Occasion, ...]
    """Every mention of an occasion, in the order of the document."""
    decisions: tuple[Decision, ...]
