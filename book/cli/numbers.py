"""The command `book numbers`."""

from __future__ import annotations

from pathlib import Path

import click

from book.cli.messages import show_problems, shown_path
from book.cli.options import project
from book.problem import stops


@click.command()
@project
@click.option("--keep", is_flag=True, help="Write them to quotation-numbers.csv: they then stay when text is inserted.")
def numbers(root: Path, keep: bool) -> None:
    """Print the number of each quotation, the same in all editions.

    With --keep, when the book goes to print: quotations that are inserted later get numbers such as 3.2a, and all
    others keep theirs, even if their words are corrected. The file belongs with the chapters; deleted, it frees all
    numbers.
    """
    from book.check import check_book
    from book.cli.terminal import show_numbers
    from book.manuscript.kept_numbers import write_kept

    checked = check_book(root.absolute())
    show_problems(checked.problems)
    if checked.value is None or stops(checked.problems):
        click.get_current_context().exit(1)
    show_numbers(checked.value)
    if keep:
        click.echo(shown_path(write_kept(checked.value, root.absolute())))
