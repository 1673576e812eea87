from __future__ import annotations

import pytest

from book.model.sources import Name, RichText
from book.problem import Severity
from book.sources.csv_table import read

ROWS = """\
Key;Date;Speaker;Title;Event;Place;Colour
reed;1908-03-02;"Reed, Ada; King, Martin Luther, Jr.; {Holt, Sons}";On *Hamlet*;Debate;Kelmouth;red
;;;;;;
pike;late in 1908;United Nations;"two
lines";;;
"""


def test_a_row_becomes_a_source() -> None:
    checked = read(ROWS, "sources.csv")
    reed, pike = checked.value
    assert (reed.id, reed.type, reed.event, reed.place, str(reed.at)) == (
        "reed", "speech", "Debate", "Kelmouth", "sources.csv:2",
    )  # fmt: skip
    assert reed.title == RichText("On Hamlet", "On <i>Hamlet</i>")
    assert reed.people("speaker") == (
        Name("Reed", "Ada"),
        Name("King", "Martin Luther", suffix="Jr."),
        Name(literal="Holt, Sons"),
    )
    assert reed.date is not None
    assert pike.date is not None
    assert (reed.date.edtf, pike.date.literal, str(pike.at)) == ("1908-03-02", "late in 1908", "sources.csv:4")
    assert [(problem.code, problem.severity) for problem in checked.problems] == [("unknown-key", Severity.NOTE)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("head", ["id,title,issued", "ID,Title,Date", "\ufeffcitation-key,Title,Year"])
def test_headings_and_delimiters_of_spreadsheets_are_known(delimiter: str, head: str) -> None:
    text = f"{head}\r\na,T,1908\r\n".replace(",", delimiter)
    (source,) = read(text, "sources.csv").value
    assert source.date is not None
    assert (source.id, source.title, source.date.edtf, source.problems) == ("a", "T", "1908", ())


def test_a_row_with_too_many_cells_is_a_warning_at_its_line() -> None:
    checked = read("id,title\na,T\nb,One, two\n", "sources.csv")
    assert [(str(one.at), one.code) for one in checked.problems] == [("sources.csv:3", "malformed-csv")]
    assert [source.id for source in checked.value] == ["a", "b"]


def test_what_is_no_csv_is_a_problem() -> None:
    assert [one.code for one in read('id,title\na,"T', "sources.csv").problems] == ["malformed-csv"]
    assert read("", "sources.csv").value == ()
