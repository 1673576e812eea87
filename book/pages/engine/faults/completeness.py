"""Checks that all text is on the pages, once, and within their edges.

WeasyPrint 70.0 loses text, or sets it twice, where notes longer than a page meet (with or without our own
`long_notes`). A page with missing words must never pass, so the text that goes into the layout is compared with the
text on the pages. Private names used: the boxes, and `Page._page_box`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from book.pages.engine.before_pages import before_pages, every

_built: dict[Any, tuple[Counter[Any], set[Any]]] = {}
"""By root element of a document that is being set: the number of characters of each element, and elements in notes."""

_SLACK = 2.0
"""Tolerance at the edges of a page in CSS px: hanging punctuation, and the heights of line boxes."""


def mend() -> None:
    """Count the text that goes into the layout of each document of this process."""
    before_pages(_count)


def _count(root_box: Any, notes: Sequence[Any], root: Any) -> None:
    """Count the characters of the boxes that are built, including notes."""
    in_notes = {text.element for note in notes for text in _texts([note])}
    _built[root] = (_characters(_texts([root_box, *notes])), in_notes)


def incomplete(pages: Sequence[Any], root: Any) -> Iterator[str]:
    """A sentence for each element of a document whose text is not complete on the pages.

    Repeated headings are not counted, and hyphens that the engine adds at line ends are ignored.
    """
    built, in_notes = _built.pop(root, (Counter(), set()))
    boxes = list(_texts(page._page_box for page in pages))  # noqa: SLF001 - there is no public way to the boxes
    found, lines = _characters(boxes), Counter(box.element for box in boxes)
    for element, count in built.items():
        words = " ".join("".join(element.itertext()).split())[:60]
        if found[element] < count:
            yield f'part of "{words}" is on no page (characters missing: {count - found[element]})'
        elif element in in_notes and found[element] > count + lines[element]:
            yield f'"{words}" is set twice'


def forget(root: Any) -> None:
    """Forget what was counted of a document, which is going to be set again."""
    _built.pop(root, None)


def outside(pages: Sequence[Any]) -> Iterator[str]:
    """A sentence for each page that has text beyond its edges, where neither paper nor screen shows it."""
    for page in pages:
        box = page._page_box  # noqa: SLF001
        edges = box.margin_width() + _SLACK, box.margin_height() + _SLACK
        lost = [text.text.strip() for text, place in _placed(box, None) if not _is_within(place, *edges)]
        if lost:
            more = f", and {len(lost) - 1} more like it" if lost[1:] else ""
            yield f'"{lost[0][:60]}" reaches over the edge of the page{more}'


def _placed(box: Any, matrix: Any) -> Iterator[tuple[Any, tuple[float, float, float, float]]]:
    """The text boxes below a box, with left, top, right and bottom on the page in CSS px, as transforms move them."""
    from weasyprint.anchors import rectangle_aabb

    own = getattr(box, "transformation_matrix", None)
    matrix = own @ matrix if own and matrix else own or matrix
    if hasattr(box, "text") and box.text.strip() and box.element is not None:
        x, y, width, height = box.position_x, box.position_y, box.width, box.height
        yield box, rectangle_aabb(matrix, x, y, width, height)
    for child in getattr(box, "children", ()):
        yield from _placed(child, matrix)


def _is_within(place: tuple[float, float, float, float], width: float, height: float) -> bool:
    """Whether a place lies on a page."""
    left, top, right, bottom = place
    return left >= -_SLACK and top >= -_SLACK and right <= width and bottom <= height


def _texts(boxes: Iterable[Any]) -> Iterator[Any]:
    """The text boxes of the document itself below some boxes, without generated content."""
    for box in every(*boxes):
        if hasattr(box, "text") and box.element is not None and "::" not in str(box.element_tag):
            yield box


def _characters(boxes: Iterable[Any]) -> Counter[Any]:
    """The number of characters of each element in some boxes, without white space."""
    found: Counter[Any] = Counter()
    for box in boxes:
        found[box.element] += len("".join(box.text.split()))
    return found
