"""What can be wrong with a book, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad a problem is.

    An error stops the outputs; a warning does so only in a strict run; a note never does, and is listed on request.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the project."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    line: int | None = None
    """The line, 1-based; None where the problem is the file itself."""
    column: int | None = None
    """The column in characters, 1-based; None where only the line is known."""

    def __str__(self) -> str:
        """`path:line:column`, as compilers write it, without what is unknown."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact that is wrong."""

    code: str
    """The kind of problem: a fact in kebab-case, such as `unknown-source`."""
    severity: Severity
    """Whether it stops the outputs."""
    message: str
    """What is wrong, in one sentence without a full stop."""
    at: Span
    """Where."""
    hint: str | None = None
    """How to mend it, if that can be said."""

    def __str__(self) -> str:
        """The problem as it is printed, its hint on a line of its own."""
        text = f"{self.at}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def error(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A problem that stops the outputs."""
    return Problem(code, Severity.ERROR, message, at, hint)


def warning(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A problem that the editor should see, but that stops nothing (without `--strict`)."""
    return Problem(code, Severity.WARNING, message, at, hint)


def note(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A fact that may explain a result, such as a key of another program that is not read; it stops nothing."""
    return Problem(code, Severity.NOTE, message, at, hint)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A value, and what was wrong while it was made."""

    value: T
    """The value: whole where there were no errors, else as good as it could be made."""
    problems: tuple[Problem, ...] = ()
    """What was wrong, in the order of discovery."""


class BookError(Exception):
    """The book cannot be built.

    `problems` says why; there is always at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[BookError], tuple[tuple[Problem, ...]]]:
        """How it goes from one process to another: with its problems, not with their text."""
        return type(self), (self.problems,)


def stops(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether any of the problems stops the outputs: an error, or in a strict run a warning."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in stopping for problem in problems)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A hint `did you mean "…"?` with the known word most like `word`, or None where none is near."""
    import difflib

    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{found[0]}"?' if found else None
