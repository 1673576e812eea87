"""What the keys of a source mean that decide what a book shows of it (CSL 1.0.2, in this program's use)."""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "id": "The key that citations use: `[@flood-1912]`.",
    "citation-key": "Another key by which it can be cited, as programs for references write it.",
    "type": "What the source is; it decides which of its parts are shown.",
    "title": "The title. It may hold `<i>`, `<b>`, `<sup>`, `<sub>`.",
    "title-short": "What a citation in running text shows, where the title is long.",
    "issued": "When it was published, or given where there is no `event-date`: a date in EDTF.",
    "event-date": "When it was given; it decides the place in the chronological index.",
    "original-date": "When it was first published.",
    "event-title": "The occasion on which it was given.",
    "event-place": "Where it was given.",
    "publisher": "Who published it.",
    "publisher-place": "Where it was published; shown where there is no `event-place`.",
    "container-title": "What it appeared in: a newspaper, a collection.",
    "language": "The language of its title (BCP 47), where it is not the book's.",
    "URL": "Where it can be read.",
    "author": "Who spoke or wrote it: a list of names; `static-ordering: true` in one keeps its family name first.",
    "speaker": "Who is quoted in the publication of somebody else: a list of names.",
    "transcript": "Path of a file with its words, with which quotations are compared.",
}
"""The meaning of each key that has one of its own; the other names are people in the role that the key says."""
