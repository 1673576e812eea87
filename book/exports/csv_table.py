"""A table in CSV: a row for each source, a column for each variable that any of them has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from book.exports.export import Export, count_lost
from book.model.sources import Source
from book.project.rich_text import as_markdown
from book.sources.csl_item import RICH, date_text, whole_item
from book.sources.csl_words import DATES, NAMES

_FIRST = ("id", "type", "author", "speaker", "title", "event-title", "event-place", "event-date", "issued")
"""The columns that stand first, in this order."""
_PARTS = {"family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle", "parse-names"}


def write(sources: Sequence[Source]) -> Export:
    """The sources as CSV; what is neither a text, a name nor a date is lost, and a few parts of names."""
    rows, lost = [], []
    for source in sources:
        item = whole_item(source)
        row = {name: cell for name, value in item.items() if (cell := _cell(name, value))}
        rows.append(row)
        lost += [name for name in item if name not in row and item[name] not in ("", [], {}, None)]
        lost += sorted(set(_lost_parts(item)))
    known = dict.fromkeys(name for row in rows for name in row)
    columns = [*(name for name in _FIRST if name in known), *(name for name in known if name not in _FIRST)]
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return Export(written.getvalue(), count_lost(lost))


def _cell(name: str, value: object) -> str:
    """A value as one cell; empty for one that is none."""
    if name in NAMES:
        people = value if isinstance(value, list) else [value]
        return "; ".join(_name(person) for person in people if isinstance(person, Mapping))
    if name in DATES:
        return date_text(value)
    if not isinstance(value, (str, int, float)):
        return ""
    return as_markdown(str(value)) if name in RICH else str(value)


def _name(person: Mapping[str, object]) -> str:
    """A name: `Family, Given, Suffix`, or a whole one, in braces where it could be taken for the other."""
    parts = {key: str(value) for key, value in person.items() if isinstance(value, (str, int))}
    literal = parts.get("literal") or (parts.get("family", "") if not parts.get("given") else "")
    if literal or not parts.get("family"):
        whole = literal or parts.get("given", "")
        return f"{{{whole}}}" if {",", ";"} & set(whole) else whole
    family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"])))
    given = " ".join(filter(None, (parts.get("given"), parts.get("dropping-particle"))))
    return ", ".join(filter(None, (family, given, parts.get("suffix"))))


def _lost_parts(item: Mapping[str, object]) -> Iterator[str]:
    """The parts of names that have no place in a cell."""
    for name in NAMES:
        people = item.get(name)
        for person in people if isinstance(people, list) else [people]:
            if isinstance(person, Mapping):
                yield from (f"{key} of a name" for key in person if key not in _PARTS)
