"""`book explain CODE`: what a problem means, an example, how to mend it."""

from __future__ import annotations

import re

import click
from click.shell_completion import CompletionItem


def _complete(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The codes that begin with what was typed."""
    from book.problems.explain import codes

    return [CompletionItem(code) for code in codes() if code.startswith(begun)]


@click.command()
@click.argument("code", required=False, shell_complete=_complete)
def explain(code: str | None) -> None:
    """Say what the problem with this CODE means, with an example, and how to mend it; without one, list all codes."""
    from book.problem import nearest
    from book.problems.explain import ONLY_BUILT, codes, explanation

    if code is None:
        for known in codes():
            first = re.split(r"(?<=[^.])[.:;](?:\s|$)", explanation(known).cause, maxsplit=1)[0]
            click.echo(f"{click.style(known.ljust(25), bold=True)} {' '.join(first.split())}")
        return
    code = code.strip("[]")
    if code not in codes():
        raise click.UsageError(
            f'no problem has the code "{code}" ({nearest(code, codes()) or "book explain lists all"})'
        )
    found = explanation(code)
    click.echo(click.style(code, bold=True) + "\n\n" + found.cause + "\n")
    click.echo("\n".join(f"    {line}" for line in found.example.split("\n")[1:-1]) + "\n")
    click.echo(found.mend)
    if code in ONLY_BUILT:
        click.echo("\nOnly a build finds it, not `book check`.")
