"""Finds tables that do not fit on their pages, and marks how they are to be set instead.

A table that is too wide breaks its long words, then turns small, then sideways on pages of its own; in a note, where it
cannot turn, it breaks all its words. A row that leaves
no room for the head of its table, or leaves a hole below the page before, is divided; a head that takes half a page is
not repeated. `layouts/print.css` has the rules for the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from book.pages.engine.typography.floating import line_of, room_below

ROUNDS = 5
"""So many times at most a section is set again for its tables: one for each way to set a table."""

LONG_WORD = 16
"""Length in characters from which a word in a cell may be broken anywhere: longer than most words of prose."""
_SMALL = 0.8
"""What `.small` in `layouts/print.css` makes of the width of a table."""
_HOLE = 4
"""Least height of a hole, in lines, for which the row behind it is divided."""
_TALL_HEAD = 0.5
"""Share of a page that the head of a table takes at most to be repeated."""
_SLACK = 1.0
"""Tolerance in CSS px, for rounding."""


def mark_misfits(pages: Sequence[Any], root: Any) -> bool:
    """Mark the tables of a section that do not fit, in its document.

    Args:
        pages: The pages as they were set.
        root: The root element of the document; it is changed.

    Returns:
        Whether anything was marked, so that the section has to be set again.
    """
    marked = False
    parents = {child: parent for parent in root.iter() for child in parent}
    seen: set[Any] = set()
    before: set[Any] = set()
    for page in pages:
        box = page._page_box  # noqa: SLF001 - there is no public way to the boxes
        here = {table.element for table, _ in _tables(box, box.width)}
        for element in here & before:  # a table that does not fit on one page need not begin one
            marked |= _remove_class(element, "short")
        before = here
        for table, room in _tables(box, box.width):
            if table.element not in seen and _is_too_wide(table, room):
                seen.add(table.element)
                marked |= _mark_too_wide(table, room, box, parents)
            marked |= _divide_rows(table)
        marked |= _draw_in_captions(box, box.width)
    for one, two in pairwise(pages):
        marked |= _divide_behind_hole(one._page_box, two._page_box)  # noqa: SLF001
    marked = _part_sideways(pages, parents) or marked
    return marked or _end_tall_heads(pages)


def _tables(box: Any, room: float) -> Iterator[tuple[Any, float]]:
    """The boxes of tables below a box, each with the width that it has room in, in CSS px."""
    for child in getattr(box, "children", ()):
        if hasattr(child, "column_groups"):
            if child.element is not None and child.element.tag == "table":
                yield child, room
        else:
            wrapper = getattr(child, "is_table_wrapper", False) or not isinstance(child.width, int | float)
            yield from _tables(child, room if wrapper else child.width)


def _draw_in_captions(box: Any, room: float) -> bool:
    """Keep the captions below a box, which reach over both sides of a narrow table, within the room of the table."""
    marked = False
    for child in getattr(box, "children", ()):
        if getattr(child, "is_table_wrapper", False):
            tables = [one for one in child.children if hasattr(one, "column_groups")]
            captions = [one for one in child.children if one.element is not None and one.element.tag == "caption"]
            for caption in captions if tables else ():
                if caption.border_width() > room + _SLACK and "style" not in caption.element.attrib:
                    over = max(0, room - tables[0].border_width()) / 2
                    caption.element.set("style", f"margin-inline: {-over:.2f}px")
                    marked = True
        elif not hasattr(child, "column_groups"):
            marked |= _draw_in_captions(child, child.width if isinstance(child.width, int | float) else room)
    return marked


def _is_too_wide(table: Any, room: float) -> bool:
    """Whether a table is wider than its room."""
    return bool(table.border_width() > room + _SLACK)


def _mark_too_wide(table: Any, room: float, page: Any, parents: dict[Any, Any]) -> bool:
    """Mark a table that is too wide for the first way in which it will fit; False if there is none left."""
    element, width = table.element, table.border_width()
    if _mark_long_words(element):
        return True
    if _is_in_note(element, parents):  # which cannot stand on a page of its own
        return _add_class(element, "small") or _add_class(element, "breaking")
    if "sideways" in _classes(parents[element]):
        return _add_class(element, "small") or _add_class(element, "breaking")
    if width * _SMALL <= room and "small" not in _classes(element):
        return _add_class(element, "small")
    _remove_class(element, "small")
    if width > page.height and not _add_class(element, "small"):
        return False
    if width * _SMALL > page.height:
        _add_class(element, "breaking")
    _turn(element, parents)
    return True


def _is_in_note(element: Any, parents: dict[Any, Any]) -> bool:
    """Whether an element is in a note."""
    while element is not None:
        if "footnote" in _classes(element):
            return True
        element = parents.get(element)
    return False


def _mark_long_words(table: Any) -> bool:
    """Allow the long words in the cells of a table to be broken anywhere; False if there are none."""
    cells = (cell for cell in table.iter() if cell.tag in {"td", "th"})
    long = [cell for cell in cells if any(len(word) > LONG_WORD for word in "".join(cell.itertext()).split())]
    return sum(_add_class(cell, "long-words") for cell in long) > 0


def _turn(table: Any, parents: dict[Any, Any]) -> None:
    """Put a table into a division that stands sideways on a page of its own."""
    parent = parents[table]
    around = table.makeelement("div", {"class": "sideways"})
    around.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = around
    around.append(table)


def _divide_rows(table: Any) -> bool:
    """Allow rows to be divided that have pushed out the head of their table; False if there are none."""
    if table.element.find("thead") is None or not table.children or table.children[0].is_header:
        return False
    rows = [row.element for group in table.children for row in group.children if row.element is not None]
    _remove_class(table.element, "short")
    return sum(_add_class(row, "divided") for row in rows) > 0


def _end_tall_heads(pages: Sequence[Any]) -> bool:
    """Let heads not be repeated that take much of each page, or are higher than a page; False if there are none."""
    heads: dict[Any, float] = {}
    for page in pages:
        box = page._page_box  # noqa: SLF001
        for table, _ in _tables(box, box.width):
            if table.element.find("thead") is not None:
                height = sum(group.height for group in table.children if group.is_header) / box.height
                heads[table.element] = max(height, heads.get(table.element, 0))
    tall = (element for element, height in heads.items() if not 0 < height < _TALL_HEAD)
    return sum(_add_class(element, "tall-head") for element in tall) > 0


def _divide_behind_hole(before: Any, page: Any) -> bool:
    """Allow the row to be divided with which a page begins, if there is room for a part of it on the page before."""
    line = line_of(before)
    row = _first_row(page.children[0])
    if row is None or row.height < _HOLE * line or room_below(before) < _HOLE * line:
        return False
    return _add_class(row.element, "divided")


def _first_row(box: Any) -> Any:
    """The row of a table, not of its head, with which a page begins; None if it begins with something else."""
    while (flow := [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]) and not getattr(
        flow[0], "floated", False
    ):
        if hasattr(box, "column_groups"):
            rows = [row for group in box.children if not group.is_header for row in group.children]
            fits = rows and box.element is not None and "short" not in _classes(box.element)
            return rows[0] if fits and rows[0].element is not None else None
        box = flow[0]
    return None


def _part_sideways(pages: Sequence[Any], parents: dict[Any, Any]) -> bool:
    """Part sideways tables that are higher than their page is wide; False if there are none."""
    heights: dict[Any, dict[Any, float]] = {}
    room = 0.0
    for page in pages:
        room = page._page_box.width  # noqa: SLF001
        for table, _ in _tables(page._page_box, room):  # noqa: SLF001
            if table.element in parents and "sideways" in _classes(parents[table.element]):
                rows = heights.setdefault(table.element, {})
                for group in table.children:
                    for row in group.children:
                        rows[row.element] = max(rows.get(row.element, 0), row.height)
    found = False
    for element, rows in heights.items():
        if sum(rows.values()) > room and (parts := list(_parts(element, rows, room)))[1:]:
            around = parents[element]
            outer = parents[around]
            place = list(outer).index(around)
            outer[place : place + 1] = [_sideways(part) for part in parts]
            outer[place + len(parts) - 1].tail = around.tail
            found = True
    return found


def _parts(table: Any, heights: dict[Any, float], room: float) -> Iterator[Any]:
    """Tables that each have as many rows of a table as fit in a height, below a copy of its head."""
    head = table.find("thead")
    head_rows = list(head) if head is not None else []
    room -= sum(heights.get(row, 0) for row in head_rows)
    group: list[Any] = []
    first = True
    for row in (row for body in table.iter("tbody") for row in body):
        if group and sum(heights.get(one, 0) for one in group) + heights.get(row, 0) > room:
            yield _table_of(table, head, group, first=first)
            group, first = [], False
        group.append(row)
    yield _table_of(table, head, group, first=first)


def _table_of(table: Any, head: Any, rows: Iterable[Any], *, first: bool) -> Any:
    """A table with some rows of another; only the first has its caption, and its ids."""
    part = table.makeelement("table", {name: value for name, value in table.attrib.items() if first or name != "id"})
    if first:
        part.extend(child for child in table if child.tag in {"caption", "colgroup"})
    if head is not None:
        copy = head if first else deepcopy(head)
        if not first:
            for element in copy.iter():
                element.attrib.pop("id", None)
        part.append(copy)
    body = table.makeelement("tbody", {})
    body.extend(rows)
    part.append(body)
    return part


def _sideways(table: Any) -> Any:
    """A division that stands sideways, with a table in it."""
    around = table.makeelement("div", {"class": "sideways"})
    around.append(table)
    return around


def _classes(element: Any) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _add_class(element: Any, name: str) -> bool:
    """Add a class to an element; False if it has it already."""
    if name in _classes(element):
        return False
    element.set("class", " ".join([*_classes(element), name]))
    return True


def _remove_class(element: Any, name: str) -> bool:
    """Remove a class from an element; False if it does not have it."""
    if name not in _classes(element):
        return False
    element.set("class", " ".join(one for one in _classes(element) if one != name))
    return True
