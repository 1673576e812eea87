"""Headings repeated at the tops of columns and pages, read back from the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.build import build_book
from tests.conftest import MakeBook

YEARS = (2012, 2013, 2015)
EACH = 24


def columns(pdf: Path) -> list[list[str]]:
    """The lines of each column of the chronological index, in order."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text = page.get_textpage()
        width, height = page.get_size()
        whole = text.get_text_range()
        if "Talk number" not in whole or "(Talk" in whole:  # the chapter names them in parentheses
            continue
        middle = width * (0.514 if number % 2 else 0.486)  # of the text: the outer margin is wider
        for left, right in ((0, middle), (middle, width)):
            lines = text.get_text_bounded(left, height * 0.1, right, height * 0.91).splitlines()
            found.append([line.strip() for line in lines if line.strip() not in "Chronological index"])  # cut in two
    return [column for column in found if column]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF whose chronological index fills several pages."""
    root = tmp_path_factory.mktemp("continued") / "project"
    (root / "chapters").mkdir(parents=True)
    keys = [f"s{year}-{number}" for year in YEARS for number in range(EACH)]
    sources = "".join(
        f"- {{id: {key}, type: speech, title: Talk number {key[6:]} in the valley, "
        f"issued: {key[1:5]}-03-{int(key[6:]) + 1:02}}}\n"
        for key in keys
    )
    (root / "book.toml").write_text(
        '[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\nsections = ["chapters", "chronological"]\n',
        "utf-8",
    )
    (root / "sources.yaml").write_text(sources, "utf-8")
    (root / "chapters" / "01-first.md").write_text(
        "---\ntitle: First\n---\n\n" + " ".join(f"[@{key}]" for key in keys) + "\n", "utf-8"
    )
    build_book(root, jobs=1, output=root / "build")
    return root / "build" / "print.pdf"


def test_a_year_is_named_again_wherever_it_goes_on(index: Path) -> None:
    found = columns(index)
    assert len(found) > 4, "the index fills several pages"
    year, seen, continued = None, 0, 0
    for column in found:
        for number, line in enumerate(column):
            if again := re.fullmatch(r"(\d{4}) \(continued\)", line):
                assert number == 0, "nothing is continued but at the top of a column"
                assert again[1] == year
                continued += 1
            elif re.fullmatch(r"\d{4}", line) and int(line) in YEARS:
                assert line != year, "a year that goes on is marked so"
                year = line
            elif entry := re.match(r"March \d+, (\d{4})\.", line):
                assert entry[1] == year, "each entry stands under its own year"
                seen += 1
            else:
                assert number > 0, f"a column begins with a heading, not with {line!r}"
    assert seen == len(YEARS) * EACH
    assert continued == len(found) - sum(column[0] in map(str, YEARS) for column in found)
    assert continued > 3


def test_the_columns_of_the_last_page_are_level(index: Path) -> None:
    left, right = columns(index)[-2:]
    assert abs(len(left) - len(right)) <= 4


def test_a_repeated_heading_is_read_aloud_only_once(index: Path) -> None:
    def headings(element: pikepdf.Object) -> int:
        kids: Any = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        nested = sum(headings(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)
        return int(element.get("/S") == "/H2") + nested

    with pikepdf.open(index) as pdf:
        assert headings(pdf.Root.StructTreeRoot.K[0]) == len(YEARS)


def test_an_entry_with_subentries_is_continued_by_its_heading(make_book: MakeBook) -> None:
    words = " ".join(
        f'The [word]{{.index term="Poverty line" sub="in the county of number {n:02}, and beyond"}}.' for n in range(90)
    )
    root = make_book(
        {
            "chapters/01-first.md": f"---\ntitle: First\n---\n\n{words}\n\n> Quoted words.\n>\n> — [@talk-2013]\n",
            "book.toml": '[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\n',
        }
    )
    build_book(root, jobs=1, output=root / "build")
    text = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(root / "build" / "print.pdf")]
    assert sum(page.count("Poverty line (continued)") for page in text) >= 3
    assert not any("P (continued)" in page for page in text), "a letter is not (Chicago Manual of Style, 16.143)"
