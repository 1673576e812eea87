"""Structure elements while the tree of a section is built (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from book.pages.roles import GROUPING, INLINE


class Content(NamedTuple):
    """A marked-content sequence, or an annotation."""

    page: int
    """The page it is on, 0-based."""
    number: int | None = None
    """The number of a marked-content sequence on its page (MCID)."""
    annotation: Any = None
    """The annotation, a pydyf dictionary."""


@dataclass(slots=True, eq=False)
class Node:
    """A structure element while the tree is built."""

    type: str
    """Its structure type."""
    parent: Node | None = None
    """The element that contains it."""
    implied: bool = False
    """Whether it corresponds to no HTML element, but is required by the standard."""
    properties: dict[str, Any] = field(default_factory=dict)
    """Further entries of its dictionary."""
    kids: list[Node | Content] = field(default_factory=list)
    """What it contains, in order."""

    def add(self, type_: str, *, implied: bool = False) -> Node:
        """Append a new kid."""
        node = Node(type_, self, implied)
        self.kids.append(node)
        return node

    def last(self, *types: str) -> Node | None:
        """The last kid, if it is implied and has one of these types; else None."""
        last = self.kids[-1] if self.kids else None
        return last if isinstance(last, Node) and last.implied and last.type in types else None


def container_for(node: Node, type_: str | None) -> Node:
    """The element to which a new kid of this type (None for text) is added: `node`, or an implied element in it."""
    if node.type == "LI" and type_ not in ("Lbl", "LBody"):
        return node.last("LBody") or node.add("LBody", implied=True)
    if node.type == "L" and type_ in ("Lbl", "LBody"):
        item = node.last("LI")
        fits = item and (type_ == "LBody" or all(isinstance(kid, Node) and kid.type == "Lbl" for kid in item.kids))
        return item if item and fits else node.add("LI", implied=True)
    if type_ == "Note" and (outside := _note_holder(node)) is not None:
        return outside
    if node.type in GROUPING and (type_ is None or type_ in INLINE) and (node.type, type_) != ("TOCI", "Reference"):
        return node.last("P") or node.add("P", implied=True)
    return node


def _note_holder(node: Node) -> Node | None:
    """What contains the note of a heading or of a quotation, which is no part of it; None for other notes."""
    found, above = None, node
    while above.parent is not None:
        if above.type == "BlockQuote" or (above is node and above.type[0] == "H"):
            found = above.parent
        above = above.parent
    return found
