"""Jobs of a volume: what is to be pressed for its sections and its page furniture, each document once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Protocol

from book.composition.furniture import compose_furniture, volume_head_lines
from book.composition.running_heads import HeadLine
from book.composition.styles import LARGE_SIZE, print_stylesheets
from book.model.editions import Section, Volume
from book.model.fragments import Fragment, Job
from book.model.pages import PageFurniture
from book.pages.margins import page_margin_rules
from book.problem import Problem
from book.standards import variant_of

BATCH = 32
"""Minimum number of pages whose furniture is set in one job."""


class PressJobs(Protocol):
    """Presses jobs: in this process, in worker processes, or on other machines."""

    def __call__(self, jobs: Sequence[Job], /) -> Iterable[Fragment]:
        """Press some jobs; the fragments come in the order of the jobs."""


class JobCache:
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


class JobFactory:
    """Makes the jobs for a volume's sections and for its page furniture."""

    def __init__(self, volume: Volume, faces: str) -> None:
        self._volume = volume
        self._faces = faces
        self._root = str(volume.manuscript.project.root)
        self._base = print_stylesheets(volume.manuscript, volume.edition, volume.fit.step)
        self._sheets = self._base + variant_of(volume.edition).stylesheets(volume.edition)
        self._least = LARGE_SIZE if volume.edition.large_print else 0.0
        self._furniture: dict[int, tuple[list[PageFurniture], str]] = {}

    @cached_property
    def _head_lines(self) -> tuple[HeadLine, HeadLine]:
        """The lines of the volume's running heads; worked out while the first sections are set."""
        return volume_head_lines(self._volume, self._base)

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
