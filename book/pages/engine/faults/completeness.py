"""Checks that all text is on the pages, once.

WeasyPrint 70.0 loses text, or sets it twice, where notes longer than a page meet (with or without our own
`long_notes`). A page with missing words must never pass, so the text that goes into the layout is compared with the
text on the pages. Private names used: the boxes, and `document.build_formatting_structure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_built: dict[Any, tuple[Counter[Any], set[Any]]] = {}
"""By root element of a document that is being set: the number of characters of each element, and elements in notes."""


def mend() -> None:
    """Count the text that goes into the layout of each document of this process."""
    from weasyprint import document

    document.build_formatting_structure = _count(document.build_formatting_structure)


def _count(build: Any) -> Any:
    """Count the characters of the boxes that are built, including notes."""

    def build_formatting_structure(root: Any, *rest: Any) -> Any:
        box = build(root, *rest)
        notes = [box for box in rest[-1] if hasattr(box, "descendants")]
        in_notes = {text.element for note in notes for text in _texts([note])}
        _built[root] = (_characters(_texts([box, *notes])), in_notes)
        return box

    return build_formatting_structure


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


def _texts(boxes: Iterable[Any]) -> Iterator[Any]:
    """The text boxes of the document itself below some boxes, without generated content."""
    for box in boxes:
        for inner in box.descendants(placeholders=True):
            if hasattr(inner, "text") and inner.element is not None and "::" not in str(inner.element_tag):
                yield inner


def _characters(boxes: Iterable[Any]) -> Counter[Any]:
    """The number of characters of each element in some boxes, without white space."""
    found: Counter[Any] = Counter()
    for box in boxes:
        found[box.element] += len("".join(box.text.split()))
    return found
