"""Sorts dates that are only partly known."""

from __future__ import annotations

from book.model.sources import Day, PartialDate


def sort_key(date: PartialDate | None, title: str) -> tuple[bool, Day, bool, Day, str, str]:
    """The sort key of a source: earliest day, latest day (open ends last), title; undated sources last.

    A date without a beginning is sorted by its end, so that the years of an index stay in order.
    """
    far = Day(0, 0, 0)
    last = date.latest if date else None
    first = (date.earliest or last) if date else None
    return (first is None, first or far, last is None, last or far, title.casefold(), title)
