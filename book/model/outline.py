"""Headings as they stand below one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.model.manuscript import Heading


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading, and those below it."""

    heading: Heading
    """The heading."""
    below: tuple[OutlineEntry, ...] = ()
    """The headings of lower levels up to the next one of its level, in order."""


def nested(headings: Sequence[Heading], deepest: int = 6) -> tuple[OutlineEntry, ...]:
    """Put each heading below the last one of a higher level.

    Args:
        headings: The headings of a section, in order.
        deepest: The lowest level that is wanted, 1 to 6; headings without a visible word are left out, too.
    """
    wanted = [heading for heading in headings if heading.level <= deepest and heading.text.strip()]
    found: list[OutlineEntry] = []
    begin = 0
    while begin < len(wanted):
        end = begin + 1
        while end < len(wanted) and wanted[end].level > wanted[begin].level:
            end += 1
        found.append(OutlineEntry(wanted[begin], nested(wanted[begin + 1 : end])))
        begin = end
    return tuple(found)
