"""Prints messages: problems, failures, counts; on stderr, safe for a terminal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from book.problem import Problem, Severity
from book.problems.order import ordered
from book.problems.printable import printable

ROOT = "book.root"
"""The context's key for the folder of the project that the command is about."""
VERBOSE = "book.verbose"
"""The context's key for how often `--verbose` was given, which failures outside any command also need."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def decide_colour(context: click.Context) -> None:
    """Disable colour if the environment asks for that (no-color.org), or the terminal has none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False


def say(text: str, *, error: bool = True) -> None:
    """Print a message of one or more lines, without control characters other than line breaks."""
    click.echo("\n".join(map(printable, text.split("\n"))), err=error)


def shown_path(path: Path) -> str:
    """A path as it is printed: relative to the current folder, or absolute if that is shorter."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # the current folder is gone; another drive
        return str(path)
    return min(relative, str(path), key=len) if relative.startswith("..") else relative


def file_name(path: str) -> str:
    """A file of the project as it is printed; `path` is relative to the project's folder."""
    root = click.get_current_context().meta.get(ROOT)
    return shown_path(Path(root) / path) if root is not None else path


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on stderr, causes first, then how many there are; nothing if there are none.

    Notes are printed if `--verbose` was given, else only counted.
    """
    told = ordered(problems)
    verbose = click.get_current_context().meta.get(VERBOSE)
    for problem in told:
        if verbose or problem.severity is not Severity.NOTE:
            _show_problem(problem)
    counts = Counter(problem.severity for problem in told)
    if told:
        unlisted = " (--verbose lists them)" if counts[Severity.NOTE] and not verbose else ""
        number = ", ".join(count(counts[kind], str(kind)) for kind in Severity if counts[kind])
        click.echo(f"{number}{unlisted}", err=True)


def _show_problem(problem: Problem) -> None:
    """Print one problem, with its hint on a second line."""
    place = printable(":".join((file_name(problem.at.path), *_numbers(problem))))
    mark = click.style(f"{problem.severity}[{problem.code}]", fg=_COLOURS[problem.severity], bold=True)
    click.echo(f"{place}: {mark}: {printable(problem.message)}", err=True)
    if problem.hint:
        say(f"  hint: {problem.hint}")


def _numbers(problem: Problem) -> list[str]:
    """Line and column, if known."""
    return [str(number) for number in (problem.at.line, problem.at.column) if number is not None]


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
