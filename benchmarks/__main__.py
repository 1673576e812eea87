"""The command: `python -m benchmarks`."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from benchmarks.cases import MANY, Bench, Result, Say, run
from benchmarks.made import DENSE, DENSEST, EACH, dense, long_chapter, short_chapters
from benchmarks.measure import ROOT, CommandError, adopt_orphans
from benchmarks.projects import CORPUS, copy_project, copy_twice
from benchmarks.report import as_data, as_table

EDITS = ("nothing", "word", "paragraph", "page", "date", "style")
CASES = ("cold", *EDITS, "pandoc", "citations", "epub", "twice", "mends", "made")
BIG = 45
"""Number of chapters of the corpus with which every case is measured; fewer or more for some cases."""


MADE: Mapping[str, Callable[[Path], Path]] = {
    **{f"{number} sources × {EACH} citations": partial(dense, sources=number) for number in (*DENSE, DENSEST)},
    "one chapter of 185 pages": long_chapter,
    "500 chapters of two pages": short_chapters,
}
"""The invented projects of the case `made`, by the names that the report gives them."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--case", "cases", multiple=True, type=click.Choice(CASES), help="Only this case; may be repeated.")
@click.option(
    "--corpus", "sizes", multiple=True, type=click.IntRange(1, 85), help="Only so many chapters of the corpus."
)
@click.option("--project", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Only this project.")
@click.option("--repeat", default=3, show_default=True, type=click.IntRange(min=1), help="How often each is measured.")
@click.option("--quick", is_flag=True, help="Once, the sample book and 20 chapters.")
@click.option(
    "--output", default=ROOT / "build", type=click.Path(file_okay=False, path_type=Path), help="Where to write."
)
def main(
    cases: tuple[str, ...], sizes: tuple[int, ...], project: Path | None, repeat: int, quick: bool, output: Path
) -> None:
    """Measure this toolkit beside bare WeasyPrint and Pandoc; write bench.md and bench.json into --output."""
    adopt_orphans()
    chosen = cases or CASES
    repeat = 1 if quick else repeat
    sizes = sizes or ((20,) if quick else (20, BIG, 85))
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        try:
            for bench, own in _benches(Path(folder), project, sizes, chosen, repeat):
                run(bench, own)
                results += bench.results
                _write(results, repeat, output)
                shutil.rmtree(bench.folder)
        except CommandError as failure:
            raise click.ClickException(str(failure)) from failure
    click.echo(as_table(results, repeat))


def _benches(
    folder: Path, project: Path | None, sizes: Sequence[int], cases: Sequence[str], repeat: int
) -> Iterator[tuple[Bench, Sequence[str]]]:
    """Each project to be measured, copied, with the cases to be measured on it."""
    say: Say = lambda text: click.echo(text, err=True)  # noqa: E731
    everyday = [case for case in cases if case in ("cold", *EDITS)]

    def bench(name: str) -> Bench:
        return Bench(name, folder / name.replace(" ", "-"), repeat, say)

    if project is not None:
        own = bench(project.resolve().name)
        copy_project(project, own.project)
        yield own, everyday
        return
    if everyday and sizes != (BIG,):
        own = bench("Sample book")
        copy_project(ROOT, own.project)
        yield own, everyday
    if "made" in cases:
        for name, write in MADE.items():
            own = bench(name)
            write(own.project)
            yield own, ["made"]
    if not CORPUS.is_dir():
        say(f"The corpus is not here ({CORPUS}): only the sample book is measured.")
        return
    for size in sizes:
        own = bench(f"Federalist 1–{size}")
        copy_project(CORPUS, own.project, size)
        full = size == BIG or BIG not in sizes
        if chosen := [case for case in cases if case in everyday or (full and case not in ("twice", "mends"))]:
            yield own, chosen
    if "mends" in cases:
        own = bench(f"Federalist 1–{min(sizes)}, {MANY} citations more")
        copy_project(CORPUS, own.project, min(sizes))
        yield own, ["mends"]
    if "twice" in cases and 85 in sizes:
        own = bench("Federalist twice")
        copy_twice(CORPUS, own.project)
        yield own, ["twice"]


def _write(results: Sequence[Result], repeat: int, output: Path) -> None:
    """Write both reports."""
    output.mkdir(parents=True, exist_ok=True)
    (output / "bench.md").write_text(as_table(results, repeat), encoding="utf-8")
    data = json.dumps(as_data(results, repeat), ensure_ascii=False, indent=1)
    (output / "bench.json").write_text(data + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
