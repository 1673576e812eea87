"""Sets words in SVG drawings as words instead of single letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def mend() -> None:
    """Mend the text of drawings in this process."""
    from weasyprint import svg

    svg.text = _whole_words(svg.text)
    svg.TAGS |= dict.fromkeys(("a", "text", "textPath", "tspan"), svg.text)


class _Whole(str):
    """A string that is iterated as a single piece."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _whole_words(text: Any) -> Any:
    """Set the words of a drawing like other text, if none of their letters is positioned separately.

    The engine sets each letter separately: without kerning, without the joining of Arabic letters, and without spaces
    that a PDF reader could find.
    """

    def draw(svg: Any, node: Any, font_size: float) -> None:
        places = (node.get(name) or "" for name in ("x", "y", "dx", "dy", "rotate"))
        placed = any(len(place.replace(",", " ").split()) > 1 for place in places)
        if node.text and not placed and not node.get("letter-spacing") and not node.get("textLength"):
            node._etree_node.text = _Whole(node.text)  # noqa: SLF001
        text(svg, node, font_size)

    return draw
