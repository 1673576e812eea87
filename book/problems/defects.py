"""Failures of the program while it works on a file: reported as a problem of that file, and kept for a report."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager

from book.problem import BookError, Problem, Span, error
from book.problems.limits import lack_of_memory

OTHERS = (BookError, BrokenExecutor, CancelledError, MemoryError, ModuleNotFoundError, OSError)
"""Exceptions that are not defects, because they are handled elsewhere."""

_found: list[Exception] = []


def defect(doing: str, path: str, failure: Exception) -> Problem:
    """The problem of a failure; the failure is kept.

    Args:
        doing: What the program was doing, as the end of a sentence: `read this chapter`.
        path: The file that it worked on, relative to the project's folder.
        failure: What was raised.
    """
    _found.append(failure)
    message = f"the program could not {doing}: {type(failure).__name__}"
    return error("defect", message, Span(path), "this is a fault of the program: please report it")


def take_defects() -> tuple[Exception, ...]:
    """The failures reported as problems in this process since the last call."""
    taken = tuple(_found)
    _found.clear()
    return taken


@contextmanager
def told_as_problem(doing: str, path: str) -> Iterator[None]:
    """Raise a BookError in place of any failure of the program; arguments as in `defect`.

    Raises:
        OSError: There is too little memory.
    """
    try:
        yield
    except OTHERS:
        raise
    except Exception as failure:
        if lack := lack_of_memory(failure):
            raise lack from failure
        raise BookError([defect(doing, path, failure)]) from failure
