"""The commands. Only this room prints and exits.

Exit codes: 0 fine, 1 the book has problems or cannot be written, 2 wrong usage, 70 a defect of the program
(`EX_SOFTWARE` of sysexits.h), 130 interrupted, 143 terminated.

Modules other than click are imported where they are used, so that `book --help` starts fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book import __version__
from book.cli.checking import check, verify
from book.cli.explain import explain
from book.cli.group import Commands
from book.cli.imports import cite_command, import_command
from book.cli.messages import ROOT, VERBOSE, count, say, show_problems
from book.cli.numbers import numbers
from book.cli.options import strict, verbose
from book.cli.places import FILE, complete_editions, complete_slugs, is_project, project_above
from book.cli.reference import reference
from book.cli.sources import sources
from book.cli.verify_build import verify_build
from book.problem import UsageError, nearest
from book.problems.printable import printable

if TYPE_CHECKING:
    from book.make import Progress


def _listed(_ctx: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The items of a list with commas."""
    items = tuple(item.strip() for item in (value or "").split(","))
    if value is not None and not all(items):
        raise click.BadParameter("write numbers or slugs of chapters, separated by commas: 3,5")
    return items if value is not None else ()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="florilegium %(version)s")
def main() -> None:
    """Make books from plain files: a print PDF, an EPUB and handouts, with an index of what they cite.

    Exit codes: 0 fine; 1 the book has problems; 2 the command was used wrongly; 70 a defect of the
    program; 130 interrupted; 143 terminated.
    """


@main.command()
@click.argument("editions", nargs=-1, metavar="[EDITION|DIR]...", shell_complete=complete_editions)
@click.option(
    "--project",
    "-p",
    "projects",
    metavar="DIR",
    multiple=True,
    help="The project: a folder with book.toml, or one below it; by default the current one. Several, or a quoted "
    "pattern such as 'catalogue/*', build several books.",
)
@click.option(
    "--only",
    metavar="CHAPTERS",
    callback=_listed,
    shell_complete=complete_slugs,
    help="Only the handouts of these chapters, by number or slug, separated by commas: 3,5. Other files stay.",
)
@click.option("--output", "-o", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Where to write.")
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(min=1), help="Processes to use; all cores by default.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to use instead, such as tcp://10.0.0.1:8786.")
@strict
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems.")
@verbose
def build(
    editions: tuple[str, ...],
    projects: tuple[str, ...],
    only: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    scheduler: str | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Build the editions named, or all of them; of the project in DIR, if a folder is named.

    They are written to build/ in the project's folder, or to --output. Where the book has errors,
    nothing is written and the last good editions stay as they are. Of several books, each is built
    whether or not another can be; with --output, each in a folder of its own there.
    """
    folders = (*projects, *filter(is_project, editions))
    named = [str(project_above(Path(name))) if Path(name).is_dir() else name for name in folders]
    projects = tuple(named) or (str(project_above(Path())),)
    editions = tuple(name for name in editions if not is_project(name))
    if editions and not named and not (Path(projects[0]) / FILE).is_file():
        raise click.UsageError(f'"{editions[0]}" is no folder with a book.toml, and there is no project here')
    if len(projects) == 1 and scheduler is None:
        _start_loading_engine(Path(projects[0]).absolute(), output, jobs)
    from book import build as pipeline

    folder = output and output.absolute()
    click.get_current_context().meta[ROOT] = Path(projects[0]).absolute()
    with _usage(UsageError), _progress(quiet=quiet) as progress:
        if len(projects) > 1 or not Path(projects[0]).is_dir():
            _build_all(projects, editions, only, folder, jobs, scheduler, strict, progress, quiet=quiet)
            return
        report = pipeline.build_book(
            Path(projects[0]).absolute(),
            editions,
            only=only,
            output=folder,
            jobs=jobs,
            scheduler=scheduler,
            strict=strict,
            progress=progress,
        )
    show_problems(report.problems)
    if not quiet:
        from book.cli.terminal import show_report

        show_report(report)


def _start_loading_engine(root: Path, output: Path | None, jobs: int | None) -> None:
    """Start loading the layout engine in another process if it will probably be needed, before our own modules."""
    from book.pool.forkserver import probably_changed, process_count, start_forkserver
    from book.problems.limits import check_limits

    check_limits()
    if process_count(jobs) > 1 and probably_changed(root, output or root / "build"):
        start_forkserver()


def _build_all(
    projects: tuple[str, ...],
    editions: tuple[str, ...],
    only: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    scheduler: str | None,
    strict: bool,
    progress: Progress | None,
    *,
    quiet: bool,
) -> None:
    """Build several books and print the result of each; exit with 1 if any could not be built."""
    from time import perf_counter

    from book.catalogue import build_books, find_projects
    from book.cli.terminal import show_report
    from book.pool.workers import workers

    started = perf_counter()
    roots = find_projects(projects)
    failed = 0
    with workers(jobs, scheduler) as pool:
        for outcome in build_books(roots, editions, pool, only=only, output=output, strict=strict, progress=progress):
            problems = outcome.report.problems if outcome.report else outcome.problems
            click.get_current_context().meta[ROOT] = outcome.root
            if problems or outcome.failure:
                click.echo(click.style(f"{printable(outcome.name)}:", bold=True), err=True)
            show_problems(problems)
            if outcome.report is None:
                failed += 1
                say(f"error: {outcome.failure}" if outcome.failure else "not built")
            elif not quiet:
                click.echo(click.style(f"{printable(outcome.name)}:", bold=True))
                show_report(outcome.report)
    if not quiet:
        click.echo(f"{len(roots) - failed} of {count(len(roots), 'book')} built in {perf_counter() - started:.1f} s")
    if failed:
        click.get_current_context().exit(1)


@contextmanager
def _usage(kind: type[Exception]) -> Iterator[None]:
    """Turn exceptions of this kind into click's usage errors."""
    try:
        yield
    except kind as failure:
        raise click.UsageError(str(failure)) from failure


def _design(name: str | None) -> str | None:
    """The name of a design, as it was given.

    Raises:
        click.BadParameter: There is no such design.
    """
    from book.project.designs import DESIGNS
    from book.project.validate import suggestion

    if name is not None and name not in DESIGNS:
        raise click.BadParameter(f'no design "{name}"; {suggestion(name, list(DESIGNS))}', param_hint="--design")
    return name


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--design", metavar="NAME", help="How its editions look: classic (the default) or modern.")
@verbose
def new(directory: Path, design: str | None) -> None:
    """Start a project in DIR, a small one that builds at once. No file is ever overwritten."""
    from book.cli import scaffold

    try:
        written = scaffold.create(directory, _design(design))
    except FileExistsError as failure:
        raise click.UsageError(str(failure)) from failure
    for path in written:
        say(str(path), error=False)
    say(f"Build it with: book build {directory}", error=False)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A progress callback that prints to stderr: lines if verbose, bars on a terminal, else None."""
    if click.get_current_context().meta[VERBOSE]:
        from book.cli.terminal import Lines

        yield Lines()
    elif quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
    else:
        from book.cli.terminal import progress_bars

        with progress_bars() as bars:
            yield bars


@main.command("help")
@click.argument("words", nargs=-1, metavar="[COMMAND]")
@click.pass_context
def help_(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Say what the program does, or what a command does."""
    above = ctx.parent
    assert above is not None, "help is a command of the group"
    if not words:
        click.echo(above.get_help())
        return
    command = main.get_command(above, words[0])
    if command is None:
        hint = nearest(words[0], main.list_commands(above)) or f"there are: {', '.join(main.list_commands(above))}"
        raise click.UsageError(f'no command "{words[0]}" ({hint})')
    with click.Context(command, info_name=words[0], parent=above) as inner:
        click.echo(command.get_help(inner))


for one in (check, cite_command, explain, import_command, numbers, reference, sources, verify, verify_build):
    main.add_command(one)
