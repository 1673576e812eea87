"""Numbers of quotations that were printed once, and are kept when text is inserted: `quotation-numbers.csv`.

They stand in a file of their own and not in ids of the author's (`{#bread}`): an editor would have to give every
quotation an id before the first printing, while the file is written by one command when the book goes to print
(`book numbers --keep`), is read by people and kept with the chapters. A quotation is known again by its id, which an
author can give it, by its words, or by words like them in the same chapter.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from string import ascii_lowercase

import msgspec

from book.citing.numbers import chapter_marks, letters
from book.model.manuscript import Chapter, Manuscript, Quotation
from book.problem import Checked, Problem, Span, error, note
from book.project.files import inside, is_dir, is_file, is_odd
from book.project.text_file import read_text
from book.store.store import write_atomically

FILE = "quotation-numbers.csv"
"""The name of the file in the project's folder."""
COLUMNS = ("number", "anchor", "text")
ALIKE = 80.0
"""From how alike (in per cent of an edit distance) the words of two quotations are those of one that was corrected."""


class Kept(msgspec.Struct, frozen=True):
    """A number that was printed: a row of the file."""

    number: str
    """The number."""
    anchor: str
    """The anchor of its quotation then."""
    text: str
    """The words of its quotation then."""
    line: int = 0
    """The line of the row, 1-based."""


def with_kept_numbers(manuscript: Manuscript) -> Checked[Manuscript]:
    """The manuscript with the numbers that the project's file keeps; others are put between them.

    What is new before a kept quotation has a letter behind the number of the one before it (`3.2a`, or `3.0a` at the
    beginning); what is new behind them all has the next number. A number that was kept is never given to another
    quotation. Problems: `malformed-csv`, and a note `kept-numbers` for each number whose quotation is gone and for each
    chapter whose quotations keep the number of another.
    """
    root = manuscript.project.root
    if not is_file(root / FILE):
        if not is_odd(root / FILE) and not is_dir(root / FILE):
            return Checked(manuscript)
        message = "it cannot be read: it is a link that leads nowhere, a folder or a device, not a file"
        hint = "put the file there again: without it quotations get other numbers than were printed"
        return Checked(manuscript, (error("unreadable-file", message, Span(FILE), hint),))
    text = read_text(root, FILE)
    rows = _read(text.value) if text.value is not None else Checked(())
    if text.problems or rows.problems:
        return Checked(manuscript, (*text.problems, *rows.problems))
    found = _match(manuscript.chapters, rows.value)
    numbers = _numbers(manuscript.chapters, {anchor: row.number for anchor, row in found.items()}, rows.value)
    return Checked(replace(manuscript, numbers=numbers), tuple(_notes(manuscript.chapters, rows.value, found)))


def kept_file(manuscript: Manuscript) -> str:
    """The text of the file that keeps the numbers that a manuscript has now, and those that it once had."""
    texts = {one.anchor: " ".join(one.text.split()) for chapter in manuscript.chapters for one in chapter.quotations}
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((number, anchor, texts[anchor]) for anchor, number in manuscript.numbers.items())
    root = manuscript.project.root
    if is_file(root / FILE):
        before = _read(read_text(root, FILE).value or "").value
        now = set(manuscript.numbers.values())
        table.writerows((row.number, row.anchor, row.text) for row in before if row.number not in now)
    return written.getvalue()


def _read(text: str) -> Checked[tuple[Kept, ...]]:
    """The rows of the file."""
    hint = "restore the file, or delete it to number all quotations anew"
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Kept] = []
    seen: set[str] = set()
    try:
        if tuple(next(table, ())) != COLUMNS:
            message = f"its columns are not {', '.join(COLUMNS)}"
            return Checked((), (error("malformed-csv", message, Span(FILE, 1), hint),))
        for cells in table:
            if len(cells) != len(COLUMNS) or "." not in cells[0] or cells[0] in seen:
                wrong = f'the number "{cells[0]}" twice' if cells and cells[0] in seen else "no number, anchor and text"
                return Checked((), (error("malformed-csv", f"there is {wrong}", Span(FILE, table.line_num), hint),))
            seen.add(cells[0])
            rows.append(Kept(cells[0], cells[1], cells[2], table.line_num))
    except csv.Error as failure:
        return Checked((), (error("malformed-csv", f"this is not CSV: {failure}", Span(FILE, table.line_num), hint),))
    return Checked(tuple(rows))


def _match(chapters: Sequence[Chapter], rows: Sequence[Kept]) -> dict[str, Kept]:
    """The row of each quotation that has one, by its anchor."""
    from rapidfuzz.fuzz import ratio

    quotations = [one for chapter in chapters for one in chapter.quotations]
    by_anchor = {row.anchor: row for row in rows}
    found = {one.anchor: by_anchor[one.anchor] for one in quotations if one.anchor in by_anchor}

    def left() -> tuple[list[Quotation], list[Kept]]:
        used = {row.number for row in found.values()}
        return [one for one in quotations if one.anchor not in found], [row for row in rows if row.number not in used]

    for quotation in left()[0]:  # moved to another chapter, or said in it more than once
        words = " ".join(quotation.text.split())
        if row := next((row for row in left()[1] if row.text == words), None):
            found[quotation.anchor] = row
    new, gone = left()
    pairs = [
        (ratio(" ".join(one.text.split()), row.text), one.anchor, row)
        for one in new
        for row in gone
        if one.anchor.partition("#")[0] == row.anchor.partition("#")[0]
    ]
    for alike, anchor, row in sorted(pairs, key=lambda pair: -pair[0]):
        if alike >= ALIKE and anchor not in found and row.number not in {one.number for one in found.values()}:
            found[anchor] = row
    return found


def _numbers(chapters: Sequence[Chapter], kept: Mapping[str, str], rows: Sequence[Kept]) -> dict[str, str]:
    """The number of each quotation, kept or new."""
    taken = {row.number for row in rows}
    marks = {number.rpartition(".")[0] for number in taken}
    numbers: dict[str, str] = {}
    before = "0"
    for chapter, own in chapter_marks(chapters):
        known = [kept[one.anchor] for one in chapter.quotations if one.anchor in kept]
        if known:
            mark = known[0].rpartition(".")[0]
        elif own in marks:  # of another chapter that was printed with it
            mark = next(name for n in count(1) if (name := f"{before}{letters(n).lower()}") not in marks)
        else:
            mark = own
        marks.add(mark)
        before = mark
        last = f"{mark}.0"
        for place, quotation in enumerate(chapter.quotations):
            number = kept.get(quotation.anchor)
            if number is None:
                number = _new(mark, last, taken, between=any(o.anchor in kept for o in chapter.quotations[place:]))
            taken.add(number)
            numbers[quotation.anchor] = last = number
    return numbers


def _new(mark: str, last: str, taken: set[str], *, between: bool) -> str:
    """A number that is free: behind that of the quotation before, if one that is kept follows, else the next."""
    base = last.rstrip(ascii_lowercase)
    if between:
        names = (f"{base}{letters(n).lower()}" for n in count(1))
    else:
        places = [one.removeprefix(f"{mark}.").rstrip(ascii_lowercase) for one in taken if one.startswith(f"{mark}.")]
        names = (f"{mark}.{n}" for n in count(max((int(n) for n in places if n.isdecimal()), default=0) + 1))
    return next(name for name in names if name not in taken)


def _notes(chapters: Sequence[Chapter], rows: Sequence[Kept], found: Mapping[str, Kept]) -> Iterator[Problem]:
    """What a person should know of numbers that are kept."""
    used = {row.number for row in found.values()}
    for row in rows:
        if row.number not in used:
            message = f"the quotation {row.number} is no longer in the book; its number is not given to another"
            yield note("kept-numbers", message, Span(FILE, row.line))
    for chapter, own in chapter_marks(chapters):
        marks = {found[one.anchor].number.rpartition(".")[0] for one in chapter.quotations if one.anchor in found}
        for mark in sorted(marks - {own}):
            message = f"quotations of this chapter, which is {own} now, keep numbers that begin with {mark}"
            yield note("kept-numbers", message, Span(chapter.path, 1), f"delete {FILE} to number all of them anew")


def write_kept(manuscript: Manuscript, root: Path) -> Path:
    """Write the file that keeps the numbers of a manuscript; return its path."""
    path = root / FILE
    write_atomically(inside(root, FILE), kept_file(manuscript).encode("utf-8"))
    return path
