"""Sorts and compares dates that are only partly known."""

from __future__ import annotations

from book.model.sources import Day, PartialDate


def sort_key(date: PartialDate | None) -> tuple[bool, Day, bool, Day]:
    """The sort key of a date: earliest day, latest day (open ends last); what is undated comes last.

    A date without a beginning is sorted by its end, so that the years of an index stay in order.
    """
    far = Day(0, 0, 0)
    last = date.latest if date else None
    first = (date.earliest or last) if date else None
    return (first is None, first or far, last is None, last or far)


def within(inner: PartialDate, outer: PartialDate) -> bool:
    """Whether all days of one date are days of another; false if either has an open end."""
    if inner.earliest is None or inner.latest is None or outer.earliest is None or outer.latest is None:
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest
