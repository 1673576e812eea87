"""Builds a project: checks it, makes its editions, and writes them if there are no errors.

If nothing changed since the last build, nothing is made. Heavy modules are imported only after that is known, and while
another process loads the layout engine.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from book.model.editions import Artifact
from book.model.settings import Edition
from book.problem import BookError, Problem, nearest, stops
from book.project.files import recording
from book.store.store import FOLDER, Store, write_atomically
from book.store.unchanged import find_unchanged_build, record_build
from book.store.written import has_stale, remove_stale

if TYPE_CHECKING:
    from book.make import Progress
    from book.pool.workers import Workers


_log = logging.getLogger(__name__)


class UsageError(Exception):
    """The command or a function was called with wrong arguments; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: Path
    """Its absolute path."""
    size: int
    """Its size in bytes."""
    pages: int | None
    """Number of pages of a PDF; None for other files."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    problems: tuple[Problem, ...]
    """Warnings and notes; a build with errors raises BookError instead."""
    written: tuple[Written, ...]
    """The files of the editions that were built."""
    seconds: float
    """Wall time in seconds."""
    removed: tuple[Path, ...] = ()
    """Files of earlier builds that this one no longer makes, and removed; absolute."""


class _NoProgress:
    """A progress callback that does nothing."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Do nothing."""


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
    isolated: bool = False,
) -> Report:
    """Build the named editions, or all, into `output`; see `book.build_book` for most arguments and for errors.

    `pool` are existing workers to use instead of new ones; `isolated` keeps the layout engine out of this process, even
    with one job. Unchanged results are taken from the store in the output folder. Nothing is written unless everything
    can be made.
    """
    begun, started = time(), perf_counter()
    root = root.resolve()
    folder = output or root / "build"
    store = Store(folder / FOLDER)
    last_build = find_unchanged_build(store, root, folder, editions)
    if last_build is not None and not has_stale(folder, [file.name for file in last_build.products], editions):
        _raise_if_stopped(last_build.problems, strict=strict)
        written = tuple(Written(folder / file.name, file.size, file.pages) for file in last_build.products)
        return Report(last_build.problems, written, perf_counter() - started)
    with _workers(pool, jobs, scheduler, isolated=isolated) as workers:
        from book.check import check_book, heed
        from book.make import make

        with recording(root) as reads:
            checked = check_book(root, store)
            _log.debug("read and checked after %.2f s: %d problems", perf_counter() - started, len(checked.problems))
            _raise_if_stopped(checked.problems, strict=strict)
            manuscript = checked.value
            assert manuscript is not None, "settings without errors give a manuscript"
            chosen = _select_editions(manuscript.project.editions, editions)
            made = make(manuscript, chosen, workers, store, progress or _NoProgress())
            problems = (*checked.problems, *heed(manuscript, made.problems))
    _log.debug("editions made after %.2f s", perf_counter() - started)
    _raise_if_stopped(problems, strict=strict)
    written, removed = _deliver(made.artifacts, folder, chosen, manuscript.project.editions)
    record_build(store, folder, editions, reads, written, problems, started=begun)
    store.trim()
    return Report((*problems, *store.damaged), written, perf_counter() - started, removed)


@contextmanager
def _workers(pool: Workers | None, jobs: int | None, scheduler: str | None, *, isolated: bool) -> Iterator[Workers]:
    """The given workers, or new ones that end with the context."""
    if pool is not None:
        yield pool
    else:
        from book.pool.workers import workers

        with workers(jobs, scheduler, isolated=isolated) as own:
            yield own


def _select_editions(editions: Sequence[Edition], names: Sequence[str]) -> list[Edition]:
    """The editions with these names, in the project's order; all editions if no name is given.

    Raises:
        UsageError: `book.toml` has no edition of one of the names.
    """
    known = [edition.name for edition in editions]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"there are: {', '.join(known)}"
            raise UsageError(f'no edition "{name}" in book.toml ({hint})')
    return [edition for edition in editions if not names or edition.name in names]


def _raise_if_stopped(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise BookError if any problem is an error or, with `strict`, a warning."""
    found = tuple(problems)
    if stops(found, strict=strict):
        raise BookError(found)


def _deliver(
    artifacts: Iterable[Artifact], folder: Path, chosen: Sequence[Edition], known: Sequence[Edition]
) -> tuple[tuple[Written, ...], tuple[Path, ...]]:
    """Write the files of the chosen editions, and remove those that earlier builds wrote and none makes any more.

    Returns:
        The files that were written, and those that were removed.
    """
    names, all_names = ([edition.name for edition in some] for some in (chosen, known))
    unmade = [name for name in all_names if name not in names]
    final = [_with_kept_folios(artifact, folder, unmade) for artifact in artifacts]
    written = tuple(_write(artifact, folder) for artifact in final)
    contents = {artifact.name: artifact.data for artifact in final}
    return written, remove_stale(folder, contents, names, all_names)


def _with_kept_folios(artifact: Artifact, folder: Path, unmade: Sequence[str]) -> Artifact:
    """The file; an `index.json` with the folios that the last one has of editions that were not made now."""
    from book.trade.record import RECORD, keep_folios

    if artifact.name != RECORD or not unmade or not (folder / RECORD).is_file():
        return artifact
    return replace(artifact, data=keep_folios(artifact.data, (folder / RECORD).read_bytes(), unmade))


def _write(artifact: Artifact, folder: Path) -> Written:
    """Write a file atomically, so that a killed build leaves the last one intact; skip it if it is the same already."""
    path = folder / artifact.name
    if not path.is_file() or path.read_bytes() != artifact.data:
        write_atomically(path, artifact.data)
        _log.debug("written: %s", path)
    else:
        _log.debug("not written, because it has the same bytes already: %s", path)
    return Written(path, len(artifact.data), artifact.pages)
