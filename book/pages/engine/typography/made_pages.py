"""A page that has been made, a way to make it, and whether two that face one another are well as they are.

For WeasyPrint 70.0. Private names used: the box tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from book.pages.engine.typography.depths import NO_CHANGE, Change, Facts

ALIKE = 0.04
"""The difference of two pages that is not seen, in lines."""
LONGEST_INTRODUCTION = 3
"""Lines of the longest paragraph that is taken for the introduction of the quotation behind it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page that has been made."""

    index: int
    page: Any
    facts: Facts
    short: float
    """By how many lines its content ends above the foot of a full page."""
    last: bool
    """Whether nothing is left for another page."""
    closing: bool
    """Whether the next page does not continue its text."""
    parting: bool
    """Whether its last paragraph introduces a quotation, which the next page begins with."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make a page."""

    change: Change = NO_CHANGE
    short: int = 0
    """By how many lines the page is to be shorter than a full one."""


AS_IT_IS = Way()


def whole(lines: float) -> int:
    """How many whole lines there is room for."""
    return max(int(lines + ALIKE), 0)


def are_alike(pair: Sequence[Made]) -> bool:
    """Whether two pages end alike, or need not or cannot do so."""
    left, right = pair
    apart = right.short - left.short
    return right.closing or abs(apart) <= ALIKE or abs(apart - round(apart)) > ALIKE


def parts_introduction(root: Any, resume_at: Any, facts: Facts) -> bool:
    """Whether a page ends with a short paragraph that introduces a quotation, and the next one begins with that.

    Args:
        root: The box tree of the section, as it was before pages were made.
        resume_at: Where the next page begins in it.
        facts: What is on the page.
    """
    box, siblings, at = root, [], 0
    while resume_at is not None:
        (at, resume_at), *others = resume_at.items()
        if others or not hasattr(box, "children") or at >= len(box.children):
            return False  # within a row, or a line
        siblings, box = box.children, box.children[at]
        if _is_quotation(box):
            break
    if not at or not _is_quotation(box) or not _is_fresh(resume_at):
        return False
    before = siblings[at - 1].element
    return before is not None and before.tag == "p" and facts.last <= LONGEST_INTRODUCTION


def _is_quotation(box: Any) -> bool:
    """Whether a box is a whole quotation."""
    element = box.element
    return element is not None and (element.tag == "blockquote" or "quotation" in (element.get("class") or "").split())


def _is_fresh(resume_at: Any) -> bool:
    """Whether a box begins on the next page with what it begins with."""
    while resume_at is not None:
        if list(resume_at) != [0]:
            return False
        resume_at = resume_at[0]
    return True
