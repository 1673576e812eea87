"""Marks: what the reader knows of an element besides its markup, such as its kind and where it was written.

Marks are kept in a table beside the tree. An element carries the number of its mark in an attribute that authors cannot
write, because their markup is cut to an allow-list first (`syntax/raw_html`, `syntax/attributes`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

NUMBER = "data-n"
"""The attribute with the number of an element's mark."""


@dataclass(slots=True)
class Mark:
    """The mark of one element."""

    tag: str
    """The element's name; if an element has another name, it is not the one that was marked."""
    kind: str
    """Its kind: `citation`, `link`, `image`, …; empty if only its place is known."""
    line: int | None = None
    """The line of the chapter's body, 0-based; None if unknown."""
    column: int | None = None
    """The column, 1-based."""
    values: dict[str, str] = field(default_factory=dict)
    """Further values, such as the key of a citation."""
    raw: bool = False
    """Whether the element was written as a tag of HTML."""
