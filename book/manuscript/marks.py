"""What the reader knows of an element besides its markup: what it is, where it was written, what belongs to it.

This is kept in a table beside the tree. An element has the number of its mark in an attribute that no author can
write, for what authors write is cut to an allow-list before (`syntax/raw_html`, `syntax/attributes`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

NUMBER = "data-n"
"""The attribute that holds the number of an element's mark."""


@dataclass(slots=True)
class Mark:
    """What is known of one element."""

    tag: str
    """The element's name; an element of another name is not the one that was marked."""
    kind: str
    """What it is: `citation`, `link`, `image`, …; empty where only its place is known."""
    line: int | None = None
    """The line of the chapter's body, 0-based; None where that is not known."""
    column: int | None = None
    """The column, 1-based."""
    values: dict[str, str] = field(default_factory=dict)
    """What else belongs to it, such as the key of a citation."""
