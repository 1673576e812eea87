"""The chronological index: the cited sources by date, grouped by year, undated ones last."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from book.dates.formatting import display, needs_eras, year_heading
from book.dates.order import sort_key
from book.language.terms import terms
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript
from book.model.sources import Source


def build(manuscript: Manuscript) -> Index:
    """The index of every source that the manuscript cites.

    Sources are sorted by earliest day, then latest, then title; an undated one has an empty label.
    A source's anchors are its citations in the order of the book.
    """
    language = manuscript.settings.language
    words = terms(language)
    anchors: dict[str, list[str]] = defaultdict(list)
    for citation in manuscript.citations:
        anchors[citation.source.id].append(citation.mention.anchor)
    cited = [manuscript.sources[key] for key in anchors]
    cited.sort(key=lambda source: (sort_key(source.date, source.title), source.id))

    eras = needs_eras(source.date for source in cited)

    def heading(source: Source) -> str:
        dated = source.date and source.date.sortable
        return year_heading(source.date, language, eras=eras) if source.date and dated else words["undated-heading"]

    def entry(source: Source) -> IndexEntry:
        label = display(source.date, language, eras=eras) if source.date else ""
        return IndexEntry(id=source.id, label=label, anchors=tuple(anchors[source.id]), source=source)

    groups = (IndexGroup(year, tuple(map(entry, sources))) for year, sources in groupby(cited, key=heading))
    return Index("chronological", words["chronological"], tuple(groups))
