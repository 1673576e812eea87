"""Options that several commands have, and how a command ends."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from book.cli.messages import ROOT, VERBOSE
from book.cli.places import project_above
from book.problem import Problem, stops


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


project = click.option(
    "--project",
    "-p",
    "root",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=set_root,
    help="The folder with book.toml; by default the current one, or the nearest above it that has one.",
)
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
