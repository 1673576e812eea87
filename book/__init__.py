"""Florilegium: anthologies from plain files, with a chronological index that is always right.

The public interface for Python. Everything else in this package may change from one version to the next.

    from pathlib import Path
    from book import BookError, build_book

    if __name__ == "__main__":
        try:
            report = build_book(Path("my-book"), ["print"])
        except BookError as failure:
            for problem in failure.problems:
                print(problem)

Importing it loads nothing of the rest: each function loads what it needs when it is called. Pages are set in
processes that are started for it, so the calling process stays as it is: no environment variable, signal handler or
option of the C library is changed, and the layout engine is not loaded into it. As with everything that uses
`multiprocessing`, a script calls `build_book` below `if __name__ == "__main__":`.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from book.build import Report, Written
    from book.make import Progress
    from book.model.indexes import Index
    from book.model.manuscript import Manuscript
    from book.model.settings import Edition, Settings
    from book.problem import BookError, Checked, Problem, Severity, Span, UsageError

_TYPES = {
    "BookError": "book.problem",
    "Checked": "book.problem",
    "Edition": "book.model.settings",
    "Index": "book.model.indexes",
    "Manuscript": "book.model.manuscript",
    "Problem": "book.problem",
    "Progress": "book.make",
    "Report": "book.build",
    "Settings": "book.model.settings",
    "Severity": "book.problem",
    "Span": "book.problem",
    "UsageError": "book.problem",
    "Written": "book.build",
}
"""The types of the interface, by the module that is loaded when one is asked for."""

__all__ = [
    "BookError", "Checked", "Edition", "Index", "Manuscript", "Problem", "Progress", "Report", "Settings", "Severity",
    "Span", "UsageError", "Written", "__version__", "build_book", "check_book", "chronological_index",
    "read_manuscript",
]  # fmt: skip


def build_book(
    root: str | PathLike[str],
    editions: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    output: str | PathLike[str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build editions of a book, as `book build` does.

    Args:
        root: The project's folder.
        editions: The names of the editions to build; all of them by default.
        only: Chapters by number or slug, whose handouts alone are built; every other file stays as it is.
        output: The folder to write into; by default `build` in the project's folder.
        jobs: The number of processes that set pages; one for each core by default.
        scheduler: The address of a Dask cluster to set pages on instead, such as `tcp://10.0.0.1:8786`.
        strict: Whether warnings count as errors.
        progress: What is told of each step while the build goes on, possibly in another thread.

    Returns:
        The files that were written, and the warnings and notes.

    Raises:
        BookError: The book has errors. Nothing was written.
        UsageError: The project has no edition or chapter of a name that was given.
        OSError: A file cannot be written, a system library is missing, or no scheduler answers.
    """
    from pathlib import Path

    from book import build

    return build.build_book(
        Path(root),
        editions,
        only=only,
        output=None if output is None else Path(output).absolute(),
        jobs=jobs,
        scheduler=scheduler,
        strict=strict,
        progress=progress,
        isolated=True,
    )


def check_book(root: str | PathLike[str]) -> tuple[Problem, ...]:
    """Read everything, build nothing, and list every problem, as `book check` does.

    Args:
        root: The project's folder.

    Returns:
        The problems in the order in which they were found; none for a good book.
    """
    from pathlib import Path

    from book import check

    return check.check_all(Path(root).resolve()).problems


def read_manuscript(root: str | PathLike[str]) -> Manuscript:
    """Read the settings, chapters and sources of a book, with every citation resolved.

    Args:
        root: The project's folder.

    Returns:
        The manuscript. Its classes are frozen and documented field by field in `book.model`.

    Raises:
        BookError: The book has errors; warnings are no reason.
    """
    from pathlib import Path

    from book import check
    from book.problem import BookError, stops

    checked = check.check_book(Path(root).resolve())
    if checked.value is None or stops(checked.problems):
        raise BookError(checked.problems)
    return checked.value


def chronological_index(manuscript: Manuscript) -> Index | None:
    """Make the index of the cited sources in the order of their dates, as `book sources` prints it.

    Args:
        manuscript: What `read_manuscript` returns.

    Returns:
        The index, whose entries lead to places in chapters; None where nothing is cited.
    """
    from book.indexes import build_indexes, find_chronological

    return find_chronological(build_indexes(manuscript))


def __getattr__(name: str) -> Any:
    """Load a type of the interface when it is first asked for (PEP 562)."""
    if name not in _TYPES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_TYPES[name]), name)
    return found


def __dir__() -> list[str]:
    """Everything public, loaded or not."""
    return sorted(__all__)
