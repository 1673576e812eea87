"""The concordance of a book's quotations: `concordance.csv`, with the folio of each in every edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from book.citing.names import full
from book.composition.volumes import page_source
from book.model.descriptions import Descriptions
from book.model.folios import Pagination
from book.model.manuscript import Citation, Manuscript, Quotation
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.project.outputs import kinds, output_of
from book.trade.record import Paginations

CONCORDANCE = "concordance.csv"
"""The name of the file in the output folder."""
COLUMNS = ("number", "source", "speaker", "date", "first words", "chapter", "anchor")
"""The columns before those of the editions."""
EARLIER = " (earlier)"
"""What the heading of a column ends with whose folios are all those of an earlier build."""
_WORDS = 60
"""Maximum length of a quotation's first words, in characters."""


def concordance(manuscript: Manuscript, paginations: Paginations) -> str:
    """A row for each quotation of the book in its order, as CSV.

    Args:
        manuscript: The manuscript.
        paginations: The page facts of each edition that has page numbers or carries those of another one, by the
            edition's name; where it has handouts of several kinds, by its name and the kind: `handout/full`.

    Returns:
        The text of the file. The cell of an edition that leaves the quotation out is empty, as are source, speaker and
        date of a quotation without an attribution. Dates are in EDTF.
    """
    cited: dict[str | None, Citation] = {}
    for citation in manuscript.citations:
        if citation.mention.form == "attribution":
            cited.setdefault(citation.mention.quotation, citation)
    rows = [
        {
            "number": manuscript.numbers[quotation.anchor],
            **_source(cited.get(quotation.anchor), manuscript.descriptions),
            "first words": first_words(quotation),
            "chapter": chapter.slug,
            "anchor": quotation.anchor,
            **{name: _folio(quotation.anchor, paginations, name) for name in paginations},
        }
        for chapter in manuscript.chapters
        for quotation in chapter.quotations
    ]
    return _written((*COLUMNS, *paginations), rows)


def shown_folios(editions: Sequence[Edition], paged: Mapping[str, Sequence[PagedVolume]]) -> Paginations:
    """The page facts that each edition shows, as `concordance` takes them.

    An e-book shows those of the print edition whose page numbers it carries. `paged` are the volumes with pages that
    were made, by edition.
    """
    found: dict[str, list[Pagination]] = {}
    for edition in editions:
        source = edition if output_of(edition).paged else page_source(editions, edition)
        several = edition.split and len(kinds(edition)) > 1
        for volume in paged.get(source.name, ()) if source and edition.name in paged else ():
            name = f"{edition.name}/{volume.volume.kind}" if several else edition.name
            found.setdefault(name, []).append(volume.pagination)
    return {name: tuple(some) for name, some in found.items()}


def keep_columns(new: bytes, old: bytes, editions: Sequence[str]) -> bytes:
    """The concordance of a build that made some editions, with the folios of others as the last one has them.

    Args:
        new: The concordance of this build.
        old: That of the last one.
        editions: The editions that this build did not make, or not all handouts of.

    Returns:
        The new concordance. Where this build made nothing of an edition, the heading of its column ends with
        ` (earlier)`.
    """
    try:
        before = {row["anchor"]: row for row in _rows(old)}
    except (KeyError, UnicodeDecodeError, csv.Error):
        return new  # not one of ours, or changed by somebody
    rows = list(_rows(new))
    columns = list(dict.fromkeys(name for row in rows for name in row)) or list(COLUMNS)
    for heading in dict.fromkeys(name for row in before.values() for name in row if name not in COLUMNS):
        name = heading.removesuffix(EARLIER)
        if name.partition("/")[0] not in editions:
            continue
        shown = name if name in columns else name + EARLIER
        columns += [shown] if shown not in columns else []
        for row in rows:
            row[shown] = row.get(shown) or (before.get(row["anchor"], {}).get(heading) or "")
    return _written(columns, rows).encode()


def first_words(quotation: Quotation) -> str:
    """The words with which a quotation begins, up to 60 characters."""
    text = " ".join(quotation.text.split())
    if len(text) <= _WORDS:
        return text
    cut = text[: _WORDS + 1]
    return f"{cut.rpartition(' ')[0] or cut[:-1]} …"


def _source(citation: Citation | None, descriptions: Descriptions) -> Mapping[str, str]:
    """What is known of a quotation's source."""
    if citation is None:
        return {}
    source = citation.source
    date = (source.date.literal or source.date.edtf) if source.date else None
    speakers = "; ".join(full(name) for name in descriptions.sources[source.id].names)
    return {"source": source.id, "speaker": speakers, "date": date or ""}


def _folio(anchor: str, paginations: Paginations, name: str) -> str:
    """The folio of a quotation in an edition; empty if the edition leaves it out."""
    found = next((folio for volume in paginations[name] if (folio := volume.folio(anchor))), None)
    return str(found) if found else ""


def _written(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV (RFC 4180, with line breaks of one character)."""
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a concordance, by the headings of its columns."""
    return iter(csv.DictReader(io.StringIO(data.decode(), newline=""), restval=""))
