from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from tests.pdf_structure import Structure

if TYPE_CHECKING:
    from tests.conftest import MakeBook


@pytest.fixture(scope="module")
def printed(built_torture: Path) -> Structure:
    return Structure(built_torture / "print.pdf")


def test_the_sections_follow_one_another_in_the_order_of_the_book(printed: Structure) -> None:
    texts = [printed.text(heading) for heading in printed.find("H1")]
    titles = [re.sub(r"^Chapter \d+ ", "", text) for text in texts]
    assert sum(text.startswith("Chapter ") for text in texts) >= 4
    chapters = ["Tables", "Lists, Definitions and Code", "Notes at the Foot of the Page", "Figures and Quotations"]
    assert titles.index("Contents") < titles.index("Tables")
    assert [title for title in titles if title in chapters] == chapters
    assert titles.index("Languages and Links") < titles.index("Chronological index")


def test_the_identifier_of_a_note_is_its_anchor_in_the_book(printed: Structure) -> None:
    notes = [str(note.object.ID) for note in printed.find("Note")]
    assert notes[:3] == ["lists#fn-item", "footnotes#fn-short", "footnotes#fn-long"]


def test_types_that_the_standard_does_not_know_are_mapped_to_some_that_it_does(printed: Structure) -> None:
    mapped = {str(name): str(standard) for name, standard in printed.root.RoleMap.items()}
    assert mapped == {"/Em": "/Span", "/Strong": "/Span"}
    assert printed.find("Em")


def test_a_chapter_in_another_language_than_the_book_says_so(make_book: MakeBook, tmp_path: Path) -> None:
    other = "---\ntitle: Zweites\nlanguage: de\n---\n\nEin Absatz.\n"
    build_book(make_book({"chapters/02-second.md": other}), output=tmp_path / "out", jobs=1)
    structure = Structure(next((tmp_path / "out").glob("*.pdf")))
    languages = [str(section.object.get("/Lang", "")) for section in structure.document.elements]
    assert str(structure.document.object.Lang) == "en"
    assert [language for language in languages if language] == ["de"]
