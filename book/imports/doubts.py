"""What is doubtful about an occasion, and the question that each doubt raises."""

from __future__ import annotations

from typing import Self


class Doubt(str):
    """What is doubtful about an occasion, as a clause without a full stop, with the question that it raises."""

    __slots__ = ("question",)

    question: str
    """What a person has to say, as a sentence."""

    def __new__(cls, words: str, question: str) -> Self:
        """Create it from what is doubtful and the question."""
        made = super().__new__(cls, words)
        made.question = question
        return made

    @property
    def asked(self) -> str:
        """Both, as two sentences."""
        return f"{self[:1].upper()}{self[1:]}. {self.question}"


NO_SPEAKER = Doubt("it names no speaker", "Whose words are they?")
NO_WRITER = Doubt("it names no writer", "Whose letter is it?")


def about_date(words: str | None) -> Doubt | None:
    """A doubt about a date; None of none."""
    return Doubt(words, "Is the date right?") if words else None


def no_occasion(*, dated: bool) -> Doubt:
    """The doubt about a line that names a speaker alone, or a speaker and a date."""
    question = "On what occasion was it, and is the date right?" if dated else "On what occasion was it?"
    return Doubt("it names a speaker, but no occasion", question)


def no_more_than(title: str) -> Doubt:
    """The doubt about a line that says what was given and nothing else."""
    return Doubt(f'it says no more than "{title}"', "Which was it?")


def from_before(words: str) -> Doubt:
    """A doubt about what another sentence, note or line names."""
    return Doubt(words, "Is the occasion right?")
