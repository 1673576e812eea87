"""Records what the reading of a document decides about quotations and occasions, and what is to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from book.imports.attributions import is_quoted, unescaped
from book.imports.calendar_doubts import later_than
from book.imports.decisions import Decision, Subject
from book.imports.document import Document, Kind
from book.imports.doubts import about_date
from book.imports.full_names import people_of
from book.imports.occasions import Occasion
from book.imports.pieces import Piece


class Recorder:
    """Collects the decisions about one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.decisions: list[Decision] = []

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The full names of the people whom the document names, by their given and family names."""
        return people_of(self.document.blocks, self.document.title)

    @cached_property
    def subject(self) -> str | None:
        """The person whose full name is the document's title, or a part of it."""
        heading = next((block.text for block in self.document.blocks if block.kind is Kind.HEADING), "")
        return next((name for name in self.people.values() if name in (self.document.title or heading)), None)

    def decide(
        self, subject: Subject, what: str, line: int, occasion: Occasion, score: float | None = None,
        question: str | None = None,
    ) -> None:  # fmt: skip
        """Record a decision."""
        sure = occasion.score if score is None else score
        decision = Decision(subject, what, self.document.path, line, occasion.written, sure, question)
        self.decisions.append(decision)

    def paired(self, piece: Piece, what: str, line: int, occasion: Occasion) -> None:
        """Record that a quotation has an attribution, with a question where that is doubtful."""
        text = unescaped(piece.block.text)
        whole = piece.block.kind is Kind.QUOTATION or is_quoted(text)
        named = bool(occasion.speaker and occasion.speaker in text) and not whole
        question: str | None = None
        if occasion.doubt:
            question = occasion.doubt.asked
        if named:
            question = "The paragraph names the speaker: is all of it a quotation?"
        if question:
            piece.marks.append(question)
        score = min(occasion.score, 0.6 if question else 0.95)
        self.decide(Subject.QUOTATION, what, line, occasion, score, question)

    def published_before(self, occasion: Occasion) -> Occasion:
        """An occasion, in doubt if it lies behind the day on which the document was published."""
        doubt = about_date(later_than(occasion.date, self.document.date))
        return replace(occasion, doubt=occasion.doubt or doubt, score=min(occasion.score, 0.6)) if doubt else occasion
