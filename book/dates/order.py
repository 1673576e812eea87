"""The order of dates that are known in part."""

from __future__ import annotations

from book.model.sources import Day, PartialDate


def sort_key(date: PartialDate | None, title: str) -> tuple[bool, Day, bool, Day, str, str]:
    """What sources are sorted by: earliest day, latest day (open ends last), title; the undated last.

    A date without a beginning counts from its end, so that the years of an index keep their order.
    """
    far = Day(0, 0, 0)
    last = date.latest if date else None
    first = (date.earliest or last) if date else None
    return (first is None, first or far, last is None, last or far, title.casefold(), title)
