"""`book sources`: prints the chronological index, and source lists for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.messages import count, say, show_problems
from book.cli.options import exit_with, project, verbose
from book.problem import Problem

if TYPE_CHECKING:
    from book.model.manuscript import Manuscript
    from book.model.sources import Source


@click.command()
@project
@click.option("--json", "data", is_flag=True, help="Print the index as JSON instead of a table.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csl-json", "csl-yaml", "bibtex", "csv"]),
    help="Print the source lists in a format that other programs read, not the index.",
)
@click.option("--cited", is_flag=True, help="With --format: only what the book cites.")
@click.option(
    "--from",
    "lists",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Print the sources of this list (CSL, BibTeX, RIS, CSV) in a format, CSL-YAML by default, and not the book's.",
)
@verbose
def sources(root: Path, data: bool, form: str | None, cited: bool, lists: tuple[Path, ...]) -> None:
    """Print the chronological index of what is cited, or the source lists for another program."""
    from book.check import sources_index

    if lists:
        if data or cited:
            raise click.UsageError("--from goes with --format only")
        _convert(lists, form or "csl-yaml")
        return
    if (cited and not form) or (data and form):
        raise click.UsageError("--cited goes with --format, and --json with neither")
    checked = sources_index(root)
    show_problems(checked.problems)
    if checked.value is not None:
        manuscript, index = checked.value
        if form:
            _export(manuscript, form, cited=cited)
        elif data:
            from book.trade.record import as_json, index_record

            click.echo(as_json(index_record(index, manuscript, {}) if index else []), nl=False)
        elif index is not None:
            from book.cli.terminal import show_index

            show_index(index)
    exit_with(checked.problems, strict=False)


def _convert(lists: Iterable[Path], form: str) -> None:
    """Print the sources of some lists in a format."""
    from book.exports import EXPORTS
    from book.imports.dated_lists import with_dates
    from book.sources import read_list

    found: list[Source] = []
    problems: list[Problem] = []
    for path in lists:
        checked = read_list(path.absolute().parent, path.name)
        problems += checked.problems
        for source, left in with_dates(checked.value):
            found.append(source)
            problems += left
    show_problems(problems)
    export = EXPORTS[form](found)
    click.echo(export.text, nl=False)
    for key, number in export.lost:
        say(f"not in {form}: {key} ({count(number, 'source')})")
    exit_with(problems, strict=False)


def _export(manuscript: Manuscript, form: str, *, cited: bool) -> None:
    """Print the sources of a manuscript in a format, and on stderr what that format cannot represent."""
    from book.exports import EXPORTS

    keys = {citation.source.id for citation in manuscript.citations}
    export = EXPORTS[form]([one for one in manuscript.sources.values() if not cited or one.id in keys])
    click.echo(export.text, nl=False)
    for key, number in export.lost:
        say(f"not in {form}: {key} ({count(number, 'source')})")
