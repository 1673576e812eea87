"""Dates at the borders: the first year and the one before it, the first season, the last month."""

from __future__ import annotations

import os
import subprocess
import sys
from calendar import monthrange

import pytest
from babel import Locale

from book.dates.digits import in_digits
from book.dates.edtf import from_date_parts, parse
from book.dates.fields import add_era, find_locale
from book.dates.formatting import display, long_month, month_name
from book.dates.moments import read_moment
from book.dates.sets import is_set
from book.dates.typed import suggest
from book.dates.typed_words import eras, month_names, open_words, weekdays
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
        ("1908–10", ("1908/1910",)),
        ("1908 to 10", ("1908/1910",)),
        ("1908 to 18", ("1908/1918",)),
    ],
)
def test_typed_spans_take_from_each_other_what_they_leave_out(typed: str, dates: tuple[str, ...]) -> None:
    assert suggest(typed)[: len(dates)] == dates


@pytest.mark.parametrize(
    ("typed", "edtf"), [("1 BC", "0000"), ("2 BC", "-0001"), ("AD 1", "0001"), ("1 BC – 1 AD", "0000/0001")]
)
def test_the_year_before_the_first_is_typed_as_1_bc(typed: str, edtf: str) -> None:
    assert suggest(typed) == (edtf,)


@pytest.mark.parametrize("exponent", ["0009999", "00099999999", "999"])
def test_a_year_with_an_exponent_is_bounded_whatever_zeros_it_begins_with(exponent: str) -> None:
    with pytest.raises(ValueError, match="a year of more than"):
        parse(f"Y1E{exponent}")
    assert parse("Y17E0000005").earliest == Day(1_700_000, 1, 1)


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2015-?1X", "October–December 2015?"),
        ("2015-1X?", "October–December 2015?"),
        ("2015-~1X", "c. October–December 2015"),
        ("2015-1X", "October–December 2015"),
        ("2015-11-3X", "November 30, 2015"),
    ],
)
def test_a_doubt_about_a_part_of_a_run_is_shown(edtf: str, shown: str) -> None:
    assert display(parse(edtf), "en") == shown


@pytest.mark.parametrize(
    ("edtf", "language", "shown"),
    [
        ("2015-06~", "cs", "kolem června 2015"),
        ("2015-06~", "zh-Hant", "約2015年6月"),
        ("2015-06~", "zh", "约2015年6月"),
        ("2015-~33", "de", "um 1. Quartal 2015"),
        ("?2015-06/?2015-07", "de", "Juni 2015?\u2009–\u2009Juli 2015?"),
        ("000X", "en", "0s"),
        ("-000X", "en", "10 BC\u2009–\u20091 BC"),
        ("0000-33", "en", "January–March 1 BC"),
        ("2015-06-03/2015-06-03", "en", "June 3, 2015"),
        ("2015/2015", "en", "2015"),
    ],
)
def test_qualifiers_runs_and_early_years_are_shown_in_the_words_of_the_language(
    edtf: str, language: str, shown: str
) -> None:
    assert display(parse(edtf), language) == shown


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [([-1], "0000"), ([1], "0001"), ([2015, 12], "2015-12"), ([2015, 13], "2015-21"), ([2015, 16], "2015-24")],
)
def test_years_and_seasons_of_csl_are_counted_from_the_first(parts: list[int], edtf: str) -> None:
    assert from_date_parts([parts], None, circa=False).edtf == edtf


@pytest.mark.parametrize(
    ("name", "season"),
    [("Frühling", 21), ("vår", 21), ("forår", 21), ("spring", 21), ("sommar", 22), ("fall", 23), ("höst", 23),
     ("efterår", 23), ("autumn", 23), ("vinter", 24)],
)  # fmt: skip
def test_seasons_are_typed_in_the_words_of_many_languages(name: str, season: int) -> None:
    assert suggest(f"{name} 2015") == (f"2015-{season}",)


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("October 30–31, 1990", ("1990-10-30/1990-10-31",)),
        ("3 December to 5 December 1901", ("1901-12-03/1901-12-05",)),
        ("3 May to 4 June", ()),
        ("2015/05-03", ("2015-05-03", "2015-05/2015-05-03")),
    ],
)
def test_what_is_typed_ends_where_months_do(typed: str, dates: tuple[str, ...]) -> None:
    assert suggest(typed) == dates


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Y-00000", '"Y-00000" is not a date in EDTF: the year before 0001 is 0000'),
        ("not", '"not" is not a date in EDTF'),
    ],
)
def test_what_is_no_edtf_is_told_with_the_reason_if_there_is_one(text: str, told: str) -> None:
    with pytest.raises(ValueError) as found:  # noqa: PT011 - the whole message is compared
        parse(text)
    assert str(found.value) == told


@pytest.mark.parametrize(
    ("edtf", "shown"), [("0001-03", "March AD 1"), ("0000-03", "March 1 BC"), ("0001-03-04", "March 4, AD 1")]
)
def test_the_first_year_has_the_later_era(edtf: str, shown: str) -> None:
    assert display(parse(edtf), "en", eras=True) == shown


def test_a_part_of_a_set_may_begin_and_end_on_one_day() -> None:
    found = parse("{2015-05-03..2015-05-03}")
    assert (found.earliest, found.latest) == (Day(2015, 5, 3), Day(2015, 5, 3))


def test_three_dates_of_csl_are_one_too_many() -> None:
    with pytest.raises(ValueError, match="date-parts has 3 dates, not one or two"):
        from_date_parts([[2015], [2016], [2017]])


PARTS_OF_A_YEAR = {
    "spring summer autumn": ((21, 3, 5), (22, 6, 8), (23, 9, 11), (24, 12, 12)),
    "northern": ((25, 3, 5), (26, 6, 8), (27, 9, 11), (28, 12, 12)),
    "southern": ((29, 9, 11), (30, 12, 12), (31, 3, 5), (32, 6, 8)),
    "quarters": ((33, 1, 3), (34, 4, 6), (35, 7, 9), (36, 10, 12)),
    "thirds": ((37, 1, 4), (38, 5, 8), (39, 9, 12)),
    "halves": ((40, 1, 6), (41, 7, 12)),
}
"""Number, first and last month, as ISO 8601-2:2019, 4.8, counts them."""


@pytest.mark.parametrize(("number", "first", "last"), [one for parts in PARTS_OF_A_YEAR.values() for one in parts])
def test_each_part_of_a_year_has_its_months(number: int, first: int, last: int) -> None:
    date = parse(f"2015-{number}")
    assert date.earliest == (2015, first, 1)
    assert date.latest == (2015, last, monthrange(2015, last)[1])
    assert read_moment(f"2015-{number}").precision == "season"
    assert read_moment(f"2015-{number}").group == number


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2015-06-11", "day"), ("2015-06", "month"), ("2015-06-XX", "month"), ("2015", "year"), ("2015-XX", "year"),
        ("201X", "decade"), ("201X?", "decade"), ("20XX", "years"), ("-201X", "years"), ("1950S2", "years"),
    ],
)  # fmt: skip
def test_how_exactly_a_date_is_known(text: str, precision: str) -> None:
    assert read_moment(text).precision == precision


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("2015", ""), ("2015~", "~"), ("2015-06?", "?"), ("2015?-06~", ""), ("2015-~06", ""), ("2015-06-11%", "%")],
)
def test_a_whole_date_is_qualified_only_where_all_its_parts_are(text: str, qualifier: str) -> None:
    assert read_moment(text).qualifier == qualifier


@pytest.mark.parametrize(
    ("year", "month", "language", "written"),
    [(2019, 3, "en", "March 2019"), (2019, 3, "de", "März 2019"), (-43, 3, "en", "March 44 BC")],
)
def test_a_month_is_written_with_its_year(year: int, month: int, language: str, written: str) -> None:
    assert long_month(Day(year, month, 1), language) == written


PRINTED = """
from book.dates.typed import suggest
from book.dates.typed_words import eras, month_names, open_words
print(open_words(), eras())
print([suggest(text) for text in ("seit 1919", "bis 1919", "from about 1919", "until c. 1919", "44 v. Chr.")])
"""


def test_words_of_dates_are_tried_in_the_same_order_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize("part", ["x", "1.5", True, "1" * 10, [1], ""])
def test_date_parts_are_whole_numbers_of_at_most_nine_figures(part: object) -> None:
    with pytest.raises(ValueError, match="is not a whole number" if part != "" else "neither|no date|dates|EDTF|year"):
        from_date_parts([[part]])


@pytest.mark.parametrize("tag", ["de-XX", "de-1996", "de-x-private"])
def test_a_tag_that_cldr_does_not_know_counts_as_the_longest_part_that_it_knows(tag: str) -> None:
    assert str(find_locale(tag)) == "de"
    assert display(parse("2015-11-03"), tag) == "3. November 2015"


def test_the_short_name_of_a_month_is_a_number_where_cldr_has_none() -> None:
    assert month_name(10, "en") == "Oct"
    assert month_name(3, "tlh") == "03"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("32 May 5", ("0032-05-05",)), ("31 May 5", ()), ("5 May 32", ("0032-05-05",)), ("5 May 31", ()),
        ("5 31", ()), ("5 32", ("0032-05",)),
    ],
)  # fmt: skip
def test_a_number_above_31_is_no_day_but_a_year(typed: str, read: tuple[str, ...]) -> None:
    assert suggest(typed) == read


def test_no_name_of_a_month_has_figures() -> None:
    assert not [name for name in month_names() if any(letter.isdigit() for letter in name)]


@pytest.mark.parametrize(("edtf", "shown"), [("1XX5", "1xx5"), ("X015", "x015"), ("-1XX5", "1xx5 BC")])
def test_a_year_with_unknown_figures_in_it_shows_those_that_are_known(edtf: str, shown: str) -> None:
    assert shown in (display(parse(edtf), "en"), display(parse(edtf), "en").replace("-", ""))


def test_a_set_is_known_by_either_of_its_brackets() -> None:
    assert [is_set(text) for text in ("[1667", "1667]", "{1667", "1667}", "1667")] == [True, True, True, True, False]


def test_only_figures_are_written_in_other_digits() -> None:
    assert in_digits("10:30", "fa") == "۱۰:۳۰"


def test_names_in_all_languages_are_words_and_come_in_one_order() -> None:
    assert not [name for name in month_names() if any(letter.isdigit() for letter in name)]
    for pattern in ("../{}", "{}/.."):
        words = [word for word, one in open_words() if one == pattern]
        assert words == sorted(words)
    assert weekdays()["monday"] == {0}
    assert "mar" not in weekdays(), "also the beginning of a month"
    before, after = eras()
    assert {"bc", "v. chr"} <= {*before}
    assert {"ad", "n. chr"} <= {*after}
    assert not {*before} & {*after}
