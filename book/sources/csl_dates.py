"""Reads the dates of CSL items in all their forms: EDTF, `date-parts`, `raw`, `literal`, lists, seasons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from book.dates import edtf
from book.dates.typed import suggest
from book.model.sources import PartialDate

_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def read_date(value: object) -> PartialDate | None:
    """A CSL date: an EDTF text, a mapping with `date-parts` and the like, or a list of one or two such; None if empty.

    `raw` may be a date in another form that has one meaning (`2 March 1908`); otherwise what it and `literal` say is
    shown as written, bounded by what it means or the year in it.
    Raises `ValueError` with a readable reason.
    """
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return edtf.parse(_without_line_break(value)) if str(value).strip() else None
    if isinstance(value, list) and all(isinstance(part, Mapping) for part in value):
        return _listed([date for part in value if (date := _structured(part))])
    if isinstance(value, Mapping):
        return _structured(value)
    if isinstance(value, list) and all(isinstance(part, (str, int)) for part in value):
        written = f"[{','.join(map(str, value))}]"
        raise ValueError(f'a date is a text, and brackets without quotation marks are a list: write "{written}"')
    if value:
        raise ValueError("the date is neither a text nor has `date-parts`")
    return None


def typed_date(value: object) -> str:
    """The text that somebody typed in place of a date, as written; empty if the date has parts."""
    if isinstance(value, Mapping):
        return next((_without_line_break(value[key]) for key in ("edtf", "raw", "literal") if value.get(key)), "")
    if isinstance(value, list):
        return typed_date(value[0]) if len(value) == 1 else ""
    return "" if value is None else _without_line_break(value)


def _without_line_break(value: object) -> str:
    """A text without the line break that ends a block scalar of YAML (`|`, `>`)."""
    return str(value).rstrip("\r\n")


def literal_date(text: str) -> PartialDate:
    """A text in place of a date, with the bounds of the date that it means, or of the one four-digit year in it."""
    readings, years = suggest(text), set(_YEAR.findall(text))
    found = readings[0] if len(readings) == 1 else years.pop() if len(years) == 1 else ""
    date = edtf.parse(found) if found else PartialDate("", None, None)
    return PartialDate(date.edtf, date.earliest, date.latest, literal=text)


def _listed(dates: list[PartialDate]) -> PartialDate | None:
    """One date of a list, or an interval between its two."""
    if len(dates) > 2:
        raise ValueError(f"the list has {len(dates)} dates, not one or two")
    if len(dates) < 2:
        return dates[0] if dates else None
    begin, end = dates
    if begin.literal or end.literal or "/" in begin.edtf + end.edtf:
        words = "–".join(date.literal or date.edtf for date in dates)
        return PartialDate(begin.edtf, begin.earliest, end.latest or begin.latest, literal=words)
    return edtf.parse(f"{begin.edtf}/{end.edtf}")


def _structured(value: Mapping[str, object]) -> PartialDate | None:
    """Read a CSL date with keys.

    Raises:
        ValueError: It is not valid.
    """
    circa = is_true(value.get("circa"))
    parts = value.get("date-parts") or [[value[key] for key in ("year", "month", "day") if value.get(key)]]
    if not isinstance(parts, list) or not all(isinstance(end, list) for end in parts):
        raise ValueError("`date-parts` is not a list of lists, as in [[2015, 11, 27]]")
    if any(part not in (None, "") for end in parts for part in end):
        return edtf.from_date_parts(parts, value.get("season"), circa=circa)
    key = next((key for key in ("edtf", "raw", "literal") if str(value.get(key) or "").strip()), None)
    return _written(str(value[key]).strip(), circa=circa, literal=key == "literal") if key else None


def _written(text: str, *, circa: bool, literal: bool) -> PartialDate:
    """The date that a text means, in EDTF or (unless it is to be shown as written) another form; else the text."""
    readings = (text,) if literal else (text, *suggest(text)[:2])
    for reading in readings if len(readings) < 3 else (text,):
        try:
            return edtf.parse(reading + "~" if circa and reading[-1].isalnum() and "/" not in reading else reading)
        except ValueError:
            continue
    return literal_date(text)


def is_true(value: object) -> bool:
    """Whether a value in CSL's data is true, in any of its spellings."""
    return str(value or "").strip().casefold() not in ("", "0", "false", "no")
