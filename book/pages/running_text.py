"""The running text of a composed section: what its editions read alike, as something that can be counted.

A place in it is the number of characters before it, white space and soft hyphens left out, an image
counting as one. Notes and their calls are no part of it, so the same place is the same word whether
notes stand at the foot of a page or behind the text, and however the white space is laid out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for an image."""

OBJECTS = frozenset({"img", "math", "svg"})
"""Elements that stand for one character each, whatever is in them."""

INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "math", "q",
    "rb", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr",
})  # fmt: skip
"""Elements that do not part words (HTML, 3.2.5.2.5, as far as chapters hold them)."""

APART = frozenset({"backlink", "footnote", "footnotes", "noteref"})
"""Classes of notes and of what leads to them and back."""

_SKIPPED = frozenset({"head", "script", "style", "template"})
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def squeeze(text: str) -> str:
    """A text without what is not counted."""
    return "".join(text.split()).replace(_SOFT_HYPHEN, "")


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of running text in the tree: the text of an element, or the tail of one of its children."""

    holder: Any
    """The element whose own text it is; an image itself."""
    child: Any | None
    """The child it follows; None where it is what the holder begins with."""
    text: str
    """It, with its white space; `OBJECT` for an image."""
    start: int
    """How much of the running text stands before it."""


class RunningText:
    """The running text of a document: a tree of `lxml` or of `xml.etree`."""

    def __init__(self, root: Any) -> None:
        self.pieces: list[Piece] = []
        """Its pieces in order, without those that are empty."""
        self.words: list[int] = []
        """The places where a word begins, in order."""
        parts: list[str] = []
        count, parted = 0, True
        for holder, child, text in _walk(root):
            bare = text.replace(_SOFT_HYPHEN, "")
            words = bare.split()
            if words:
                starts = list(accumulate(map(len, words), initial=count))
                self.words += starts[0 if parted or bare[0].isspace() else 1 : -1]
                self.pieces.append(Piece(holder, child, text, count))
                parts += words
                count, parted = starts[-1], bare[-1].isspace()
            elif holder is None or bare:
                parted = True
        self.text = "".join(parts)
        """All of it, without white space."""

    def __len__(self) -> int:
        """How many characters it has: the place of its end."""
        return len(self.text)

    def next_word(self, place: int) -> int:
        """The first place, from `place` on, where a word begins; the end where there is none."""
        index = bisect_left(self.words, place)
        return self.words[index] if index < len(self.words) else len(self)

    def word(self, place: int) -> int:
        """The index of the word that a place lies in, 0-based; -1 for a place before all words."""
        return bisect_right(self.words, place) - 1

    def spelling(self) -> list[str]:
        """Its words."""
        ends = [*self.words[1:], len(self)]
        return [self.text[start:end] for start, end in zip(self.words, ends, strict=False)]

    def find(self, place: int) -> tuple[Piece, int] | None:
        """The piece that holds the character at a place, and its index in the piece's text; None at the end."""
        if not 0 <= place < len(self):
            return None
        piece = self.pieces[bisect_right(self.pieces, place, key=lambda piece: piece.start) - 1]
        left = place - piece.start
        for index, character in enumerate(piece.text):
            if character.isspace() or character == _SOFT_HYPHEN:
                continue
            if left == 0:
                return piece, index
            left -= 1
        raise AssertionError("a piece holds as many characters as the next one's start says")


def _walk(element: Any) -> Iterator[tuple[Any, Any, str]]:
    """Holder, child before it and text of each stretch of text in order; a holder of None parts words."""
    name = local_name(element)
    if name in OBJECTS:
        yield element, None, OBJECT
    if not name or name in OBJECTS or name in _SKIPPED or APART & set(element.get("class", "").split()):
        return
    boundary = () if name in INLINE else ((None, None, ""),)
    yield from boundary
    yield element, None, element.text or ""
    for child in element:
        yield from _walk(child)
        yield element, child, child.tail or ""
    yield from boundary
