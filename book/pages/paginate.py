"""Compose and press, over and over, until the page facts settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby, takewhile
from typing import Protocol

from book.composition.compose import compose, compose_furniture
from book.composition.styles import print_stylesheets
from book.language.scripts import languages
from book.model.editions import Section, Volume
from book.model.manuscript import anchor_of
from book.model.pages import Folio, Fragment, PagedVolume, PageFurniture, Pagination
from book.pages.glyphs import located
from book.pages.press import Job
from book.problem import BookError, Checked, Problem, Span, error
from book.standards import variant_of

MAX_PASSES = 8
"""After so many passes a book that has not settled never will."""

BATCH = 16
"""The furniture of at least so many pages is set at once."""


class PressJobs(Protocol):
    """Where jobs are pressed: in this process, in others, on other machines."""

    def __call__(self, jobs: Sequence[Job], /) -> Iterable[Fragment]:
        """The fragments of some jobs, in the order of the jobs."""


def paginate(
    volume: Volume,
    press_jobs: PressJobs,
    faces: str,
    on_progress: Callable[[int, int], None],
    guess: Pagination | None = None,
) -> Checked[PagedVolume]:
    """A volume in pages that agree with every folio printed on them.

    `faces` is the folder for whole font files, `on_progress` hears how many sections of how many are set. `guess` is
    what the page facts may turn out to be (those of the last build): sections that show them are set with these
    already beside the first pass, in which they wait for the others; the result is the same without it. Raises
    BookError (`unsettled-pages`) where the page facts never settle.
    """
    job_cache = _JobCache(press_jobs)
    job_factory = _JobFactory(volume, faces)
    html_in_pages: dict[str, str] = {}
    fragments: dict[str, Fragment] = {}
    leaves: tuple[PageFurniture, ...] = ()
    pagination: Pagination | None = None
    sections = compose(volume)
    for attempt in count():
        stale = [section for section in sections if html_in_pages.get(section.slug) != section.html]
        ready = [section for section in stale if not section.shown_anchors] if attempt == 0 else stale
        if attempt and not stale:
            break
        if attempt == MAX_PASSES:
            raise BookError([_unsettled_section(section) for section in stale])
        jobs = job_factory.jobs(sorted(ready, key=lambda section: -len(section.html)))
        if attempt:
            speculative = job_factory.furniture(_probably_final(leaves, fragments))
        else:
            speculative = job_factory.jobs(compose(volume, guess, previous=sections)) if guess else []
        job_cache.submit([*jobs, *speculative])
        for fragment in job_cache(jobs):
            fragments[fragment.slug] = fragment
            on_progress(len(fragments), len(sections))
        html_in_pages |= {section.slug: section.html for section in ready}
        leaves = _assign_folios(sections, fragments, volume)
        shown, pagination = pagination, _page_facts(leaves, fragments)
        sections = compose(volume, pagination, previous=sections, shown=shown)
    assert pagination is not None
    furniture = _check_page_count(tuple(job_cache(job_factory.furniture(leaves))), leaves)
    ordered = tuple(fragments[section.slug] for section in sections)
    paged = PagedVolume(volume, sections, ordered, leaves, furniture, pagination)
    return Checked(paged, (*_engine_problems(paged), *_citations_on_no_page(volume, pagination)))


class _JobCache:
    """PressJobs that set each document of a run once; it can be on its way before it is known whether it is wanted."""

    def __init__(self, press_jobs: PressJobs) -> None:
        self._press_jobs = press_jobs
        self._pending: dict[str, Iterator[tuple[str, Fragment]]] = {}
        self._done: dict[str, Fragment] = {}

    def submit(self, jobs: Sequence[Job]) -> None:
        """Have some jobs done, those first that are wanted first; they are not waited for."""
        fresh = {job.html: job for job in jobs if job.html not in self._pending}
        pending = zip(fresh, self._press_jobs(list(fresh.values())), strict=True)
        self._pending |= dict.fromkeys(fresh, pending)

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Fragment]:
        """The fragments of some jobs, in the order of the jobs."""
        self.submit(jobs)
        return (self._wait_for(job.html) for job in jobs)

    def _wait_for(self, html: str) -> Fragment:
        """The fragment of a document, which is on its way."""
        while html not in self._done:
            name, fragment = next(self._pending[html])
            self._done[name] = fragment
        return self._done[html]


class _JobFactory:
    """What the sections of a volume, and its page furniture, are set with."""

    def __init__(self, volume: Volume, faces: str) -> None:
        self._volume = volume
        self._faces = faces
        self._root = str(volume.manuscript.project.root)
        sheets = print_stylesheets(volume.manuscript.project, volume.edition, languages(volume.manuscript))
        self._sheets = sheets + variant_of(volume.edition).stylesheets(volume.edition)

    def jobs(self, sections: Iterable[Section]) -> list[Job]:
        """What the press needs to set some sections."""
        return [
            Job(section.slug, section.html, self._sheets, self._root, self._faces, section.path) for section in sections
        ]

    def furniture(self, leaves: Sequence[PageFurniture]) -> list[Job]:
        """What the press needs to set running heads and folios of some pages, apart from the text.

        So the text does not depend on its folios, and bind can mark the furniture as an artifact. It is set
        in batches of whole sections, so that those before a chapter that grows stay as they are.
        """
        path = "layouts/furniture.html"
        pages = (compose_furniture(self._volume, batch) for batch in _batches(leaves))
        return [
            Job(f"furniture-{number}", html, self._sheets, self._root, self._faces, path, tagged=False)
            for number, html in enumerate(pages)
        ]


def _assign_folios(
    sections: Sequence[Section], fragments: Mapping[str, Fragment], volume: Volume
) -> tuple[PageFurniture, ...]:
    """Every page in order, each with its folio. A section not set yet counts as one page.

    Each section begins on a recto (or, where it says so, on a verso) after a blank page if need be;
    in an edition that is split, which is not bound as a book, sections simply follow one another.
    """
    leaves: list[PageFurniture] = []
    numbers = {0: count(1), 1: count(1)}

    def leaf(section: Section, *, opening: bool = False, blank: bool = False) -> None:
        matter = 0 if section.matter == "front" else 1
        leaves.append(PageFurniture(len(leaves), Folio(matter, next(numbers[matter])), section, opening, blank))

    for section in sections:
        if leaves and volume.part is None and (len(leaves) % 2 == 1) is not section.verso:
            leaf(leaves[-1].section, blank=True)
        fragment = fragments.get(section.slug)
        for page in range(fragment.pages if fragment else 1):
            leaf(section, opening=page == 0)
    return tuple(leaves)


def _page_facts(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> Pagination:
    """The page facts of these pages."""
    folios: dict[str, Folio] = {}
    sheets: dict[str, int] = {}
    for leaf in leaves:
        if leaf.opening:
            sheets[leaf.section.slug] = leaf.sheet
            folios[leaf.section.slug] = leaf.folio
    for slug, sheet in sheets.items():
        if slug in fragments:
            for name, place in fragments[slug].anchors.items():
                folios[anchor_of(slug, name)] = leaves[sheet + place.page].folio
    return Pagination(folios, sheets, len(leaves))


def _probably_final(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> list[PageFurniture]:
    """The leaves whose folios are likely to stay: those of a matter that is set, unless one before it is not.

    Front matter has folios of its own, so that chapters need not wait for the contents.
    """
    final: list[PageFurniture] = []
    for _, sequence in groupby(leaves, key=lambda leaf: leaf.folio.matter):
        matters = [list(matter) for _, matter in groupby(sequence, key=lambda leaf: leaf.section.matter)]
        for matter in takewhile(lambda matter: all(leaf.section.slug in fragments for leaf in matter), matters):
            final += matter
    return final


def _check_page_count(furniture: tuple[Fragment, ...], leaves: Sequence[PageFurniture]) -> tuple[Fragment, ...]:
    """The furniture, if it is a page for each leaf. Raises BookError (`furniture-overflow`) where it is not."""
    pages = sum(fragment.pages for fragment in furniture)
    if pages != len(leaves):
        message = f"pages set for the page furniture: {pages} instead of {len(leaves)}"
        raise BookError([error("furniture-overflow", message, Span("layouts/furniture.html"))])
    return furniture


def _batches(leaves: Sequence[PageFurniture]) -> Iterable[list[PageFurniture]]:
    """The leaves in batches of at least `BATCH`, each of whole sections of one matter."""
    for _, matter in groupby(leaves, key=lambda leaf: leaf.section.matter):
        batch: list[PageFurniture] = []
        for _, section in groupby(matter, key=lambda leaf: leaf.section.slug):
            batch += section
            if len(batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


def _engine_problems(paged: PagedVolume) -> Iterable[Problem]:
    """What the layout engine complained about, each thing once."""
    found = (problem for one in (*paged.fragments, *paged.furniture) for problem in one.problems)
    return dict.fromkeys(located(problem, paged.volume.manuscript) for problem in found)


def _citations_on_no_page(volume: Volume, pagination: Pagination) -> Iterable[Problem]:
    """Citations that are on no page, so that no index can point to them."""
    for citation in volume.manuscript.citations:
        if pagination.folio(citation.mention.anchor) is None:
            message = f'the citation of "{citation.mention.key}" is on no page of the edition {volume.edition.name}'
            hint = "a stylesheet or layout hides it"
            yield error("citation-on-no-page", message, citation.mention.at, hint)


def _unsettled_section(section: Section) -> Problem:
    """A section whose page facts still change after all passes."""
    message = f'the page numbers in "{section.title}" still change after {MAX_PASSES} passes'
    hint = "a reference moves its own target to another page: reword it, or keep its length the same"
    return error("unsettled-pages", message, Span(section.path or section.slug), hint)
