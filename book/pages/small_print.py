"""Finds text that a stylesheet of the project makes smaller than an edition in large print promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from book.problem import Problem, Span, warning

_PX = 0.75
"""One CSS px in pt."""
_SLACK = 0.05
"""What rounding may take away, in pt."""
_LONGEST = 40
"""Maximum number of characters that a message cites."""


def small_print(pages: Sequence[Any], least: float, path: str, *, cite: bool) -> Iterator[Problem]:
    """A warning if text on some pages is smaller than `least` pt; it says how small the smallest is.

    Words inside pictures are not looked at.

    Args:
        pages: The pages that the layout engine made.
        least: The smallest size in pt; 0 if any size will do.
        path: The file that the message names.
        cite: Whether the message cites the text.
    """
    if not least:
        return
    sizes = [(_size(box), box.text.strip()) for page in pages for box in _texts(page)]
    size, text = min(sizes, key=lambda one: (one[0], -len(one[1])), default=(least, ""))
    if size < least - _SLACK:
        words = f': "{text[:_LONGEST]}"' if cite else ""
        message = f"large print has at least {least:g} pt, and a stylesheet sets text of {size:.3g} pt{words}"
        hint = "in the stylesheets of this edition, give sizes from 1em on, or leave them out"
        yield warning("small-print", message, Span(path), hint)


def _texts(page: Any) -> Iterator[Any]:
    """The boxes of a page that have visible text."""
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - there is no public way to the boxes
        if hasattr(box, "text") and box.text.strip():
            yield box


def _size(box: Any) -> float:
    """The size of a text in pt."""
    return float(box.style["font_size"]) * _PX
