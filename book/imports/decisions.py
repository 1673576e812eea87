"""Records what an import decided, why, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SURE = 0.75
"""The score from which a decision is carried out without a mark in the chapter."""


class Subject(StrEnum):
    """What a decision is about, in the order of the report."""

    STRUCTURE = "structure"
    QUOTATION = "quotation"
    CITATION = "citation"
    SOURCE = "source"
    MERGED = "merged sources"
    DATE = "date"
    DROPPED = "dropped"
    PICTURE = "picture"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision."""

    subject: Subject
    what: str
    """What was done, in one sentence without a full stop."""
    path: str
    """The document that it is about."""
    line: int
    """The line of the original, 1-based; in a document of a word processor, the paragraph (see `unit`)."""
    evidence: str
    """The words of the original that it rests on."""
    score: float = 1.0
    """How sure it is, from 0 to 1."""
    question: str | None = None
    """What a person has to decide, where it is not sure enough."""

    @property
    def asked(self) -> str | None:
        """What a person is asked: the question, or whether a doubtful decision is right; None of one that is sure."""
        if self.question is None and self.doubtful:
            return f"{self.what[:1].upper()}{self.what[1:]}. Is this right?"
        return self.question

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.score < SURE


def unit(path: str) -> str:
    """What lines of a document are: a document of a word processor has none, its paragraphs are counted."""
    return "paragraph" if path.lower().endswith(WORD_PROCESSOR) else "line"


WORD_PROCESSOR = (".docx", ".odt", ".rtf")
"""Suffixes of documents of word processors."""
