"""Prints precision and recall of the verdicts: `python -m tests.verify`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from tests.verify.measure import of_a_book, of_kinds, of_sentences, table

with tempfile.TemporaryDirectory() as folder:
    click.echo("Made by rules from single speeches (en, de, fr, zh):\n" + table(of_sentences()))
    click.echo("\nChosen by hand, in a book with four transcripts (en, fr, de):\n" + table(of_a_book(Path(folder))))
    click.echo("\nFurther kinds, in files of every format (en, de, fr, es, zh, ja, ar, he):")
    click.echo(table(of_kinds(Path(folder) / "kinds")))
