"""What `book check` finds in editions without setting a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.check import check_all
from book.problem import Severity

if TYPE_CHECKING:
    from tests.conftest import MakeBook

PRINT = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'


def test_a_book_that_builds_has_nothing_to_be_told(project: Path) -> None:
    assert check_all(project).problems == ()


def test_half_a_picture_is_told_where_it_is_shown(make_book: MakeBook) -> None:
    from io import BytesIO

    from PIL import Image

    whole = BytesIO()
    Image.effect_noise((200, 200), 50).convert("RGB").save(whole, "JPEG")
    chapter = "# One\n\nWords [@talk-2013].\n\n![A hill](hill.jpg)\n\n![A draw](draw.svg)\n"
    files: dict[str, str | bytes | None] = {
        "chapters/01-first.md": chapter,
        "chapters/hill.jpg": whole.getvalue()[:3000],
        "chapters/draw.svg": "<html><body/></html>",
    }
    found = check_all(make_book(files)).problems
    assert [(problem.code, str(problem.at)) for problem in found] == [
        ("unreadable-image", "chapters/01-first.md:5:1"),
        ("unreadable-image", "chapters/01-first.md:7:1"),
    ]


def test_characters_are_looked_for_though_something_else_is_wrong(make_book: MakeBook) -> None:
    root = make_book({"book.toml": PRINT, "chapters/01-first.md": "# One\n\nWords 中 [@nobody].\n"})
    codes = {problem.code for problem in check_all(root).problems}
    assert codes == {"unknown-source", "missing-glyph", "uncited-source"}


def test_without_the_layout_engine_stylesheets_are_left_unchecked_and_nothing_else(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("book.proof.workers", missing)
    settings = PRINT + 'styles = ["own.css"]\n'
    root = make_book({"book.toml": settings, "own.css": "p { colour: red }\n", "chapters/01-first.md": "# One\n\nA.\n"})
    found = check_all(root).problems
    assert [(one.code, one.severity) for one in found if one.code != "uncited-source"] == [
        ("unchecked-stylesheets", Severity.NOTE)
    ]


def test_chapters_are_checked_for_every_edition_and_each_problem_is_told_once(make_book: MakeBook) -> None:
    settings = PRINT + '[editions.large]\noutput = "pdf"\n[editions.handout]\noutput = "pdf"\nsplit = "chapter"\n'
    root = make_book({"book.toml": settings, "chapters/01-first.md": "# One\n\nWords 中 [@talk-2013].\n"})
    assert [problem.code for problem in check_all(root).problems] == ["missing-glyph"]
