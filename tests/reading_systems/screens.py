"""What readers of an e-book do not get to see on small screens and at large text: `visibility.mjs`, and its matrix.

`python -m tests.reading_systems.screens` (`make bench-screens`) measures books in two reading systems, on three
screens, at four sizes of text, and prints a table: words that no page shows, and all other faults.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from book.build import build_book
from tests.browser import HERE, package, program, run

FAULTS = ("unseen", "overlapping", "sideways", "picturesCut", "faint", "unpaged", "broken", "errors")
"""What must not be found; numbers and lists of `visibility.mjs`."""
SYSTEMS = ("foliate", "epubjs")
SCREENS = ((360, 640), (600, 800), (820, 1180))
"""Width and height in CSS pixels: a phone, an e-ink reader, a tablet."""
SIZES = (100, 150, 200, 300)
"""Sizes of text in per cent."""
ROOT = Path(__file__).resolve().parents[2]
PROJECTS: Mapping[str, Path] = {
    "sample": ROOT,
    "tables": ROOT / "tests" / "projects" / "tables",
    "torture": ROOT / "tests" / "projects" / "torture",
    "federalist": ROOT.parent / "shared" / "corpus" / "federalist",
}
"""The books that are measured; the corpus need not be there."""
OPTIONS: Mapping[str, tuple[str, ...]] = {"federalist": ("--chapters", "14")}
"""Of the corpus, the front matter and the papers 1 to 10."""


def visibility(book: Path, system: str, screen: tuple[int, int], size: int, *options: str) -> dict[str, Any]:
    """What a reader of a book does not get to see in a reading system: what `visibility.mjs` counts."""
    for name in ("puppeteer-core", "foliate-js", "epubjs", "jszip"):
        package(name)
    command = [
        program("Node.js"), str(HERE / "visibility.mjs"), str(book), "--reader", system,
        "--chromium", program("Chromium"),
        "--width", str(screen[0]), "--height", str(screen[1]), "--font-size", str(size), *options,
    ]  # fmt: skip
    told: dict[str, Any] = json.loads(run(command, seconds=300))
    return told


def faults(told: dict[str, Any]) -> dict[str, Any]:
    """What is wrong, with examples; empty if nothing is."""
    found = {name: told[name] for name in FAULTS if told[name]}
    return {**found, "examples": {name: some for name, some in told["examples"].items() if some}} if found else {}


def e_book(name: str, folder: Path) -> Path:
    """One of the books, built once into a folder."""
    made = folder / name / "ebook.epub"
    if not made.exists():
        build_book(PROJECTS[name], ["ebook"], output=folder / name)
    return made


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--book", "names", multiple=True, type=click.Choice(list(PROJECTS)), help="Only this book.")
@click.option("--epub", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Only this e-book, built.")
@click.option("--size", "sizes", multiple=True, type=click.Choice([str(size) for size in SIZES]), help="Only this one.")
def main(names: tuple[str, ...], epub: Path | None, sizes: tuple[str, ...]) -> None:
    """Print a table of the words that no page shows, foliate-js / epub.js; exit with 1 if there is any fault."""
    chosen = names or tuple(name for name, path in PROJECTS.items() if path.is_dir())
    wanted = [size for size in SIZES if not sizes or str(size) in sizes]
    click.echo(
        f"| unseen, foliate / epub.js | {' | '.join(f'{size} %' for size in wanted)} |\n|---|{'---|' * len(wanted)}"
    )
    worst: list[str] = []
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        for name in ("",) if epub else chosen:
            try:
                book = epub or e_book(name, Path(folder))
            except pytest.skip.Exception as missing:
                raise click.ClickException(str(missing)) from None
            for screen in SCREENS:
                cells = []
                for size in wanted:
                    told = [visibility(book, system, screen, size, *OPTIONS.get(name, ())) for system in SYSTEMS]
                    cells.append("/".join(str(one["unseen"]) for one in told))
                    worst += (f"{name} {screen} {size} %: {json.dumps(faults(one))}" for one in told if faults(one))
                click.echo(f"| {name or book.name} {screen[0]} × {screen[1]} | {' | '.join(cells)} |")
    for line in worst:
        click.echo(line)
    sys.exit(bool(worst))


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "946684800")
    main()
