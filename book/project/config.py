"""`book.toml` → Settings and Editions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from book.dates import edtf
from book.language.tags import WELL_FORMED
from book.model.settings import Edition, Page, Project, Settings
from book.problem import Checked, Problem, Span, error
from book.project.identity import check_identifier
from book.project.profiles import profile_fault
from book.project.relators import relator_hint, relators
from book.project.text_file import is_inside, read_text
from book.project.toml_source import TomlDocument, parse
from book.project.validate import check_keys, decode, suggestion

FILE = "book.toml"
INDEXES = tuple(sorted(path.stem for path in (Path(__file__).parent.parent / "indexes").glob("[a-z]*.py")))
"""The names of all indexes: those of their modules."""
SECTIONS = (
    "half-title", "titlepage", "copyright", "contents", "figures", "chapters", "notes", "timeline", *INDEXES,
    "colophon",
)  # fmt: skip
"""The names that an edition's `sections` may hold."""
EDITIONS = (
    Edition(name="print", output="pdf"),
    Edition(name="ebook", output="epub"),
    Edition(name="handout", output="pdf", split="chapter"),
)
"""What is built where `book.toml` describes no edition."""
TRADE = Page(width="6in", height="9in")
SHEET = Page(width="210mm", height="297mm")
"""A4: what a handout is printed on."""
POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "pt": 1.0, "pc": 12.0, "px": 0.75}
"""The size of each unit of CSS Values 3, section 6.2, in pt."""
SMALLEST, LARGEST = 72, 14400
"""Limits of a page's width and height in pt; the upper is that of PDF (ISO 32000-1, annex C)."""
EXAMPLES = "write 2015, 2015-06 or 2015-06-30"


def load_project(root: Path) -> Checked[Project | None]:
    """The project in the folder `root`, with every problem of its `book.toml`.

    None where there is no `book.toml` (`missing-project`), where it cannot be parsed, or where it
    gives no title. An edition that cannot be made out is left out.
    """
    root = root.resolve()
    if not (root / FILE).is_file():
        return Checked(None, (_missing_project(),))
    text = read_text(root, FILE)
    if text.value is None:
        return Checked(None, text.problems)
    parsed = parse(text.value, FILE)
    if parsed.value is None:
        return Checked(None, parsed.problems)
    document = parsed.value
    problems = check_keys(document.data, ("book", "editions"), document.at)
    settings = _settings(document, root)
    editions = _editions(document, root)
    problems += [*settings.problems, *editions.problems]
    project = Project(root, settings.value, editions.value) if settings.value else None
    return Checked(project, tuple(problems))


def _missing_project() -> Problem:
    """The problem of a folder without `book.toml`."""
    hint = 'write a book.toml with the lines [book] and title = "…", or start a project with `book new`'
    return error("missing-project", "the folder has no book.toml", Span(FILE), hint)


def _settings(document: TomlDocument, root: Path) -> Checked[Settings | None]:
    """The table `[book]`."""
    table = document.data.get("book", {})
    if not isinstance(table, Mapping):
        return Checked(None, (error("invalid-value", '"book" is not a table', document.at(("book",)), "write [book]"),))
    checked = decode(table, Settings, lambda path: document.at(("book", *path)))
    found = list(checked.problems)
    if checked.value is not None:
        found += _check_settings(checked.value, document, root)
    return Checked(checked.value, tuple(found))


def _check_settings(settings: Settings, document: TomlDocument, root: Path) -> Iterator[Problem]:
    """What is wrong with values that have the right type."""
    if not WELL_FORMED.fullmatch(settings.language):
        message = f'"{settings.language}" is not a BCP 47 language tag'
        yield error("invalid-value", message, document.at(("book", "language")), 'write "en", "en-GB" or "zh-Hans"')
    if settings.date is not None:
        try:
            edtf.parse(settings.date)
        except ValueError as failure:
            yield error("invalid-date", str(failure), document.at(("book", "date")), EXAMPLES)
    yield from _check_identifier(settings.identifier, document.at(("book", "identifier")))
    for place, contributor in enumerate(settings.contributors):
        if contributor.role not in relators():
            message = f'"{contributor.role}" is not a code of the MARC list of relators'
            at = document.at(("book", "contributors", place, "role"))
            yield error("unknown-role", message, at, relator_hint(contributor.role))
    for place, path in enumerate(settings.sources):
        yield from _check_file(path, "missing-sources", document.at(("book", "sources", place)), root)
    for place, path in enumerate(settings.chapters):
        if not is_inside(root, path):
            yield _outside(path, document.at(("book", "chapters", place)))
    if settings.cover is not None:
        yield from _check_file(settings.cover, "missing-image", document.at(("book", "cover")), root)


def _check_identifier(identifier: str | None, at: Span) -> Iterator[Problem]:
    """What is wrong with an identifier, if there is one."""
    hint = check_identifier(identifier) if identifier is not None else None
    if hint is not None:
        yield error("invalid-identifier", f'"{identifier}" does not identify a book', at, hint)


def _editions(document: TomlDocument, root: Path) -> Checked[tuple[Edition, ...]]:
    """The tables `[editions.<name>]`, or what is built without them."""
    tables = document.data.get("editions", {})
    if not isinstance(tables, Mapping):
        at = document.at(("editions",))
        return Checked((), (error("invalid-value", '"editions" is not a table', at, "write [editions.print]"),))
    checked = [_edition(name, table, document, root) for name, table in tables.items()]
    editions = [one.value for one in checked if one.value is not None]
    problems = [problem for one in checked for problem in one.problems]
    problems += (problem for edition in editions for problem in _check_pages(edition, editions, document))
    return Checked(tuple(map(_with_page, editions if tables else EDITIONS)), tuple(problems))


def _edition(name: str, table: object, document: TomlDocument, root: Path) -> Checked[Edition | None]:
    """One table `[editions.<name>]`."""
    here = ("editions", name)
    if not isinstance(table, Mapping):
        hint = f"write [editions.{name}]"
        return Checked(None, (error("invalid-value", f'"{name}" is not a table', document.at(here), hint),))
    known = {key: value for key, value in table.items() if key != "name"}
    checked = decode(known, Edition, lambda path: document.at((*here, *path)))
    found = list(checked.problems)
    if "name" in table:
        found.append(error("unknown-key", 'unknown key "name"', document.at((*here, "name")), "the table's key is it"))
    if checked.value is None:
        return Checked(None, tuple(found))
    edition = msgspec.structs.replace(checked.value, name=name)
    return Checked(edition, (*found, *_check_edition(edition, document, root)))


def _check_edition(edition: Edition, document: TomlDocument, root: Path) -> Iterator[Problem]:
    """What is wrong with values that have the right type."""
    here = ("editions", edition.name)
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", edition.name):
        message = f'"{edition.name}" cannot be the name of a file everywhere'
        yield error("invalid-value", message, document.at(here), "use letters A to Z, figures, hyphens")
    if edition.output == "epub":
        for key in ("split", "page", "binding", "variant", "printing"):
            if getattr(edition, key) is not None:
                yield error("invalid-value", f'an EPUB has no "{key}"', document.at((*here, key)), "remove the line")
    else:
        if not edition.embed_fonts:
            message = "a PDF always holds its fonts"
            yield error("invalid-value", message, document.at((*here, "embed-fonts")), "remove the line")
        yield from _check_printing(edition, document, root)
    yield from _check_identifier(edition.identifier, document.at((*here, "identifier")))
    if edition.notes == "end" and (edition.output == "epub" or edition.split):
        hint = "remove the line: an e-reader shows a note where it is called, a handout has it on the page"
        yield error("invalid-value", "only a whole PDF has endnotes", document.at((*here, "notes")), hint)
    for key in ("width", "height"):
        length = getattr(edition.page or TRADE, key)
        if not _is_page_length(length):
            hint = "write 6in, 210mm, 15.5cm, 432pt or 576px"
            yield error("invalid-value", f'"{length}" is not a page\'s {key}', document.at((*here, "page", key)), hint)
    for place, path in enumerate(edition.styles):
        yield from _check_file(path, "missing-stylesheet", document.at((*here, "styles", place)), root)
    for place, section in enumerate(edition.sections or ()):
        if section not in SECTIONS:
            at = document.at((*here, "sections", place))
            yield error("invalid-value", f'no section "{section}"', at, suggestion(section, SECTIONS))


def _check_pages(edition: Edition, editions: Sequence[Edition], document: TomlDocument) -> Iterator[Problem]:
    """What is wrong with the edition that another takes its page numbers from."""
    if edition.pages is None or (edition.pages == "none" and edition.output == "epub"):
        return
    at = document.at(("editions", edition.name, "pages"))
    printed = [other.name for other in editions if other.output == "pdf" and other.split is None]
    broken = set(document.data["editions"]) - {other.name for other in editions}
    if edition.output != "epub":
        yield error("invalid-value", "a PDF has pages of its own", at, "remove the line")
    elif edition.pages not in {*printed, *broken}:
        hint = suggestion(edition.pages, [*printed, "none"])
        yield error("invalid-value", f'no edition "{edition.pages}" that is one PDF', at, hint)


def _check_printing(edition: Edition, document: TomlDocument, root: Path) -> Iterator[Problem]:
    """What is wrong with what a print shop asks for."""
    printing, here = edition.printing, ("editions", edition.name, "printing")
    if edition.variant != "pdf/x-4":
        if printing:
            hint = 'remove the line, or add variant = "pdf/x-4"'
            yield error("invalid-value", 'only a "pdf/x-4" has "printing"', document.at(here), hint)
    elif printing is None:
        if "printing" not in document.data["editions"][edition.name]:  # else what is wrong with it has been said
            hint = 'write printing = { profile = "profiles/….icc" }; the print shop says which, and has the file'
            message = "a PDF/X-4 needs the colour profile of the printing condition"
            yield error("missing-profile", message, document.at((*here[:2], "variant")), hint)
    else:
        at = document.at((*here, "profile"))
        faults = list(_check_file(printing.profile, "missing-profile", at, root))
        fault = None if faults else profile_fault((root / printing.profile).read_bytes())
        if fault:
            hint = "ask the print shop for the CMYK output profile of the printing condition"
            faults.append(error("invalid-profile", f'"{printing.profile}" {fault}', at, hint))
        yield from faults
        if not _is_bleed(printing.bleed):
            message = f'"{printing.bleed}" is not a bleed'
            yield error("invalid-value", message, document.at((*here, "bleed")), "write 3mm; it is at most 10mm")


def _is_bleed(length: str) -> bool:
    """Whether a text is a CSS length with an absolute unit, up to 10 mm."""
    found = re.fullmatch(r"([0-9]{0,6}\.?[0-9]{1,6})(in|cm|mm|pt|pc|px)", length)
    return found is not None and float(found[1]) * POINTS[found[2]] <= 10 * POINTS["mm"]


def _with_page(edition: Edition) -> Edition:
    """A PDF edition with the page it has if it names none."""
    if edition.output != "pdf" or edition.page is not None:
        return edition
    return msgspec.structs.replace(edition, page=SHEET if edition.split else TRADE)


def _is_page_length(length: str) -> bool:
    """Whether a text is a CSS length with an absolute unit, of a size that a page can have."""
    found = re.fullmatch(r"([0-9]{0,6}\.?[0-9]{1,6})([a-z]+)", length.lower())
    return found is not None and SMALLEST <= float(found[1]) * POINTS.get(found[2], 0) <= LARGEST


def _check_file(path: str, missing: str, at: Span, root: Path) -> Iterator[Problem]:
    """The problem of a file that is not in the project, if it is not; `missing` is its code."""
    if not is_inside(root, path):
        yield _outside(path, at)
    elif not (root / path).is_file():
        yield error(missing, f'no file "{path}"', at, "paths are relative to the folder of book.toml")


def _outside(path: str, at: Span) -> Problem:
    """The problem of a path that leads out of the project."""
    hint = "keep it in the folder of book.toml, and write its path relative to that"
    return error("outside-project", f'"{path}" lies outside the project', at, hint)
