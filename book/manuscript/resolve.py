"""Chapters and sources brought together: every citation finds its source, every reference its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from book.citing.describe import describe_sources
from book.manuscript.syntax.typography import smarten
from book.model.manuscript import Chapter, Citation, CrossReference, Manuscript
from book.model.settings import Project
from book.model.sources import Source
from book.problem import Checked, Problem, Severity, error, nearest


def resolve(project: Project, chapters: Sequence[Chapter], sources: Mapping[str, Source]) -> Checked[Manuscript]:
    """The manuscript, with every citation whose source is known and the target of every cross-reference.

    A source is found by its id, or by another key of its (`Source.aliases`). Problems: those of the sources, which
    are notes where nothing cites them; `unknown-source`, `unknown-chapter`, `unknown-anchor`, `broken-link`.
    """
    keys = {mention.key for chapter in chapters for mention in chapter.mentions}
    sources = _typographic(sources, project.settings.language, keys)
    known = {alias: source for source in sources.values() for alias in source.aliases} | dict(sources)
    citations = tuple(
        Citation(mention, known[mention.key], chapter)
        for chapter in chapters
        for mention in chapter.mentions
        if mention.key in known
    )
    cited = {citation.source.id: citation.source for citation in citations}
    problems = [
        *_source_problems(sources, set(cited)),
        *_unknown_sources(chapters, known),
        *_broken_references(chapters),
    ]
    descriptions = describe_sources(list(cited.values()), project.settings)
    manuscript = Manuscript(project, tuple(chapters), sources, citations, _targets(chapters), descriptions=descriptions)
    return Checked(manuscript, tuple(problems))


def _targets(chapters: Sequence[Chapter]) -> dict[str, str]:
    """The anchor that each cross-reference points to, by the reference's own anchor; broken ones are left out."""
    slugs = {chapter.path: chapter.slug for chapter in chapters}
    return {
        reference.anchor: slugs[reference.path] + (f"#{reference.fragment}" if reference.fragment else "")
        for chapter in chapters
        for reference in chapter.references
        if reference.path in slugs
    }


def _typographic(sources: Mapping[str, Source], language: str, keys: AbstractSet[str]) -> dict[str, Source]:
    """Sources; the titles of those that one of the keys cites have the quotation marks and dashes of their language."""

    def smart(text: str | None, source: Source) -> str | None:
        return text and smarten(text, source.language or language)

    return {
        key: replace(
            source,
            title=smarten(source.title, source.language or language),
            short_title=smart(source.short_title, source),
            event=smart(source.event, source),
            container=smart(source.container, source),
        )
        if keys & {key, *source.aliases}
        else source
        for key, source in sources.items()
    }


def _source_problems(sources: Mapping[str, Source], cited: AbstractSet[str]) -> Iterator[Problem]:
    """What is wrong with sources: as bad as it is where they are cited, else a note."""
    for source in sources.values():
        for problem in source.problems:
            yield problem if source.id in cited else replace(problem, severity=Severity.NOTE)


def _unknown_sources(chapters: Sequence[Chapter], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Citations whose source is in no list."""
    for chapter in chapters:
        for mention in chapter.mentions:
            if mention.key not in sources:
                hint = nearest(mention.key, sources)
                yield error("unknown-source", f'no source "{mention.key}"', mention.at, hint)


def _broken_references(chapters: Sequence[Chapter]) -> Iterator[Problem]:
    """Links that lead nowhere."""
    by_path = {chapter.path: chapter for chapter in chapters}
    for chapter in chapters:
        for reference in chapter.references:
            problem = _follow(reference, by_path)
            if problem:
                yield problem


def _follow(reference: CrossReference, chapters: Mapping[str, Chapter]) -> Problem | None:
    """What is wrong with the target of a cross-reference."""
    path, fragment = reference.path, reference.fragment
    chapter = chapters.get(path)
    if chapter is None and path.endswith(".md"):
        return error("unknown-chapter", f'no chapter "{path}"', reference.at, nearest(path, chapters))
    if chapter is None:
        message = f'"{path}" is neither a chapter nor an address on the web'
        return error("broken-link", message, reference.at, "link to a chapter's .md file, or to https://…")
    if fragment is not None and fragment not in chapter.ids:
        hint = nearest(fragment, chapter.ids)
        return error("unknown-anchor", f'no place "{fragment}" in {path}', reference.at, hint)
    return None
