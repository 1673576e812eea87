"""A build: what changed since the last one is checked and made anew, and written.

What a build needs is imported when it is known that something changed, and while the layout engine is being loaded
in another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from book.model.editions import Artifact
from book.model.settings import Edition
from book.problem import BookError, Problem, nearest, stops
from book.store.store import FOLDER, Store, write_whole
from book.store.unchanged import project_files, recall, remember

if TYPE_CHECKING:
    from book.make import Progress
    from book.pool.workers import Workers


class UsageError(Exception):
    """The command was used wrongly; the message says how."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: Path
    """Where, absolute."""
    size: int
    """Bytes."""
    pages: int | None
    """Pages, for a PDF."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    problems: tuple[Problem, ...]
    """Warnings and notes."""
    written: tuple[Written, ...]
    """The files."""
    seconds: float
    """Wall time in seconds."""


class _Silent:
    """Tells nobody."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Nothing."""


def build_book(
    root: Path,
    editions: Sequence[str] = (),
    *,
    output: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    pool: Workers | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build the editions named, or all, into `output` (by default the project's `build/`).

    `jobs` is the number of processes, by default one for each core; `scheduler` the address of a Dask
    cluster to use instead, `pool` workers that are there already. What did not change since the last
    build is taken from the store in the output folder. Nothing is written unless all of it can be.
    Raises BookError where there are errors (with `strict`, warnings too), and UsageError for an edition
    that `book.toml` does not have.
    """
    begun, started = time(), perf_counter()
    root = root.resolve()
    folder = output or root / "build"
    store = Store(folder / FOLDER)
    known = recall(store, root, folder, editions)
    if known is not None:
        _stop(known.problems, strict=strict)
        written = tuple(Written(folder / file.name, file.size, file.pages) for file in known.products)
        return Report(known.problems, written, perf_counter() - started)
    with _workers(pool, jobs, scheduler) as presses:
        from book.check import check_book
        from book.make import make

        checked = check_book(root, store)
        _stop(checked.problems, strict=strict)
        manuscript = checked.value
        assert manuscript is not None, "settings without errors give a manuscript"
        chosen = _choose(manuscript.project.editions, editions)
        made = make(manuscript, chosen, presses, store, progress or _Silent())
    problems = (*checked.problems, *made.problems)
    _stop(problems, strict=strict)
    written = tuple(_write(artifact, folder) for artifact in made.artifacts)
    inputs = {*project_files(manuscript), *made.inputs}
    remember(store, root, folder, editions, inputs, written, problems, started=begun)
    store.trim()
    return Report((*problems, *store.damaged), written, perf_counter() - started)


@contextmanager
def _workers(pool: Workers | None, jobs: int | None, scheduler: str | None) -> Iterator[Workers]:
    """Workers that are there already, or some of our own."""
    if pool is not None:
        yield pool
    else:
        from book.pool.heap import be_sparing
        from book.pool.workers import workers

        be_sparing()
        with workers(jobs, scheduler) as own:
            yield own


def _choose(editions: Sequence[Edition], names: Sequence[str]) -> list[Edition]:
    """The editions of these names, in the project's order; all of them without names."""
    known = [edition.name for edition in editions]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"there are: {', '.join(known)}"
            raise UsageError(f'no edition "{name}" in book.toml ({hint})')
    return [edition for edition in editions if not names or edition.name in names]


def _stop(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise BookError if any of the problems stops the outputs."""
    found = tuple(problems)
    if stops(found, strict=strict):
        raise BookError(found)


def _write(artifact: Artifact, folder: Path) -> Written:
    """Write a file so that a killed build leaves the last one whole, unless it is there as it is."""
    path = folder / artifact.name
    if not path.is_file() or path.read_bytes() != artifact.data:
        write_whole(path, artifact.data)
    return Written(path, len(artifact.data), artifact.pages)
