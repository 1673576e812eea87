"""Dates as people type them, and what they are in EDTF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.dates.edtf import parse
from book.dates.formatting import display
from book.dates.typed import hint, is_undated, suggest


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("4 May 1901", "1901-05-04"),
        ("May 4, 1901", "1901-05-04"),
        ("4th of May, 1901", "1901-05-04"),
        ("Monday, 4 May 1901", "1901-05-04"),
        ("Sept. 5, 1774", "1774-09-05"),
        ("4. Mai 1901", "1901-05-04"),
        ("le 4 mai 1901", "1901-05-04"),
        ("1er février 1900", "1900-02-01"),
        ("4 de mayo de 1901", "1901-05-04"),
        ("4 мая 1901 г.", "1901-05-04"),
        ("2015年11月27日", "2015-11-27"),
        ("２０１５", "2015"),
        ("12.06.1924", "1924-06-12"),
        ("4/30/1789", "1789-04-30"),
        ("30/4/1789", "1789-04-30"),
        ("1789-4-30", "1789-04-30"),
        ("2001/02/03", "2001-02-03"),
        ("20151127", "2015-11-27"),
        (" 1863-03-29", "1863-03-29"),
        ("1863- 03-29", "1863-03-29"),
        ("2015-11-27T10:00Z", "2015-11-27"),
        ("May 1901", "1901-05"),
        ("10 March 1732/3", "1733-03-10"),
        ("March 10, 1732/33", "1733-03-10"),
        ("2 Feb 1699/00", "1700-02-02"),
        ("c. 1913", "1913~"),
        ("circa June 1913", "1913-06~"),
        ("um 1913", "1913~"),
        ("vers 1913", "1913~"),
        ("probably 1913", "1913?"),
        ("1913 (?)", "1913?"),
        ("[1913]", "1913"),
        ("c. 1913?", "1913%"),
        ("spring 1919", "1919-21"),
        ("Frühjahr 1919", "1919-21"),
        ("automne 1919", "1919-23"),
        ("27–28 November 2015", "2015-11-27/2015-11-28"),
        ("27 and 28 November 2015", "2015-11-27/2015-11-28"),
        ("November 27 to 28, 2015", "2015-11-27/2015-11-28"),
        ("27.–28. November 2015", "2015-11-27/2015-11-28"),
        ("27 November – 3 December 2015", "2015-11-27/2015-12-03"),
        ("27 December 2015 – 3 January 2016", "2015-12-27/2016-01-03"),
        ("June–July 1901", "1901-06/1901-07"),
        ("1914–18", "1914/1918"),
        ("1914-18", "1914/1918"),
        ("c. 1913–1915", "1913~/1915~"),
        ("2015-11-27/28", "2015-11-27/2015-11-28"),
        ("2015-11-27/12-03", "2015-11-27/2015-12-03"),
        ("until 1919", "../1919"),
        ("bis Juni 1919", "../1919-06"),
        ("seit 1919", "1919/.."),
        ("44 BC", "-0043"),
        ("44 B.C.", "-0043"),
        ("44 v. Chr.", "-0043"),
        ("公元前44年", "-0043"),
        ("15 March 44 BC", "-0043-03-15"),
        ("10 BC – 5 AD", "-0009/0005"),
        ("AD 5", "0005"),
        ("the 1910s", "191X"),
        ("1910er-Jahre", "191X"),
        ("19th century", "18XX"),
        ("199u", "199X"),
        ("2004/open", "2004/.."),
    ],
)
def test_what_people_type_has_one_reading(text: str, edtf: str) -> None:
    assert suggest(text) == (edtf,)
    assert hint(text, "") == f"write {edtf}"


def test_a_day_that_may_be_a_month_gets_both_readings() -> None:
    assert suggest("4/5/1901") == ("1901-05-04", "1901-04-05")
    assert hint("4/5/1901", "") == "write 1901-05-04 or 1901-04-05"
    assert suggest("4/4/1901") == ("1901-04-04",)


@pytest.mark.parametrize(
    "text", ["", "bogus", "next Tuesday", "May", "27", "12 May", "31/02/1901", "2015-13-45", "1901"]
)
def test_what_is_no_date_or_already_one_has_no_reading(text: str) -> None:
    assert suggest(text) == ()
    assert hint(text, "as always") == "as always"


@pytest.mark.parametrize("text", ["n.d.", "N. D.", "o. J.", "undated", "sans date"])
def test_words_for_no_date_are_to_be_left_out(text: str) -> None:
    assert is_undated(text)
    assert hint(text, "") == "leave it out: a source without a date is undated"


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "fr", "es", "it", "nl", "pt", "ru", "pl", "sv", "zh"])
@pytest.mark.parametrize(
    "edtf", ["1901-05-04", "1901-05", "1919-21", "1919-22", "1913~", "-0043-03-15", "-0043", "191X"]
)
def test_what_a_language_writes_is_read_back(edtf: str, language: str) -> None:
    written = display(parse(edtf), language)
    assert suggest(written) in ((edtf,), ()) if written.isdigit() else suggest(written) == (edtf,)


@given(
    st.text(max_size=30)
    | st.from_regex(r"(c\. |um )?[0-9]{1,4}[ ./–-](May|mai|[0-9]{1,2})[ ./,–-]{1,2}[0-9]{1,5}( BC|\?)?")
)
def test_any_text_has_readings_that_are_dates(text: str) -> None:
    for reading in suggest(text):
        assert parse(reading).edtf == reading


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("1913年頃", "1913~"),
        ("perhaps 1913", "1913?"),
        ("c. 1913?", "1913%"),
        ("3 May 1901 to June", "1901-05-03/1901-06"),
        ("3 May to June 1901", "1901-05-03/1901-06"),
        ("3 May to 1901", "1901-05-03"),
        ("2015-11-03/05", "2015-11-03/2015-11-05"),
        ("the 1920s", "192X"),
    ],
)
def test_what_is_typed_is_completed_from_what_stands_beside_it(typed: str, edtf: str) -> None:
    assert edtf in suggest(typed)
