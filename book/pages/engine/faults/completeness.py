"""Whether all that was to be set stands on the pages, once.

WeasyPrint 70.0 loses text, or sets it twice, where notes of more than a page meet (with or without our own
`long_notes`). A page with words missing must never pass for a good one, so what goes into the layout is
compared with what comes out. What is private and used: the boxes, and `document.build_formatting_structure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_built: dict[Any, tuple[Counter[Any], set[Any]]] = {}
"""For the root element of a document being set: the characters of each element, and the elements in notes."""


def mend() -> None:
    """Let the engine count what goes into the layout of each document of this process."""
    from weasyprint import document

    document.build_formatting_structure = _count(document.build_formatting_structure)


def _count(build: Any) -> Any:
    """Count the characters of the boxes that are built, notes included."""

    def build_formatting_structure(root: Any, *rest: Any) -> Any:
        box = build(root, *rest)
        notes = [box for box in rest[-1] if hasattr(box, "descendants")]
        in_notes = {text.element for note in notes for text in _texts([note])}
        _built[root] = (_characters(_texts([box, *notes])), in_notes)
        return box

    return build_formatting_structure


def incomplete(pages: Sequence[Any], root: Any) -> Iterator[str]:
    """What is wrong with the pages of the document of a root element: a sentence for each element that is not whole.

    Headings that are repeated are not counted; a hyphen that the engine adds at the end of a line is allowed for.
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
    """The boxes of text of the document itself below some boxes, without generated content."""
    for box in boxes:
        for inner in box.descendants(placeholders=True):
            if hasattr(inner, "text") and inner.element is not None and "::" not in str(inner.element_tag):
                yield inner


def _characters(boxes: Iterable[Any]) -> Counter[Any]:
    """How many characters that are not white space each element has in some boxes."""
    found: Counter[Any] = Counter()
    for box in boxes:
        found[box.element] += len("".join(box.text.split()))
    return found
