"""Characters that no font has: each is reported where the project first writes it."""

from __future__ import annotations

import pytest

from book.build import build_book
from book.problem import BookError
from tests.conftest import MakeBook

PRINT = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'


def problems(make_book: MakeBook, **files: str) -> list[tuple[str, str]]:
    """Where each problem of a build is, and what it is about."""
    with pytest.raises(BookError) as failure:
        build_book(make_book({"book.toml": PRINT, **files}), jobs=1)
    assert {problem.code for problem in failure.value.problems} == {"missing-glyph"}
    return [(str(problem.at), problem.message) for problem in failure.value.problems]


def message(character: str) -> str:
    """What is said of a character."""
    return f"no font of the book has the character {character} (U+{ord(character):04X})"


def test_every_character_is_reported_once_where_it_first_stands(make_book: MakeBook) -> None:
    chapter = "---\ntitle: Words 十\n---\n\nFirst [@talk-2013]\nthen 八, 洞 and 八 again.\n\nAnd 十.\n"
    assert sorted(problems(make_book, **{"chapters/01-first.md": chapter})) == [
        ("chapters/01-first.md:2:14", message("十")),
        ("chapters/01-first.md:6:6", message("八")),
        ("chapters/01-first.md:6:9", message("洞")),
    ]


def test_a_character_of_a_source_is_reported_in_the_list_of_sources(make_book: MakeBook) -> None:
    sources = "- id: talk-2013\n  type: speech\n  title: A talk 𐎀\n  issued: 2013-11-03\n"
    assert problems(make_book, **{"sources.yaml": sources}) == [("sources.yaml:3:17", message("𐎀"))]


def test_a_character_of_the_settings_is_reported_there(make_book: MakeBook) -> None:
    settings = PRINT.replace("A Small Book", "A Small ☂ Book")
    assert problems(make_book, **{"book.toml": settings}) == [("book.toml:2:18", message("☂"))]


def test_a_character_that_is_spelt_as_an_entity_keeps_its_file(make_book: MakeBook) -> None:
    chapter = "---\ntitle: First\n---\n\nWords &#x5341; [@talk-2013].\n"
    assert problems(make_book, **{"chapters/01-first.md": chapter}) == [("chapters/01-first.md", message("十"))]
