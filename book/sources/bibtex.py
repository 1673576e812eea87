"""Reads BibTeX and biblatex: turns entries into CSL items, which are then read like any others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from book.dates import edtf
from book.model.sources import Source
from book.problem import Checked, Problem, Span, warning
from book.sources import bibtex_words as words
from book.sources import csl
from book.sources.csl_words import NAMES, TYPES
from book.sources.latex import read_latex, unknown_commands

if TYPE_CHECKING:
    from bibtexparser.library import Library

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PIECE = re.compile(r'\s*(?:"((?:[^"{}]|\{[^{}]*\})*)"|\{(.*?)\}|([^\s#"{}]+))\s*(?:#|$)')
_LONGEST = 100_000
"""Characters of a value that string macros are put together to."""
_BEFORE_COMMAND = re.compile(r"(\sand\s+)(?=\\)", re.IGNORECASE)
_READ_BY_NOBODY = frozenset({"abstract", "annotation", "annote", "keywords", "note", "addendum"})
"""Fields of words that no edition shows."""
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}
"""Names that fields of a parent (`crossref`) have in its children; other fields keep their names."""
_NEVER_INHERITED = frozenset({"ids", "crossref", "xref", "xdata", "options", "entrysubtype", "shorttitle", "keywords"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, with string macros expanded."""

    kind: str
    """Its type in lower case."""
    key: str
    """Its citation key."""
    line: int
    """The line where it begins, 1-based."""
    fields: dict[str, str] = field(default_factory=dict)
    """Its fields as LaTeX, by name in lower case."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line where each field begins, 1-based."""


def read(text: str, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of a `.bib` file; `malformed-bibtex` for what cannot be parsed, and problems of `csl.read_items`."""
    from bibtexparser.entrypoint import parse_string

    logger = logging.getLogger("bibtexparser")
    logger.addHandler(logging.NullHandler())  # what it says of a block is told from the block
    logger.propagate = False
    library = parse_string(text)
    problems: list[Problem] = []
    entries = list(_entries(library, path, problems))
    by_key = {entry.key: entry for entry in reversed(entries)}
    problems += _unknown_commands(entries, path)
    items = [_item(entry, _with_inherited(entry, by_key)) for entry in entries]

    def at(steps: tuple[str | int, ...]) -> Span:
        entry = entries[int(steps[0])] if steps else None
        name = _field_of(str(steps[1]), entry) if entry and len(steps) > 1 else None
        return Span(path, entry.lines.get(name or "", entry.line) if entry else 1)

    read_items = csl.read_items(items, at)
    return Checked(read_items.value, (*problems, *read_items.problems))


def _unknown_commands(entries: Sequence[Entry], path: str) -> Iterator[Problem]:
    """A warning for each field that is shown and has a command of LaTeX which is not known."""
    shown = {"title", *words.TEXTS, *words.NAMES, *NAMES} - _READ_BY_NOBODY
    for entry in entries:
        for name, text in entry.fields.items():
            if "\\" in text and name in shown and (unknown := unknown_commands(text)):
                commands = ", ".join(f"\\{one}" for one in unknown)
                message = f'the field "{name}" has LaTeX that is not known here: {commands}; it is left out'
                hint = "write what it stands for, in LaTeX of the usual packages or in Unicode"
                yield warning("foreign-markup", message, Span(path, entry.lines.get(name, entry.line)), hint)


def _entries(library: Library, path: str, problems: list[Problem]) -> Iterator[Entry]:
    """The entries of a parsed file in order; faults are added to `problems`."""
    from bibtexparser import model

    strings: dict[str, str] = {}
    for string in library.strings:  # each knows those before it, as in BibTeX
        try:
            strings[string.key.lower()] = _value(str(string.value), strings)
        except OverflowError as failure:
            strings[string.key.lower()] = ""
            problems.append(_too_long(f'the string "{string.key}"', failure, Span(path, (string.start_line or 0) + 1)))
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        found: Any = block
        if isinstance(block, model.DuplicateFieldKeyBlock):
            names = ", ".join(f'"{name}"' for name in sorted(block.duplicate_keys))
            problems.append(warning("duplicate-key", f"a field stands twice in an entry: {names}", Span(path, line)))
            found = block.ignore_error_block
        elif isinstance(block, model.DuplicateBlockKeyBlock):
            found = block.ignore_error_block
        elif isinstance(block, model.ParsingFailedBlock):
            reason = " ".join(getattr(block.error, "abort_reason", "").split()) or "it is not BibTeX"
            problems.append(warning("malformed-bibtex", f"an entry cannot be read: {reason}", Span(path, line)))
        if isinstance(found, model.Entry):
            entry = Entry(found.entry_type.lower(), found.key, line)
            for one in found.fields:
                entry.lines[one.key.lower()] = (one.start_line or 0) + 1
                try:
                    entry.fields[one.key.lower()] = _value(str(one.value), strings)
                except OverflowError as failure:
                    at = Span(path, entry.lines[one.key.lower()])
                    problems.append(_too_long(f'the field "{one.key}"', failure, at))
            yield entry


def _too_long(what: str, failure: OverflowError, at: Span) -> Problem:
    """A warning that strings make a value too long, which is left out."""
    message = f"{what} is left out: with the strings that it names it has {failure}"
    return warning("malformed-bibtex", message, at, "write out what it stands for")


def _value(value: str, strings: Mapping[str, str]) -> str:
    """A field's value, with pieces joined by # concatenated and string macros expanded.

    Raises:
        OverflowError: It is longer than `_LONGEST`, by macros that name others in turn.
    """
    value = value.strip()
    if "#" not in value and value[:1] + value[-1:] in ('""', "{}"):
        return value[1:-1]
    if "#" not in value or not re.match(r'["{]|\w+\s*#', value):
        return strings.get(value.lower(), value)
    pieces, place, length = [], 0, 0
    while place < len(value):
        found = _PIECE.match(value, place)
        if not found:
            return value
        name = found[3]
        pieces.append(strings.get(name.lower(), name) if name else found[1] or found[2] or "")
        place, length = found.end(), length + len(pieces[-1])
        if name and length > _LONGEST:
            raise OverflowError(f"more than {_LONGEST} characters")
    return "".join(pieces)


def _with_inherited(entry: Entry, entries: Mapping[str, Entry], depth: int = 0) -> dict[str, str]:
    """The fields of an entry with those inherited from `crossref` and `xdata` (biblatex manual, 2.4.1)."""
    fields = dict(entry.fields)
    parents: list[tuple[str, Mapping[str, str]]] = [(fields.get("crossref", ""), _INHERITED)]
    parents += [(key.strip(), {}) for key in fields.get("xdata", "").split(",")]
    for key, renamed in parents:
        parent = entries.get(key)
        if parent is None or parent is entry or depth > 5:
            continue
        for name, value in _with_inherited(parent, entries, depth + 1).items():
            if name not in _NEVER_INHERITED:
                fields.setdefault(renamed.get(name, name), value)
    return fields


def _item(entry: Entry, fields: dict[str, str]) -> dict[str, object]:
    """The CSL item of an entry."""
    item: dict[str, object] = {"id": entry.key, "type": _type(entry.kind, fields)}
    for name, variable in (*words.NAMES.items(), *((name, name) for name in NAMES)):
        if variable and fields.get(name) and variable not in item:
            item[variable] = list(_names(fields[name], use_prefix="useprefix=true" in fields.get("options", "")))
    for name, variable in words.DATES.items():
        if text := _date(name, fields):
            item[variable] = text
    for name, variable in words.VERBATIM.items():
        if fields.get(name):
            item[variable] = fields[name].strip().replace("\\_", "_").replace("\\%", "%")
    for name, variable in words.TEXTS.items():
        if fields.get(name):
            item.setdefault(variable, _text(name, fields))
    if fields.get("title"):
        item["title"] = _text("title", fields)
    item |= _number(entry.kind, fields, item)
    if language := fields.get("langid") or fields.get("language") or fields.get("hyphenation"):
        item["language"] = words.LANGUAGES.get(language.strip().lower(), read_latex(language))
    if item["type"] == "speech" and "event-place" not in item and "publisher-place" in item:
        item["event-place"] = item.pop("publisher-place")
    known = {*words.NAMES, *words.DATES, *words.VERBATIM, *words.TEXTS, *words.UNSHOWN, *NAMES, "title"}
    return item | {name: value for name, value in fields.items() if name not in known and name not in item}


def _number(kind: str, fields: Mapping[str, str], item: Mapping[str, object]) -> dict[str, object]:
    """The CSL variable for BibTeX's `number`: an issue, a number in a series, or a plain number."""
    number = fields.get("issue") or fields.get("number")
    if not number:
        return {}
    if "container-title" in item and kind in ("article", "suppperiodical", "periodical"):
        return {"issue": read_latex(number)}
    return {"collection-number" if "collection-title" in item else "number": read_latex(number)}


def _type(kind: str, fields: Mapping[str, str]) -> str:
    """The CSL type of an entry."""
    for name in ("entrysubtype", "type"):
        said = fields.get(name, "").strip().lower()
        if said in TYPES or said in words.SUBTYPES:
            return words.SUBTYPES.get(said, said)
    if kind in ("unpublished", "misc") and any(fields.get(name) for name in ("eventtitle", "eventdate", "venue")):
        return "speech"
    return words.TYPES.get(kind, kind)


def _text(name: str, fields: Mapping[str, str]) -> str:
    """A field's words; a title with its subtitle."""
    stem = name.removesuffix("title")
    subtitle = fields.get(f"{stem}subtitle") if name != "shorttitle" and name.endswith("title") else None
    text = read_latex(fields[name])
    if not subtitle:
        return text
    return f"{text}{'' if text[-1:] in '?!:' else ':'} {read_latex(subtitle)}"


def _names(text: str, *, use_prefix: bool) -> Iterator[dict[str, object]]:
    """The people of a field in CSL's form, including biblatex's `family=…, given=…`."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    text = _BEFORE_COMMAND.sub(r"\1{}", " ".join(text.split()))  # bibtexparser 2 cuts off a command behind "and"
    for written in split_multiple_persons_names(text):
        if written.lower() == "others":
            continue
        if re.match(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=", written):
            yield _extended(written)
            continue
        if re.fullmatch(r"\{.*\}", written) and "}" not in written[1:-1].split("{")[0]:
            yield {"literal": read_latex(written)}
            continue
        parts = parse_single_name_into_parts(written, strict=False)
        prefix = read_latex(" ".join(parts.von))
        name = {
            "family": read_latex(" ".join(parts.last)),
            "given": read_latex(" ".join(parts.first)),
            "non-dropping-particle" if use_prefix else "dropping-particle": prefix,
            "suffix": read_latex(" ".join(parts.jr)),
        }
        yield {key: value for key, value in name.items() if value}


def _extended(written: str) -> dict[str, object]:
    """A name in biblatex's extended format (its manual, 3.7): `family=Bach, given=Anna, prefix=von`."""
    found = dict(part.strip().partition("=")[::2] for part in written.split(",") if "=" in part)
    given = {key.strip(): read_latex(value.strip().strip('"')) for key, value in found.items()}
    particle = "non-dropping-particle" if given.get("useprefix") == "true" else "dropping-particle"
    named = {"family": "family", "given": "given", "prefix": particle, "suffix": "suffix"}
    return {variable: given[key] for key, variable in named.items() if given.get(key)}


def _date(name: str, fields: Mapping[str, str]) -> object:
    """The CSL date of a field (for `date` also from `year`, `month` and `day`); None if there is none."""
    text = fields.get(name, "").strip()
    if not text and name == "date" and fields.get("year"):
        text = _year_and_month(fields["year"].strip(), fields.get("month", "").strip(), fields.get("day", "").strip())
    text = read_latex(text.replace("~", "\\~{}")) if "\\" in text or "{" in text else text
    if not text:
        return None
    try:
        return edtf.parse(text).edtf
    except ValueError:
        return {"raw": text.replace("--", "–")}


def _year_and_month(year: str, month: str, day: str) -> str:
    """EDTF of BibTeX's fields, or their text if they are no date."""
    number = next((n for n, name in enumerate(_MONTHS, 1) if month.lower().startswith(name) and month.isalpha()), None)
    if number is None and month.isdigit() and 1 <= int(month) <= 12:
        number = int(month)
    if re.fullmatch(r"[0-9]{4}", year) and (number or not month):
        dated = f"{year}-{number:02}" if number else year
        return f"{dated}-{int(day):02}" if number and day.isdigit() else dated
    return " ".join(part for part in (day, month, year) if part)


def _field_of(variable: str, entry: Entry) -> str | None:
    """The field that a CSL variable was read from."""
    tables = (words.NAMES, words.DATES, words.VERBATIM, words.TEXTS)
    names = [name for table in tables for name, known in table.items() if known == variable]
    extra = ["year"] if variable == "issued" else ["langid"] if variable == "language" else []
    return next((name for name in (*names, *extra, variable) if name in entry.lines), None)
