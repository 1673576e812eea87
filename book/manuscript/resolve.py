"""Finds the source of every citation and the target of every cross-reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import msgspec

from book.citing.describe import describe_sources
from book.citing.numbers import quotation_numbers
from book.manuscript.furniture_texts import with_typographic_names, with_typography
from book.manuscript.handles import QUARTO, near_name
from book.manuscript.syntax.typography import smarten
from book.manuscript.targets import Targets, broken_references, targets_of
from book.model.manuscript import Chapter, Citation, Manuscript
from book.model.settings import Project
from book.model.sources import Source
from book.problem import Checked, Problem, Severity, error, nearest

_UNLISTED_HINT = "add its item to a list that `sources` in book.toml names, or name there the list that it stands in"
_QUARTO_HINT = "a reference to a figure or a section is a link: [words](#its-id)"


def resolve(project: Project, chapters: Sequence[Chapter], sources: Mapping[str, Source]) -> Checked[Manuscript]:
    """Resolve the citations and cross-references of all chapters into a manuscript.

    A source is found by its id or by one of its other keys (`Source.aliases`). Problems: those of the sources, which
    are notes if nothing cites them; `unknown-source`, `unknown-chapter`, `unknown-anchor`, `broken-link`.
    """
    project = msgspec.structs.replace(project, settings=with_typography(project.settings))
    keys = {mention.key for chapter in chapters for mention in chapter.mentions}
    sources = _typographic(sources, project.settings.language, keys)
    known = {alias: source for source in sources.values() for alias in source.aliases} | dict(sources)
    citations = tuple(
        Citation(mention, known[mention.key], chapter)
        for chapter in chapters
        for mention in chapter.mentions
        if mention.key in known
    )
    targets = targets_of(chapters)
    cited = {citation.source.id: citation.source for citation in citations}
    problems = [
        *_source_problems(sources, set(cited)),
        *_unknown_sources(chapters, known),
        *broken_references(targets),
    ]
    descriptions = describe_sources(list(cited.values()), project.settings)
    manuscript = Manuscript(
        project,
        tuple(chapters),
        sources,
        citations,
        _anchors(targets),
        descriptions=descriptions,
        numbers=quotation_numbers(chapters),
    )
    return Checked(manuscript, tuple(problems))


def _anchors(targets: Targets) -> dict[str, str]:
    """The target anchor of each cross-reference, by the reference's own anchor; broken ones are left out."""
    references = (reference for chapter in targets.chapters.values() for reference in chapter.references)
    found = ((reference.anchor, targets.anchor(reference)) for reference in references)
    return {own: anchor for own, anchor in found if anchor is not None}


def _typographic(sources: Mapping[str, Source], language: str, keys: AbstractSet[str]) -> dict[str, Source]:
    """The sources with typographic apostrophes in names; titles of cited ones get the marks of their language too."""

    def smart(text: str | None, source: Source) -> str | None:
        return text and smarten(text, source.language or language)

    named = {key: with_typographic_names(source, language) for key, source in sources.items()}
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
        for key, source in named.items()
    }


def _source_problems(sources: Mapping[str, Source], cited: AbstractSet[str]) -> Iterator[Problem]:
    """The problems of sources; they are notes if the source is not cited."""
    for source in sources.values():
        for problem in source.problems:
            yield problem if source.id in cited else replace(problem, severity=Severity.NOTE)


def _unknown_sources(chapters: Sequence[Chapter], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Errors for citations whose source is in no list."""
    for chapter in chapters:
        for mention in chapter.mentions:
            if mention.key not in sources:
                hint = _QUARTO_HINT if QUARTO.match(mention.key) else near_name(mention.key, sources)
                hint = hint or nearest(mention.key, sources) or _UNLISTED_HINT
                yield error("unknown-source", f'no source "{mention.key}"', mention.at, hint)
