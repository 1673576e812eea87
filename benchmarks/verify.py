"""Measures `book verify`: `python -m benchmarks.verify`.

The book is invented: 1,000 quotations (exact, with a word changed, with an ellipsis) of 100 transcripts of 10,000
words, one of them a PDF of 100,000 words. The bound is ten seconds.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pikepdf
import yaml

SYLLABLES = ("ba", "den", "for", "har", "in", "ka", "lor", "men", "no", "par", "ra", "sten", "ti", "ver", "wal", "zu")
BOUND = 10.0
"""Seconds."""


def words(chance: random.Random, number: int, vocabulary: list[str]) -> list[str]:
    """Invented words in sentences of eight to twenty."""
    found: list[str] = []
    while len(found) < number:
        sentence = chance.choices(vocabulary, k=chance.randint(8, 20))
        found += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
    return found[:number]


def write_pdf(path: Path, text: list[str], each: int = 480) -> None:
    """A PDF with some words on each page, a folio and a running head."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    resources = document.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)))
    for number, begin in enumerate(range(0, len(text), each), 1):
        page = text[begin : begin + each]
        lines = [f"{number} A SPEECH", *(" ".join(page[at : at + 12]) for at in range(0, len(page), 12))]
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = pikepdf.Stream(document, f"BT /F1 9 Tf 12 TL 50 750 Td {shown}ET".encode("latin-1"))
        document.add_blank_page(page_size=(612, 792))
        last = document.pages[-1]
        last.Resources, last.Contents = resources, document.make_indirect(stream)
    document.save(path)


def quotation(chance: random.Random, text: list[str]) -> str:
    """Twelve to forty words of a transcript, as editors quote them: whole, shortened, or with a word changed."""
    begin, length = chance.randrange(len(text) - 50), chance.randint(12, 40)
    quoted = text[begin : begin + length]
    kind = chance.randrange(3)
    if kind == 1:
        quoted[length // 2] = "lighthouse"
    elif kind == 2:
        quoted[length // 3 : length // 3 + 4] = ["\u2026"]
    return " ".join(quoted)


def write_book(root: Path, quotations: int, transcripts: int, each: int, largest: int) -> None:
    """The invented book."""
    chance = random.Random(1908)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(8000)]
    (root / "chapters").mkdir(parents=True)
    (root / "transcripts").mkdir()
    texts = [words(chance, each, vocabulary) for _ in range(transcripts - 1)]
    for number, text in enumerate(texts):
        (root / "transcripts" / f"s{number}.txt").write_text(" ".join(text), encoding="utf-8")
    texts.append(words(chance, largest, vocabulary))
    write_pdf(root / "transcripts" / f"s{transcripts - 1}.pdf", texts[-1])
    items = [{"id": f"s{number}", "type": "speech", "title": f"S {number}"} for number in range(transcripts)]
    (root / "sources.yaml").write_text(yaml.safe_dump(items))
    (root / "book.toml").write_text('[book]\ntitle = "Quotations"\nlanguage = "en"\n')
    for chapter in range(10):
        blocks = []
        for _ in range(quotations // 10):
            source = chance.randrange(transcripts)
            blocks.append(f"> {quotation(chance, texts[source])}\n>\n> \u2014 [@s{source}]")
        written = f"---\ntitle: Chapter {chapter}\n---\n\n" + "\n\nNext.\n\n".join(blocks) + "\n"
        (root / "chapters" / f"{chapter:02}-chapter.md").write_text(written, encoding="utf-8")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quotations", default=1000, show_default=True)
@click.option("--transcripts", default=100, show_default=True)
@click.option("--words", "each", default=10_000, show_default=True, help="Words of each transcript.")
@click.option("--pdf", "largest", default=100_000, show_default=True, help="Words of the transcript that is a PDF.")
def main(quotations: int, transcripts: int, each: int, largest: int) -> None:
    """Compare invented quotations with invented transcripts, and print what it took; 1 if that is above the bound."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        write_book(root, quotations, transcripts, each, largest)
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "book", "verify", "--project", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        taken, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = next((line for line in reversed(done.stdout.splitlines()) if re.match(r"\d+ [a-z]", line)), done.stderr)
    click.echo(counts)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    click.echo(f"{taken:.2f} s, {processor:.2f} s of processor time; at most {BOUND:.0f} s")
    sys.exit(int(taken > BOUND))


if __name__ == "__main__":
    main()
