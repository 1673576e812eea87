"""Weekdays beside dates: taken with the date where they are weekdays, left where they are names of people."""

from __future__ import annotations

import pytest

from book.imports.dates_in_text import find_dates

DAY = "27 November 2015"
"""A Friday."""


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (f"On {DAY}, Sam Flint said so", f"On {DAY}"),
        (f"Le {DAY}, Mer Keller", f"Le {DAY}"),
        (f"It was Uncle Sam, {DAY}", DAY),
        (f"{DAY} Sun Yat-sen spoke", DAY),
        (f"{DAY} Fri; then", f"{DAY} Fri"),
        (f"Seen {DAY} (Fri.)", f"{DAY} (Fri.)"),
        (f"Fri, {DAY}", f"Fri, {DAY}"),
        (f"Friday, the {DAY}", f"Friday, the {DAY}"),
        ("2015年11月27日星期五在北京", "2015年11月27日星期五"),
        ("2015年11月27日（周五）", "2015年11月27日（周五）"),
    ],
)
def test_a_short_name_of_a_weekday_counts_only_where_it_cannot_be_a_persons(text: str, taken: str) -> None:
    (date,) = find_dates(text)
    assert text[date.begin : date.end].strip() == taken
    assert date.doubt is None


def test_a_weekday_that_the_day_was_not_is_told() -> None:
    for text in (f"Monday, {DAY}", f"Mon. {DAY}", f"{DAY} (Mon)"):
        (date,) = find_dates(text)
        assert date.doubt
        assert "Friday" in date.doubt
