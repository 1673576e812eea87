from __future__ import annotations

import pytest

from book.model.sources import Name, RichText
from book.problem import Severity
from book.sources.ris import read

SPEECH = """\
TY  - SLIDE
AU  - Reed, Ada
AU  - King, Martin Luther, Jr.
AU  - United Nations
TI  - On <i>Hamlet</i>
T2  - Debate on the harbour
CY  - Kelmouth
DA  - 1908/03/02/
PY  - 1908
LA  - English
UR  - https://example.org
ID  - reed
ER  -
"""


def test_a_speech_in_ris_becomes_a_source() -> None:
    checked = read(SPEECH, "sources.ris")
    (speech,) = checked.value
    assert checked.problems == speech.problems == ()
    assert (speech.id, speech.type, speech.event, speech.place) == (
        "reed",
        "speech",
        "Debate on the harbour",
        "Kelmouth",
    )
    assert speech.title == RichText("On Hamlet", "On <i>Hamlet</i>")
    assert speech.authors == (
        Name("Reed", "Ada"),
        Name("King", "Martin Luther", suffix="Jr."),
        Name(literal="United Nations"),
    )
    assert speech.date is not None
    assert (speech.date.edtf, speech.language, speech.url) == ("1908-03-02", "en", "https://example.org")


@pytest.mark.parametrize(
    ("line", "edtf", "words"),
    [
        ("PY  - 1908", "1908", None),
        ("PY  - 1908///", "1908", None),
        ("Y1  - 1908/3/2", "1908-03-02", None),
        ("DA  - 1908-03", "1908-03", None),
        ("PY  - 1908///Spring", "1908-21", None),
        ("PY  - c. 1850", "1850~", None),
        ("PY  - 1908///no spring", "1908", "no spring 1908"),
    ],
)
def test_dates_are_read(line: str, edtf: str, words: str | None) -> None:
    (source,) = read(f"TY  - GEN\nID  - a\nTI  - T\n{line}\nER  - \n", "sources.ris").value
    assert source.date is not None
    assert (source.date.edtf, source.date.literal) == (edtf, words)


def test_a_record_without_an_id_gets_one_and_a_note_tells_it() -> None:
    record = "TY  - JOUR\nAU  - Reed, Ada\nTI  - T\nPY  - 1908\nJO  - Herald\nER  - \n\n"
    checked = read(record * 2, "sources.ris")
    assert [(source.id, source.container, str(source.at)) for source in checked.value] == [
        ("reed-1908", "Herald", "sources.ris:1"),
        ("reed-1908b", "Herald", "sources.ris:8"),
    ]
    assert {(problem.code, problem.severity) for problem in checked.problems} == {("missing-key", Severity.NOTE)}


def test_the_last_record_need_not_be_ended_nor_the_first_begin_the_file() -> None:
    (source,) = read("\ufeffProvider: X\n\nTY  - SPEECH\nID  - a\nTI  - T", "sources.ris").value
    assert (source.title, source.type) == ("T", "document")


def test_what_is_no_ris_is_a_problem() -> None:
    assert [problem.code for problem in read("just words", "sources.ris").problems] == ["malformed-ris"]
    assert read("\n", "sources.ris").problems == ()
