"""The index by speaker: who is quoted, with the sources by date, in a book that cites more than one person."""

from __future__ import annotations

from collections import defaultdict

from book.citing.cited import Cited, cited_sources
from book.citing.names import filed, with_years
from book.language.collation import index_language, sort_key
from book.language.terms import book_terms
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript
from book.model.sources import Name


def build(manuscript: Manuscript) -> Index:
    """Build an entry for each quoted person, with the sources by date; empty for fewer than two people.

    A source of several speakers is listed under each. Years of life follow a name that has them.
    """
    language = index_language(manuscript.settings)
    spoken: dict[Name, list[Cited]] = defaultdict(list)
    for cited in cited_sources(manuscript):
        for name in cited.description.names:
            spoken[name].append(cited)
    people = sorted(spoken, key=lambda name: sort_key(filed(name), language))

    def entry(name: Name) -> IndexEntry:
        works = (IndexEntry(one.source.id, one.line, one.anchors, source=one.source) for one in spoken[name])
        return IndexEntry(f"{name.surname} {name.given}", with_years(name), (), entries=tuple(works))

    groups = (IndexGroup("", tuple(map(entry, people))),) if len(people) > 1 else ()
    return Index("speakers", book_terms(manuscript.settings)["speakers"], groups)
