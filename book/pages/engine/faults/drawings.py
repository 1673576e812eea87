"""Sets words in SVG drawings as words instead of single letters.

What is private and used: `Node` of `weasyprint.svg`, whose `text` is iterated letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def mend() -> None:
    """Mend the text of drawings in this process."""
    from weasyprint.svg import Node

    Node.text = property(_whole_words(Node.text.fget))


_TEXTS = frozenset({"a", "text", "textPath", "tspan"})
"""Elements whose text is drawn."""


class _Whole(str):
    """A string that is iterated as a single piece."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _whole_words(text_of: Any) -> Any:
    """Set the words of a drawing like other text, if none of their letters is positioned separately.

    The engine sets each letter separately: without kerning, without the joining of Arabic letters, and without spaces
    that a PDF reader could find.
    """

    def text(node: Any) -> str | None:
        found: str | None = text_of(node)
        if not found or node.tag not in _TEXTS or node.get("letter-spacing") or node.get("textLength"):
            return found
        places = (node.get(name) or "" for name in ("x", "y", "dx", "dy", "rotate"))
        placed = any(len(place.replace(",", " ").split()) > 1 for place in places)
        return found if placed else _Whole(found)

    return text
