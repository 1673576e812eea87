"""Where mends see the boxes of a document, once they are built and before pages are made of them.

Private name used: `make_all_pages` of `weasyprint.layout`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Look = Callable[[Any, Sequence[Any], Any], None]
"""Given the box of the root element, those of the notes, and the root element."""


def before_pages(look: Look) -> None:
    """Call a function with the boxes of each document of this process, before its pages are made."""
    import weasyprint.layout

    weasyprint.layout.make_all_pages = _after(look, weasyprint.layout.make_all_pages)


def _after(look: Look, make_all_pages: Any) -> Any:
    """Make all pages; `pages` are those that have been made already, in another round."""

    def make(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Any:
        if not pages:
            look(root_box, [note for note in context.footnotes if hasattr(note, "descendants")], html.etree_element)
        return make_all_pages(context, root_box, html, pages)

    return make


def every(*boxes: Any) -> Iterator[Any]:
    """Some boxes and all that is in them, in the order of the document; what the engine does with nested generators."""
    waiting = list(reversed(boxes))
    while waiting:
        box = waiting.pop()
        yield box
        if box.children:
            waiting.extend(reversed(box.children))
