"""The item of a source as CSL data, whatever list it is from: for exports, and for CSL styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from book.model.sources import PartialDate, Source
from book.project.rich_text import from_markdown, to_csl
from book.sources.csl_dates import read_date
from book.sources.csl_note import with_note_variables
from book.sources.csl_words import DATES

MARKDOWN = frozenset({".yaml", ".yml", ".csv"})
"""The suffixes of lists whose texts may have Markdown."""
RICH = (
    "title", "title-short", "shortTitle", "event-title", "event", "container-title", "container-title-short",
    "collection-title", "original-title", "volume-title", "part-title", "reviewed-title",
)  # fmt: skip
"""The variables whose texts may have markup."""
_PLAIN = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SEASONS = {"21": 1, "22": 2, "23": 3, "24": 4}


def is_markdown(source: Source) -> bool:
    """Whether the texts of a source's list may have Markdown."""
    return PurePosixPath(source.at.path).suffix.lower() in MARKDOWN


def csl_item(source: Source) -> dict[str, object]:
    """The item of a source as CSL-JSON has it, whatever list it is from: CSL's tags in titles, dates in parts."""
    item = {key: value for key, value in source.item.items() if value not in (None, "")}
    if "id" not in item:
        item = {"id": source.id, **item}
    if is_markdown(source):
        for name in RICH:
            if isinstance(text := item.get(name), str):
                item[name] = to_csl(from_markdown(text))
    return {name: csl_date(value) if name in DATES else value for name, value in item.items()}


def whole_item(source: Source) -> dict[str, object]:
    """The same, with the variables of its `note`, its id what it is cited by, for formats that have no such notes."""
    return {**with_note_variables(csl_item(source)), "id": source.id}


def date_text(value: object) -> str:
    """A CSL date as one text: EDTF, or the words in its place."""
    try:
        date = read_date(value)
    except ValueError:
        return str(value)
    return "" if date is None else date.literal or date.edtf


def csl_date(value: object) -> object:
    """A date as CSL-JSON has it; one that is in that form is left alone, and so is what is no date."""
    if isinstance(value, Mapping) and not {"year", "edtf"} & set(value):
        return value
    try:
        date = read_date(value)
    except ValueError:
        return {"raw": str(value)}
    return value if date is None else _structured(date)


def _structured(date: PartialDate) -> dict[str, object]:
    """`date-parts` where they can say it, else EDTF as `raw`, or the words as `literal`."""
    if date.literal:
        return {"literal": date.literal}
    text = date.edtf.removesuffix("~")
    ends = [_PLAIN.fullmatch(end) for end in text.split("/")]
    if not all(ends) or (text != date.edtf and len(ends) > 1):
        return {"raw": date.edtf}
    parts = [[int(part) for part in end.groups() if part] for end in ends if end]
    for end in parts:
        end[0] = end[0] if end[0] > 0 else end[0] - 1  # CSL has no year 0: its -44 is 44 BC
    season = {"season": _SEASONS[f"{parts[0].pop()}"]} if len(parts) == 1 and f"{parts[0][-1]}" in _SEASONS else {}
    if any(len(end) > 1 and not 1 <= end[1] <= 12 for end in parts):
        return {"raw": date.edtf}
    return {"date-parts": parts, **season, **({"circa": True} if text != date.edtf else {})}
