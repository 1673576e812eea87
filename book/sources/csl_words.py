"""The vocabulary of CSL 1.0.2's input (csl-data.json of the Citation Style Language schema): keys and types."""

from __future__ import annotations

from collections.abc import Mapping

_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
"""
TYPES = tuple(_TYPES.split())
"""Types of sources."""

_NAMES = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator speaker translator
"""
NAMES = tuple(_NAMES.split())
"""Variables with names; `speaker` is an addition: who is quoted in somebody else's publication."""

DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
"""Variables with dates."""

TITLES = ("title", "title-short", "event-title", "container-title")
"""Variables that may have markup, among those that are shown."""

_OTHERS = """
    abstract annote archive archive_collection archive_location archive-place authority call-number categories
    chapter-number citation-key citation-label citation-number collection-number collection-title container-title
    container-title-short custom dimensions division DOI edition event event-place event-title
    first-reference-note-number genre ISBN ISSN issue journalAbbreviation jurisdiction keyword language locator medium
    note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page
    page-first part part-number part-title PMCID PMID printing publisher publisher-place references reviewed-genre
    reviewed-title scale section shortTitle source status supplement supplement-number title title-short URL version
    volume volume-title volume-title-short year-suffix
"""
OWN_KEYS = ("transcript",)
"""Keys that this program adds to CSL's, such as the file with the words of a source."""

VARIABLES = ("id", "type", *NAMES, *DATES, *_OTHERS.split(), *OWN_KEYS)
"""Every key that an item can have."""

SHOWN = (
    "id", "type", "title", "title-short", "issued", "event-date", "original-date", "event-title",
    "event-place", "publisher", "publisher-place", "container-title", "language", "URL", *NAMES,
)  # fmt: skip
"""The keys that determine what a book shows of a source."""

ALIASES: Mapping[str, str] = {
    "authors": "author", "by": "author", "booktitle": "container-title", "journal": "container-title",
    "city": "event-place", "location": "event-place", "place": "event-place", "venue": "event-place",
    "conference": "event-title", "eventtitle": "event-title", "occasion": "event-title", "date": "issued",
    "datum": "issued", "issue-date": "issued", "publication-date": "issued", "when": "issued", "year": "issued",
    "key": "id", "lang": "language", "short-title": "title-short", "link": "URL", "kind": "type",
}  # fmt: skip
"""Other names for the keys that are shown, in lower case with hyphens."""

NAME_PARTS = (
    "family", "given", "literal", "non-dropping-particle", "dropping-particle", "suffix", "comma-suffix",
    "static-ordering", "parse-names", "dates",
)  # fmt: skip
"""Every key that a name can have; `dates` (years of life) is an addition."""

DATE_PARTS = ("date-parts", "season", "circa", "literal", "raw", "edtf", "year", "month", "day")
"""Every key that a date can have; `year`, `month` and `day` occur in older CSL-YAML."""
