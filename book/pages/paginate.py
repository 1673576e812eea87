"""Composes and presses a volume repeatedly, until the page numbers printed in it agree with its pages."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count, groupby, takewhile
from pathlib import Path
from typing import Protocol

from book.composition.compose import Composed, VolumeComposer
from book.composition.furniture import compose_furniture, volume_head_lines
from book.composition.running_heads import HeadLine
from book.composition.styles import LARGE_SIZE, print_stylesheets
from book.language.fonts import family_of
from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment, Job
from book.model.manuscript import anchor_of
from book.model.pages import PagedVolume, PageFurniture
from book.pages.glyphs import located
from book.pages.lost_text import at_its_line
from book.pages.margins import page_margin_rules
from book.problem import BookError, Checked, Problem, Span, error
from book.standards import variant_of

_log = logging.getLogger(__name__)

MAX_PASSES = 8
"""After so many passes without agreement, pagination fails."""

BATCH = 16
"""Minimum number of pages whose furniture is set in one job."""


class PressJobs(Protocol):
    """Presses jobs: in this process, in worker processes, or on other machines."""

    def __call__(self, jobs: Sequence[Job], /) -> Iterable[Fragment]:
        """Press some jobs; the fragments come in the order of the jobs."""


def paginate(
    volume: Volume,
    press_jobs: PressJobs,
    faces: str,
    on_progress: Callable[[int, int], None],
    guess: Pagination | None = None,
) -> Checked[PagedVolume]:
    """Set a volume in pages that agree with every page number printed on them.

    Args:
        volume: The volume.
        press_jobs: Presses sections.
        faces: The folder for whole font files.
        on_progress: Called with the number of sections that are set, and of all sections.
        guess: Page facts that are likely to be right, such as those of the last build. Sections that print page numbers
            wait for the others in the first pass; with a guess they are also set during that pass, and used if the
            guess was right. The result does not depend on it.

    Raises:
        BookError: The page facts do not settle (`unsettled-pages`), or the page furniture does not fit
            (`furniture-overflow`).
    """
    job_cache = _JobCache(press_jobs)
    job_factory = _JobFactory(volume, faces)
    html_in_pages: dict[str, str] = {}
    fragments: dict[str, Fragment] = {}
    leaves: tuple[PageFurniture, ...] = ()
    pagination: Pagination | None = None
    composer = VolumeComposer(volume)
    passes = _submit_first_pass(composer, guess, job_cache, job_factory)
    sections = passes[0].sections
    on_progress(0, len(sections))
    for attempt in count():
        stale = [section for section in sections if html_in_pages.get(section.slug) != section.html]
        ready = [section for section in stale if _can_begin(section)] if attempt == 0 else stale
        if attempt and not stale:
            break
        if attempt == MAX_PASSES:
            raise BookError([_unsettled_section(section) for section in stale])
        names = ", ".join(section.slug for section in ready) or "nothing, because all sections print page numbers"
        _log.debug("%s: pass %d sets %s", volume.name, attempt + 1, names)
        jobs = job_factory.jobs(sorted(ready, key=lambda section: -len(section.html)))
        job_cache.submit([*jobs, *job_factory.furniture(_probably_final(leaves, fragments))])
        for fragment in job_cache(jobs):
            fragments[fragment.slug] = fragment
            on_progress(len(fragments), len(sections))
        html_in_pages |= {section.slug: section.html for section in ready}
        leaves = _assign_folios(sections, fragments, volume)
        pagination = _page_facts(leaves, fragments)
        passes = (composer.compose(pagination, passes), *passes)
        sections = passes[0].sections
    assert pagination is not None
    _log.debug("%s: %d pages, settled after %d passes", volume.name, pagination.pages, attempt)
    furniture = _check_page_count(tuple(job_cache(job_factory.furniture(leaves))), leaves)
    ordered = tuple(fragments[section.slug] for section in sections)
    paged = PagedVolume(volume, sections, ordered, leaves, furniture, pagination)
    return Checked(
        paged, (*_engine_problems(paged), *job_factory.margin_problems(), *_citations_on_no_page(volume, pagination))
    )


def _submit_first_pass(
    composer: VolumeComposer, guess: Pagination | None, job_cache: _JobCache, job_factory: _JobFactory
) -> tuple[Composed, ...]:
    """Compose the sections of a volume without page numbers, and submit each that can begin as soon as it is composed.

    So the first are set while others are composed. After an earlier build (there is a `guess`), the chapter
    that was edited last comes first, because it is likely to be the only one that is not in the store.

    Returns:
        This pass, and the one composed with the numbers of the guess if there is one, whose sections were submitted.
    """
    composed: dict[int, Section] = {}
    for place, section in composer.compose_each(edited_first=guess is not None):
        composed[place] = section
        if _can_begin(section):
            job_cache.submit(job_factory.jobs([section]))
    first = Composed(tuple(composed[place] for place in sorted(composed)))
    if guess is None:
        return (first,)
    guessed = composer.compose(guess, [first])
    job_cache.submit(job_factory.jobs(guessed.sections))
    return first, guessed


def _can_begin(section: Section) -> bool:
    """Whether a section is set before any page number is known.

    Contents and indexes are not. A chapter that refers to pages is, because the folios of all that follow depend on
    its length; it is set again with the right numbers.
    """
    return not section.shown_anchors or section.matter == "body"


class _JobCache:
    """Presses each distinct document once; a document may be submitted before it is certain to be needed."""

    def __init__(self, press_jobs: PressJobs) -> None:
        self._press_jobs = press_jobs
        self._pending: dict[str, Iterator[tuple[str, Fragment]]] = {}
        self._done: dict[str, Fragment] = {}

    def submit(self, jobs: Sequence[Job]) -> None:
        """Submit those jobs that are new, without waiting for them; the most urgent ones first."""
        fresh = {job.html: job for job in jobs if job.html not in self._pending}
        pending = zip(fresh, self._press_jobs(list(fresh.values())), strict=True)
        self._pending |= dict.fromkeys(fresh, pending)

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Fragment]:
        """The fragments of some jobs, in their order."""
        self.submit(jobs)
        return (self._wait_for(job.html) for job in jobs)

    def _wait_for(self, html: str) -> Fragment:
        """The fragment of a document that has been submitted."""
        while html not in self._done:
            name, fragment = next(self._pending[html])
            self._done[name] = fragment
        return self._done[html]


class _JobFactory:
    """Makes the jobs for a volume's sections and for its page furniture."""

    def __init__(self, volume: Volume, faces: str) -> None:
        self._volume = volume
        self._faces = faces
        self._root = str(volume.manuscript.project.root)
        sheets = print_stylesheets(volume.manuscript, volume.edition, volume.fit.step)
        self._sheets = sheets + variant_of(volume.edition).stylesheets(volume.edition)
        self._least = LARGE_SIZE if volume.edition.large_print else 0.0
        self._furniture: dict[int, tuple[list[PageFurniture], str]] = {}

    @cached_property
    def _head_lines(self) -> tuple[HeadLine, HeadLine]:
        """The lines of the volume's running heads; worked out while the first sections are set."""
        return volume_head_lines(self._volume)

    def jobs(self, sections: Iterable[Section]) -> list[Job]:
        """One job for each section."""
        return [
            Job(section.slug, section.html, self._sheets, self._root, self._faces, section.path, least_size=self._least)
            for section in sections
        ]

    def margin_problems(self) -> Iterator[Problem]:
        """An error for each margin in the project's stylesheets that page furniture does not follow."""
        return page_margin_rules(self._sheets, self._root)

    def furniture(self, leaves: Sequence[PageFurniture]) -> list[Job]:
        """Jobs for the running heads and folios of some pages, which are set apart from the text.

        So the text does not depend on its folios, and `bind` can mark the furniture as artifacts. Each job is a batch
        of whole sections, so that batches before a chapter that grows stay unchanged.
        """
        path = "layouts/furniture.html"
        pages = map(self._furniture_html, _batches(leaves))
        return [
            Job(
                f"furniture-{number}",
                html,
                self._sheets,
                self._root,
                self._faces,
                path,
                tagged=False,
                least_size=self._least,
            )
            for number, html in enumerate(pages)
        ]

    def _furniture_html(self, batch: list[PageFurniture]) -> str:
        """The running heads and folios of a batch of pages as a document; composed once for each pass that differs."""
        before, html = self._furniture.get(batch[0].sheet, ([], ""))
        if before != batch:
            counts = Counter(leaf.section.slug for leaf in batch if not leaf.blank)
            html = compose_furniture(self._volume, batch, self._head_lines, counts)
            self._furniture[batch[0].sheet] = batch, html
        return html


def _assign_folios(
    sections: Sequence[Section], fragments: Mapping[str, Fragment], volume: Volume
) -> tuple[PageFurniture, ...]:
    """Every page in order with its folio; a section that is not set yet counts as one page.

    A section begins on a recto or a verso, as it says, after a blank page where necessary. In an edition that is split,
    which is not bound as a book, sections follow one another without blank pages. An edition with a `signature` ends
    with as many blank pages as make the number of its pages a multiple of it.
    """
    leaves: list[PageFurniture] = []
    numbers = {0: count(1), 1: count(1)}

    def leaf(section: Section, *, opening: bool = False, blank: bool = False) -> None:
        matter = 0 if section.matter == "front" else 1
        leaves.append(PageFurniture(len(leaves), Folio(matter, next(numbers[matter])), section, opening, blank))

    for section in sections:
        side = "verso" if len(leaves) % 2 else "recto"
        if leaves and volume.part is None and section.start not in (side, "any"):
            leaf(leaves[-1].section, blank=True)
        fragment = fragments.get(section.slug)
        for page in range(fragment.pages if fragment else 1):
            leaf(section, opening=page == 0)
    while leaves and volume.kind != "one-page" and len(leaves) % (volume.edition.signature or 1):
        leaf(leaves[-1].section, blank=True)
    return tuple(leaves)


def _page_facts(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> Pagination:
    """The folio of every anchor and the first page of every section."""
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
    return Pagination(folios, sheets, len(leaves), _families(fragments.values()))


def _families(fragments: Iterable[Fragment]) -> tuple[str, ...]:
    """The font families that some fragments are set in, that with the most different glyphs first."""
    used: Counter[str] = Counter()
    for face in (face for fragment in fragments for face in fragment.faces):
        used[family_of(Path(face.file), face.index)] += len(face.texts)
    return tuple(sorted(used, key=lambda family: (-used[family], family)))


def _probably_final(leaves: Sequence[PageFurniture], fragments: Mapping[str, Fragment]) -> list[PageFurniture]:
    """The pages whose folios are likely to stay, so that their furniture can be set early.

    These are the pages of each matter (front, body, back) whose sections are all set, up to the first matter that is
    not. Front matter has folios of its own, so chapters do not have to wait for the contents.
    """
    final: list[PageFurniture] = []
    for _, sequence in groupby(leaves, key=lambda leaf: leaf.folio.matter):
        matters = [list(matter) for _, matter in groupby(sequence, key=lambda leaf: leaf.section.matter)]
        for matter in takewhile(lambda matter: all(leaf.section.slug in fragments for leaf in matter), matters):
            final += matter
    return final


def _check_page_count(furniture: tuple[Fragment, ...], leaves: Sequence[PageFurniture]) -> tuple[Fragment, ...]:
    """The furniture, if it has one page for each page of the volume.

    Raises:
        BookError: It has more or fewer pages (`furniture-overflow`).
    """
    pages = sum(fragment.pages for fragment in furniture)
    if pages != len(leaves):
        message = f"pages set for the page furniture: {pages} instead of {len(leaves)}"
        raise BookError([error("furniture-overflow", message, Span("layouts/furniture.html"))])
    return furniture


def _batches(leaves: Sequence[PageFurniture]) -> Iterable[list[PageFurniture]]:
    """The pages in batches of at least `BATCH`; each batch has whole sections of one matter."""
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
    """The problems that the layout engine reported, each once."""
    manuscript = paged.volume.manuscript
    found = (problem for one in (*paged.fragments, *paged.furniture) for problem in one.problems)
    return dict.fromkeys(at_its_line(located(problem, manuscript), manuscript) for problem in found)


def _citations_on_no_page(volume: Volume, pagination: Pagination) -> Iterable[Problem]:
    """An error for each citation that is on no page, so that no index could point to it."""
    for citation in volume.manuscript.citations:
        if pagination.folio(citation.mention.anchor) is None:
            message = f'the citation of "{citation.mention.key}" is on no page of the edition {volume.edition.name}'
            hint = "a stylesheet or layout hides it"
            yield error("citation-on-no-page", message, citation.mention.at, hint)


def _unsettled_section(section: Section) -> Problem:
    """The problem of a section whose page numbers still change after the last pass."""
    message = f'the page numbers in "{section.title}" still change after {MAX_PASSES} passes'
    hint = "a reference moves its own target to another page: reword it, or keep its length the same"
    return error("unsettled-pages", message, Span(section.path or section.slug), hint)
