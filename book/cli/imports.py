"""`book import` and `book cite`: from other people's documents and lines of text to chapters and sources."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.messages import say, shown_path
from book.cli.new_files import write_new
from book.cli.options import find_root, project_option

if TYPE_CHECKING:
    from book.imports.known import SettingsChange
    from book.imports.recorded import Recorded


@click.command("import")
@click.argument("documents", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the new project, or a project that gets the document as its next chapters; by default a new "
    "folder named after the first FILE.",
)
@click.option(
    "--edit-settings",
    "edit",
    is_flag=True,
    help="In a project that is there: name the new list of sources in its book.toml, the only file that is changed. "
    "Without this, the change is shown.",
)
def import_command(documents: tuple[Path, ...], folder: Path | None, edit: bool) -> None:
    """Make a project of articles and books: plain text, Markdown, HTML, EPUB, DOCX, ODT, RTF, or a book's folder.

    Quotations with their attributions, dates and occasions become attributed quotations and sources. Every decision
    stands in import-report.md; what is doubtful is marked in the chapters, and `book check` repeats it until a person
    has decided. In a project that is there, chapters cite its own sources where they mean these. No file is ever
    overwritten: a second import shows what would change.
    """
    from book.imports.importing import REPORT, import_documents
    from book.imports.reading import ImportFailedError
    from book.imports.recorded import with_record

    folder = folder or Path(documents[0].resolve().stem)
    project = (folder / "book.toml").is_file()
    made, added = _recorded(folder, documents) if project else (None, None)
    existing = folder if project and not made else None
    try:
        imported = import_documents(documents, existing, before=added.chapters if added else None)
    except ImportFailedError as failure:
        raise click.ClickException(str(failure)) from failure
    if not imported.chapters:
        names = ", ".join(path.name for path in documents)
        raise click.ClickException(f"nothing was written: there is no text in {names}")
    chapters = {path: data for path, data in imported.files.items() if path.endswith(".md") and "/" in path}
    if added:
        _show_changes(folder, {path: data for path, data in chapters.items() if _differs(folder / path, data)})
        _wire(folder, imported.settings, edit=edit)
        where = shown_path(added.report.with_suffix(".md"))
        raise click.ClickException(f"no document was imported: it is in this book already, see {where}")
    report = with_record(imported.files[REPORT[1]], documents, folder, [Path(path).name for path in chapters])
    files = {**imported.files, REPORT[1]: report}
    if existing is not None:
        files = _beside_older_reports(files, folder)
    changed = {path: data for path, data in files.items() if path != REPORT[1] and _differs(folder / path, data)}
    if changed:
        _show_changes(folder, changed)
        raise click.ClickException("nothing was written: these files are there already, with other contents")
    written = [path for path in files if not (folder / path).exists()]
    write_new({folder / path: files[path] for path in written}, folder)
    for path in written:
        say(shown_path(folder / path), error=False)
    say(imported.summary if written else "nothing to do: all of it is there already", error=False)
    if existing is not None:
        _wire(folder, imported.settings, edit=edit)
    if written:
        report_path = next(path for path in written if path.startswith("import-report") and path.endswith(".md"))
        say(f"Read {shown_path(folder / report_path)}, then: book check {shown_path(folder)}", error=False)


def _wire(folder: Path, change: SettingsChange | None, *, edit: bool) -> None:
    """Change the settings of a project that was added to, or show how they have to be changed."""
    path = folder / "book.toml"
    if change is None:
        return
    if change.by_hand:
        say(f"{shown_path(path)} cannot be changed by a program: {change.by_hand}", error=False)
    if change.old == change.new:
        return
    if edit:
        from book.store.store import write_atomically

        write_atomically(path, change.new.encode())
        say(f"{shown_path(path)} was changed:", error=False)
    else:
        say(f"Change {shown_path(path)} like this (an import with --edit-settings does it itself):", error=False)
    lines = difflib.unified_diff(
        change.old.splitlines(), change.new.splitlines(), "book.toml", "book.toml (changed)", lineterm="", n=1
    )
    say("\n".join(lines), error=False)


def _recorded(folder: Path, documents: Sequence[Path]) -> tuple[Recorded | None, Recorded | None]:
    """The report of the import that made a project of some documents, and of one that added them to it, if any did.

    Raises:
        ClickException: Some of them are in the book, and others are not.
    """
    from book.imports.recorded import read_record

    first, *others = map(read_record, [folder / "import-report.json", *sorted(folder.glob("import-report-*.json"))])
    if first and all(map(first.has, documents)):
        return first, None
    added = next((one for one in others if one and all(map(one.has, documents))), None)
    records = [one for one in (first, *others) if one and not added]
    if known := next(((path, one) for path in documents for one in records if one.has(path)), None):
        where = shown_path(known[1].report.with_suffix(".md"))
        said = f"{known[0].name} is in this book already, see {where}"
        raise click.ClickException(f"{said}: leave it out, and import the others alone")
    return None, added


def _beside_older_reports(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files, the report under a name that is free in a project that exists."""
    number = 1
    while any((folder / f"import-report-{number}.{suffix}").exists() for suffix in ("md", "json")):
        number += 1
    return {path.replace("import-report.", f"import-report-{number}."): data for path, data in files.items()}


def _differs(path: Path, data: bytes) -> bool:
    """Whether a file is there with another content."""
    return path.exists() and (not path.is_file() or path.read_bytes() != data)


def _show_changes(folder: Path, changed: Mapping[str, bytes]) -> None:
    """Show what would change, as a unified diff."""
    for path, data in changed.items():
        try:
            old, new = (folder / path).read_text(encoding="utf-8"), data.decode()
        except (OSError, UnicodeDecodeError):
            say(f"{shown_path(folder / path)} would change", error=False)
            continue
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), path, f"{path} (imported now)", lineterm="")
        say("\n".join(lines), error=False)


@click.command("cite")
@click.argument("text")
@project_option
@click.option("--add", is_flag=True, help="Add a source that is not in the lists to the first one in YAML.")
def cite_command(text: str, named: Path | None, add: bool) -> None:
    """Find the source that a line of TEXT means, or write it as a new one.

    TEXT is worded as an attribution: "Speech at the Forum, 16 October 2015", "Jane Roe, Debate on the harbour,
    Kelmouth, 2 March 1908". Printed are the source's title and date, or its new item, and the key to cite it by.
    """
    from book.dates.formatting import display
    from book.imports.citing import NotUnderstoodError, UnwritableError, add_source, find_sources, new_source

    root = find_root(named)
    try:
        known, language = find_sources(root, text)
        for one in known:
            say(f"[@{one.id}]", error=False)
            when = f", {display(one.date, language)}" if one.date else ""
            say(f"{one.title}{when} ({one.at})", error=False)
        if len(known) > 1:
            raise click.ClickException(f"{len(known)} sources fit; name a date, a speaker or more of the title")
        if known:
            return
        fresh = new_source(root, text)
        say(fresh.written.rstrip(), error=False)
        if fresh.doubt:
            say(f"look at it again: {fresh.doubt}", error=True)
        if add:
            say(f"added to {shown_path(add_source(root, fresh))}", error=False)
        say(f"[@{fresh.id}]", error=False)
    except (NotUnderstoodError, UnwritableError) as failure:
        raise click.ClickException(str(failure)) from failure
