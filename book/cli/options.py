"""Options that several commands have, and how a command ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import click

from book.cli.messages import ROOT, VERBOSE
from book.cli.places import project_above
from book.problem import Problem, stops

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def set_verbosity(ctx: click.Context, _option: click.Parameter, value: int) -> None:
    """Store how often `-v` was given where `Commands.invoke` finds it; from twice on, print the log."""
    ctx.meta[VERBOSE] = value
    if value > 1:
        from book.cli.logs import log_to_stderr

        ctx.with_resource(log_to_stderr())


def find_root(named: Path | None) -> Path:
    """The nearest project at or above the folder named, or the current one if none is; stored for messages."""
    root = project_above(named or Path())
    click.get_current_context().meta[ROOT] = root
    return root


project_option = click.option(
    "--project",
    "-p",
    "named",
    metavar="DIR",
    type=_FOLDER,
    help="The project: a folder with book.toml, or one below it; by default the current one.",
)


def project(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be told its project as an argument, or by `--project`; it is given the folder as `root`."""

    @click.argument("directory", metavar="[DIR]", required=False, type=_FOLDER)
    @project_option
    @wraps(command)
    def run(*, directory: Path | None, named: Path | None, **others: object) -> None:
        if directory is not None and named is not None:
            raise click.UsageError("name the project once: DIR, or --project DIR")
        command(root=find_root(directory or named), **others)

    return run


strict = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
verbose = click.option(
    "--verbose",
    "-v",
    count=True,
    expose_value=False,
    callback=set_verbosity,
    help="Say more: notes, each step, and where a failure arose; -vv also what each stage decides, and its time.",
)


def exit_with(problems: Iterable[Problem], *, strict: bool) -> None:
    """Exit with 1 if any of the problems would stop the outputs."""
    if stops(problems, strict=strict):
        click.get_current_context().exit(1)
