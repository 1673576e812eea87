"""Reads CSV tables (RFC 4180, with a header row): a row for each source, as a spreadsheet saves it.

Headings are CSL's variables, or common words for them (`Date`, `Place`, `Event`, `Key`). Dates are EDTF; several people
in a cell are separated by semicolons, each `Family, Given`, `Family, Given, Suffix` or a whole name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from book.dates import edtf
from book.model.sources import Source
from book.problem import Checked, Problem, Span, error, warning
from book.project.rich_text import from_markdown
from book.sources import csl
from book.sources.csl_words import ALIASES, DATES, NAMES, VARIABLES

_HEADINGS = {**{name.casefold(): name for name in VARIABLES}, **ALIASES, "event": "event-title", "citation key": "id"}
_SPOKEN = {"event-title", "event-place", "speaker"}
"""Columns of a list of speeches: in a table with one of them, a row without a type is a speech."""


def read(text: str, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of a `.csv` file; `malformed-csv` where it is none, and problems of `csl.read_items`."""
    problems: list[Problem] = []
    try:
        rows = list(_rows(text.removeprefix("\ufeff"), path, problems))
    except csv.Error as failure:
        return Checked((), (error("malformed-csv", f"this is not CSV: {failure}", Span(path)),))
    places = [line for line, _ in rows]
    items = [_item(row) for _, row in rows]
    checked = csl.read_items(items, lambda steps: Span(path, places[int(steps[0])] if steps else 1), from_markdown)
    return Checked(checked.value, (*problems, *checked.problems))


def _rows(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """The line of each row (1-based), and its cells by CSL variable; empty rows are left out."""
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [_variable(cell) for cell in next(reader, [])]
    line = reader.line_num
    for cells in reader:
        first, line = line + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            message = f"the row has {len(cells)} cells, its heading {len(names)}"
            hint = f'put cells that hold "{delimiter}" in quotation marks'
            problems.append(warning("malformed-csv", message, Span(path, first), hint))
        yield first, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}


def _variable(heading: str) -> str:
    """The CSL variable that a heading means; the heading itself if it means none."""
    plain = " ".join(heading.split()).casefold()
    return _HEADINGS.get(plain) or _HEADINGS.get(plain.replace(" ", "-").replace("_", "-")) or heading.strip()


def _item(row: dict[str, str]) -> dict[str, object]:
    """The CSL item of a row."""
    item: dict[str, object] = {"type": "speech" if _SPOKEN & set(row) else "document", **row}
    for name in NAMES:
        if name in row:
            item[name] = [_name(part) for part in row[name].split(";") if part.strip()]
    for name in DATES:
        if name in row:
            item[name] = _date(row[name])
    return item


def _name(text: str) -> dict[str, str]:
    """A person or an organisation; braces protect a whole name with a comma."""
    text = text.strip()
    if text[:1] + text[-1:] == "{}":
        return {"literal": text[1:-1]}
    family, *rest = (part.strip() for part in text.split(","))
    if not rest or not rest[0]:
        return {"literal": family}
    return {"family": family, "given": rest[0], **({"suffix": ", ".join(rest[1:])} if rest[1:] else {})}


def _date(text: str) -> object:
    """A CSL date: EDTF, else a literal."""
    try:
        return edtf.parse(text).edtf
    except ValueError:
        return {"raw": text}
