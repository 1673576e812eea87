"""The lines of a PDF of any tool, read off the places of its characters alone (PyMuPDF).

Body lines are those in the commonest size, in the commonest column of left and of right pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.figures import mean_gap

Char = tuple[str, float, float, float, float]
"""A character: what it is, its origin, its right edge, its size; pt."""


@dataclass(slots=True)
class Line:
    """A line of print; measures in pt."""

    page: int
    y: float
    x0: float
    x1: float
    text: str
    gaps: list[tuple[float, float]]
    """The left and right ends of every space between words."""
    size: float
    body: bool = True
    starts: bool = False
    """A paragraph begins here."""
    ends: bool = False
    """A paragraph ends here."""
    full: bool = False
    """It ends at the right margin."""
    ratio: float = 0.0
    """How wide its spaces are, by the face's own."""


@dataclass(slots=True)
class Print:
    """The lines of a document."""

    body: float
    """The size of its text."""
    pages: dict[int, list[Line]]
    columns: dict[int, tuple[float, float]] = field(default_factory=dict)
    """The left and right ends of the text on even and on odd pages."""
    pitch: float = 0.0
    """The distance of lines."""
    top: float = 0.0
    bottom: float = 0.0
    flow: list[Line] = field(default_factory=list)
    """The body lines, in order."""
    space: float = 1.0
    """The width of the face's space."""


def read_print(path: Path, first: int = 1, last: int | None = None) -> Print:
    """The lines of some pages of a PDF, counted from 1."""
    import pymupdf

    document = pymupdf.open(path)  # type: ignore[no-untyped-call]
    numbers = range(first, min(last or len(document), len(document)) + 1)
    characters = {number: list(_characters(document[number - 1])) for number in numbers}
    sizes = Counter(round(char[4], 1) for found in characters.values() for char in found if not char[0].isspace())
    body = sizes.most_common(1)[0][0]
    made = Print(body, {number: list(_lines(number, found, body)) for number, found in characters.items()})
    _find_body(made)
    _find_paragraphs(made)
    _find_space(made)
    return made


def _characters(page: object) -> Iterator[Char]:
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
    for block in page.get_text("rawdict", flags=flags)["blocks"]:  # type: ignore[attr-defined]
        for line in block.get("lines", ()):
            if abs(line["dir"][1]) <= 0.01:
                for span in line["spans"]:
                    for char in span["chars"]:
                        yield char["c"], *char["origin"], char["bbox"][2], span["size"]


def _lines(page: int, found: Sequence[Char], body: float) -> Iterator[Line]:
    """Characters by their base line; small raised ones go with the line that they hang on."""
    rows: dict[float, list[Char]] = {}
    loose: dict[float, list[Char]] = {}
    for char in sorted((char for char in found if char[4] > 0.86 * body), key=lambda char: char[2]):
        near = next((key for key in rows if abs(key - char[2]) < 0.6), char[2])
        rows.setdefault(near, []).append(char)
    for char in (char for char in found if char[4] <= 0.86 * body):
        above = [key for key in rows if 0.5 < key - char[2] < 0.55 * body]
        row = rows[min(above, key=lambda key: key - char[2])] if above else None
        if row is not None and row[0][1] - body < char[1] < max(one[3] for one in row) + body:
            row.append(char)
        else:
            loose.setdefault(round(char[2], 1), []).append(char)
    for y, row in sorted([*rows.items(), *loose.items()]):
        if any(b[1] < a[1] - body for a, b in pairwise(row)):
            row.sort(key=lambda char: char[1])  # else as written: the letters of a ligature stay in order
        if line := _line(page, y, row, body):
            yield line


def _line(page: int, y: float, row: Sequence[Char], body: float) -> Line | None:
    """A row of characters as a line; None if nothing is to be seen in it."""
    sizes = Counter(round(char[4], 1) for char in row if not char[0].isspace())
    if not sizes:
        return None
    gaps: list[tuple[float, float]] = []
    text = ""
    right: float | None = None
    for char, x, _, end, _ in row:
        if char.isspace():
            text += "" if text.endswith(" ") or not text else " "
            continue
        if right is not None and (text.endswith(" ") or x - right > 0.12 * body):
            gaps.append((right, x))
            text = text if text.endswith(" ") else text + " "
        text += char
        right = end if right is None else max(right, end)
    left = next(x for char, x, *_ in row if not char.isspace())
    return Line(page, y, left, right or left, text.strip(), gaps, sizes.most_common(1)[0][0])


def mode(values: Iterable[float], step: float) -> float:
    """The commonest of some values, taken in steps; 0 if there are none."""
    counted = Counter(round(value / step) for value in values)
    return counted.most_common(1)[0][0] * step if counted else 0.0


def _find_body(made: Print) -> None:
    """Tell the lines of the text from headings, furniture and other columns."""
    every = [line for lines in made.pages.values() for line in lines]
    for line in every:
        line.body = abs(line.size - made.body) < 0.25
    text = [line for line in every if line.body]
    for side in (0, 1):
        own = [line for line in text if line.page % 2 == side and len(line.text) > 30]
        made.columns[side] = mode([line.x0 for line in own], 0.25), mode([line.x1 for line in own], 0.25)
    for line in text:
        left, right = made.columns[line.page % 2]
        if line.x0 < left - made.body or line.x0 > left + 3 * made.body or line.x1 > right + 2 * made.body:
            line.body = False
        elif any(one.size > 1.3 * made.body and one.y > line.y for one in made.pages[line.page]):
            line.body = False  # a chapter's number, above its title
    made.flow = [line for line in every if line.body]
    bodies = {number: [line for line in lines if line.body] for number, lines in made.pages.items()}
    steps = [b.y - a.y for lines in bodies.values() for a, b in pairwise(lines)]
    made.pitch = mode([step for step in steps if step > 0.8 * made.body], 0.05)
    made.top = mode([min(line.y for line in lines) for lines in bodies.values() if lines], 0.25)
    made.bottom = max((line.y for line in made.flow), default=0)


def _find_paragraphs(made: Print) -> None:
    """Tell where paragraphs begin and end."""
    before: Line | None = None
    for line in made.flow:
        left, right = made.columns[line.page % 2]
        others = [one for one in made.pages[line.page] if not one.body]
        new_page = before is None or before.page != line.page
        between = any(made.top - 0.5 * made.pitch < one.y < line.y for one in others)
        opened = any(one.size > 1.3 * made.body and one.y < line.y for one in others)
        gap = before is not None and not new_page and line.y - before.y > 1.2 * made.pitch
        skipped = before is not None and line.page - before.page > 1
        line.starts = line.x0 - left > 0.6 * made.body or gap or before is None
        line.starts = line.starts or (new_page and (opened or between or skipped))
        line.full = right - 2.6 <= line.x1 <= right + 0.75 * made.body
        if before is not None:
            below = [one for one in made.pages[before.page] if not one.body and one.size > 0.9 * made.body]
            after = new_page and any(before.y + 0.3 * made.pitch < one.y < made.bottom + 0.5 for one in below)
            line.starts = line.starts or after
            before.ends = line.starts
        before = line
    if before is not None:
        before.ends = True


def _find_space(made: Print) -> None:
    """Read the face's own space off the last lines of paragraphs, and how wide those of full lines are by it."""
    own = [mean_gap(line.gaps) for line in made.flow if line.ends and not line.full and len(line.gaps) >= 3]
    made.space = median(own) if own else 1.0
    for line in made.flow:
        line.ratio = mean_gap(line.gaps) / made.space if line.gaps else 0.0


def letters(text: str) -> str:
    """A text without what is no letter and no figure."""
    return re.sub(r"\W", "", text)
