"""The bibliography of a volume, as the book's CSL style writes it: whole or by chapter, and by type where asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from book.language.terms import book_terms
from book.model.editions import Volume
from book.model.manuscript import Chapter
from book.model.sources import Source
from book.model.styled import BibliographyEntry

_GROUPS: Mapping[str, frozenset[str]] = {
    "bibliography-speeches": frozenset(
        {"speech", "interview", "hearing", "broadcast", "performance", "event", "personal_communication"}
    ),
    "bibliography-books": frozenset({"book", "chapter", "classic", "collection", "pamphlet", "entry"}),
    "bibliography-articles": frozenset({
        "article", "article-journal", "article-magazine", "article-newspaper", "paper-conference", "periodical", "post",
        "post-weblog", "review", "review-book",
    }),
}  # fmt: skip
"""The types of CSL under each heading, by its term; all others are under `bibliography-other`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bibliography."""

    heading: str
    """What is in it; empty for a list without parts."""
    entries: tuple[BibliographyEntry, ...]
    """Its entries, in the order of the style."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The bibliography of a book, or of one of its chapters."""

    chapter: Chapter | None
    """The chapter; None for a whole book."""
    parts: tuple[Part, ...]
    """One part, or one for each type."""


def list_sources(volume: Volume) -> tuple[Listing, ...]:
    """The bibliography of a volume; empty without a style, or where the style has none."""
    entries = volume.styled.bibliography if volume.styled else ()
    if not entries:
        return ()
    if volume.manuscript.settings.bibliography.by == "book" or volume.part:
        return (Listing(None, tuple(_parts(volume, entries))),)
    return tuple(_by_chapter(volume, entries))


def _by_chapter(volume: Volume, entries: Iterable[BibliographyEntry]) -> Iterator[Listing]:
    """The bibliography of each chapter that cites something."""
    for chapter in volume.manuscript.chapters:
        cited = {one.source.id for one in volume.manuscript.citations if one.chapter is chapter}
        if found := [entry for entry in entries if entry.source in cited]:
            yield Listing(chapter, tuple(_parts(volume, found)))


def _parts(volume: Volume, entries: Iterable[BibliographyEntry]) -> Iterator[Part]:
    """Entries in one part, or by type as far as there are some of a type."""
    if volume.manuscript.settings.bibliography.group != "type":
        yield Part("", tuple(entries))
        return
    listed = list(entries)
    words = book_terms(volume.manuscript.settings)
    for term in (*_GROUPS, "bibliography-other"):
        found = tuple(one for one in listed if _group(volume.manuscript.sources[one.source]) == term)
        if found:
            yield Part(words[term], found)


def _group(source: Source) -> str:
    """The heading that a source stands under, by its term."""
    return next((term for term, types in _GROUPS.items() if source.type in types), "bibliography-other")
