"""Dates at the borders: the first year and the one before it, the first season, the last month."""

from __future__ import annotations

import pytest
from babel import Locale

from book.dates.edtf import from_date_parts
from book.dates.fields import add_era
from book.dates.typed import suggest
from book.model.sources import Day


@pytest.mark.parametrize(
    ("year", "pattern"), [(2, "d MMMM G y"), (1, "d MMMM G y"), (0, "d MMMM y G"), (-1, "d MMMM y G")]
)
def test_the_era_stands_before_the_years_of_the_first_one_alone(year: int, pattern: str) -> None:
    assert add_era("d MMMM y", Locale("en"), Day(year, 1, 1), "en") == pattern


@pytest.mark.parametrize(("season", "month"), [(1, 21), (2, 22), (3, 23), (4, 24)])
def test_seasons_of_csl_begin_with_the_first(season: int, month: int) -> None:
    assert from_date_parts([[2015]], season, circa=False).edtf == f"2015-{month}"
    assert from_date_parts([[2015]], str(season), circa=False).edtf == f"2015-{month}"


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("3 December - 4 December 1901", ("1901-12-03/1901-12-04",)),
        ("3 - 4 December 1901", ("1901-12-03/1901-12-04",)),
        ("December 1901", ("1901-12",)),
        ("1908-09", ("1908/1909",)),
    ],
)
def test_typed_spans_take_from_each_other_what_they_leave_out(typed: str, dates: tuple[str, ...]) -> None:
    assert suggest(typed)[: len(dates)] == dates
