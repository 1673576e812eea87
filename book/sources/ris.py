"""Reads RIS, as reference managers and catalogues export it: turns records into CSL items."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

from book.dates import edtf
from book.model.sources import Source
from book.problem import Checked, Problem, Span, error, note
from book.sources import csl

TYPES: Mapping[str, str] = {
    "ABST": "article-journal", "ADVS": "motion_picture", "ANCIENT": "classic", "ART": "graphic", "BILL": "bill",
    "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CLSWK": "classic",
    "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference", "DATA": "dataset",
    "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal",
    "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "HEAR": "hearing", "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "song",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "PODCST": "song", "RPRT": "report", "SER": "periodical", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""The CSL type of each type of reference."""
_SPOKEN = re.compile(r"speech|address|lecture|talk|sermon|remarks|presentation|rede|discours", re.IGNORECASE)
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "primary_title"), "title-short": ("short_title",),
    "container-title": ("secondary_title", "alternate_title3", "journal_name"), "collection-title": ("tertiary_title",),
    "publisher": ("publisher",), "volume": ("volume",), "issue": ("number",), "edition": ("edition",), "DOI": ("doi",),
    "ISSN": ("issn",), "abstract": ("abstract", "notes_abstract"), "language": ("language",),
    "genre": ("type_of_work",),
    "call-number": ("call_number",), "archive": ("name_of_database",), "number-of-volumes": ("number_of_volumes",),
}  # fmt: skip
"""For each CSL variable the fields of rispy that may hold it, the more telling first."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    "author": ("authors", "first_authors"), "editor": ("secondary_authors",), "translator": ("subsidiary_authors",),
    "collection-editor": ("tertiary_authors",),
}  # fmt: skip
_RECORD = re.compile(r"^\ufeff?[^\S\n]*TY[^\S\n]{2}-", re.MULTILINE)


def read(text: str, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of a `.ris` file; `malformed-ris` where it is none, and problems of `csl.read_items`.

    A record without an id (`ID`, `LB`) gets one of family name and year, which a note tells.
    """
    import rispy

    ends = [found.start() for found in re.finditer("\n", text)]
    starts = [bisect_left(ends, found.end()) + 1 for found in _RECORD.finditer(text)]
    if not starts:
        if not text.strip():
            return Checked(())
        hint = "each record begins with a line `TY  - …` and ends with `ER  -`"
        return Checked((), (error("malformed-ris", "there is no record in this file", Span(path), hint),))
    try:
        records: list[dict[str, Any]] = rispy.loads(_completed(text))
    except (OSError, ValueError, IndexError, KeyError) as failure:
        return Checked((), (error("malformed-ris", f"this is not RIS: {failure}", Span(path)),))
    problems: list[Problem] = []
    keys: set[str] = set()
    items = []
    for record, line in zip(records, starts, strict=False):
        item = _item(record)
        if not item.get("id"):
            item["id"] = key = _made_key(item, keys)
            problems.append(note("missing-key", f"the record has no id: cite it as [@{key}]", Span(path, line)))
        keys.add(str(item["id"]))
        items.append(item)
    checked = csl.read_items(items, lambda steps: Span(path, starts[int(steps[0])] if steps else 1))
    return Checked(checked.value, (*problems, *checked.problems))


def _completed(text: str) -> str:
    """The text with the end of its last record added, if missing, and without lines before the first."""
    first = _RECORD.search(text)
    lines = text[first.start() if first else 0 :].lstrip("\ufeff").rstrip()
    return lines + ("" if re.search(r"^[^\S\n]*ER[^\S\n]{2}-[^\n]*\Z", lines, re.MULTILINE) else "\nER  - ") + "\n"


def _item(record: Mapping[str, Any]) -> dict[str, object]:
    """The CSL item of a record."""
    kind = str(record.get("type_of_reference", "")).strip()
    item: dict[str, object] = {
        "id": record.get("id") or record.get("label"),
        "type": TYPES.get(kind, kind or "document"),
    }
    if _SPOKEN.fullmatch(str(record.get("type_of_work", "")).strip()):
        item["type"] = "speech"
    for variable, fields in _TEXTS.items():
        if value := next((record[name] for name in fields if record.get(name)), None):
            item[variable] = value if isinstance(value, str) else "; ".join(value)
    for variable, fields in _NAMES.items():
        if value := next((record[name] for name in fields if record.get(name)), None):
            item[variable] = [_name(name) for name in value]
    for variable, names in (("issued", ("date", "year", "publication_year")), ("accessed", ("access_date",))):
        if value := next((str(record[name]) for name in names if record.get(name)), None):
            item[variable] = _date(value)
    if record.get("urls"):
        item["URL"] = record["urls"][0]
    if record.get("start_page"):
        item["page"] = "–".join(filter(None, (record["start_page"], record.get("end_page"))))
    if record.get("notes"):
        item["note"] = "\n".join(record["notes"])
    return item | dict(_places(record, str(item["type"]), item))


def _places(record: Mapping[str, Any], kind: str, item: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Place and occasion: a speech's container is its event."""
    spoken = kind in ("speech", "hearing", "interview")
    if spoken and "container-title" in item:
        yield "event-title", item.pop("container-title")
    elif kind == "paper-conference" and "collection-title" in item:
        yield "event-title", item.pop("collection-title")
    if place := record.get("place_published"):
        yield ("event-place" if spoken else "publisher-place"), place


def _name(text: str) -> dict[str, str]:
    """A name in RIS: `Family, Given, Suffix`, or a whole one."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or not parts[1]:
        return {"literal": parts[0]}
    return {"family": parts[0], "given": parts[1], **({"suffix": parts[2]} if len(parts) > 2 and parts[2] else {})}


def _date(text: str) -> object:
    """A CSL date: RIS has `2015/11/27/words`; programs also write EDTF and text."""
    parts = [part.strip() for part in text.split("/")]
    figures = re.fullmatch(r"[0-9]{4}(?:/(?:[0-9]{1,2})?){0,2}(?:/.*)?", text.strip())
    written = "-".join(f"{int(part):02}" if len(part) < 3 else part for part in parts[:3] if part.isdigit())
    words = parts[3] if figures and len(parts) > 3 else ""
    for tried in (written if figures else text.strip(), text.strip()):
        try:
            date = edtf.parse(tried).edtf
        except ValueError:
            continue
        return {"raw": f"{words} {date}"} if words and "-" not in date else date
    return {"raw": text.strip()}


def _made_key(item: Mapping[str, Any], taken: set[str]) -> str:
    """An id for a record without one: `reed-1908`, then `reed-1908b`."""
    author: Mapping[str, str] = next(iter(item.get("author") or ()), {})
    word = author.get("family") or author.get("literal") or str(item.get("title", "source")).split()[0]
    year = re.search(r"[0-9]{4}", str(item.get("issued", "")))
    stem = re.sub(r"\W+", "-", f"{word}-{year[0] if year else 'undated'}".casefold()).strip("-")
    letters = ("", *"bcdefghijklmnopqrstuvwxyz")
    return next((stem + letter for letter in letters if stem + letter not in taken), f"{stem}-{len(taken)}")
