"""The chronological index: the cited sources by date, grouped by year, undated ones last."""

from __future__ import annotations

from itertools import groupby

from book.citing.cited import Cited, cited_sources
from book.dates.formatting import is_run_of_years, year_heading
from book.language.terms import book_terms
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.manuscript import Manuscript


def build(manuscript: Manuscript) -> Index:
    """Build the index of every source that the manuscript cites.

    Sources are sorted by earliest day, latest day, title; an undated one has an empty label. A source's anchors are its
    citations in the order of the book.
    """
    language = manuscript.settings.language
    words = book_terms(manuscript.settings)

    def heading(cited: Cited) -> str:
        date = cited.source.date
        if date is None or not date.sortable:
            return words["undated-heading"]
        return year_heading(date, language, eras=manuscript.descriptions.eras)

    def entry(cited: Cited) -> IndexEntry:
        source, description = cited.source, cited.description
        return IndexEntry(source.id, description.date, cited.anchors, source=source, description=description)

    def order(cited: Cited) -> tuple[bool, int, bool]:
        """Years in their order, a decade (`1880s`) behind its first year, what is undated last."""
        date = cited.source.date
        day = date and (date.earliest or date.latest)
        return (day is None, day.year if day else 0, bool(date and is_run_of_years(date)))

    groups = groupby(sorted(cited_sources(manuscript), key=order), key=heading)
    return Index(
        "chronological", words["chronological"], tuple(IndexGroup(year, tuple(map(entry, of))) for year, of in groups)
    )
