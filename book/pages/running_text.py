"""The running text of a composed section: the text that all its editions have in common, as countable characters.

A place in it is the number of characters before it; white space and soft hyphens do not count, an image counts as one.
Notes and their calls are not part of it. So the same place is the same word in every edition, wherever its notes are
and however its white space is laid out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

IMAGE_CHARACTER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The character that represents an image."""

ATOMIC_ELEMENTS = frozenset({"img", "math", "svg"})
"""Elements that count as one character each, whatever they contain."""

INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "math", "q",
    "rb", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr",
})  # fmt: skip
"""Elements that do not separate words (HTML, 3.2.5.2.5, as far as chapters contain them)."""

EXCLUDED_CLASSES = frozenset(
    {"backlink", "footnote", "footnotes", "formula-part", "noteref", "paragraph-number", "quotation-number"}
)
"""Classes of notes, of their calls, of links back, of numbers that not every edition shows, of parts of a formula."""

_SKIPPED = frozenset({"head", "script", "style", "template"})
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def strip_uncounted(text: str) -> str:
    """Remove white space and soft hyphens, which are not counted."""
    return "".join(text.split()).replace(_SOFT_HYPHEN, "")


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of running text in the tree: the text of an element, or the tail of one of its children."""

    holder: Any
    """The element that contains the text directly; for an image, the image itself."""
    child: Any | None
    """The child that it follows; None if it is before the first child."""
    text: str
    """The text, with its white space; `IMAGE_CHARACTER` for an image."""
    start: int
    """Its place: the number of characters before it."""


class RunningText:
    """The running text of a document (a tree of `lxml` or `xml.etree`)."""

    def __init__(self, root: Any) -> None:
        self.pieces: list[Piece] = []
        """Its pieces in order, without empty ones."""
        self.words: list[int] = []
        """The places where words begin, in order."""
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
        """All counted characters."""

    def __len__(self) -> int:
        """The number of characters, which is the place of its end."""
        return len(self.text)

    def next_word(self, place: int) -> int:
        """The first place at or after `place` where a word begins; the end if there is none."""
        index = bisect_left(self.words, place)
        return self.words[index] if index < len(self.words) else len(self)

    def word(self, place: int) -> int:
        """The index (0-based) of the word that contains a place; -1 for a place before the first word."""
        return bisect_right(self.words, place) - 1

    def word_list(self) -> list[str]:
        """All its words."""
        ends = [*self.words[1:], len(self)]
        return [self.text[start:end] for start, end in zip(self.words, ends, strict=False)]

    def find(self, place: int) -> tuple[Piece, int] | None:
        """The piece that contains the character at a place, and its index in the piece's text; None at the end."""
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
    """For each piece of text in order: the element, the child before it, the text; element None is a word boundary."""
    name = local_name(element)
    if name in ATOMIC_ELEMENTS and not EXCLUDED_CLASSES & set(element.get("class", "").split()):
        yield element, None, IMAGE_CHARACTER
    if (
        not name
        or name in ATOMIC_ELEMENTS
        or name in _SKIPPED
        or EXCLUDED_CLASSES & set(element.get("class", "").split())
    ):
        return
    boundary = () if name in INLINE else ((None, None, ""),)
    yield from boundary
    yield element, None, element.text or ""
    for child in element:
        yield from _walk(child)
        yield element, child, child.tail or ""
    yield from boundary
