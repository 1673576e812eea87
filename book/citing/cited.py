"""Collects what a manuscript cites: each source once, with its description and the places that cite it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby

from book.citing.describe import describe
from book.citing.names import filed
from book.citing.titles import as_listed, join_listed
from book.dates.order import sort_key
from book.language import collation
from book.language.bidi import isolated, written_attributes
from book.model.descriptions import Description
from book.model.manuscript import Manuscript
from book.model.sources import RichText, Source


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that is cited."""

    source: Source
    """The source."""
    description: Description
    """Its description in words."""
    anchors: tuple[str, ...]
    """The places that cite it, in the order of the book."""

    @property
    def line(self) -> str:
        """Its text in a list of one speaker's sources: short title, else the publication, and the date.

        Titles are told apart as in every list: in quotation marks or, of whole works, in italics.
        """
        shown = self.description
        title = _worded(shown, shown.short_title) if shown.short_title else ""
        if title and str(title) in (self.source.short_title, self.source.title):
            title = as_listed(title, self.source.type, shown.book_language, comma=True)
        found = title or (_worded(shown, shown.event) if shown.event else shown.listed_quoted_in)
        return join_listed((found, _worded(shown, shown.when)), shown.book_language)


def cited_sources(manuscript: Manuscript) -> tuple[Cited, ...]:
    """The cited sources, sorted by earliest day, latest day, title, speaker; undated ones last.

    Titles and speakers are in the order of the language of the book's indexes.
    """
    anchors: dict[str, list[str]] = {}
    for citation in manuscript.citations:
        anchors.setdefault(citation.source.id, []).append(citation.mention.anchor)
    settings = manuscript.settings
    found = [
        Cited(source, describe(source, manuscript.descriptions, settings), tuple(places))
        for source, places in ((manuscript.sources[key], places) for key, places in anchors.items())
    ]
    language = collation.index_language(settings)
    found.sort(key=_day)
    days = (list(of) for _, of in groupby(found, key=_day))
    return tuple(
        one for day in days for one in (sorted(day, key=lambda one: _order(one, language)) if day[1:] else day)
    )


def _day(cited: Cited) -> tuple[object, ...]:
    """The sort key of a cited source by its date."""
    return sort_key(cited.source.date)


def _order(cited: Cited, language: str) -> tuple[object, ...]:
    """The sort key of a cited source among those of one date: keys of a language take long, and most dates differ."""
    names = tuple(collation.sort_key(filed(name), language) for name in cited.description.names)
    title = collation.sort_key(cited.source.title, language)
    return (title[:-1], names, title, cited.source.id)


def line_with_speaker(cited: Cited) -> str:
    """A source in a list that is not by speaker: `Reed, Debate on the harbour, 2 March 1908`."""
    shown = cited.description
    return join_listed((_worded(shown, shown.short_speaker), cited.line), shown.book_language)


def _worded(shown: Description, part: str) -> str:
    """One part with the language of a title, and kept from reordering what stands beside it."""
    html = part.html if isinstance(part, RichText) else escape(part, quote=False)
    if part is shown.short_title and shown.language:
        marked = f"<span{written_attributes(shown.language, shown.book_language)}>{html}</span>"
    else:
        marked = isolated(part, html, shown.book_language)
    return part if marked == html else RichText(part, marked)
