"""Builds a project: checks it, makes its editions, and writes them if there are no errors.

If nothing changed since the last build, nothing is made. Heavy modules are imported only after that is known, and while
another process loads the layout engine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from book.model.editions import Artifact
from book.model.settings import Edition
from book.problem import BookError, Problem, Span, error, stops, warning
from book.project.files import Reads, recording
from book.project.selection import select_chapters, select_editions, with_handouts
from book.store.delivery import deliver, recover
from book.store.manifest import hash_inputs, make_manifest
from book.store.owner import claim
from book.store.store import FOLDER, Store
from book.store.unchanged import find_unchanged_build, record_build
from book.store.written import FILE as RECORD_FILE
from book.store.written import has_stale, plan_record

if TYPE_CHECKING:
    from book.make import MakeResult, Progress
    from book.model.manuscript import Manuscript
    from book.pool.workers import Workers


_log = logging.getLogger(__name__)


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
    only: Sequence[str] = (),
    output: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    pool: Workers | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    isolated: bool = False,
) -> Report:
    """Build the named editions, or all, into `output`; see `book.build_book` for most arguments and for errors.

    `only` are chapters, by number or slug: their handouts alone are made, and every other file stays as it is.
    `pool` are existing workers to use instead of new ones; `isolated` keeps the layout engine out of this process, even
    with one job. Unchanged results are taken from the store in the output folder. Nothing is written unless everything
    can be made, of one state of each file, and then all files are written or none.
    """
    begun, started = time(), perf_counter()
    root = root.resolve()
    folder = output or root / "build"
    store = Store(folder / FOLDER)
    claim(folder, root)
    recover(folder)
    asked = (*editions, *(f"--only {chapter}" for chapter in only))
    last_build = find_unchanged_build(store, root, folder, asked)
    if last_build is not None and (
        only or not has_stale(folder, [file.name for file in last_build.products], editions)
    ):
        _raise_if_stopped(last_build.problems, strict=strict)
        written = tuple(Written(folder / file.name, file.size, file.pages) for file in last_build.products)
        return Report(last_build.problems, written, perf_counter() - started)
    with _workers(pool, jobs, scheduler, isolated=isolated) as workers:
        made, reads, inputs = _make_of_one_state(
            root, store, lambda: _make(root, store, editions, only, workers, progress or _NoProgress(), strict=strict)
        )
        alone = _in_one_process(workers.alone_because)
    _log.debug("editions made after %.2f s", perf_counter() - started)
    _raise_if_stopped(made.problems, strict=strict)
    written, removed = _deliver(made, inputs, folder, only)
    record_build(store, folder, asked, reads, written, made.problems, started=begun)
    store.trim()
    return Report((*made.problems, *store.damaged, *alone), written, perf_counter() - started, removed)


def _in_one_process(reason: str | None) -> tuple[Problem, ...]:
    """A warning `one-process`, if work could not be shared between processes."""
    message = f"the book was made in one process, which takes longer: {reason}"
    return (warning("one-process", message, Span("book.toml"), "mount a tmpfs at /dev/shm"),) if reason else ()


ATTEMPTS = 3
"""How often a book is made of which files change meanwhile, before it is given up."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a project, before it is written."""

    manuscript: Manuscript
    chosen: Sequence[Edition]
    result: MakeResult
    problems: tuple[Problem, ...]


def _make_of_one_state(
    root: Path, store: Store, make_once: Callable[[], _Made]
) -> tuple[_Made, Reads, Mapping[str, str]]:
    """Make a book of one state of each file: again, if a file was changed, added or deleted meanwhile.

    Returns:
        What was made, what was read for it, and the hashes of that.

    Raises:
        BookError: There are errors, or files change each time (`changing-file`).
    """
    changed: str | None = None
    for _ in range(ATTEMPTS):
        store.keep_new()
        failure: Exception | None = None
        with recording(root) as reads:
            try:
                made = make_once()
            except (BookError, OSError) as raised:  # perhaps because a file was half written, or was gone
                failure = raised
        inputs = hash_inputs(reads)
        changed = reads.changed()
        if changed is None:
            if failure is not None:
                raise failure
            return made, reads, inputs
        _log.debug("made again, because %s was changed meanwhile", changed)
        store.forget_new()
    message = f'"{changed}" was changed while the book was made, {ATTEMPTS} times in a row; nothing was written'
    raise BookError(
        [error("changing-file", message, Span(changed or "."), "build again when nothing writes to the project")]
    )


def _make(
    root: Path,
    store: Store,
    editions: Sequence[str],
    only: Sequence[str],
    workers: Workers,
    progress: Progress,
    *,
    strict: bool,
) -> _Made:
    """Read and check a project, and make its editions."""
    from book.check import check_book, heed
    from book.make import make

    checked = check_book(root, store)
    _log.debug("read and checked: %d problems", len(checked.problems))
    _raise_if_stopped(checked.problems, strict=strict)
    manuscript = checked.value
    assert manuscript is not None, "settings without errors give a manuscript"
    chosen = select_editions(manuscript.project.editions, editions)
    slugs = None
    if only:
        chosen, slugs = with_handouts(chosen, editions), select_chapters(manuscript.chapters, only)
    result = make(manuscript, chosen, workers, store, progress, slugs)
    return _Made(manuscript, chosen, result, (*checked.problems, *heed(manuscript, result.problems)))


@contextmanager
def _workers(pool: Workers | None, jobs: int | None, scheduler: str | None, *, isolated: bool) -> Iterator[Workers]:
    """The given workers, or new ones that end with the context."""
    if pool is not None:
        yield pool
    else:
        from book.pool.workers import workers

        with workers(jobs, scheduler, isolated=isolated) as own:
            yield own


def _raise_if_stopped(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise BookError if any problem is an error or, with `strict`, a warning."""
    found = tuple(problems)
    if stops(found, strict=strict):
        raise BookError(found)


def _deliver(
    made: _Made, inputs: Mapping[str, str], folder: Path, only: Sequence[str]
) -> tuple[tuple[Written, ...], tuple[Path, ...]]:
    """Write the files of the chosen editions, and remove those that earlier builds wrote and none makes any more.

    All or none: files that have the same bytes already stay as they are. Of editions of which `only` some
    chapters were made, the other files stay.

    Returns:
        The files that were written, and those that were removed.
    """
    chosen, known = ([one.name for one in some] for some in (made.chosen, made.manuscript.project.editions))
    whole = [] if only else chosen
    unmade = [name for name in known if name not in whole]
    final = [_with_kept_folios(artifact, folder, unmade) for artifact in made.result.artifacts]
    final.append(make_manifest(chosen, inputs, final, only))
    contents = {artifact.name: artifact.data for artifact in final}
    record, removed = plan_record(folder, contents, whole, known, chosen if only else ())
    new = {artifact.name: artifact.data for artifact in final if not _is_there(artifact, folder)}
    deliver(folder, new | ({RECORD_FILE: record} if record is not None else {}), removed)
    written = tuple(Written(folder / artifact.name, len(artifact.data), artifact.pages) for artifact in final)
    return written, tuple(folder / name for name in removed)


def _with_kept_folios(artifact: Artifact, folder: Path, unmade: Sequence[str]) -> Artifact:
    """The file; a record of folios with those that the last one has of editions that were not made now."""
    from book.trade.concordance import CONCORDANCE, keep_columns
    from book.trade.record import RECORD, keep_folios

    keep = {RECORD: keep_folios, CONCORDANCE: keep_columns}.get(artifact.name)
    if keep is None or not unmade or not (folder / artifact.name).is_file():
        return artifact
    return replace(artifact, data=keep(artifact.data, (folder / artifact.name).read_bytes(), unmade))


def _is_there(artifact: Artifact, folder: Path) -> bool:
    """Whether a file with the same bytes is in the output folder already."""
    path = folder / artifact.name
    same = path.is_file() and path.stat().st_size == len(artifact.data) and path.read_bytes() == artifact.data
    _log.debug("not written, because it has the same bytes already: %s" if same else "to be written: %s", path)
    return same
