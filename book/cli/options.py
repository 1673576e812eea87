"""Options that several commands have, and how a command ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import click
from click.core import ParameterSource

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


def set_root(ctx: click.Context, _option: click.Parameter, value: Path | None) -> Path:
    """The project's folder: the one given, or the nearest at or above the current folder; stored for messages."""
    root = value.absolute() if value else project_above(Path())
    ctx.meta[ROOT] = root
    return root


project_option = click.option(
    "--project",
    "-p",
    "root",
    metavar="DIR",
    type=_FOLDER,
    callback=set_root,
    help="The folder with book.toml; by default the current one, or the nearest above it that has one.",
)


def project(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be told its project as an argument, or by `--project`; it is given the folder as `root`."""

    @click.argument("directory", metavar="[DIR]", required=False, type=_FOLDER)
    @project_option
    @wraps(command)
    def run(*, directory: Path | None, root: Path, **others: object) -> None:
        context = click.get_current_context()
        if directory is not None:
            if context.get_parameter_source("root") is not ParameterSource.DEFAULT:
                raise click.UsageError("name the project once: DIR, or --project DIR")
            root = context.meta[ROOT] = project_above(directory)
        command(root=root, **others)

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
