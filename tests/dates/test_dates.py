from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.dates.edtf import from_date_parts, parse
from book.dates.formatting import display, needs_eras, year_heading
from book.dates.order import sort_key, within
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
        ("2001-25", "2001-03-01", "2001-05-31"),
        ("2001-28", "2001-12-01", "2001-12-31"),
        ("2001-29", "2001-09-01", "2001-11-30"),
        ("2001-32", "2001-06-01", "2001-08-31"),
        ("2001-33", "2001-01-01", "2001-03-31"),
        ("2001-38", "2001-05-01", "2001-08-31"),
        ("-2001-41", "-2001-07-01", "-2001-12-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("[..1984]", "None", "1984-12-31"),
        ("{1760-12..}", "1760-12-01", "None"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("?2004-06-~11", "2004-06-11", "2004-06-11"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("-156X-12-25", "-1569-12-25", "-1560-12-25"),
        ("1560-XX-25", "1560-01-25", "1560-12-25"),
        ("1560-XX-31", "1560-01-31", "1560-12-31"),
        ("200X-02-29", "2000-02-29", "2008-02-29"),
        ("1984-1X", "1984-10-01", "1984-12-31"),
        ("2018-02-X0", "2018-02-10", "2018-02-20"),
        ("1X32-X1-X2", "1032-01-02", "1932-11-22"),
        ("Y17E7", "170000000-01-01", "170000000-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("-1859S2", "-1899-01-01", "-1800-12-31"),
        ("-1859S5", "-1859-01-01", "-1859-12-31"),
        ("Y3388E2S3", "338000-01-01", "338999-12-31"),
        ("XXXX-12-25", "None", "None"),
        ("../..", "None", "None"),
        ("/..", "None", "None"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, earliest: str, latest: str) -> None:
    date = parse(text)
    assert (str(date.earliest), str(date.latest)) == (earliest, latest)
    assert date.edtf == text


@pytest.mark.parametrize(
    "time", ["10:00:00", "10:00:00Z", "24:00:00", "10:00:00-04", "10:00:00+04:30", "10:00:00+14:00"]
)
def test_a_time_of_day_is_dropped(time: str) -> None:
    assert parse(f"2015-06-11T{time}") == parse("2015-06-11")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a date in EDTF"),
        ("June 2015", "not a date in EDTF"),
        ("2015-6-1", "not a date in EDTF"),
        ("20151127", "not a date in EDTF"),
        ("２０１５", "not a date in EDTF"),
        ("199u", "not a date in EDTF"),
        ("2015-06-XX-XX", "not a date in EDTF"),
        ("-0000", "not a date in EDTF"),
        ("2015/2016/2017", "not a date in EDTF"),
        ("Y" + "9" * 5000, "not a date in EDTF"),
        (" 2015-06-11", "it has a space in it"),
        ("2015-06- 11", "it has a space in it"),
        ("+2006", "not a date in EDTF"),
        ("Y2006", "more than four digits"),
        ("200678", "is written Y17000"),
        ("Y9E999999999", "more than 12 digits"),
        ("2006-21-11", "a season has no days"),
        ("2006-42", "no such month"),
        ("2015-2X", "no such month"),
        ("2015-XX-32", "no day of the calendar"),
        ("XXXX-02-30", "no day of the calendar"),
        ("20X1-02-29", "no day of the calendar"),
        ("2012-10-10T1:10:10", "a time is written"),
        ("2012-10-10T10:10", "a time is written"),
        ("2012-10-10T10:10:10z", "a time is written"),
        ("2012-10-10T10:10:10-05:60", "a time is written"),
        ("2012-10-10T25:10:10", "a time is written"),
        ("2012T10:10:10", "a time is written"),
        ("2005-07-25T10:10:10Z/2006-01", "without a time"),
        ("Y-61000/-2000", "years of four digits"),
        ("[1667]", "without brackets"),
        ("[1667, 1668]", "it has a space in it"),
        ("[1667,1668}", "a set is written"),
        ("1667,1668]", "a set is written"),
        ("[1667,..1668]", "only the first and the last"),
        ("[1667..,1668]", "only the first and the last"),
        ("[..]", "two dots join plain dates"),
        ("[1667~..1668]", "two dots join plain dates"),
        ("[1667..1668-05]", "two years, two months or two days"),
        ("[1670..1668]", "ends before it begins"),
        ("[Y17000,1668]", "years of four digits"),
        ("2012-24/2012-21", "ends before it begins"),
        ("2015-06-15/2015-06", "can end before it begins"),
        ("0000-02/0000", "can end before it begins"),
        ("2015-13", "no such month"),
        ("2015-00", "no such month"),
        ("2015-02-29", "no day of the calendar"),
        ("2015-06-31", "no day of the calendar"),
        ("2015-06-00", "no day of the calendar"),
        ("-2015-02-29", "no day of the calendar"),
        ("/", "neither a beginning nor an end"),
        ("2019/2015", "ends before it begins"),
        ("2015-06/2015-03", "ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(text)


END = r"([?~%]?Y?-?[0-9X]{4,6}[?~%]?(E[1-9])?(S[1-9])?(-[?~%]?[0-9X]{2}[?~%]?){0,2}(T10:00:00Z?)?|\.\.|)"
SET = r"[\[{][0-9X]{4}((,|\.\.)[0-9X]{4}(-[0-9X]{2})?[?~%]?){0,3}[\]}]"


@given(st.from_regex(rf"{END}(/{END})?|{SET}", fullmatch=True) | st.text(alphabet="0123456789-/.X?~%YTZ:SE+,[]{} "))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = parse(text)
    except ValueError:
        return
    assert parse(date.edtf) == date
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    assert display(date, "en")
    assert display(date, "ru", eras=True)
    if date.earliest or date.latest:
        assert year_heading(date)


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


@given(st.lists(dates, max_size=20))
def test_sorting_is_total_and_stable_and_keeps_years_together(items: list[PartialDate | None]) -> None:
    ordered = sorted(items, key=sort_key)
    assert sorted(ordered, key=sort_key) == ordered
    items.reverse()
    backwards = sorted(items, key=sort_key)
    assert [sort_key(item) for item in backwards] == [sort_key(item) for item in ordered]
    years = [int(year_heading(date)) if date else 9999 for date in ordered]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("2015-11", "2015", True),
        ("2015", "2015-11", False),
        ("2015-11-27", "2015-11-27", True),
        ("2015-12/2016-01", "2015", False),
        ("2015-11/..", "2015", False),
        ("2015", "../2020", False),
    ],
)
def test_a_date_is_within_another_if_all_its_days_are_and_both_have_ends(
    inner: str, outer: str, *, expected: bool
) -> None:
    assert within(parse(inner), parse(outer)) is expected


def test_earliest_then_latest_and_the_undated_last() -> None:
    items = ["2014", "2015-01-01", "2015", "2015/..", "2015-11-27", "../2015", None]
    keys = [sort_key(parse(text) if text else None) for text in items]
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
        ("2015-06~", "nl", "ca. juni 2015"),
        ("2015-06~/2015-07~", "en", "c. June–July 2015"),
        ("2015-06~/2015-07", "en", "c. June 2015\u2009–\u2009July 2015"),
        ("201X", "en", "2010s"),
        ("201X", "de", "2010er-Jahre"),
        ("201X", "nl", "jaren 2010"),
        ("201X", "hu", "2010–2019"),
        ("20XX", "en", "2000–2099"),
        ("2015-06-XX", "en", "June 2015"),
        ("2015-XX", "en", "2015"),
        ("2015-21", "en", "spring 2015"),
        ("2015-22", "es", "verano de 2015"),
        ("2015-22", "zh", "2015年夏季"),
        ("2015-22", "nl", "zomer 2015"),
        ("2015-22", "hu", "2015. június–augusztus"),
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
        ("Y17E7", "en", "170000000"),
        ("Y-17E7", "de", "170000001 v. Chr."),
        ("1950S2", "en", "c. 1950"),
        ("2001-25", "en", "spring 2001"),
        ("2001-29", "en", "spring 2001"),
        ("2001-33", "en", "1st quarter 2001"),
        ("2001-36", "de", "4. Quartal 2001"),
        ("2001-37", "en", "January–April 2001"),
        ("2001-41", "fr", "juillet–décembre 2001"),
        ("[1667,1668,1670..1672]", "en-GB", "1667, 1668 or 1670–1672"),
        ("{1667,1668}", "de", "1667 und 1668"),
        ("[..1984]", "en", "until 1984"),
        ("[1760-01,1760-12..]", "en", "January 1760 or from December 1760"),
        ("2004-06~-11", "en-GB", "11 c. June 2004"),
        ("2004-06-~11", "en-GB", "c. 11 June 2004"),
        ("?2004-06-11", "en", "June 11, 2004?"),
        ("2004-?06-11", "en-GB", "11 June? 2004"),
        ("?2004-06-11~", "en-GB", "c. 11 June c. 2004?"),
        ("156X-12-25", "en-GB", "25 December 156x"),
        ("156X-12-25", "ru", "25 декабря 156x\u202fг."),
        ("1560-XX-25", "en-GB", "25 … 1560"),
        ("1984-1X", "en", "October–December 1984"),
        ("1984-11-2X", "en-GB", "20–29 November 1984"),
        ("1XXX-XX", "en", "1000–1999"),
        ("XXXX-12-25", "en-GB", "25 December …"),
        ("-0043-03-15/-0043-03-17", "en-GB", "15–17 March 44 BC"),
        ("-0043-03-15", "es", "15 de marzo de 44 a. C."),
        ("1917-06~", "ru", "ок. июня 1917\u202fг."),
        ("../1917-06", "ru", "до июня 1917\u202fг."),
        ("1917-06", "ru", "июнь 1917\u202fг."),
        ("2015?", "fr", "2015\u202f?"),
        ("1900-02-01", "fr", "1er février 1900"),
        ("1900-02-01/1900-02-02", "fr", "1er–2 février 1900"),
        ("1900-02-11", "fr", "11 février 1900"),
        ("1900-02-01", "pt-BR", "1º de fevereiro de 1900"),
        ("1900-02-01", "pt-PT", "1 de fevereiro de 1900"),
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
    [
        ("2015-11-27", "2015"),
        ("156X-12-25", "1560"),
        ("2014/2016", "2014"),
        ("../2019", "2019"),
        ("2019/..", "2019"),
        ("-0043", "44 BC"),
        ("188X", "1880s"),
        ("188X~", "1880s"),
        ("18XX", "1800–1899"),
        ("188X/1890", "1880"),
    ],
)
def test_a_date_stands_under_the_year_of_its_first_known_day(text: str, heading: str) -> None:
    assert year_heading(parse(text)) == heading


@pytest.mark.parametrize(("language", "heading"), [("de", "44 v. Chr."), ("fr", "44 av. J.-C."), ("zh", "公元前44年")])
def test_a_year_heading_before_christ_is_in_the_books_language(language: str, heading: str) -> None:
    assert year_heading(parse("-0043-03"), language) == heading


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("0005", "en", "AD 5"),
        ("0005-03-15", "en-GB", "15 March AD 5"),
        ("0005-03-15", "en", "March 15, AD 5"),
        ("0005-03/0005-04", "en", "March–April AD 5"),
        ("0005", "de", "5 n. Chr."),
        ("-0043/0014", "en", "44 BC\u2009–\u2009AD 14"),
        ("1908", "en", "1908"),
    ],
)
def test_a_book_with_years_before_christ_says_which_early_years_are_not(text: str, language: str, written: str) -> None:
    assert needs_eras([parse("1908"), None, parse("-0043")])
    assert not needs_eras([parse("1908"), parse("0005"), None])
    assert display(parse(text), language, eras=True) == written
    assert display(parse("0005"), language) == "5"


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("[2015,2017]", "2015 / 2017"),
        ("{2015,2017}", "2015, 2017"),
        ("2015-34", "2015-04 – 2015-06"),
        ("2015-21", "2015-03 – 2015-05"),
        ("2015-11-03", "2015-11-03"),
        ("1XX5", "1xx5"),
        ("156X-12-25", "156x-12-25"),
        ("2015-XX-03", "2015-xx-03"),
        ("-0044", "-0044"),
    ],
)
def test_a_language_that_cldr_does_not_know_has_dates_in_figures_and_no_digit_that_is_not_known(
    edtf: str, shown: str
) -> None:
    assert display(parse(edtf), "tlh") == shown


def test_thirds_and_halves_of_a_year_are_shown_by_their_months() -> None:
    assert display(parse("2015-37"), "en-GB") == "January–April 2015"
    assert display(parse("2015-41"), "en-GB") == "July–December 2015"


def test_a_date_without_any_day_has_no_year() -> None:
    with pytest.raises(ValueError, match="a first or a last day"):
        year_heading(PartialDate("", None, None))


@pytest.mark.parametrize("season", ["rainy", 0, 5, 20, 42, [1]])
def test_a_season_that_csl_does_not_know_is_refused(season: object) -> None:
    with pytest.raises(ValueError, match="is not a season"):
        from_date_parts([[2015]], season)


@pytest.mark.parametrize(
    ("season", "edtf"), [("Spring", "2015-21"), ("fall", "2015-23"), (1, "2015-21"), ("4", "2015-24"), (34, "2015-34")]
)
def test_seasons_of_csl_are_numbers_from_1_to_4_those_of_edtf_or_names(season: object, edtf: str) -> None:
    assert from_date_parts([[2015]], season).edtf == edtf


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("cs", "27.–28. listopadu 2015|27. listopadu – 1. prosince 2015|30. prosince 2011 – 2. ledna 2012"),
        ("sk", "27.–28. novembra 2015|27. novembra – 1. decembra 2015|30. decembra 2011 – 2. januára 2012"),
        ("hr", "27.–28. studenoga 2015.|27. studenoga – 1. prosinca 2015.|30. prosinca 2011. – 2. siječnja 2012."),
        ("it", "27–28 novembre 2015|27 novembre – 1º dicembre 2015|30 dicembre 2011 – 2 gennaio 2012"),
        ("he", "27–28 בנובמבר 2015|27 בנובמבר – 1 בדצמבר 2015|30 בדצמבר 2011 – 2 בינואר 2012"),
        ("zh-Hant", "2015年11月27日至28日|2015年11月27日至12月1日|2011年12月30日至2012年1月2日"),
        ("ko", "2015년 11월 27일~28일|2015년 11월 27일 ~ 12월 1일|2011년 12월 30일 ~ 2012년 1월 2일"),
    ],
)
def test_intervals_have_months_in_words_as_dates_have(language: str, expected: str) -> None:
    written = ("2015-11-27/2015-11-28", "2015-11-27/2015-12-01", "2011-12-30/2012-01-02")
    found = "|".join(display(parse(one), language) for one in written)
    assert found.replace("\N{THIN SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-Hant", "約2012年|2010年代|截至2019年3月"),
        ("zh-Hans", "约2012年|2010年代|截至2019年3月"),
        ("el", "περ. 2012|δεκαετία του 2010|–Μάρτιος 2019"),
        ("fa", "حدود ۲۰۱۲|دههٔ ۲۰۱۰|تا مارس ۲۰۱۹"),
        ("hi", "लगभग 2012|2010 का दशक|मार्च 2019 तक"),
    ],
)
def test_inexact_dates_are_said_in_the_words_of_the_language(language: str, expected: str) -> None:
    assert "|".join(display(parse(one), language) for one in ("2012~", "201X", "../2019-03")) == expected


def test_the_first_year_after_christ_needs_no_era_and_the_one_before_it_does() -> None:
    assert not needs_eras([parse("0001"), None])
    assert needs_eras([parse("2015"), parse("0000")])


def test_a_run_of_months_keeps_the_qualifier_of_one_of_its_parts() -> None:
    assert display(parse("2015-?1X"), "en") == display(parse("2015-1X?"), "en") != display(parse("2015-1X"), "en")
