"""Tables in notes: how many notes share a page, what is too wide, and what is too high."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from book.build import build_book
from book.problem import BookError
from tests.conftest import MakeBook

TOML = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nsections = ["chapters"]\n'
TEXT = "Words that fill a line or two of the page, and say nothing but that they are here to be read. " * 4 + "\n\n"


def table(rows: int, columns: int, word: str = "cell") -> str:
    """A table in a note."""
    lines = [[f"Head {column}" for column in range(columns)], ["---"] * columns]
    lines += [[f"{word} {row}"] * columns for row in range(rows)]
    return "\n".join(f"    | {' | '.join(line)} |" for line in lines)


def texts(make_book: MakeBook, notes: list[str]) -> list[str]:
    """The text of each page of a chapter that calls some notes in its last line."""
    calls = " ".join(f"call[^{number}]" for number in range(len(notes)))
    written = "".join(f"[^{number}]: The note.\n\n{note}\n\n" for number, note in enumerate(notes))
    root = make_book({"book.toml": TOML, "chapters/01-one.md": f"# One\n\n{TEXT}{calls}.\n\n{written}"})
    (path,) = (one for one in built(root) if one.suffix == ".pdf")
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def built(root: Path) -> list[Path]:
    """The files of a project's editions."""
    build_book(root, output=root / "out", jobs=1)
    return list((root / "out").iterdir())


def test_notes_with_tables_share_the_pages_behind_the_text(make_book: MakeBook) -> None:
    """A page of notes only has room for more than the share of a page that notes have below text."""
    found = [text.count("The note.") for text in texts(make_book, [table(6, 3)] * 9) if "The note." in text]
    assert sum(found) == 9
    assert all(count >= 3 for count in found[1:-1]), found
    assert len(found) <= 4


def test_a_table_in_a_note_that_is_too_wide_gets_small_and_stays_in_it(make_book: MakeBook) -> None:
    found = texts(make_book, [table(3, 14, "considerable")])
    (page,) = (text for text in found if "Head 0" in text.replace("\r\n", " "))
    assert "The note." in page
    assert page.replace("\r\n", " ").count("Head") == 14


def test_a_table_in_a_note_that_is_higher_than_a_page_says_what_to_do(make_book: MakeBook) -> None:
    with pytest.raises(BookError) as failure:
        texts(make_book, [table(70, 3)])
    found = [problem for problem in failure.value.problems if problem.severity == "error"]
    assert {problem.code for problem in found} == {"lost-text"}
    assert all("a table in a note must fit on its page" in str(problem.hint) for problem in found)
