"""A small anthology of eight speakers: who spoke is said in print, in the e-book, in handouts and in every record."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from book.build import build_book
from book.check import check_book

PROJECT = Path(__file__).parent / "projects" / "debates"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The anthology, built."""
    output = tmp_path_factory.mktemp("debates")
    build_book(PROJECT, jobs=1, output=output)
    return output


def words_of(pdf: Path) -> str:
    """All words of a PDF, with single spaces."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return re.sub(r"\s+", " ", re.sub(r"[-\u2010]\s+|[\u00ad\ufffe]\s*", "", " ".join(pages)))


SAID = (
    "Ada Reed, Debate on the harbour, Kelmouth, 2 March 1908",
    "Jonas Pike, Debate on the harbour, Kelmouth, 2 March 1908, closing words",
    "(A. Reed, Debate on the harbour, 2 March 1908; Pike, Debate on the harbour, 2 March 1908)",
    "(A. Reed and Pike, Joint statement on the dredger, 15 January 1912)",
    "T. Reed (Opening of the east mole, June 1911, second paragraph) called",
    "(Remarks on the breakwater, undated)",
    "Pieter van Maarten, Oration at the first stone, Vlissingen, c. 1789",
    "(Osric, quoted in Holm, What the ferryman said, 4 August 1903)",
    "(Guild of Pilots, Petition to the council, 27–28 November 1899)",
)
"""What the first chapter says, in every edition."""
LISTED = (
    "2 March 1908. Jonas Pike, “Debate on the harbour”, Kelmouth:",
    "2 March 1908. Ada Reed, “Debate on the harbour”, Kelmouth:",
    "4 August 1903. Osric, quoted in Ellen Holm, “What the ferryman said”, Kelmouth Herald:",
    "c. 1789. Pieter van Maarten, “Oration at the first stone”, Vlissingen:",
    "15 January 1912. Ada Reed and Jonas Pike, “Joint statement on the dredger”, Kelmouth:",
)
"""What the chronological index has, in every edition."""


def test_the_project_has_no_problem() -> None:
    assert not check_book(PROJECT).problems


def test_print_and_handout_name_who_spoke(built: Path) -> None:
    for pdf in (built / "print.pdf", built / "handout" / "water.pdf"):
        text = words_of(pdf)
        for said in (*SAID[:6], *SAID[7:], *LISTED):
            assert said in text, (pdf.name, said)


def test_the_e_book_names_who_spoke(built: Path) -> None:
    with zipfile.ZipFile(built / "ebook.epub") as package:
        trees = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xhtml")}
        metadata = package.read(next(name for name in package.namelist() if name.endswith(".opf"))).decode()
    text = re.sub(r"\s+", " ", " ".join("".join(map(str, tree.itertext())) for tree in trees.values()))
    for said in (*SAID, *LISTED):
        assert said in text, said
    assert '<dc:contributor id="person-2">Ada Reed</dc:contributor>' in metadata
    assert metadata.count(">aqt</meta>") == 8
    assert ">Maarten, Pieter van</meta>" in metadata


def test_names_are_filed_and_each_stands_with_what_was_spoken_by_date(built: Path) -> None:
    text = words_of(built / "print.pdf")
    index = text[text.rindex("Index of speakers") : text.rindex("Index of places")]
    assert (
        "Reed, Ada “Debate on the harbour”, 2 March 1908: 1 “Joint statement on the dredger”, 15 January 1912: 1"
        in index
    )
    order = [
        "Guild of Pilots",
        "Kingsley, Edwin Lee, Jr.",
        "Lin Haisheng",
        "Maarten, Pieter van",
        "Osric",
        "Pike, Jonas",
    ]
    assert [name for name in order if name in index] == order
    assert sorted(order, key=index.index) == order


def test_an_index_of_places_is_there_because_print_names_it_and_nowhere_else(built: Path) -> None:
    text = words_of(built / "print.pdf")
    places = text[text.rindex("Index of places") :]
    assert "Kelmouth Pike, “Debate on the harbour”, 2 March 1908: 1 A. Reed, “Debate on the harbour”" in places
    assert places.index("Kelmouth") < places.index("Liverpool") < places.index("Vlissingen van Maarten, “Oration")
    with zipfile.ZipFile(built / "ebook.epub") as package:
        assert not [name for name in package.namelist() if "places" in name]


def test_records_say_who_spoke_and_where_that_is_quoted(built: Path) -> None:
    records = {record["id"]: record for record in json.loads((built / "index.json").read_text("utf-8"))}
    assert records["reed-1908"]["speakers"] == ["Ada Reed"]
    assert records["joint-1912"]["speakers"] == ["Ada Reed", "Jonas Pike"]
    assert records["osric-1903"]["speakers"] == ["Osric"]
    assert records["osric-1903"]["quoted_in"] == "quoted in Ellen Holm, What the ferryman said, Kelmouth Herald"
    onix = etree.parse(built / "onix.xml")
    named = [element.text for element in onix.iterfind(".//{*}NameAsSubject/{*}PersonName")]
    assert named[:2] == ["Ada Reed", "Jonas Pike"]
    assert onix.findtext(".//{*}NameAsSubject/{*}CorporateName") == "Guild of Pilots"
