"""`book reference`: every key, section, class, token and problem, as a page; and schemas for editors."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--schemas",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write JSON Schemas for book.toml, front matter and source lists there instead, in place of older ones.",
)
def reference(folder: Path | None) -> None:
    """Print the reference: every key of book.toml, front matter and sources, sections, classes, tokens, problems."""
    if folder is None:
        from book.reference.page import reference as page

        click.echo(page(), nl=False)
        return
    from book.reference.schema import shipped

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in shipped().items():
        (folder / name).write_bytes(data)
        click.echo(folder / name)
