"""Builds many books with one pool of workers. A book that cannot be built does not stop the others."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path

from book.build import Report, build_book
from book.make import Progress
from book.pool.workers import Workers
from book.problem import BookError, Problem, UsageError
from book.project.config import FILE


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of building one book."""

    root: Path
    """The project's folder."""
    report: Report | None
    """What was built; None if the book could not be built."""
    problems: tuple[Problem, ...] = ()
    """The book's problems, if they are why it could not be built."""
    failure: str = ""
    """A message, if something other than the book's problems is why it could not be built."""

    @property
    def name(self) -> str:
        """The name of the book in messages: the name of its folder."""
        return self.root.name


def find_projects(patterns: Iterable[str]) -> list[Path]:
    """Find the project folders that match glob patterns.

    Returns:
        Absolute paths of folders that contain a `book.toml`, each once, sorted within each pattern.

    Raises:
        UsageError: A pattern matches no project.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        paths = [pattern] if Path(pattern).is_dir() else sorted(glob.glob(pattern))  # noqa: PTH207 - it may be absolute
        roots = [Path(path).resolve() for path in paths if (Path(path) / FILE).is_file()]
        if not roots:
            raise UsageError(f'no project at "{pattern}": no folder there has a {FILE}')
        found.update(dict.fromkeys(roots))
    return list(found)


def build_books(
    roots: Sequence[Path],
    editions: Sequence[str],
    workers: Workers,
    *,
    only: Sequence[str] = (),
    output: Path | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Build the named editions, or all, of each book concurrently.

    Args:
        roots: The project folders.
        editions: Names of editions; empty for all.
        workers: The pool that all books share.
        only: Chapters, as in `book.build.build_book`.
        output: A folder in which each book gets a folder of its own; None for `build/` in each project.
        strict: Whether warnings are errors.
        progress: Called at each step, with the book's name before the edition's.

    Returns:
        The outcomes in the order of `roots`, each as soon as it and those before it are there.

    Raises:
        UsageError: Two projects would be written to the same folder.
    """
    names = [root.name for root in roots]
    twice = next((name for name in names if names.count(name) > 1), None)
    if output is not None and twice is not None:
        raise UsageError(f'two projects are called "{twice}": they cannot be written to one folder')

    def build(root: Path) -> Outcome:
        named = _Named(root.name, progress) if progress else None
        place = output / root.name if output else None
        try:
            report = build_book(root, editions, only=only, output=place, pool=workers, strict=strict, progress=named)
            return Outcome(root, report)
        except BookError as failure:
            return Outcome(root, None, failure.problems)
        except CancelledError:
            raise
        except Exception as failure:  # noqa: BLE001 - the other books are to be built all the same
            kind = "" if isinstance(failure, (OSError, UsageError)) else f"{type(failure).__name__}: "
            return Outcome(root, None, failure=f"{kind}{failure}")

    with workers.threads() as threads:
        yield from threads.map(build, roots)


class _Named:
    """Progress callback for one of several books."""

    def __init__(self, name: str, progress: Progress) -> None:
        self._name = name
        self._progress = progress

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Report a step with the book's name before the edition's."""
        self._progress.step(f"{self._name}: {edition}", what, done, total)
