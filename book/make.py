"""The files of editions: each volume indexed, composed, set in pages and bound, or packed; side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from book.composition.volumes import page_source, pages_first, volumes
from book.indexes import build_indexes, find_chronological
from book.model.editions import Artifact, Volume
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.outputs import Context, packaged_context, paged_context, writer
from book.pages.frames import roomy
from book.pool.fragments import StoredPresses
from book.pool.workers import given
from book.problem import BookError, Checked, Problem, stops
from book.store.store import Store
from book.trade.onix import Product, onix_record, sold
from book.trade.record import as_json, index_record

if TYPE_CHECKING:
    from book.model.pages import Fragment
    from book.pages.press import Job
    from book.pool.workers import Workers


class Progress(Protocol):
    """What a build tells while it works."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """`done` of `total` steps of an edition are behind it, and `what` is being done."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the editions."""

    artifacts: tuple[Artifact, ...]
    """Every file of those chosen, and `index.json`."""
    problems: tuple[Problem, ...]
    """The problems that only pages show."""
    inputs: frozenset[Path]
    """The files that sections and stylesheets refer to."""


def make(manuscript: Manuscript, chosen: Sequence[Edition], workers: Workers, store: Store, progress: Progress) -> Made:
    """Every file of the editions chosen, and `index.json`; with the problems that only pages show.

    All volumes are made side by side. Editions with pages come first; one whose pages an EPUB carries is
    set even where it is not chosen.
    """
    editions = manuscript.project.editions
    maker = _Maker(workers, StoredPresses(workers, store), store, progress)
    with workers.known_costs(store, manuscript.project.root), workers.threads() as threads:
        begun = {
            edition: [threads.submit(maker.make, task) for task in tasks]
            for edition, tasks in _tasks(manuscript, chosen).items()
        }
        done = {name: _all(futures) for name, futures in begun.items()}
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
    return Made(whole, tuple(problems), frozenset(maker.presses.files | inputs))


def _tasks(manuscript: Manuscript, chosen: Sequence[Edition]) -> dict[str, list[_Task]]:
    """The volumes to be made, by edition; those with pages come first."""
    editions = manuscript.project.editions
    tasks: dict[str, list[_Task]] = {}
    for edition in pages_first(editions, chosen):
        source = page_source(editions, edition)
        printed = tasks[source.name][0].pages if source else None
        wanted = edition in chosen
        tasks[edition.name] = [_Task(volume, printed, write=wanted) for volume in volumes(manuscript, edition)]
    return tasks


def _products(
    manuscript: Manuscript, chosen: Sequence[Edition], done: Mapping[str, Checked[tuple[_Set, ...]]]
) -> Iterator[Product]:
    """The editions that are sold, as far as they were made."""
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
    inputs: frozenset[Path]
    """Files that its stylesheets take along."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a volume to come."""

    settled: Future[PagedVolume] = field(default_factory=Future)
    """What is told by them."""
    sent: Event = field(default_factory=Event)
    """Whether its sections were given to the presses."""


@dataclass(slots=True)
class _Task:
    """A volume to be made."""

    volume: Volume
    """What is made."""
    printed: _Pages | None
    """The pages of the print edition, for a volume that carries its page numbers."""
    write: bool
    """Whether its files are wanted, besides its pages."""
    pages: _Pages = field(default_factory=_Pages)
    """Its own pages, if it has any."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes volumes."""

    workers: Workers
    presses: StoredPresses
    store: Store
    progress: Progress

    @roomy
    def make(self, task: _Task) -> _Set:
        """A volume composed, set in pages if it has any, and written."""
        checked = self._page(task) if task.volume.edition.output == "pdf" else self._package(task)
        context, problems = checked.value, checked.problems
        inputs = context.styles.files if context.styles else frozenset()
        wanted = task.write and not stops(problems)
        files = self._write(context) if wanted else tuple
        paged = _light(context).paged
        del checked, context  # the pages of a whole book, which another process has now
        return _Set(paged and _told(paged), files(), problems, inputs)

    def _write(self, context: Context) -> Callable[[], tuple[Artifact, ...]]:
        """What gives the files of a volume; one in pages is bound beside this process, where e-books are made."""
        if context.paged is None:
            return given(writer(context.edition.output)(context))
        bound = self.workers.post(_bound, _light(context))

        def files() -> tuple[Artifact, ...]:
            made, damaged = bound()
            self.store.join(damaged)
            return made

        return files

    def _page(self, task: _Task) -> Checked[Context]:
        """A volume in pages, which whoever waits for them gets before they are bound, and nobody else keeps."""
        pages, task.pages = task.pages, _Pages()

        def tell(done: int, total: int) -> None:
            self.progress.step(task.volume.name, "sections", done, total)

        def presses(jobs: Sequence[Job]) -> Iterator[Fragment]:
            fragments = self.presses(jobs)
            if not pages.sent.is_set():
                pages.sent.set()
                self.workers.prepare(_prepare, task.volume.edition)
            return fragments

        try:
            checked = paged_context(task.volume, presses, self.store, tell)
        except BaseException as failure:
            pages.settled.set_exception(failure)
            pages.sent.set()
            raise
        assert checked.value.paged is not None
        pages.settled.set_result(_told(checked.value.paged))
        return checked

    def _package(self, task: _Task) -> Checked[Context]:
        """A volume without pages of its own. Those that it carries come first, since they take longest."""
        printed, task.printed = task.printed, None
        if printed:
            printed.sent.wait()
        writer(task.volume.edition.output)
        pages = printed.settled.result if printed else None
        return packaged_context(task.volume, self.presses, self.workers.post, self.store, pages)


def _prepare(edition: Edition) -> None:
    """Load what makes the files of an edition in pages."""
    from book.pdf.bind import prepare

    writer(edition.output)
    prepare(edition)


def _told(paged: PagedVolume) -> PagedVolume:
    """A volume in pages without the pages: what is told by them is all that others need."""
    fragments = tuple(replace(fragment, pdf=b"") for fragment in paged.fragments)
    return replace(paged, fragments=fragments, furniture=())


def _light(context: Context) -> Context:
    """A volume without the texts that its pages were made from, if it has any: what binds them needs none."""
    if context.paged is None:
        return context
    volume = context.volume
    chapters = tuple(replace(chapter, body="") for chapter in volume.manuscript.chapters)
    volume = replace(volume, manuscript=replace(volume.manuscript, chapters=chapters))
    sections = {section.slug: replace(section, html="") for section in context.sections}
    leaves = tuple(replace(leaf, section=sections[leaf.section.slug]) for leaf in context.paged.leaves)
    paged = replace(context.paged, volume=volume, sections=tuple(sections.values()), leaves=leaves)
    return replace(context, volume=volume, sections=paged.sections, paged=paged)


def _bound(context: Context) -> tuple[tuple[Artifact, ...], Sequence[Problem]]:
    """The files of a volume in pages, and what was found damaged in its store."""
    return writer(context.edition.output)(context), context.store.damaged


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
