"""Reads, resolves and checks the manuscript of a project, and collects every problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from book.checks import run_checks
from book.composition.sections import check_sections
from book.indexes import build_indexes, find_chronological
from book.manuscript.kept_numbers import with_kept_numbers
from book.manuscript.read import read_chapters
from book.manuscript.resolve import resolve
from book.model.indexes import Index
from book.model.manuscript import Manuscript
from book.pages.frames import with_preallocated_frames
from book.problem import Checked, Problem
from book.problems.consequences import count_consequences
from book.problems.ignores import heeded
from book.project.config import FILE, load_project
from book.sources import list_paths, missing_lists, read_sources
from book.store.store import NO_STORE, Store
from book.verify.transcripts import has_transcripts


@with_preallocated_frames
def check_book(root: Path, store: Store | None = None) -> Checked[Manuscript | None]:
    """Read and check the manuscript of the project in a folder.

    Chapters that did not change since they were last read are taken from the store.

    Returns:
        The manuscript and all its problems; None as the manuscript if the settings cannot be read.
    """
    checked = _read_book(root, store)
    return Checked(checked.value, heed(checked.value, checked.problems)) if checked.value else checked


def heed(manuscript: Manuscript, problems: Iterable[Problem], *, complete: bool = False) -> tuple[Problem, ...]:
    """The problems of a manuscript without those that its project ignores; `complete` as in `heeded`."""
    project = manuscript.project
    files = [FILE, *list_paths(project.settings), *(chapter.path for chapter in manuscript.chapters)]
    return heeded(
        problems, project, [*files, *(path for one in project.editions for path in one.styles)], complete=complete
    )


def _read_book(root: Path, store: Store | None = None) -> Checked[Manuscript | None]:
    """The manuscript of the project in a folder, with all its problems, those that it ignores too."""
    project = load_project(root)
    if project.value is None:
        return Checked(None, project.problems)
    sources = read_sources(root, project.value.settings)
    names = {name for source in sources.value.values() for name in (source.id, *source.aliases)}
    chapters = read_chapters(root, project.value.settings, store, names, project.value.limits)
    manuscript = resolve(project.value, chapters.value, sources.value)
    numbered = with_kept_numbers(manuscript.value)
    verified = _verified(numbered.value, store)
    problems = (project, chapters, sources, manuscript, numbered, verified)
    found = [problem for checked in problems for problem in checked.problems]
    found += missing_lists(root, project.value.settings, chapters.value, sources)
    found += (*check_sections(verified.value), *run_checks(verified.value))
    lists, paths = list_paths(project.value.settings), [chapter.path for chapter in chapters.value]
    return Checked(verified.value, count_consequences(found, lists, paths))


@with_preallocated_frames
def check_all(root: Path) -> Checked[Manuscript | None]:
    """Check the project in a folder as `check_book` does, and its editions as far as possible without pages."""
    checked = _read_book(root)
    if checked.value is None:
        return checked
    from book.proof import proof

    found = (*checked.problems, *proof(checked.value, checked.problems))
    return Checked(checked.value, heed(checked.value, found, complete=True))


def _verified(manuscript: Manuscript, store: Store | None) -> Checked[Manuscript]:
    """The manuscript with its quotations compared with their sources, if it has transcripts."""
    if not has_transcripts(manuscript):
        return Checked(manuscript)
    from book.verify.verify import verify

    verification = verify(manuscript, store or NO_STORE)
    return Checked(replace(manuscript, verification=verification.value), verification.problems)


def sources_index(root: Path) -> Checked[tuple[Manuscript, Index | None] | None]:
    """The manuscript of the project in a folder, and its chronological index (None if nothing is cited)."""
    checked = check_book(root)
    if checked.value is None:
        return Checked(None, checked.problems)
    return Checked((checked.value, find_chronological(build_indexes(checked.value))), checked.problems)
