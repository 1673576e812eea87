"""Reads `book.toml` into Settings and Editions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from book.dates import edtf, typed
from book.language.registry import language_hint
from book.language.terms import TERMS
from book.model.settings import Checks, Edition, Limits, Page, Project, Settings
from book.problem import Checked, Problem, Span, error
from book.project.designs import design_fault, with_own_design
from book.project.editions import (
    check_borrowed_pages,
    check_edition,
    check_kind,
    check_written_path,
    file_fault,
    identifier_fault,
    outside_fault,
)
from book.project.files import is_file
from book.project.outputs import output_of
from book.project.relators import relator_hint, relators
from book.project.text_file import is_inside, read_text
from book.project.toml_source import TomlDocument, parse, place
from book.project.validate import At, Fault, check_keys, decode, placed

T = TypeVar("T", bound=msgspec.Struct)

_PLACEHOLDER = re.compile(r"\{\w*\}")
"""Where a word of furniture takes another."""
_OPTIONAL = {"see": {"{heading}"}, "see-also": {"{heading}"}, "colophon-text": {"{faces}"}}
"""Placeholders that a word may have or lack: the headings that it refers to, the faces that a book is set in."""
FILE = "book.toml"
EDITIONS = (
    Edition(name="print", output="pdf"),
    Edition(name="ebook", output="epub"),
    Edition(name="handout", output="pdf", split="chapter"),
)
"""The editions of a project whose `book.toml` describes none."""
TRADE = Page(width="6in", height="9in")
PAPERS = {"a4": Page(width="210mm", height="297mm"), "letter": Page(width="8.5in", height="11in")}
"""The pages that `paper` names; A4 is the default of a handout and of large print."""
EXAMPLES = "write 2015, 2015-06 or 2015-06-30"


def load_project(root: Path) -> Checked[Project | None]:
    """Load the project in the folder `root`, with every problem of its `book.toml`.

    Editions with errors are left out.

    Returns:
        The project; None if `book.toml` is missing (`missing-project`), cannot be parsed, or has no title.
    """
    root = root.resolve()
    if not is_file(root / FILE):
        return Checked(None, (_missing_project(),))
    text = read_text(root, FILE)
    if text.value is None:
        return Checked(None, text.problems)
    parsed = parse(text.value, FILE)
    if parsed.value is None:
        return Checked(None, parsed.problems)
    document = parsed.value
    problems = check_keys(document.data, ("book", "editions", "checks", "limits", "words"), document.at)
    settings = _settings(document, root)
    editions = _editions(document, root)
    checks, limits = _table(document, "checks", Checks), _table(document, "limits", Limits)
    problems += [*settings.problems, *editions.problems, *checks.problems, *limits.problems]
    if settings.value is None:
        return Checked(None, tuple(problems))
    designed = tuple(with_own_design(settings.value, edition) for edition in editions.value)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    project = Project(root, settings.value, designed, text.value, checks.value, limits.value, epoch)
    return Checked(project, tuple(problems))


def places(project: Project) -> At:
    """A function that finds the place of a key path in a project's `book.toml`, for problems that are found later."""
    return lambda path: place(project.toml, FILE, path)


def _missing_project() -> Problem:
    """The problem of a folder without `book.toml`."""
    hint = 'write a book.toml with the lines [book] and title = "…", or start a project with `book new`'
    return error("missing-project", "the folder has no book.toml", Span(FILE), hint)


def _below(document: TomlDocument, *table: str) -> Callable[[tuple[str | int, ...]], Span]:
    """A function that finds the place of a key path relative to a table."""
    return lambda path: document.at((*table, *path))


def _not_a_table(name: str, hint: str, at: Span) -> Problem:
    """The problem of a value that should be a table."""
    return error("invalid-value", f'"{name}" is not a table', at, hint)


def _settings(document: TomlDocument, root: Path) -> Checked[Settings | None]:
    """Read the table `[book]`."""
    at = _below(document, "book")
    table = document.data.get("book", {})
    if not isinstance(table, Mapping):
        return Checked(None, (_not_a_table("book", "write [book]", at(())),))
    checked = decode(table, Settings, at)
    if "words" in table:
        hint = "words stand in a table of their own: [words]"
        return Checked(
            checked.value, (*checked.problems, error("unknown-key", 'unknown key "words"', at(("words",)), hint))
        )
    words = _words(document)
    settings = checked.value and msgspec.structs.replace(checked.value, words=words.value)
    faults = _check_settings(settings, root) if settings is not None else ()
    return Checked(settings, (*checked.problems, *words.problems, *placed(faults, at)))


def _words(document: TomlDocument) -> Checked[Mapping[str, str]]:
    """The table `[words]`: words of furniture by their keys, each with the placeholders that the English one has."""
    at = _below(document, "words")
    table = document.data.get("words", {})
    if not isinstance(table, Mapping):
        return Checked({}, (_not_a_table("words", "write [words]", at(())),))
    problems = check_keys(table, tuple(TERMS["en"]), at)
    words: dict[str, str] = {}
    for key in set(table) & set(TERMS["en"]):
        optional = _OPTIONAL.get(key, set())
        wanted = set(_PLACEHOLDER.findall(TERMS["en"][key])) - optional
        if not isinstance(table[key], str) or set(_PLACEHOLDER.findall(table[key])) - optional != wanted:
            hint = f'write it like the English one: "{TERMS["en"][key]}"'
            message = f'the word "{key}" is a text' + (f" with {', '.join(sorted(wanted))}" if wanted else "")
            problems.append(error("invalid-value", message, at((key,)), hint))
        else:
            words[key] = table[key]
    return Checked(words, tuple(problems))


def _table(document: TomlDocument, name: str, kind: type[T]) -> Checked[T]:
    """A table whose keys all have defaults."""
    at = _below(document, name)
    table = document.data.get(name, {})
    if not isinstance(table, Mapping):
        return Checked(kind(), (_not_a_table(name, f"write [{name}]", at(())),))
    checked = decode(table, kind, at)
    return Checked(checked.value or kind(), checked.problems)


def _check_settings(settings: Settings, root: Path) -> Iterator[Fault]:
    """Faults of values that have the right type."""
    hint = language_hint(settings.language)
    if hint:
        yield Fault("unknown-language", f'"{settings.language}" is not a language tag', ("language",), hint)
    for name, date in (("date", settings.date), ("modified", settings.modified)):
        try:
            edtf.parse(date or "2000")
        except ValueError as failure:
            yield Fault("invalid-date", str(failure), (name,), typed.hint(date or "", EXAMPLES))
    if settings.identifier is not None:
        yield from identifier_fault(settings.identifier, "identifier")
    yield from design_fault(root, settings.design)
    for number, contributor in enumerate(settings.contributors):
        if contributor.role not in relators():
            message = f'"{contributor.role}" is not a code of the MARC list of relators'
            yield Fault("unknown-role", message, ("contributors", number, "role"), relator_hint(contributor.role))
    for number, name in enumerate(settings.sources):
        yield from file_fault(root, name, "missing-sources", ("sources", number))
    for number, name in enumerate(settings.chapters):
        if not is_inside(root, name):
            yield outside_fault(name, ("chapters", number))
    if settings.cover is not None:
        yield from file_fault(root, settings.cover, "missing-image", ("cover",))


def _editions(document: TomlDocument, root: Path) -> Checked[tuple[Edition, ...]]:
    """Read the tables `[editions.<name>]`, or return the default editions."""
    tables = document.data.get("editions", {})
    if not isinstance(tables, Mapping):
        return Checked((), (_not_a_table("editions", "write [editions.print]", document.at(("editions",))),))
    checked = [_edition(name, table, document, root) for name, table in tables.items()]
    editions = [one.value for one in checked if one.value is not None]
    problems = [problem for one in checked for problem in one.problems]
    broken = set(tables) - {edition.name for edition in editions}
    for edition in editions:
        at = _below(document, "editions", edition.name)
        problems += placed(check_borrowed_pages(edition, editions, broken), at)
        problems += placed(check_written_path(edition, editions), at)
    return Checked(tuple(map(_with_page, editions if tables else EDITIONS)), tuple(problems))


_NAMES = ("name", "file", "filename", "file-name", "path")
"""Keys that an edition does not have, because its table names it and its file."""


def _edition(name: str, table: object, document: TomlDocument, root: Path) -> Checked[Edition | None]:
    """Read one table `[editions.<name>]`."""
    at = _below(document, "editions", name)
    if not isinstance(table, Mapping):
        return Checked(None, (_not_a_table(name, f"write [editions.{name}]", at(())),))
    checked = decode({key: value for key, value in table.items() if key not in _NAMES}, Edition, at)
    found = list(checked.problems)
    hint = f"delete the line: the heading [editions.{name}] names the edition, and the file that it is written to"
    found += (error("unknown-key", f'unknown key "{key}"', at((key,)), hint) for key in _NAMES if key in table)
    if checked.value is None:
        return Checked(None, tuple(found))
    unknown = placed(check_kind(checked.value), at)
    if unknown:
        return Checked(None, (*found, *unknown))
    edition = msgspec.structs.replace(checked.value, name=name)
    faults = design_fault(root, edition.design) if edition.design else ()
    return Checked(edition, (*found, *placed((*check_edition(edition, table, root), *faults), at)))


def _with_page(edition: Edition) -> Edition:
    """An edition with its default page, if it names none."""
    if not output_of(edition).paged or edition.page is not None:
        return edition
    page = PAPERS[edition.paper or "a4"] if edition.split or edition.paper or edition.large_print else TRADE
    return msgspec.structs.replace(edition, page=page)
