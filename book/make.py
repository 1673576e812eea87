"""Makes the files of the chosen editions: indexes, composes and paginates each volume, then writes its files.

Volumes are made concurrently, each in a thread; the expensive work is done by worker processes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from book.composition.volumes import page_source, pages_first, volumes
from book.composition.watchdog import one_watch
from book.indexes import build_indexes, find_chronological
from book.model.editions import Artifact, Volume
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.outputs import Context, packaged_context, paged_context, plain_context, write_files, writer
from book.pages.frames import with_preallocated_frames
from book.pages.glyphs import by_script
from book.pool.fragments import CachingPress
from book.pool.workers import constant
from book.problem import BookError, Checked, Problem, stops
from book.problems.defects import told_as_problem
from book.project.config import FILE
from book.project.files import report
from book.project.outputs import output_of
from book.store.store import Store
from book.trade.concordance import CONCORDANCE, concordance, shown_folios
from book.trade.onix import Product, onix_record, sold_editions
from book.trade.record import RECORD, as_json, index_record

if TYPE_CHECKING:
    from book.pool.workers import Workers


_log = logging.getLogger(__name__)


class Progress(Protocol):
    """Callback that reports how far a build is."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Report that `done` of `total` steps of an edition are finished, and that `what` is being done now."""


@dataclass(frozen=True, slots=True)
class MakeResult:
    """The files of all chosen editions, and what was found while they were made."""

    artifacts: tuple[Artifact, ...]
    """Every file of the chosen editions, then the records: `index.json`, `concordance.csv`, perhaps `onix.xml`."""
    problems: tuple[Problem, ...]
    """Problems that can be seen only on finished pages, such as missing glyphs."""


def make(
    manuscript: Manuscript,
    chosen: Sequence[Edition],
    workers: Workers,
    store: Store,
    progress: Progress,
    only: Container[str] | None = None,
) -> MakeResult:
    """Make every file of the chosen editions, and the records of the book.

    All volumes are made concurrently. What others may depend on is started first. A
    print edition whose page numbers a chosen EPUB carries is paginated even if it is not chosen itself. Of an edition
    that is split, only the chapters whose slugs are in `only` are made, without the files that gather all of them.
    """
    editions = manuscript.project.editions
    maker = _VolumeMaker(workers, CachingPress(workers, store), store, progress)
    costs = workers.estimated_costs(store, manuscript.project.root)
    with one_watch(), costs, workers.threads() as threads:
        futures_by_edition = {
            edition: [threads.submit(maker.make, task) for task in tasks]
            for edition, tasks in _tasks(manuscript, chosen, only).items()
        }
        done = {name: _collect(name, futures) for name, futures in futures_by_edition.items()}
    maker.press_jobs.save_key_parts()
    index = find_chronological(build_indexes(manuscript))
    folios = {
        edition.name: tuple(one.paged.pagination for one in done[edition.name].value if one.paged)
        for edition in editions
        if output_of(edition).paged and edition.name in done
    }
    records = index_record(index, manuscript, folios) if index else []
    paged = {name: [one.paged for one in checked.value if one.paged] for name, checked in done.items()}
    numbers = concordance(manuscript, shown_folios(editions, paged))
    problems = by_script((problem for checked in done.values() for problem in checked.problems), manuscript)
    files = [file for edition in chosen for one in done[edition.name].value for file in one.files]
    if only is None and not stops(problems):
        files += _gathered(chosen, done, workers, store)
    trade = onix_record(manuscript, list(_products(manuscript, chosen, done)))
    record = Artifact(RECORD, "application/json", as_json(records).encode())
    whole = (*files, record, Artifact(CONCORDANCE, "text/csv", numbers.encode()), *trade)
    return MakeResult(whole, problems)


def _tasks(
    manuscript: Manuscript, chosen: Sequence[Edition], only: Container[str] | None
) -> dict[str, list[_VolumeTask]]:
    """The volumes to make, by edition, in the order in which they should start (`pages_first`)."""
    editions = manuscript.project.editions
    tasks: dict[str, list[_VolumeTask]] = {}
    for edition in pages_first(editions, chosen):
        source = page_source(editions, edition)
        printed = tasks[source.name][0].pages if source else None
        wanted = edition in chosen
        tasks[edition.name] = [
            _VolumeTask(volume, printed, write=wanted)
            for volume in volumes(manuscript, edition)
            if only is None or volume.part is None or volume.part.slug in only
        ]
    return tasks


def _gathered(
    chosen: Sequence[Edition], done: Mapping[str, Checked[tuple[_VolumeResult, ...]]], workers: Workers, store: Store
) -> Iterator[Artifact]:
    """The files with all handouts of an edition."""
    split = [edition for edition in chosen if edition.split]
    if not split:
        return
    from book.pdf.gathered import gathered_files

    for edition in split:
        made = done[edition.name].value
        handouts = [one.paged for one in made if one.paged]
        yield from gathered_files(
            edition.name, handouts, [file for one in made for file in one.files], workers.offload, store
        )


def _products(
    manuscript: Manuscript, chosen: Sequence[Edition], done: Mapping[str, Checked[tuple[_VolumeResult, ...]]]
) -> Iterator[Product]:
    """The editions that are sold, one product for each of their files that was made."""
    for edition in sold_editions(manuscript.project.editions):
        for one in done[edition.name].value if edition in chosen else ():
            for file in one.files:
                yield Product(edition, file, one.paged)


@dataclass(frozen=True, slots=True)
class _VolumeResult:
    """What was made of one volume."""

    paged: PagedVolume | None
    """Its page facts, without the PDF bytes unless it is a handout; None for a volume without pages."""
    files: tuple[Artifact, ...]
    """Its files; empty if there are errors, or if only its pages were wanted."""
    problems: tuple[Problem, ...]
    """Problems that its pages show."""


@dataclass(frozen=True, slots=True)
class _PendingPages:
    """The pages of a volume that is still being made, for the volumes that depend on them."""

    facts: Future[PagedVolume] = field(default_factory=Future)
    """The paginated volume, without its PDF bytes."""
    submitted: Event = field(default_factory=Event)
    """Set when the first jobs of the volume have been submitted to the workers."""


@dataclass(slots=True)
class _VolumeTask:
    """One volume to make."""

    volume: Volume
    """The volume."""
    printed: _PendingPages | None
    """The pages of the print edition, if this volume carries their page numbers."""
    write: bool
    """Whether its files are wanted; if not, only its pages are."""
    pages: _PendingPages = field(default_factory=_PendingPages)
    """Its own pages, for other volumes; never set for a volume without pages."""


@dataclass(frozen=True, slots=True)
class _VolumeMaker:
    """Makes volumes; one instance serves all threads of a build."""

    workers: Workers
    press_jobs: CachingPress
    store: Store
    progress: Progress

    @with_preallocated_frames
    def make(self, task: _VolumeTask) -> _VolumeResult:
        """Compose a volume, paginate it if it has pages, and write its files."""
        started = perf_counter()
        checked = self._page(task) if output_of(task.volume.edition).paged else self._flow(task)
        _log.debug("%s: composed after %.2f s", task.volume.name, perf_counter() - started)
        context, problems = checked.value, checked.problems
        wanted = task.write and not stops(problems)
        files = self._write(context) if wanted else tuple
        paged = context.without_text().paged
        del checked, context  # the pages of a whole book, which another process has now
        if paged and not task.volume.part:
            paged = paged.without_pdf()
        result = _VolumeResult(paged, files(), problems)
        _log.debug("%s: %d files made after %.2f s", task.volume.name, len(result.files), perf_counter() - started)
        return result

    def _write(self, context: Context) -> Callable[[], tuple[Artifact, ...]]:
        """Start writing the files of a volume.

        Returns:
            A function that waits for the files and returns them. A PDF is bound in a worker process, so that this
            process can make e-books meanwhile; other files are written at once.
        """
        if context.paged is None:
            return constant(writer(context.edition.output)(context))
        bound = self.workers.offload(write_files, context.without_text())

        def files() -> tuple[Artifact, ...]:
            made, damaged, reads = bound()
            self.store.merge_copy(damaged)
            report(reads)
            return made

        return files

    def _page(self, task: _VolumeTask) -> Checked[Context]:
        """Paginate a volume, and hand its page facts to the volumes that wait for them.

        Only the returned context holds the PDF bytes of the pages, so that they can be freed as soon as they are bound.
        """
        pages, task.pages = task.pages, _PendingPages()
        printed, task.printed = task.printed, None
        volume = replace(task.volume, printed=printed.facts.result().pagination) if printed else task.volume

        def on_progress(done: int, total: int) -> None:
            if not pages.submitted.is_set():
                pages.submitted.set()
            self.progress.step(task.volume.name, "sections", done, total)

        try:
            checked = paged_context(volume, partial(self.press_jobs, volume=task.volume.name), self.store, on_progress)
        except BaseException as failure:
            pages.facts.set_exception(failure)
            pages.submitted.set()
            raise
        assert checked.value.paged is not None
        pages.facts.set_result(checked.value.paged.without_pdf())
        return checked

    def _flow(self, task: _VolumeTask) -> Checked[Context]:
        """Compose a volume without pages of its own.

        If it carries the page numbers of a print edition, it starts after the jobs of that edition have been submitted,
        because those take longest.
        """
        printed, task.printed = task.printed, None
        if printed:
            printed.submitted.wait()
        writer(task.volume.edition.output)
        pages = printed.facts.result if printed else None
        if not output_of(task.volume.edition).packaged:
            return Checked(plain_context(task.volume, self.store, pages))
        press_jobs = partial(self.press_jobs, volume=task.volume.name)
        return packaged_context(task.volume, press_jobs, self.workers.offload, self.store, pages)


def _collect(edition: str, futures: Iterable[Future[_VolumeResult]]) -> Checked[tuple[_VolumeResult, ...]]:
    """The results of an edition's volumes as far as they could be made, and the problems of all of them."""
    made: list[_VolumeResult] = []
    problems: list[Problem] = []
    for future in futures:
        try:
            with told_as_problem(f"make the edition {edition}", FILE):
                made.append(future.result())
            problems += made[-1].problems
        except BookError as failure:
            problems += failure.problems
    return Checked(tuple(made), tuple(problems))
