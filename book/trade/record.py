"""The chronological index as data for other programs: `index.json` and `book sources --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NotRequired, TypedDict

import msgspec

from book.citing.names import full
from book.model.descriptions import Description
from book.model.folios import Pagination
from book.model.indexes import Index
from book.model.manuscript import Citation, Manuscript
from book.model.sources import Source

RECORD = "index.json"
"""The name of the file in the output folder."""
Paginations = Mapping[str, tuple[Pagination, ...]]
"""The page facts of each PDF edition by name: of its one volume, or of each chapter's."""


class CitationRecord(TypedDict):
    """One citation."""

    chapter: str
    anchor: str
    locator: str | None
    verdict: str | None
    folios: dict[str, str | None]
    earlier: NotRequired[list[str]]
    """Editions whose folio is that of an earlier build: they were not made in the last one."""


class SourceRecord(TypedDict):
    """One cited source; dates in EDTF (words that are no date as written) and ISO 8601, null where unknown or open."""

    id: str
    date: str | None
    earliest: str | None
    latest: str | None
    speakers: list[str]
    title: str
    quoted_in: str | None
    event: str | None
    container: str | None
    place: str | None
    citations: list[CitationRecord]


def index_record(index: Index, manuscript: Manuscript, paginations: Paginations) -> list[SourceRecord]:
    """The cited sources in the order of the index, each with its citations in the order of the book."""
    citations = {citation.mention.anchor: citation for citation in manuscript.citations}
    verdicts = manuscript.verification.verdicts
    return [
        _source(entry.source, entry.description, [citations[anchor] for anchor in entry.anchors], paginations, verdicts)
        for group in index.groups
        for entry in group.entries
        if entry.source is not None and entry.description is not None
    ]


def as_json(records: list[SourceRecord]) -> str:
    """Records as indented JSON with a final line break."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _source(
    source: Source,
    shown: Description,
    citations: list[Citation],
    paginations: Paginations,
    verdicts: Mapping[str, str],
) -> SourceRecord:
    """The record of a source."""
    date = source.date
    return {
        "id": source.id,
        "date": (date.literal or date.edtf) if date else None,
        "earliest": str(date.earliest) if date and date.earliest else None,
        "latest": str(date.latest) if date and date.latest else None,
        "speakers": [full(name) for name in shown.names],
        "title": source.title,
        "quoted_in": shown.quoted_in or None,
        "event": source.event,
        "container": source.container,
        "place": source.place,
        "citations": [_citation(citation, paginations, verdicts) for citation in citations],
    }


def _citation(citation: Citation, paginations: Paginations, verdicts: Mapping[str, str]) -> CitationRecord:
    """The record of a citation, with its folio in each PDF edition and the verdict on what it is cited for."""
    anchor = citation.mention.anchor
    folios = {}
    for edition, volumes in paginations.items():
        found = next((folio for volume in volumes if (folio := volume.folio(anchor))), None)
        folios[edition] = str(found) if found else None
    return {
        "chapter": citation.chapter.slug,
        "anchor": anchor,
        "locator": citation.mention.locator,
        "verdict": verdicts.get(anchor),
        "folios": folios,
    }


def keep_folios(new: bytes, old: bytes, editions: Sequence[str]) -> bytes:
    """The record of a build that made some editions, with the folios of others as the last record has them.

    Args:
        new: The record of this build.
        old: The record of the last one.
        editions: The editions that this build did not make, or not all handouts of.

    Returns:
        The new record. A citation has the folios of the one that stood in its place in the old record: the same source
        cited with the same locator, counted in the chapter. It names their editions under `earlier`.
    """
    try:
        known = {source["id"]: source["citations"] for source in msgspec.json.decode(old, type=list[SourceRecord])}
    except msgspec.MsgspecError:
        return new  # not a record of ours, or that of another version
    records: list[SourceRecord] = json.loads(new)
    for source in records:
        for citation, before in _pairs(source["citations"], known.get(source["id"], [])):
            kept = {name: before["folios"][name] for name in editions if before["folios"].get(name)}
            kept = {name: folio for name, folio in kept.items() if not citation["folios"].get(name)}
            if kept:
                citation["folios"] |= kept
                citation["earlier"] = sorted(kept)
    return as_json(records).encode()


def _pairs(
    new: Sequence[CitationRecord], old: Sequence[CitationRecord]
) -> Iterable[tuple[CitationRecord, CitationRecord]]:
    """Citations of a source, each with the one that it was before."""
    first, second = ([(one["chapter"], one["locator"]) for one in some] for some in (new, old))
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        for number in range(block.size):
            yield new[block.a + number], old[block.b + number]
