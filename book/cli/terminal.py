"""Draws progress bars and tables with rich; imported only when something is drawn."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from book.build import Report, Written
from book.citing.names import full
from book.cli.messages import shown_path
from book.model.indexes import Index
from book.model.manuscript import Manuscript
from book.model.verification import Difference, Verdict, Verification
from book.problems.printable import printable
from book.project.outputs import GATHERED
from book.trade.concordance import first_words

_BRIEF = 70
"""Maximum length of a quotation in a table, in characters."""


class _Bars:
    """One progress bar for each edition, created at its first step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Update an edition's bar: `done` of `total` steps are finished, and `what` is being done now."""
        if edition not in self._tasks:
            self._tasks[edition] = self._progress.add_task(edition, what=what)
        self._progress.update(self._tasks[edition], what=what, completed=done, total=total)


@contextmanager
def progress_bars() -> Iterator[_Bars]:
    """Progress bars on stderr, which are removed at the end."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", style="dim", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bars(progress)


class Lines:
    """A progress callback that prints lines on stderr."""

    def step(self, edition: str, what: str, done: int, total: int) -> None:
        """Print one line for one step."""
        print(f"{edition}: {what} ({done}/{total})", file=sys.stderr, flush=True)  # noqa: T201


def show_report(report: Report) -> None:
    """Print what a build wrote, the number of files, and the time it took."""
    show_written(report.written)
    for path in report.removed:
        print(f"removed {printable(shown_path(path))}, which an earlier build wrote and nothing makes any more")  # noqa: T201
    for folder, pages in _handouts(report.written).items():
        sides = sum(pages)
        duplex, halved = (sum(-(-number // each) for number in pages) for each in (2, 4))
        print(  # noqa: T201
            f"{folder}: {sides} {'page' if sides == 1 else 'pages'}; "
            f"sheets of paper: {duplex} printed on both sides, {sides} on one, "
            f"{halved} on both sides with two pages on each"
        )
    count = len(report.written)
    print(f"{count} {'file' if count == 1 else 'files'} in {report.seconds:.1f} s")  # noqa: T201


def _handouts(written: Sequence[Written]) -> dict[str, list[int]]:
    """The numbers of pages of the PDFs in each folder below the output folder, which are one edition's handouts."""
    found: dict[str, list[int]] = {}
    depth = min((len(one.path.parts) for one in written), default=0)
    for one in written:
        if one.pages is not None and len(one.path.parts) > depth and one.path.stem != GATHERED:
            folder = one.path.relative_to(Path(*one.path.parts[: depth - 1])).parent.as_posix()
            found.setdefault(printable(folder), []).append(one.pages)
    return found


def show_written(written: Iterable[Written]) -> None:
    """Print what a build wrote as a table on stdout: path, size, number of pages."""
    rows = [
        (
            shown_path(one.path),
            decimal(one.size),
            "" if one.pages is None else f"{one.pages} {'page' if one.pages == 1 else 'pages'}",
        )
        for one in written
    ]
    _show_table(("", ">", ">"), rows)


def show_index(index: Index) -> None:
    """Print the chronological index as a table on stdout, one line for each source."""
    rows: list[tuple[str, ...]] = [
        (
            entry.label or group.heading,
            entry.source.id,
            "; ".join(map(full, entry.description.names if entry.description else ())),
            entry.source.title,
            entry.source.place or "",
            str(len(entry.anchors)),
        )
        for group in index.groups
        for entry in group.entries
        if entry.source
    ]
    head = ["Date", "Source", "Speaker", "Title", "Place", "Cited"]
    if not any(row[2] for row in rows):  # nobody is known
        head.pop(2)
        rows = [(*row[:2], *row[3:]) for row in rows]
    _show_table(("",) * (len(head) - 1) + (">",), rows, head)


def show_numbers(manuscript: Manuscript) -> None:
    """Print a row for each quotation on stdout: its number, where it was written, and its first words."""
    found = [one for chapter in manuscript.chapters for one in chapter.quotations]
    rows = [(manuscript.numbers[one.anchor], str(one.at), first_words(one)) for one in found]
    _show_table((">", "", ""), rows, ("Number", "Place", "Words"))


def _show_table(columns: Sequence[str], rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> None:
    """Print a table without rules on stdout.

    Args:
        columns: One for each column: "" if its cells begin at the left, ">" if they end at the right.
        rows: The cells, as plain text.
        head: The columns' headings; none if empty.
    """
    table = Table(box=None, show_header=bool(head), pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        heading = Text(head[number]) if head else ""
        table.add_column(heading, justify="right" if column == ">" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console = Console()
    if not console.is_terminal:
        # Whole lines for whoever reads them next, however long: nothing is folded or cut.
        console = Console(width=10_000)
    console.print(table)


def show_verification(verification: Verification, *, pages: bool) -> None:
    """A row for each quotation that is not simply exact, and how many there are of each verdict.

    With `pages`, a row for each quotation for which a page of its transcript can be proposed, too.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=10_000)  # whole lines, as in `_show_table`
    table = Table(box=None, pad_edge=False)
    for heading in ("verdict", "where", "source", "quotation"):
        table.add_column(heading, overflow="fold")
    for finding in verification.findings:
        proposed = f"p. {finding.page}" if pages and finding.page and not finding.quoted.locator else ""
        if finding.verdict is not Verdict.EXACT or proposed:
            quoted = finding.quoted
            text = quoted.text if len(quoted.text) < _BRIEF else quoted.text[:_BRIEF].rsplit(" ", 1)[0] + " …"
            source = " ".join(filter(None, [quoted.key, proposed]))
            changes = [_difference(one, coloured=console.is_terminal) for one in finding.differences]
            verdict = str(finding.verdict) + (" (declared)" if quoted.alteration is not None else "")
            shown = Text("\n").join(changes) if changes else Text(printable(text))
            table.add_row(Text(verdict), Text(printable(str(quoted.at))), Text(printable(source)), shown)
    if table.row_count:
        console.print(table)
    counts = Counter(str(finding.verdict) for finding in verification.findings)
    print(", ".join(f"{counts[kind]} {kind}" for kind in map(str, Verdict) if counts[kind]))  # noqa: T201


def _difference(difference: Difference, *, coloured: bool) -> Text:
    """A difference with the words around it: deleted what only the quotation has, then what only its source has.

    Without colours, `[-…-]` and `{+…+}` stand around them, as in `git diff --word-diff`.
    """
    from book.verify.words import space_between

    signs = {"quoted": ("", "", "red strike"), "original": ("", "", "green bold")}
    if not coloured:
        signs = {"quoted": ("[-", "-]", "red strike"), "original": ("{+", "+}", "green bold")}
    shown, last = Text(), ""
    for part in ("before", "quoted", "original", "after"):
        text = str(getattr(difference, part))
        if text:
            begin, end, style = signs.get(part, ("", "", ""))
            shown += (
                Text(space_between(last, text) + begin) + Text(printable(text), style if coloured else "") + Text(end)
            )
            last = text
    return shown
