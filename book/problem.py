"""Problems of a book: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How serious a problem is.

    An error stops the outputs. A warning stops them only in a strict run. A note never does, and is listed on request.
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
    """The line, 1-based; None if the problem concerns the whole file."""
    column: int | None = None
    """The column in characters, 1-based; None if only the line is known."""

    def __str__(self) -> str:
        """`path:line:column`, as compilers write it; unknown parts are left out."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement for the characters of a value in a file."""

    old: str
    """The value as it was read, which is at the problem's place."""
    new: str
    """The new value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place."""

    code: str
    """The kind of problem, in kebab-case: `unknown-source`."""
    severity: Severity
    """Whether it stops the outputs."""
    message: str
    """What is wrong, in one sentence without a full stop."""
    at: Span
    """The place."""
    hint: str | None = None
    """How to mend it, if known."""
    fix: Fix | None = None
    """How `book check --fix` mends it, if there is only one way."""

    def __str__(self) -> str:
        """The problem as it is printed; the hint, if any, is on a second line."""
        text = f"{self.at}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def error(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A problem that stops the outputs."""
    return Problem(code, Severity.ERROR, message, at, hint)


def warning(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A problem that the editor should see, but that stops nothing unless the run is strict."""
    return Problem(code, Severity.WARNING, message, at, hint)


def note(code: str, message: str, at: Span, hint: str | None = None) -> Problem:
    """A fact that may explain a result, such as an ignored key of another program; it stops nothing."""
    return Problem(code, Severity.NOTE, message, at, hint)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A value, and the problems that were found while it was made."""

    value: T
    """The value: complete if there were no errors, else as complete as possible."""
    problems: tuple[Problem, ...] = ()
    """The problems, in the order of discovery."""


class BookError(Exception):
    """The book cannot be built, because of its `problems`; there is at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[BookError], tuple[tuple[Problem, ...]]]:
        """Pickle the problems themselves; by default an exception is pickled with its message only."""
        return type(self), (self.problems,)


class UsageError(Exception):
    """The command or a function was called with wrong arguments; the message says what to change."""


def stops(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether any of the problems stops the outputs: an error, or in a strict run a warning."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in stopping for problem in problems)


_SHORT = 4
"""Length of words up to which only exchanged and doubled letters are slips: `foo` and `food` are none of `foot`."""
_LONG = 8
"""Length of words from which another letter is a slip too: `caption` is none of `caution`."""


def slip_of(word: str, known: Iterable[str]) -> str | None:
    """The known word that a word is a slip of; None if it is one of them, or may as well be meant as it is.

    For words of which most are unknown and right all the same; `nearest` suggests more. A slip differs in capitals or
    hyphens only, or by one edit (optimal string alignment distance 1): two letters exchanged, one left out or added,
    or, in long words, a wrong one. A plural is no slip.
    """
    names = tuple(known)
    if word in names:
        return None
    plain, others = _plain(word), _plain_words(names)
    same = next((name for name, other in zip(names, others, strict=True) if other == plain), None)
    return same or next((name for name, other in zip(names, others, strict=True) if _is_slip(plain, other)), None)


def _plain(word: str) -> str:
    """A word without what is no difference to a reader: capitals, hyphens, underscores."""
    return word.casefold().replace("-", "").replace("_", "")


@lru_cache(maxsize=32)
def _plain_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same of several words, kept, because words of a text are compared with the same known ones."""
    return tuple(map(_plain, words))


def _is_slip(word: str, known: str) -> bool:
    """Whether a word is one slip away from a known one."""
    from rapidfuzz.distance import OSA  # here, because most runs have nothing to compare

    if word == f"{known}s" or OSA.distance(word, known, score_cutoff=1) != 1:
        return False
    if len(word) != len(known):
        return len(known) > _SHORT or (len(word) > len(known) and _is_doubled(word, known))
    return len(known) >= _LONG or sorted(word) == sorted(known)


def _is_doubled(word: str, known: str) -> bool:
    """Whether a word is a known one with a letter twice: `fooot`."""
    return any(known[:at] + known[at - 1] + known[at:] == word for at in range(1, len(known) + 1))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A hint `did you mean "…"?` with the known word most similar to `word`; None if no word is similar."""
    found = _nearest(word, tuple(known))
    return f'did you mean "{found}"?' if found else None


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word most similar to another; kept, because an export has the same wrong word in every item."""
    import difflib

    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), None)
