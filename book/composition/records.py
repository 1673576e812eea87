"""Prepares tables for screens that are too narrow for them, where each row is shown as a record.

A table gets a class for the width, in em of the reader's own text, below which its words would not fit (`fits-30`), and
each cell the name of its column. Stylesheets compare that width with the column of text (CSS Containment 3, container
queries), because media queries know the screen but not the size of text that a reader has chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from book.manuscript.draft import plain_text

STEPS = (12, 14, 16, 18, 21, 24, 28, 32, 38, 45, 54, 65, 80)
"""The widths for which `screens.css` has rules, in em; a table that needs more takes the last."""
_SIZE = 0.92
"""The font size of tables, in em (`book.css`)."""
_PADDING = 1.2
"""The padding of a cell to the left and right, in em of the table (`book.css`)."""
_PROSE = 5.0
"""The least width of a column with running text, in em."""
_WIDE, _WIDEST = 5, 7
"""Columns from which reading systems without container queries show records on a phone, and on a small tablet."""


def prepare_table(table: etree._Element) -> None:
    """Put a table into a box of its own, and give its cells the names of their columns."""
    places = list(_places(table))
    columns = max((column + width for _, _, column, width in places), default=0)
    if columns < 2:
        return
    names = _column_names(places, columns)
    for cell, _, column, width in places:
        name = " · ".join(dict.fromkeys(filter(None, names[column : column + width])))
        if cell.tag == "td" and name:
            cell.set("data-label", name)
    needed = _width(places, columns)
    classes = [table.get("class", ""), f"fits-{next((step for step in STEPS if step >= needed), STEPS[-1])}"]
    classes += ["widest"] * (columns >= _WIDEST) or ["wide"] * (columns >= _WIDE)
    table.set("class", " ".join(filter(None, classes)))
    box = etree.Element("div", {"class": "tabular"})
    table.addprevious(box)
    box.tail, table.tail = table.tail, None
    box.append(table)


class _Place(NamedTuple):
    """Where a cell is."""

    cell: etree._Element
    row: etree._Element
    column: int
    """Its first column, from 0."""
    width: int
    """The number of its columns."""


def _places(table: etree._Element) -> Iterator[_Place]:
    """The places of a table's cells (HTML, 4.9.12.1, forming a table); those of tables in it are left out."""
    taken: dict[int, int] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in taken:
                column += 1
            width = _span(cell, "colspan")
            yield _Place(cell, row, column, width)
            taken |= dict.fromkeys(range(column, column + width), _span(cell, "rowspan"))
            column += width


def _span(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell spans."""
    return max(1, min(1000, int(cell.get(name) or 1)))


def _column_names(places: list[_Place], columns: int) -> list[str]:
    """The name of each column: the texts of its headings in the head of the table."""
    names = [""] * columns
    for cell, row, column, width in places:
        parent = row.getparent()
        if parent is None or parent.tag != "thead" or cell.tag != "th":
            continue
        for one in range(column, column + width):
            names[one] = " · ".join(filter(None, (names[one], plain_text(cell))))
    return names


def _width(places: list[_Place], columns: int) -> float:
    """The width that a table needs for its longest words, in em of the text around it."""
    needed = [0.0] * columns
    for cell, _, column, width in places:
        words = plain_text(cell).split()
        longest = max(map(_word_width, words), default=0.0)
        alone = max(longest, min(sum(map(_word_width, words)), _PROSE)) / width
        for one in range(column, column + width):
            needed[one] = max(needed[one], alone)
    return float(_SIZE * (sum(needed) + _PADDING * columns))


def _word_width(word: str) -> float:
    """The width of a word in em, generously, because the face may be the reader's; of parts that hyphens divide."""
    return max(sum(map(_letter_width, part)) for part in re.split(r"(?<=[-\u2010\u2013\u2014/])", word))


def _letter_width(letter: str) -> float:
    """The width of a letter in em; nothing for those that take no room."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 0.2  # a word of ten needs two of its letters: lines end between any of them
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return 0.75 if letter.isupper() or letter in "mw%@" else 0.53
