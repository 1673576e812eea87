"""The index by speaker: who is quoted, and from what, in a book that cites more than one author."""

from __future__ import annotations

from collections import defaultdict

from book.dates.formatting import display
from book.dates.order import sort_key as date_key
from book.language.collation import sort_key
from book.language.terms import terms
from book.manuscript.draft import xml_id
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript
from book.model.sources import Name, Source


def build(manuscript: Manuscript) -> Index:
    """An entry for each author of a cited source, with the sources by date under it; empty for fewer than two authors.

    A source of several authors stands under each of them.
    """
    language = manuscript.settings.language
    anchors: dict[str, list[str]] = defaultdict(list)
    for citation in manuscript.citations:
        anchors[citation.source.id].append(citation.mention.anchor)
    spoken: dict[Name, list[Source]] = defaultdict(list)
    for key in anchors:
        for author in manuscript.sources[key].authors:
            spoken[author].append(manuscript.sources[key])

    def entry(author: Name) -> IndexEntry:
        name = xml_id(f"{author.surname} {author.given}")
        sources = sorted(spoken[author], key=lambda source: (date_key(source.date, source.title), source.id))
        return IndexEntry(name, _turned(author), (), entries=tuple(work(name, source) for source in sources))

    def work(name: str, source: Source) -> IndexEntry:
        date = display(source.date, language) if source.date else terms(language)["undated"]
        label = f"{source.short_title or source.title}, {date}"
        return IndexEntry(f"{name}--{source.id}", label, tuple(anchors[source.id]))

    authors = sorted(spoken, key=lambda author: sort_key(_turned(author), language))
    groups = (IndexGroup("", tuple(map(entry, authors))),) if len(authors) > 1 else ()
    return Index("speakers", terms(language)["speakers"], groups)


def _turned(author: Name) -> str:
    """A name as an index files it: family name first."""
    return f"{author.surname}, {author.given}" if author.given else author.surname
