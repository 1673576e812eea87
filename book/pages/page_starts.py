"""Finds where in a section's running text each of its pages begins, by reading the boxes of the layout engine.

These private names of WeasyPrint are used (70.0, pinned): `Page._page_box`; of the boxes in it, `element_tag`,
`element`, `text` (of text), `replacement` (of images) and `descendants`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from book.pages.running_text import Piece, RunningText, strip_uncounted

_GENERATED = frozenset({"after", "before", "footnote-call", "footnote-marker", "marker"})
"""Pseudo-elements whose text is not in the document."""


def page_starts(pages: Sequence[Any], root: Any) -> tuple[int, ...]:
    """The place (see `running_text`) at which each page begins; never decreasing, the first is 0.

    A page that begins inside a hyphenated word begins with the next word. A page with nothing but notes begins where
    the next page does. Notes, repeated table heads and generated content are ignored.

    Args:
        pages: WeasyPrint's pages.
        root: The root element that they were made from.
    """
    text = RunningText(root)
    reader = _Reader(text)
    found = [reader.read(page) for page in pages]
    starts = [len(text)]
    for start in reversed(found):
        starts.append(starts[-1] if start is None else min(start, starts[-1]))
    return (0, *starts[-2:0:-1])


class _Reader:
    """Reads pages in order, and keeps count of how much of each element has been read."""

    def __init__(self, text: RunningText) -> None:
        self._text = text
        self._pieces: dict[Any, list[Piece]] = defaultdict(list)
        self._spelt: dict[Any, str] = defaultdict(str)
        self._read: dict[Any, int] = defaultdict(int)
        self._parted = False  # what was read last ends in a hyphen that the engine put there
        for piece in text.pieces:
            self._pieces[piece.holder].append(piece)
            self._spelt[piece.holder] += strip_uncounted(piece.text)

    def read(self, page: Any) -> int | None:
        """The place where a page begins; None if it has no running text."""
        parted = self._parted
        root = next(box for box in page._page_box.children if box.element_tag == "html")  # noqa: SLF001
        floats = [child for child in root.children if getattr(child, "floated", False)]
        for child in floats:  # which belong to the text of a page before
            for box in _boxes(child):
                self._take(box)
        flow = (box for child in root.children if child not in floats for box in _boxes(child))
        late = {id(box) for one in root.descendants() if hasattr(one, "settled") for box in _boxes(one)}
        begin = None
        for box in flow:
            taken = self._take(box)
            begin = begin or (None if id(box) in late else taken)
        if begin is None:
            return None
        place = self._place(*begin)
        return self._text.next_word(place) if parted else place

    def _take(self, box: Any) -> tuple[Any, int] | None:
        """The element of a box, and how many of its characters precede it; None if nothing in it is to be read."""
        element = box.element
        if element not in self._spelt:
            return None
        done, spelt = self._read[element], self._spelt[element]
        if done >= len(spelt):
            return None
        if hasattr(box, "text"):
            shown = strip_uncounted(box.text)
            hyphen = box.style["hyphenate_character"]
            self._parted = shown.endswith(hyphen) and not spelt.startswith(hyphen, done + len(shown) - len(hyphen))
            length = len(shown) - len(hyphen) if self._parted else len(shown)
        else:
            length = 1
        if not length:
            return None
        self._read[element] = done + length
        return element, done

    def _place(self, element: Any, done: int) -> int:
        """The place of the character that follows `done` characters of an element's own."""
        for piece in self._pieces[element]:
            length = len(strip_uncounted(piece.text))
            if done < length:
                return piece.start + done
            done -= length
        raise AssertionError("an element has as many characters as its pieces")


def _boxes(block: Any) -> Iterator[Any]:
    """The boxes of a block with text of the document or an image, in document order, without footnotes."""
    inner = block.descendants(placeholders=True) if hasattr(block, "descendants") else ()
    for box in (block, *inner):
        generated = str(box.element_tag).rpartition("::")[2] in _GENERATED
        if not generated and (hasattr(box, "text") or hasattr(box, "replacement")):
            yield box
