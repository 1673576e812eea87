from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.dates.edtf import from_date_parts, parse
from book.dates.formatting import display, year_heading
from book.dates.order import sort_key
from book.model.sources import PartialDate


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-11-27", "2015-11-27", "2015-11-27"),
        ("2015-11-27/2015-11-28", "2015-11-27", "2015-11-28"),
        ("2015-06/2016", "2015-06-01", "2016-12-31"),
        ("2015-06~", "2015-06-01", "2015-06-30"),
        ("2015?", "2015-01-01", "2015-12-31"),
        ("2015-06-11%", "2015-06-11", "2015-06-11"),
        ("2015-06~/2015-07?", "2015-06-01", "2015-07-31"),
        ("../2019", "None", "2019-12-31"),
        ("2019/..", "2019-01-01", "None"),
        ("/2019-04", "None", "2019-04-30"),
        ("2019-04/", "2019-04-01", "None"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("201X~", "2010-01-01", "2019-12-31"),
        ("-019X", "-0199-01-01", "-0190-12-31"),
        ("2016-02-XX", "2016-02-01", "2016-02-29"),
        ("2015-XX-XX", "2015-01-01", "2015-12-31"),
        ("-0043-XX", "-0043-01-01", "-0043-12-31"),
        ("-0044-02-XX~", "-0044-02-01", "-0044-02-29"),
        ("2015-21", "2015-03-01", "2015-05-31"),
        ("2015-23~", "2015-09-01", "2015-11-30"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("-0044-02-29", "-0044-02-29", "-0044-02-29"),
        ("Y-17000", "-17000-01-01", "-17000-12-31"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, earliest: str, latest: str) -> None:
    date = parse(text)
    assert (str(date.earliest), str(date.latest)) == (earliest, latest)
    assert date.edtf == text


def test_a_time_of_day_and_space_around_are_dropped() -> None:
    assert parse(" 2015-06-11T10:00:00Z ") == parse("2015-06-11")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a date in EDTF"),
        ("June 2015", "not a date in EDTF"),
        ("2015-6-1", "not a date in EDTF"),
        ("20151127", "not a date in EDTF"),
        ("２０１５", "not a date in EDTF"),
        ("199u", "not a date in EDTF"),
        ("2015-06-~11", "not a date in EDTF"),
        ("2015-06-XX-XX", "not a date in EDTF"),
        ("0000-1X", "not a date in EDTF"),
        ("15XX-12-25", "not a date in EDTF"),
        ("[2015,2016]", "not a date in EDTF"),
        ("1900S2", "not a date in EDTF"),
        ("Y2E5", "not a date in EDTF"),
        ("-0000", "not a date in EDTF"),
        ("2015/2016/2017", "not a date in EDTF"),
        ("Y" + "9" * 5000, "not a date in EDTF"),
        ("2015-13", "no such month"),
        ("2015-00", "no such month"),
        ("2015-25", "no such month"),
        ("2015-02-29", "no day of the calendar"),
        ("2015-06-31", "no day of the calendar"),
        ("2015-06-00", "no day of the calendar"),
        ("-2015-02-29", "no day of the calendar"),
        ("/", "neither a beginning nor an end"),
        ("../..", "neither a beginning nor an end"),
        ("2019/2015", "ends before it begins"),
        ("2015-06/2015-03", "ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(text)


END = r"(Y?-?[0-9X]{4,6}(-[0-9X]{2}){0,2}(T10:00:00Z?)?[?~%]?|\.\.|)"


@given(st.from_regex(rf"{END}(/{END})?", fullmatch=True) | st.text(alphabet="0123456789-/.X?~%YTZ:S+ ", max_size=24))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = parse(text)
    except ValueError:
        return
    assert parse(date.edtf) == date
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    assert display(date, "en")
    assert year_heading(date)


def test_plain_dates_do_not_load_the_edtf_package() -> None:
    program = "import sys, book.dates.edtf as d; d.parse('2015-11-27/2016'); print('edtf' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- date-parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "season", "circa", "edtf"),
    [
        ([[2015]], None, False, "2015"),
        ([["2015", "06", ""]], None, False, "2015-06"),
        ([[2015, 11, 27], [2015, 11, 28]], None, False, "2015-11-27/2015-11-28"),
        ([[2015, 6], [2016]], None, True, "2015-06~/2016~"),
        ([[2015], [0]], None, True, "2015~/.."),
        ([[2015]], 2, False, "2015-22"),
        ([[2015]], "Fall", False, "2015-23"),
        ([[2015, 13]], None, False, "2015-21"),
        ([[-44, 3, 15]], None, False, "-0043-03-15"),
        ([[12000]], None, False, "Y12000"),
    ],
)
def test_date_parts_become_edtf(parts: list[list[object]], season: object, *, circa: bool, edtf: str) -> None:
    assert from_date_parts(parts, season, circa=circa).edtf == edtf


@pytest.mark.parametrize("parts", [[], [[]], [["June"]], [[2015, 2, 30]], [[2015, 6, 1, 2]], [[1], [2], [3]], [[1.5]]])
def test_date_parts_that_are_no_date_are_refused(parts: list[list[object]]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_date_parts(parts)


# --- order --------------------------------------------------------------------------------------

simple = st.builds("{:04}".format, st.integers(1, 2100)) | st.builds(
    "{:04}-{:02}".format, st.integers(1, 2100), st.integers(1, 12)
)
texts = simple | simple.map("../{}".format) | simple.map("{}/..".format) | simple.map("{}~".format)
dates = st.none() | texts.map(parse)


@given(st.lists(st.tuples(dates, st.text(max_size=3)), max_size=20))
def test_sorting_is_total_and_stable_and_keeps_years_together(items: list[tuple[PartialDate | None, str]]) -> None:
    ordered = sorted(items, key=lambda item: sort_key(*item))
    assert sorted(ordered, key=lambda item: sort_key(*item)) == ordered
    items.reverse()
    backwards = sorted(items, key=lambda item: sort_key(*item))
    assert [sort_key(*item) for item in backwards] == [sort_key(*item) for item in ordered]
    years = [int(year_heading(date)) if date else 9999 for date, _ in ordered]
    assert years == sorted(years)


def test_earliest_then_latest_then_title_and_the_undated_last() -> None:
    items = [
        ("2014", "z"),
        ("2015-01-01", "b"),
        ("2015", "A"),
        ("2015", "b"),
        ("2015", "C"),
        ("2015/..", "a"),
        ("2015-11-27", "a"),
        ("../2015", "a"),
        (None, "a"),
        (None, "B"),
    ]
    keys = [sort_key(parse(text) if text else None, title) for text, title in items]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("2015", "en", "2015"),
        ("2015-06", "en", "June 2015"),
        ("2015-11-27", "en", "November 27, 2015"),
        ("2015-11-27", "en-GB", "27 November 2015"),
        ("2015-11-27/2015-11-28", "en-GB", "27–28 November 2015"),
        ("2015-11-27/2015-11-28", "en", "November 27–28, 2015"),
        ("2015-11-27/2015-11-28", "de", "27.–28. November 2015"),
        ("2015-11-27/2015-11-28", "fr", "27–28 novembre 2015"),
        ("2015-11-27/2015-11-28", "es", "27–28 de noviembre de 2015"),
        ("2015-11-27/2015-11-28", "zh-Hans", "2015年11月27日至28日"),
        ("2015-11-27/2015-12-03", "en-GB", "27 November\u2009–\u20093 December 2015"),
        ("2015-12-27/2016-01-03", "en-GB", "27 December 2015\u2009–\u20093 January 2016"),
        ("2015-11/2015-12", "en-GB", "November–December 2015"),
        ("2015-11/2016-01", "en", "November 2015\u2009–\u2009January 2016"),
        ("2013/2015", "en", "2013–2015"),
        ("2013/2015", "zh", "2013–2015年"),
        ("2015-06-11/2015-06-11", "en-GB", "11 June 2015"),
        ("2015/2015-06", "en", "2015\u2009–\u2009June 2015"),
        ("2015-06~", "en", "c. June 2015"),
        ("2015-06?", "en", "June 2015?"),
        ("2015%", "en", "c. 2015?"),
        ("2015-06~", "de", "um Juni 2015"),
        ("2015-06~", "fr", "vers juin 2015"),
        ("2015-06~", "nl", "~juni 2015"),
        ("2015-06~/2015-07~", "en", "c. June–July 2015"),
        ("2015-06~/2015-07", "en", "c. June 2015\u2009–\u2009July 2015"),
        ("201X", "en", "2010s"),
        ("201X", "de", "2010er-Jahre"),
        ("201X", "nl", "2010–2019"),
        ("20XX", "en", "2000–2099"),
        ("2015-06-XX", "en", "June 2015"),
        ("2015-XX", "en", "2015"),
        ("2015-21", "en", "spring 2015"),
        ("2015-22", "es", "verano de 2015"),
        ("2015-22", "zh", "2015年夏季"),
        ("2015-22", "nl", "2015"),
        ("../2019", "en", "until 2019"),
        ("2019-06/..", "en", "from June 2019"),
        ("../2019", "fr", "–2019"),
        ("/2019", "en", "?–2019"),
        ("2019/", "en", "2019–?"),
        ("-0043", "en", "44 BC"),
        ("-0043-03-15", "en-GB", "15 March 44 BC"),
        ("-0043-03-15", "zh", "公元前44年3月15日"),
        ("-0044-02-29", "de", "29. Februar 45 v. Chr."),
        ("-0099/-0043", "en", "100 BC\u2009–\u200944 BC"),
        ("Y17000", "en", "17000"),
        ("0476-09-04", "en-GB", "4 September 476"),
        ("2015-11-27", "de-CH-1996", "27. November 2015"),
        ("2015-11-27", "tlh", "2015-11-27"),
        ("2015-06/2015-07", "tlh", "2015-06 – 2015-07"),
    ],
)
def test_a_date_is_written_as_the_language_does(text: str, language: str, written: str) -> None:
    assert display(parse(text), language) == written


@pytest.mark.parametrize(
    ("text", "heading"),
    [("2015-11-27", "2015"), ("2014/2016", "2014"), ("../2019", "2019"), ("2019/..", "2019"), ("-0043", "44 BC")],
)
def test_a_date_stands_under_the_year_of_its_first_known_day(text: str, heading: str) -> None:
    assert year_heading(parse(text)) == heading
