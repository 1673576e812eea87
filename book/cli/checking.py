"""`book check` and `book verify`: find every problem of a manuscript, and quotations that differ from their sources."""

from __future__ import annotations

from pathlib import Path

import click

from book.cli import messages
from book.cli.messages import say, show_problems
from book.cli.options import exit_with, find_root, project, project_option, strict, verbose
from book.cli.places import complete_chapters, is_among, within
from book.problem import Problem
from book.problems.formats import FORMATS
from book.problems.order import ordered

_EXISTING = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=_EXISTING, shell_complete=complete_chapters)
@project_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", *FORMATS)),
    default="text",
    help="How problems are printed: as text on stderr, or on stdout for programs.",
)
@click.option("--fix", is_flag=True, help="Mend in the files what can be mended in one way: dates of sources.")
@strict
@verbose
def check(paths: tuple[Path, ...], named: Path | None, form: str, fix: bool, strict: bool) -> None:
    """Read everything, build nothing, list every problem: of the project, or of the PATHs alone.

    A PATH is a project's folder, or a chapter, a file or a folder of it. Only a build finds what pages show: pictures
    printed at too low a resolution, text that does not fit, citations on no page, and whatever else the layout engine
    reports.
    """
    from book.check import check_all

    if paths and named is None:
        named = paths[0] if paths[0].is_dir() else paths[0].parent
    root = find_root(named)
    chosen = within(root, paths)
    problems = [problem for problem in check_all(root).problems if is_among(problem.at.path, chosen)]
    if fix and _fix(root, problems):
        problems = [problem for problem in check_all(root).problems if is_among(problem.at.path, chosen)]
    if form != "text":
        click.echo(FORMATS[form](ordered(problems), messages.file_name))
    else:
        show_problems(problems)
        if not problems:
            click.echo("no problems")
    exit_with(problems, strict=strict)


def _fix(root: Path, problems: list[Problem]) -> bool:
    """Correct in the files what can be corrected, and print it; whether anything was."""
    from book.problems.fixing import apply_fixes

    fixed = apply_fixes(root, problems)
    for problem in fixed:
        assert problem.fix is not None, "it was applied"
        say(f"{messages.file_name(problem.at.path)}:{problem.at.line}: {problem.fix.old} → {problem.fix.new}")
    return bool(fixed)


@click.command()
@project
@click.option("--output", "-o", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Where to write.")
@click.option("--page", is_flag=True, help="Also propose a page for each citation of a transcript that has pages.")
@strict
@verbose
def verify(root: Path, output: Path | None, page: bool, strict: bool) -> None:
    """Compare every quotation with the transcript of its source.

    The result is printed as a table, and written with both texts to verification.html in build/ or --output.
    """
    from book.check import check_book
    from book.cli.terminal import show_verification
    from book.store.store import write_atomically
    from book.verify.report import report

    checked = check_book(root.absolute())
    show_problems(checked.problems)
    if checked.value is not None:
        verification = checked.value.verification
        if not verification.findings:
            click.echo("no transcripts: put one for each source into transcripts/, named by its id")
        else:
            path = (output or root / "build") / "verification.html"
            write_atomically(path.absolute(), report(verification, checked.value))
            show_verification(verification, pages=page)
            click.echo(path)
    exit_with(checked.problems, strict=strict)
