"""Source lists for other programs: a format a file, and a line in the registry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from book.exports import bibtex, csl_json, csl_yaml, csv_table
from book.exports.export import Export
from book.model.sources import Source

EXPORTS: Mapping[str, Callable[[Sequence[Source]], Export]] = {
    "csl-json": csl_json.write,
    "csl-yaml": csl_yaml.write,
    "bibtex": bibtex.write,
    "csv": csv_table.write,
}
"""Every format, by the name that `book sources --format` knows."""
