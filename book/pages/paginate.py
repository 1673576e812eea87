"""Composes and presses a volume repeatedly, until the page numbers printed in it agree with its pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import count

from book.composition.compose import Composed, VolumeComposer
from book.model.editions import Section, Volume
from book.model.folios import Pagination
from book.model.fragments import Fragment
from book.model.pages import PagedVolume, PageFurniture
from book.pages.folios import assign_folios, lengths_of, page_facts, probably_final
from book.pages.glyphs import located
from book.pages.jobs import JobCache, JobFactory, PressJobs
from book.pages.lost_text import at_its_line
from book.problem import BookError, Checked, Problem, Span, error

_log = logging.getLogger(__name__)

MAX_PASSES = 8
"""After so many passes without agreement, pagination fails."""


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
    paginator = _Paginator(volume, press_jobs, faces, on_progress)
    paged = paginator.settle(guess)
    problems = (*_engine_problems(paged), *paginator.job_factory.margin_problems())
    return Checked(paged, (*problems, *_citations_on_no_page(volume, paged.pagination)))


class _Paginator:
    """Sets one volume in pages, pass by pass."""

    def __init__(
        self, volume: Volume, press_jobs: PressJobs, faces: str, on_progress: Callable[[int, int], None]
    ) -> None:
        self.job_factory = JobFactory(volume, faces)
        self._volume, self._on_progress = volume, on_progress
        self._composer = VolumeComposer(volume)
        self._job_cache = JobCache(press_jobs)
        self._html_in_pages: dict[str, str] = {}
        self._fragments: dict[str, Fragment] = {}
        self._guessed_lengths: dict[str, int] = {}
        self._leaves: tuple[PageFurniture, ...] = ()

    def settle(self, guess: Pagination | None) -> PagedVolume:
        """The volume in pages, after as many passes as that takes; for the arguments and errors see `paginate`."""
        passes = self._submit_first_pass(guess)
        self._on_progress(0, len(passes[0].sections))
        for attempt in count():
            sections = passes[0].sections
            stale = [section for section in sections if self._html_in_pages.get(section.slug) != section.html]
            ready = [section for section in stale if _can_begin(section)] if attempt == 0 else stale
            if attempt and not stale:
                break
            if attempt == MAX_PASSES:
                raise BookError([_unsettled_section(section) for section in stale])
            names = ", ".join(section.slug for section in ready) or "nothing, because all sections print page numbers"
            _log.debug("%s: pass %d sets %s", self._volume.name, attempt + 1, names)
            self._set(ready, sections)
            self._leaves = assign_folios(sections, self._lengths(), self._volume)
            facts = page_facts(self._leaves, self._fragments)
            passes = (self._composer.compose(facts, passes), *passes)
        pagination = passes[0].pagination
        assert pagination is not None
        _log.debug("%s: %d pages, settled after %d passes", self._volume.name, pagination.pages, attempt)
        furniture = tuple(self._job_cache(self.job_factory.furniture(self._leaves)))
        ordered = tuple(self._fragments[section.slug] for section in sections)
        return PagedVolume(
            self._volume, sections, ordered, self._leaves, _check_page_count(furniture, self._leaves), pagination
        )

    def _submit_first_pass(self, guess: Pagination | None) -> tuple[Composed, ...]:
        """Compose the sections without page numbers, and submit each that can begin as soon as it is composed.

        So the first are set while others are composed. After an earlier build (there is a `guess`), the chapter
        that was edited last comes first, because it is likely to be the only one that is not in the store.

        Returns:
            This pass, and the one composed with the numbers of the guess if there is one, which was submitted too.
        """
        composed: dict[int, Section] = {}
        for place, section in self._composer.compose_each(edited_first=guess is not None):
            composed[place] = section
            if _can_begin(section):
                self._job_cache.submit(self.job_factory.jobs([section]))
        first = Composed(tuple(composed[place] for place in sorted(composed)))
        if guess is None:
            return (first,)
        self._guessed_lengths = lengths_of(guess)
        guessed = self._composer.compose(guess, [first])
        self._job_cache.submit(self.job_factory.jobs(guessed.sections))
        return first, guessed

    def _set(self, ready: Sequence[Section], sections: Sequence[Section]) -> None:
        """Set some of all the sections, and the furniture of pages whose folios will hardly change.

        For that, sections that are not set yet are taken to be as long as the guess says.
        """
        jobs = self.job_factory.jobs(sorted(ready, key=lambda section: -len(section.html)))
        probable = assign_folios(sections, self._guessed_lengths | self._lengths(), self._volume)
        furniture = self.job_factory.furniture(probably_final(probable, self._fragments))
        self._job_cache.submit([*jobs, *furniture])
        for fragment in self._job_cache(jobs):
            self._fragments[fragment.slug] = fragment
            self._on_progress(len(self._fragments), len(sections))
        self._html_in_pages |= {section.slug: section.html for section in ready}

    def _lengths(self) -> dict[str, int]:
        """The number of pages of each section that is set."""
        return {slug: fragment.pages for slug, fragment in self._fragments.items()}


def _can_begin(section: Section) -> bool:
    """Whether a section is set before any page number is known.

    Contents and indexes are not. A chapter that refers to pages is, because the folios of all that follow depend on
    its length; it is set again with the right numbers.
    """
    return not section.shown_anchors or section.matter == "body"


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
