"""The scale of a timeline."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.composition.axis import CLOSEST, draw_axis, ordinal
from book.model.sources import Day

DAYS = st.dates(min_value=date(1, 1, 1))


@given(DAYS, DAYS)
def test_days_are_counted_as_the_calendar_does(one: date, other: date) -> None:
    count = ordinal(Day(one.year, one.month, one.day)) - ordinal(Day(other.year, other.month, other.day))
    assert count == (one - other).days


def test_days_before_the_first_year_are_counted_on() -> None:
    assert ordinal(Day(1, 1, 1)) - ordinal(Day(0, 12, 31)) == 1
    assert ordinal(Day(0, 3, 1)) - ordinal(Day(0, 2, 28)) == 2  # year 0 is a leap year
    assert ordinal(Day(-43, 3, 15)) < ordinal(Day(-42, 1, 1))


@given(st.lists(st.integers(-3_000_000, 1_500_000), min_size=1), st.floats(150, 600))
def test_every_day_lies_on_the_axis_and_no_two_labels_meet(days: list[int], height: float) -> None:
    axis = draw_axis(days, height, "en")
    assert all(-1e-6 <= axis.y(day) < axis.y(day + 1) <= height + 1e-6 for day in days)
    named = [tick.y for tick in axis.ticks if tick.year or tick.month]
    assert all(after - before >= CLOSEST * 0.9 for before, after in pairwise(named))
    assert axis.ticks[0].y == pytest.approx(0)
    assert axis.ticks[-1].y == pytest.approx(height)


def test_ten_months_are_named_one_by_one_and_the_year_where_it_begins() -> None:
    axis = draw_axis([ordinal(Day(1787, 10, 27)), ordinal(Day(1788, 8, 15))], 370, "en")
    months = [(tick.year, tick.month) for tick in axis.ticks]
    assert months[:4] == [("1787", "Oct"), ("", "Nov"), ("", "Dec"), ("1788", "Jan")]
    assert months[-2:] == [("", "Aug"), ("", "")]


def test_six_years_are_named_one_by_one() -> None:
    axis = draw_axis([ordinal(Day(2013, 11, 3)), ordinal(Day(2019, 4, 16))], 300, "en")
    assert [tick.year for tick in axis.ticks] == ["2013", "2014", "2015", "2016", "2017", "2018", "2019", ""]
    assert {tick.month for tick in axis.ticks} == {""}


def test_an_axis_of_decades_names_the_year_at_its_end() -> None:
    days = [ordinal(Day(1536, 2, 4)), ordinal(Day(1993, 1, 19))]
    named = [tick.year for tick in draw_axis(days, 372, "en").ticks]
    assert named[0] <= "1536"
    assert named[-1] >= "1993"
