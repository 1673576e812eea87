"""The whole pipeline on one screen: read, resolve, check; then index, compose, press and bind each edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING, Protocol

from book.checks import run_checks
from book.config import load_project
from book.indexes import build_indexes, find_chronological
from book.model import Artifact, Edition, Index, Manuscript, PagedVolume, Volume
from book.problem import BookError, Checked, Problem, has_errors, nearest
from book.read import read_chapters
from book.resolve import resolve
from book.sources import read_sources
from book.store import FOLDER, Store, write_whole
from book.unchanged import project_files, recall, remember
from book.volumes import page_source, pages_first, volumes

if TYPE_CHECKING:
    from book.onix import Product
    from book.paginate import Presses
    from book.workers import Workers


class UsageError(Exception):
    """The command was used wrongly; the message says how."""


class Progress(Protocol):
    """What a build tells while it works."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """`done` of `total` steps of an edition are behind it, and `what` is being done."""


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
    """The warnings."""
    written: tuple[Written, ...]
    """The files."""
    seconds: float
    """Wall time in seconds."""


class _Silent:
    """Tells nobody."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Nothing."""


def check_book(root: Path, store: Store | None = None) -> Checked[Manuscript | None]:
    """The manuscript in a folder, with every problem of it; None where the settings cannot be read.

    Chapters that did not change since they were read are taken from the store.
    """
    project = load_project(root)
    if project.value is None:
        return Checked(None, project.problems)
    chapters = read_chapters(root, project.value.settings, store)
    sources = read_sources(root, project.value.settings)
    manuscript = resolve(project.value, chapters.value, sources.value)
    problems = (project, chapters, sources, manuscript)
    found = [problem for checked in problems for problem in checked.problems]
    return Checked(manuscript.value, (*found, *run_checks(manuscript.value)))


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
        checked = check_book(root, store)
        _stop(checked.problems, strict=strict)
        manuscript = checked.value
        assert manuscript is not None, "settings without errors give a manuscript"
        chosen = _choose(manuscript.project.editions, editions)
        made = _make(manuscript, chosen, presses, store, progress or _Silent())
    problems = (*checked.problems, *made.problems)
    _stop(problems, strict=strict)
    written = tuple(_write(artifact, folder) for artifact in made.artifacts)
    inputs = {*project_files(manuscript), *made.inputs}
    remember(store, root, folder, editions, inputs, written, problems, started=begun)
    store.trim()
    return Report((*problems, *store.damaged), written, perf_counter() - started)


def sources_index(root: Path) -> Checked[tuple[Manuscript, Index | None] | None]:
    """The manuscript in a folder and its chronological index (None where nothing is cited)."""
    checked = check_book(root)
    if checked.value is None:
        return Checked(None, checked.problems)
    return Checked((checked.value, find_chronological(build_indexes(checked.value))), checked.problems)


@contextmanager
def _workers(pool: Workers | None, jobs: int | None, scheduler: str | None) -> Iterator[Workers]:
    """Workers that are there already, or some of our own."""
    if pool is not None:
        yield pool
    else:
        from book.workers import workers

        with workers(jobs, scheduler) as own:
            yield own


@dataclass(frozen=True, slots=True)
class _Made:
    """What became of the editions."""

    artifacts: tuple[Artifact, ...]
    """Every file of those chosen, and `index.json`."""
    problems: tuple[Problem, ...]
    """The problems that only pages show."""
    inputs: frozenset[Path]
    """The files that sections and stylesheets refer to."""


def _make(
    manuscript: Manuscript, chosen: Sequence[Edition], workers: Workers, store: Store, progress: Progress
) -> _Made:
    """Every file of the editions chosen, and `index.json`; with the problems that only pages show.

    All volumes are made side by side. Editions with pages come first; one whose pages an EPUB carries is
    set even where it is not chosen.
    """
    from book.fragments import StoredPresses
    from book.onix import onix_record
    from book.record import as_json, index_record

    editions = manuscript.project.editions
    presses = StoredPresses(workers, store)
    volumes_of: dict[str, list[Future[_Set]]] = {}
    with workers.known_costs(store, manuscript.project.root), workers.threads() as threads:
        for edition in pages_first(editions, chosen):
            source = page_source(editions, edition)
            printed = volumes_of[source.name][0] if source else None
            write = edition in chosen
            volumes_of[edition.name] = [
                threads.submit(_set, volume, printed, presses, str(store.faces), progress, write=write)
                for volume in volumes(manuscript, edition)
            ]
        done = {name: _all(futures) for name, futures in volumes_of.items()}
    index = find_chronological(build_indexes(manuscript))
    folios = {
        edition.name: tuple(one.paged.pagination for one in done[edition.name].value if one.paged)
        for edition in editions
        if edition.output == "pdf" and edition.name in done
    }
    records = index_record(index, manuscript, folios) if index else []
    files = [file for edition in chosen for one in done[edition.name].value for file in one.files]
    problems = dict.fromkeys(problem for checked in done.values() for problem in checked.problems)
    trade = onix_record(manuscript, list(_products(manuscript, chosen, done)))
    whole = (*files, Artifact("index.json", "application/json", as_json(records).encode()), *trade)
    inputs = {path for checked in done.values() for one in checked.value for path in one.inputs}
    return _Made(whole, tuple(problems), frozenset(presses.files | inputs))


def _products(
    manuscript: Manuscript, chosen: Sequence[Edition], done: Mapping[str, Checked[tuple[_Set, ...]]]
) -> Iterator[Product]:
    """The editions that are sold, as far as they were made."""
    from book.onix import Product, sold

    for edition in sold(manuscript.project.editions):
        for one in done[edition.name].value if edition in chosen else ():
            for file in one.files:
                yield Product(edition, file, one.paged)


@dataclass(frozen=True, slots=True)
class _Set:
    """A volume, made."""

    paged: PagedVolume | None
    """Its pages, if it has any."""
    files: tuple[Artifact, ...]
    """Its files; none where there are errors."""
    problems: tuple[Problem, ...]
    """What its pages show to be wrong."""
    inputs: frozenset[Path] = frozenset()
    """Files that its stylesheets take along."""


def _set(
    volume: Volume,
    printed: Future[_Set] | None,
    presses: Presses,
    faces: str,
    progress: Progress,
    *,
    write: bool,
) -> _Set:
    """A volume composed, set in pages if it has any, and written; `printed` has the pages that it carries otherwise."""
    from book.outputs import packaged_context, paged_context, writer

    def tell(done: int, total: int) -> None:
        progress.step(volume.name, "sections", done, total)

    if volume.edition.output == "pdf":
        checked = paged_context(volume, presses, faces, tell)
    else:
        checked = packaged_context(volume, presses, faces, printed.result().paged if printed else None)
    files = writer(volume.edition.output)(checked.value) if write and not has_errors(checked.problems) else ()
    taken = checked.value.styles.files if checked.value.styles else frozenset[Path]()
    return _Set(checked.value.paged, files, checked.problems, taken)


def _all(futures: Iterable[Future[_Set]]) -> Checked[tuple[_Set, ...]]:
    """The volumes of an edition that could be made, and every problem of all of them."""
    made: list[_Set] = []
    problems: list[Problem] = []
    for future in futures:
        try:
            made.append(future.result())
            problems += made[-1].problems
        except BookError as failure:
            problems += failure.problems
    return Checked(tuple(made), tuple(problems))


def _choose(editions: Sequence[Edition], names: Sequence[str]) -> list[Edition]:
    """The editions of these names, in the project's order; all of them without names."""
    known = [edition.name for edition in editions]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"there are: {', '.join(known)}"
            raise UsageError(f'no edition "{name}" in book.toml ({hint})')
    return [edition for edition in editions if not names or edition.name in names]


def _stop(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise BookError if there are errors, or in a strict run any problems."""
    found = tuple(problems)
    if has_errors(found) or (strict and found):
        raise BookError(found)


def _write(artifact: Artifact, folder: Path) -> Written:
    """Write a file so that a killed build leaves the last one whole, unless it is there as it is."""
    path = folder / artifact.name
    if not path.is_file() or path.read_bytes() != artifact.data:
        write_whole(path, artifact.data)
    return Written(path, len(artifact.data), artifact.pages)
