"""The index by place: where the cited words were spoken. An edition has it only if its `sections` name it."""

from __future__ import annotations

from collections import defaultdict

from book.citing.cited import Cited, cited_sources, line_with_speaker
from book.language.collation import index_language, sort_key
from book.language.terms import book_terms
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript


def build(manuscript: Manuscript) -> Index:
    """Build an entry for each place of a cited source, with its sources by date; sources without a place are left out.

    Places that differ only in case and spaces are merged.
    """
    language = index_language(manuscript.settings)
    said: dict[str, list[Cited]] = defaultdict(list)
    for cited in cited_sources(manuscript):
        if cited.source.place:
            said[" ".join(cited.source.place.split()).casefold()].append(cited)
    names = {key: " ".join((cited[0].source.place or "").split()) for key, cited in said.items()}

    def entry(key: str) -> IndexEntry:
        works = (IndexEntry(one.source.id, line_with_speaker(one), one.anchors, source=one.source) for one in said[key])
        return IndexEntry(key, names[key], (), entries=tuple(works))

    keys = sorted(said, key=lambda key: sort_key(names[key], language))
    groups = (IndexGroup("", tuple(map(entry, keys))),) if keys else ()
    return Index("places", book_terms(manuscript.settings)["places"], groups)
