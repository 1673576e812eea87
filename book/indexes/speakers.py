"""The index by speaker: who is quoted, and from what by date, in a book that cites more than one person."""

from __future__ import annotations

from collections import defaultdict

from book.citing.cited import Cited, cited_sources
from book.citing.names import filed, with_years
from book.language.collation import sort_key
from book.language.terms import terms
from book.manuscript.draft import xml_id
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript
from book.model.sources import Name


def build(manuscript: Manuscript) -> Index:
    """An entry for each person quoted, with the sources by date under it; empty for fewer than two people.

    A source of several speakers stands under each of them. Years of life stand beside a name that has them.
    """
    language = manuscript.settings.language
    spoken: dict[Name, list[Cited]] = defaultdict(list)
    for cited in cited_sources(manuscript):
        for name in cited.description.names:
            spoken[name].append(cited)
    people = sorted(spoken, key=lambda name: sort_key(filed(name), language))
    ids = _ids(people)

    def entry(name: Name) -> IndexEntry:
        works = (IndexEntry(f"{ids[name]}--{one.source.id}", one.line, one.anchors) for one in spoken[name])
        return IndexEntry(ids[name], with_years(name), (), entries=tuple(works))

    groups = (IndexGroup("", tuple(map(entry, people))),) if len(people) > 1 else ()
    return Index("speakers", terms(language)["speakers"], groups)


def _ids(people: list[Name]) -> dict[Name, str]:
    """An id for each person, made from the name; a number tells apart those that would be the same."""
    found: dict[Name, str] = {}
    used: set[str] = set()
    for name in people:
        wanted = xml_id(f"{name.surname} {name.given}")
        free = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(people) + 1))
        found[name] = next(one for one in free if one not in used)
        used.add(found[name])
    return found
