"""Facts of a page that has been made: where its text ends, and which of its paragraphs can be a line shorter or longer.

For WeasyPrint 70.0. Private names used: the box tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from book.pages.engine.typography.breaks import PLAIN
from book.pages.engine.typography.plans import Plan, Planned

FEWEST = 3
"""A paragraph with fewer lines on a page is left as it is."""


@dataclass(slots=True)
class Facts:
    """What is on a page."""

    foot: float = 0.0
    """Where its content ends, in px from the top of the page; 0 if it has none."""
    text: float = 0.0
    """Where its text ends, above notes and what floats at its foot."""
    parted: bool = False
    """Whether it ends in the middle of a word."""
    lines: int = 0
    """How many lines of text it has."""
    last: int = 0
    """How many of them the last paragraph has."""
    only_floats: bool = False
    """Whether it has nothing but page floats."""
    paragraphs: list[list[tuple[Plan, Planned]]] = field(default_factory=list)
    """The planned lines of each paragraph."""

    def plans(self) -> Iterator[Plan]:
        """The plans of its paragraphs."""
        return (lines[0][0] for lines in self.paragraphs)


def facts_of(page: Any) -> Facts:
    """The facts of a page."""
    from weasyprint.formatting_structure import boxes

    found = Facts()
    paragraphs: dict[int, list[tuple[Plan, Planned]]] = {}
    root = page.children[0]
    paragraph = None
    floats = [child for child in root.children if getattr(child, "floated", False)]
    for box in (inner for child in root.children if child not in floats for inner in (child, *_below(child))):
        if type(box) is boxes.LineBox:
            found.lines += 1
            found.last = found.last + 1 if box.element is paragraph else 1
            paragraph = box.element
            found.foot = max(found.foot, box.position_y + box.height)
            planned = getattr(box, "planned", None)
            found.parted = planned is not None and planned[1].kind != PLAIN and not planned[1].last
            if planned is not None:
                paragraphs.setdefault(id(planned[0]), []).append(planned)
        elif isinstance(box, boxes.ReplacedBox):
            found.foot = max(found.foot, box.position_y + box.margin_height())
    found.text = found.foot
    found.only_floats = bool(floats) and not found.lines
    at_foot = any(getattr(box, "at_foot", False) for box in floats)
    if page.children[1].children or found.only_floats or at_foot:  # notes
        found.foot = page.content_box_y() + page.height
    found.paragraphs = list(paragraphs.values())
    return found


def _below(box: Any) -> Iterator[Any]:
    """All boxes in a box."""
    return box.descendants() if hasattr(box, "children") else iter(())


def joined(pages: Iterable[Facts]) -> Facts:
    """The paragraphs of several pages, each as it begins on the first of its pages."""
    paragraphs: dict[int, list[tuple[Plan, Planned]]] = {}
    for facts in pages:
        for lines in facts.paragraphs:
            paragraphs.setdefault(id(lines[0][0]), []).extend(lines)
    return Facts(paragraphs=list(paragraphs.values()))


@dataclass(frozen=True, slots=True)
class Change:
    """Another number of lines for some paragraphs."""

    cost: int
    parts: tuple[tuple[Plan, tuple[Planned, ...]], ...]
    """The plans, and their new lines."""

    def apply(self) -> None:
        """Let these plans have these lines."""
        for plan, lines in self.parts:
            plan.use(lines)


NO_CHANGE = Change(0, ())


def changes(facts: Facts, more: int, dearest: int) -> list[Change]:
    """The ways to make the paragraphs of a page longer by some lines together (shorter, if negative), cheapest first.

    Args:
        facts: What is on the page.
        more: The number of lines.
        dearest: The maximum cost of a change by one line.
    """
    step = 1 if more > 0 else -1
    single = []
    for lines in facts.paragraphs:
        plan, first = lines[0]
        if len(lines) >= FEWEST and (found := plan.vary(first.begin, first.indent).get(step)) and found[0] <= dearest:
            single.append((found[0], plan, tuple(found[1])))
    single.sort(key=lambda one: one[0])
    count = abs(more)
    if count == 1:
        return [Change(cost, ((plan, lines),)) for cost, plan, lines in single]
    groups = [single[:count]] if len(single) >= count else []
    return [Change(sum(one[0] for one in group), tuple(one[1:] for one in group)) for group in groups]


def by_one_line(facts: Facts, dearest: int, most: int) -> list[Change]:
    """The ways to make a page one line longer or shorter, cheapest first: of each the `most` cheapest."""
    both = [*changes(facts, 1, dearest)[:most], *changes(facts, -1, dearest)[:most]]
    return sorted(both, key=lambda change: change.cost)
