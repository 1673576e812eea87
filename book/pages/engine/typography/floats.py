"""Lets figures and tables that do not fit on a page float: the text after them goes on before them, and fills the page.

WeasyPrint 70.0 has no page floats: a figure that does not fit begins the next page, and leaves a hole. Here paragraphs
that follow it are moved before it in the document, as many as fill the hole, and the section is set again. A figure
never floats past a heading, another figure or a table, so it stays in its section and behind its first reference. The
structure tree follows the printed order. The class `here` keeps a figure in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

ROUNDS = 8
"""So many times at most a section is set again for its figures."""
HOLE = 3
"""Least height of a hole that is filled, in lines."""
_FLOATING = frozenset({"figure", "table"})
_TEXT = frozenset({"p", "ul", "ol", "dl", "blockquote", "div"})
"""Elements that may be set before a figure that they follow."""
_FIXED = frozenset({"here", "sideways"})


class _Hole(NamedTuple):
    """Room that is left on a page because a figure does not fit into it."""

    figure: Any
    """The element that begins the next page."""
    height: float
    """In CSS px."""
    heights: dict[Any, float]
    """The heights of the blocks on the next page, by their elements."""


class Floats:
    """The figures and tables of a document that have been moved."""

    def __init__(self, root: Any) -> None:
        """`root` is the root element of the document."""
        self._root = root
        self.rounds = ROUNDS if any(one.tag in _FLOATING for one in root.iter()) else 0
        self._moves: list[tuple[Any, Any, int]] = []
        self._tried: dict[Any, float] = {}

    def move(self, pages: Sequence[Any]) -> bool:
        """Move the first figure that leaves a hole behind text that fills it.

        Args:
            pages: The pages as they were set.

        Returns:
            Whether a figure was moved, or moved back because that was of no use, so that the section has to be set
            again.
        """
        holes = list(_holes(pages))
        if self._moves:
            figure = self._moves[-1][0]
            if any(hole.figure is figure and hole.height >= self._tried[figure] for hole in holes):
                self._tried[figure] = 0
                self._move_back()
                return True
        for hole in holes:
            if hole.figure in self._tried:
                continue
            self._tried[hole.figure] = hole.height
            parent = next(one for one in self._root.iter() if hole.figure in list(one))
            at = list(parent).index(hole.figure)
            if count := _fillers(parent[at + 1 :], hole):
                self._moves.append((hole.figure, parent, at))
                _place(hole.figure, parent, at + count)
                return True
        return False

    def _move_back(self) -> None:
        """Undo the last move."""
        figure, parent, at = self._moves.pop()
        _place(figure, parent, at)

    def restore(self) -> None:
        """Let the document be in its own order again."""
        while self._moves:
            self._move_back()


def _place(figure: Any, parent: Any, at: int) -> None:
    """Let a figure be the child of its parent with an index; text behind it stays where it is."""
    parent.remove(figure)
    parent.insert(at, figure)


def _fillers(following: Sequence[Any], hole: _Hole) -> int:
    """How many of the elements behind a figure are to be set before it."""
    height, count = 0.0, 0
    for element in following:
        if element.tag not in _TEXT or _FIXED & _classes(element) or element not in hole.heights:
            break
        height += hole.heights[element]
        count += 1
        if height >= hole.height:
            break
    return count


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())


def _holes(pages: Sequence[Any]) -> Iterator[_Hole]:
    """The holes of a document, in order."""
    from weasyprint.layout.inline import strut

    boxes = [page._page_box for page in pages]  # noqa: SLF001 - there is no public way to the boxes
    for before, page in pairwise(boxes):
        figure = _first(page.children[0])
        if figure is None or _FIXED & _classes(figure) or figure in _blocks(before):
            continue
        height = _room(before)
        if height >= HOLE * strut(before.children[0].style)[0]:
            yield _Hole(figure, height, _blocks(page))


def _first(box: Any) -> Any:
    """The figure or the table that a page begins with; None if it begins with something else."""
    while not (box.element is not None and box.element.tag in _FLOATING):
        flow = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not flow or not hasattr(flow[0], "children"):
            return None
        box = flow[0]
    return box.element


def _blocks(page: Any) -> dict[Any, float]:
    """The heights of the blocks of a page in CSS px, by their elements."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox

    found: dict[Any, float] = {}
    for box in page.children[0].descendants():
        if isinstance(box, BlockLevelBox) and box.element is not None and box.element not in found:
            found[box.element] = box.margin_height()
    return found


def _room(page: Any) -> float:
    """The height that is left below the text of a page, above its notes, in CSS px; 0 for a page without text."""
    from weasyprint.formatting_structure import boxes

    foot = page.content_box_y() + page.height
    for box in page.children:
        if isinstance(box, boxes.FootnoteAreaBox):
            foot = min(foot, box.position_y)
    ends = [
        box.position_y + (box.height if type(box) is boxes.LineBox else box.margin_height())
        for box in page.children[0].descendants()
        if type(box) is boxes.LineBox or isinstance(box, boxes.ReplacedBox)
    ]
    return float(foot - max(ends)) if ends else 0.0
