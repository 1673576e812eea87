"""What can float in a document: its figures, short tables, and what stands sideways; and what is around them.

Private names used: the box tree of WeasyPrint 70.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from book.pages.engine.typography.leading import strut_of

_BLOCKS = frozenset({"html", "body", "main", "article", "section", "div"})
"""Elements out of which figures and tables float."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True, eq=False)
class Float:
    """A figure or a table that can float."""

    box: Any
    """Its box in the flow."""
    ancestors: tuple[Any, ...]
    """The boxes that it is in, from the root to its parent."""
    stand_in: Any = None
    """The empty box that stands for it in the flow, if it floats."""
    seen: int | None = None
    """The index of the page that the stand-in is on."""
    placed: int | None = None
    """The index of the page that it is set on."""
    kept: bool = False
    """Whether it is to stay in the flow."""
    foot: bool = False
    """Whether it is to stand at the foot of a page, as the class `foot` asks for."""
    foot_of: int | None = None
    """The index of the page at whose foot it stands if its place in the text stays on that page."""
    at_foot: bool = False
    """Whether it is set at the foot of a page."""
    at_top: bool = False
    """Whether it is to stand above the text, because a heading is on the page, behind its place in the text."""
    refused: int | None = None
    """The index of the last page that had no room for it below its place in the text."""

    @property
    def waiting(self) -> bool:
        """Whether its place in the flow has been reached, but it has not been set."""
        return self.seen is not None and self.placed is None

    def siblings(self) -> list[Any]:
        """The boxes beside it."""
        children: list[Any] = self.ancestors[-1].children
        return children

    def index(self) -> int:
        """Where it, or its stand-in, is among them."""
        here = self.box if self.stand_in is None else self.stand_in
        return next(index for index, box in enumerate(self.siblings()) if box is here)

    def leave(self) -> None:
        """Take it out of the flow."""
        from weasyprint.formatting_structure.boxes import BlockBox

        at, siblings = self.index(), self.siblings()
        box = BlockBox.anonymous_from(self.ancestors[-1], [])
        box.element, box.element_tag, box.floats = self.box.element, self.box.element_tag, self
        if at and siblings[at - 1].style["break_after"].startswith("avoid"):
            box.style = box.style.copy()
            box.style["break_after"] = "avoid"  # a heading stays with the text
        self.stand_in = box
        self.ancestors[-1].children = [*siblings[:at], box, *siblings[at + 1 :]]
        _indent(self.ancestors[-1].children, at + 1)

    def settle(self, before: Any) -> None:
        """Put it back into the flow, before an element behind it; at the end of what it is in, if that is not in it."""
        siblings = self.siblings()
        behind = range(self.index() + 1, len(siblings))
        at = next((place for place in behind if _has(siblings[place], before)), len(siblings))
        self.ancestors[-1].children = [*siblings[:at], self.box, *siblings[at:]]
        self.kept, self.placed, self.at_foot, self.foot_of = True, None, False, None
        self.box.settled = True  # it is behind text that follows its place in the order of reading


def find_floats(box: Any, ancestors: tuple[Any, ...]) -> Iterator[Float]:
    """What can float below a box."""
    within = (*ancestors, box)
    for child in box.children:
        element = child.element
        if element is None or not child.is_in_normal_flow() or not hasattr(child, "children"):
            continue
        if _is_floating(element):
            if "here" not in _classes(element) and not _is_described(element):
                child.floating = Float(child, within, foot="foot" in _classes(element))
                yield child.floating
        elif element.tag in _BLOCKS and element is not box.element:
            yield from find_floats(child, within)


def _is_floating(element: Any) -> bool:
    """Whether an element is a figure, a table that is not divided, or what stands sideways."""
    classes = _classes(element)
    return bool(element.tag == "figure" or (element.tag == "table" and "short" in classes) or "sideways" in classes)


def _is_described(element: Any) -> bool:
    """Whether a figure has a description behind it, which nobody would take for that of a figure on another page."""
    return any("aria-details" in one.attrib for one in element.iter("img"))


def is_heading(box: Any) -> bool:
    """Whether a block is a heading, which no figure goes past."""
    return box.element is not None and box.element.tag in _HEADINGS


def _indent(siblings: Sequence[Any], at: int) -> None:
    """Indent a paragraph which was behind a figure, and is behind a paragraph now, as others behind paragraphs are."""
    flow = [box for box in siblings[:at] if getattr(box, "floats", None) is None]
    if at < len(siblings) and flow and _are_paragraphs(flow[-1], siblings[at]):
        indents = (two.style["text_indent"] for one, two in pairwise(siblings) if _are_paragraphs(one, two))
        first_line = siblings[at].children[0]
        if (indent := next(indents, None) or _token(first_line.style)) is not None:
            first_line.style = first_line.style.copy()
            first_line.style["text_indent"] = indent


def _token(style: Any) -> Any:
    """The indent of paragraphs that the design token `--indent` asks for; None if it is no length in em."""
    from weasyprint.css.properties import Dimension

    for token in style["__indent"] or ():
        if token.type == "dimension" and token.lower_unit == "em":
            return Dimension(token.value * style["font_size"], "px")
    return None


def _are_paragraphs(one: Any, two: Any) -> bool:
    """Whether two boxes are paragraphs of running text."""
    return all(
        box.element is not None
        and box.element.tag == "p"
        and _classes(box.element) in ([], ["introducing"])
        and len(box.children) == 1
        for box in (one, two)
    )


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def flow_of(box: Any) -> Iterator[Any]:
    """The blocks of a page in the order of the text, down to figures, headings and paragraphs; without what floats."""
    for child in getattr(box, "children", ()):
        if getattr(child, "floated", False) or not hasattr(child, "children"):
            continue
        if getattr(child, "floats", None) is not None or is_barrier(child):
            yield child
        elif child.element is not None and child.element.tag in _BLOCKS:
            yield from flow_of(child)


def is_barrier(box: Any) -> bool:
    """Whether nothing floats past a block."""
    element = box.element
    if element is None:
        return False
    return element.tag in _HEADINGS or element.tag in ("figure", "table") or _is_floating(element)


def _has(box: Any, element: Any) -> bool:
    """Whether a box is that of an element, or has it in it."""
    return box.element is element or any(_has(child, element) for child in getattr(box, "children", ()))


def next_float(root: Any, resume_at: Any) -> Float | None:
    """The figure with which the next page begins, alone or behind its heading."""
    box, siblings, at = root, [], 0
    while resume_at is not None:
        (at, resume_at), *others = resume_at.items()
        if others or not hasattr(box, "children") or at >= len(box.children):
            return None  # within a row, or a line
        siblings, box = box.children, box.children[at]
    for one in siblings[at:]:
        found: Float | None = getattr(one, "floating", None)
        if found is not None or not one.style["break_after"].startswith("avoid"):
            return found
    return None


def line_of(page: Any) -> float:
    """The distance of the base lines of a page, in px."""
    return float(strut_of(page.children[0].style)[0])


def room_below(page: Any) -> float:
    """The height that is left below the text of a page, above its notes, in px; 0 for a page without text."""
    from weasyprint.formatting_structure import boxes

    foot = page.content_box_y() + page.height
    for box in page.children:
        if isinstance(box, boxes.FootnoteAreaBox) and box.children:
            foot = min(foot, box.position_y)
    feet = [box for box in page.children[0].children if getattr(box, "at_foot", False)]
    foot = min([foot, *(box.border_box_y() - line_of(page) for box in feet)])
    ends = [
        box.position_y + (box.height if type(box) is boxes.LineBox else box.margin_height())
        for child in page.children[0].children
        if child not in feet
        for box in (child, *child.descendants())
        if type(box) is boxes.LineBox or isinstance(box, boxes.ReplacedBox)
    ]
    return float(foot - max(ends)) if ends else 0.0
