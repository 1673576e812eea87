"""The sections that an edition can have: their names, their order, and which of them a volume has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from book.composition.bibliography import list_sources
from book.composition.prose import captions
from book.composition.styles import LARGE_SIZE, epub_families, measures
from book.composition.timeline import ON_SCREEN, SCREEN, SIZE, Timeline, timeline
from book.indexes import INDEXES, USUAL, find_chronological
from book.language.fonts import LARGE
from book.language.terms import book_terms
from book.model.editions import Start, Volume
from book.model.indexes import Index
from book.model.manuscript import Chapter, Heading, Manuscript, anchor_of
from book.model.settings import Edition
from book.problem import Problem, Span, error
from book.project.config import places
from book.project.files import is_file
from book.project.outputs import GATHERED, note_place, output_of
from book.project.validate import suggestion

Matter = Literal["front", "body", "back"]
"""A part of the book; front matter has roman folios."""


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section that `book.toml` can name."""

    matter: Matter
    """Which part of the book it belongs to."""
    role: str = ""
    """Its role in DPUB-ARIA and EPUB; empty if it is the section's name."""
    listed: bool = False
    """Whether the contents list it."""
    start: Start = "any"
    """Where it begins; `any` is the next page, so that no paper is wasted."""
    on_paper: bool = False
    """Whether only editions with pages have it by default."""
    optional: bool = False
    """Whether an edition has it only if it names it; its slug then leaves its name free for a chapter."""
    meaning: str = ""
    """What it holds, for the reference; that of an index is said by its module."""


_BEFORE: Mapping[str, SectionKind] = {
    "half-title": SectionKind(
        "front", "halftitlepage", start="recto", on_paper=True, meaning="A leaf with the title alone."
    ),
    "titlepage": SectionKind("front", start="recto", meaning="Title, makers, publisher."),
    "copyright": SectionKind(
        "front", "copyright-page", start="verso", meaning="Rights, edition, identifier, note on the text."
    ),
    "contents": SectionKind("front", "toc", start="recto", meaning="The table of contents."),
    "figures": SectionKind("front", "loi", listed=True, meaning="The list of figures, of two or more by default."),
    "chapters": SectionKind("body", "chapter", listed=True, meaning="All chapters, in their order."),
    "notes": SectionKind("back", "endnotes", listed=True, on_paper=True, meaning='The notes, with `notes = "end"`.'),
    "timeline": SectionKind("back", listed=True, meaning="A drawing of when the cited sources were given."),
}
SECTIONS: Mapping[str, SectionKind] = {
    **_BEFORE,
    **{name: SectionKind("back", "index", listed=True, optional=name not in USUAL) for name in INDEXES},
    "bibliography": SectionKind(
        "back", listed=True, optional=True, meaning="The cited sources as the CSL style of the book lists them."
    ),
    "colophon": SectionKind("back", meaning="How the book was made."),
}
"""Every section by the name that `sections` in `book.toml` can hold, in the order of an edition that names none."""

HANDOUT = "handout"
"""The one section of a volume that is a single chapter."""
_APART = frozenset({GATHERED, "cover", "furniture", "nav"})
"""Names of what is made in addition to the sections."""
_FEWEST_FIGURES = 2
"""Figures with captions for which a list is worth its page."""
_LONG_INDEX = 40
"""Entries from which the contents list the years or letters of an index."""
_FRONT_ROLES = frozenset({"preface", "foreword"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A section to be composed."""

    name: str
    """Its name in `book.toml`; `chapter` for each of the chapters."""
    slug: str
    """The section's slug."""
    role: str
    """The section's role."""
    title: str
    """The section's title."""
    matter: Matter
    """Which part of the book it belongs to."""
    listed: bool = True
    """Whether the contents list it."""
    start: Start = "recto"
    """Where it begins."""
    chapter: Chapter | None = None
    """The chapter in it."""
    index: Index | None = None
    """The index in it."""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings for contents and outline: those of its chapter, or of the groups of a long index."""
        if self.chapter:
            return self.chapter.headings
        groups = self.index.groups if self.index and self.role == "index" else ()
        if sum(len(group.entries) for group in groups) < _LONG_INDEX:
            return ()
        return tuple(Heading(2, anchor_of(self.slug, group.id), group.heading) for group in groups if group.id)

    @property
    def number(self) -> int | None:
        """The chapter's number, for the contents."""
        return self.chapter.listed_number if self.chapter else None

    @property
    def summary(self) -> str | None:
        """The chapter's summary, for the contents."""
        return self.chapter.rich(self.chapter.front.summary or "") or None if self.chapter else None


def check_sections(manuscript: Manuscript) -> Iterator[Problem]:
    """Check the sections of a book's editions.

    Problems: `invalid-value` for each unknown name in an edition's `sections`, `unusable-sections` for a list of
    known ones that makes no book, `reserved-slug` for each chapter whose slug is that of another section.
    """
    at = places(manuscript.project)
    for edition in manuscript.project.editions:
        unknown = [(number, name) for number, name in enumerate(edition.sections or ()) if name not in SECTIONS]
        for number, name in unknown:
            where = at(("editions", edition.name, "sections", number))
            yield error("invalid-value", f'no section "{name}"', where, suggestion(name, list(SECTIONS)))
        for message, hint in () if unknown else _unusable(edition):
            yield error("unusable-sections", message, at(("editions", edition.name, "sections")), hint)
    named = {name for edition in manuscript.project.editions for name in edition.sections or ()}
    reserved = _APART | {slug_of(name) for name, kind in SECTIONS.items() if name in named or not kind.optional}
    for chapter in manuscript.chapters:
        if chapter.slug.casefold() in reserved:
            message = f'"{chapter.slug}" is the name of another part of the book'
            hint = "give the chapter another name: a line `slug: …` in its front matter"
            yield error("reserved-slug", message, Span(chapter.path, 1), hint)


def reserved_slugs() -> frozenset[str]:
    """The slugs that no chapter of any book can have."""
    return _APART | {slug_of(name) for name in SECTIONS}


def _unusable(edition: Edition) -> Iterator[tuple[str, str]]:
    """Why an edition's list of sections makes no book, and how to mend it."""
    if edition.sections is None:
        return
    if "chapters" not in edition.sections:
        hint = 'add "chapters" where they are to stand, or remove the line to have all sections'
        yield f'the edition "{edition.name}" has no chapters', hint
    for name, number in Counter(edition.sections).items():
        if number > 1:
            yield f'the section "{name}" stands in the list {number} times', "a section stands in a book once"
    at_end, listed = note_place(edition) == "end", "notes" in edition.sections
    if at_end and not listed:
        hint = 'add "notes" where they are to stand, or remove notes = "end" to have them at the foot of the page'
        yield 'the notes are to stand at the end, and the list has no section "notes"', hint
    if listed and not at_end:
        can = "end" in output_of(edition).notes and edition.split is None
        hint = 'add notes = "end"' if can else "remove it: the notes stand with the chapter"
        yield 'the list has a section "notes", and the notes do not stand at the end', hint


def _is_empty(name: str, volume: Volume, indexes: Mapping[str, Index]) -> bool:
    """Whether a volume has nothing for a section, which it then does not have."""
    if name == "bibliography":
        return not list_sources(volume)
    if name == "colophon":
        return not _has_colophon(volume)
    return name in INDEXES and name not in indexes


def _has_colophon(volume: Volume) -> bool:
    """Whether there is anything to say of how a volume was made: an e-book may leave all faces to its reader."""
    manuscript, output = volume.manuscript, output_of(volume.edition)
    settings, own = manuscript.settings, manuscript.project.root / "layouts" / "colophon.html"
    if output.paged or settings.state_verification or "{faces}" not in book_terms(settings)["colophon-text"]:
        return True
    return is_file(own) or (output.packaged and bool(epub_families(manuscript, volume.edition)))


def slug_of(name: str) -> str:
    """The slug of a section by its name."""
    return f"index-of-{name}" if SECTIONS[name].optional and name in INDEXES else name


def plan_sections(volume: Volume) -> Iterator[Plan]:
    """The sections that a volume will have, in order.

    Front matter that the edition has behind its chapters is no longer front matter: folios do not go back to roman.
    """
    begun = False
    for plan in _plans(volume):
        late = begun and plan.matter == "front"
        yield replace(plan, matter="body" if plan.chapter else "back") if late else plan
        begun = begun or plan.matter == "body"


def _plans(volume: Volume) -> Iterator[Plan]:
    """The sections that a volume will have, in order, each of the matter that it usually belongs to."""
    indexes = {index.name: index for index in volume.indexes}
    words = book_terms(volume.manuscript.settings)
    for name in volume.edition.sections or ((HANDOUT,) if volume.part else _default(volume)):
        if name == "chapters":
            yield from _plan_chapters(volume)
        elif name == HANDOUT and volume.part:
            index = indexes.get("chronological")
            yield Plan(name, volume.part.slug, "chapter", volume.part.title, "body", chapter=volume.part, index=index)
        elif _is_empty(name, volume, indexes):
            continue
        elif name != "timeline" or draw_timeline(volume):
            kind, index = SECTIONS[name], indexes.get(name)
            title = index.title if index else words[name]
            yield Plan(name, slug_of(name), kind.role or name, title, kind.matter, kind.listed, kind.start, index=index)


def draw_timeline(volume: Volume) -> Timeline | None:
    """The timeline of a volume's cited sources; None if too few of them are dated."""
    index = find_chronological(volume.indexes)
    if index is None:
        return None
    words = book_terms(volume.manuscript.settings)
    names = (words["timeline-speeches"], words["timeline-sources"])
    draw = partial(
        timeline, index, volume.manuscript.settings.language, eras=volume.manuscript.descriptions.eras, names=names
    )
    if not output_of(volume.edition).paged:
        return draw(SCREEN, most=ON_SCREEN)
    found = measures(volume.edition)
    width = found["page-width"] - found["margin-inner"] - found["margin-outer"]
    lines = _around(index, 46 if volume.edition.large_print else 62)
    tallest = found["page-height"] - found["margin-top"] - found["margin-foot"] - lines * found["line"]
    if volume.edition.large_print:  # the drawing is made smaller, and printed so much larger
        scale = LARGE_SIZE / SIZE
        return draw(width / scale, max(tallest / scale, 120.0), face=LARGE)
    return draw(width, max(tallest, 120.0))


def _around(index: Index, measure: int) -> int:
    """The lines of the text that a page with a timeline needs for its heading and its caption, with all it may say.

    `measure` is the number of characters in a line.
    """
    entries = (entry for group in index.groups for entry in group.entries)
    undated = (one.source for one in entries if one.source and not (one.source.date and one.source.date.sortable))
    letters = 360 + sum(len(source.short_title or source.title) + 2 for source in undated)
    return 10 + -(-letters // measure)


def _default(volume: Volume) -> Iterator[str]:
    """The sections of an edition that names none."""
    chapters = volume.manuscript.chapters
    noted = note_place(volume.edition) == "end" and any('data-notes=""' in one.body for one in chapters)
    figures = sum(len(captions(chapter)) for chapter in chapters)
    empty = {"figures": figures < _FEWEST_FIGURES, "notes": not noted}
    paper = output_of(volume.edition).paged
    left_out = {name for name, kind in SECTIONS.items() if kind.optional or (kind.on_paper and not paper)}
    return (name for name in SECTIONS if not empty.get(name) and name not in left_out)


def _plan_chapters(volume: Volume) -> Iterator[Plan]:
    """The sections of the chapters: each begins on a recto, or where the edition says; the first always on a recto."""
    first: set[Matter] = set()
    for chapter in volume.manuscript.chapters:
        role = chapter.front.role
        matter: Matter = "front" if role in _FRONT_ROLES else "body"
        start: Start = volume.edition.chapters_start if matter in first else "recto"
        first.add(matter)
        yield Plan("chapter", chapter.slug, role, chapter.title, matter, start=start, chapter=chapter)
