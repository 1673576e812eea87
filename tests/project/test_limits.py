"""What is too large, never ends, or cannot have a name is refused with its place, and soon."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from book.check import check_book
from book.project.files import is_dir, is_file, read_bytes
from tests.conftest import MakeBook
from tests.soak.watch import time_limit

HEAD = "---\ntitle: First\n---\n\n"
LIMITED = '[book]\ntitle = "B"\n\n[limits]\n'


def told(root: Path) -> dict[str, str]:
    """The message of each problem of a project, by its code."""
    with time_limit(20):
        return {problem.code: problem.message for problem in check_book(root).problems}


def test_limits_are_those_of_the_settings(make_book: MakeBook) -> None:
    assert told(make_book()) == {}
    root = make_book({"book.toml": f"{LIMITED}characters = 60\n"})
    assert told(root)["too-large"].endswith(" characters, and at most 60 are read")
    root = make_book({"book.toml": f"{LIMITED}citations = 1\n"})
    assert told(root)["too-large"] == "the book has 2 citations, and at most 1 are read"
    assert told(make_book({"book.toml": f"{LIMITED}citations = 2\n"})) == {}
    deep = {"chapters/01-first.md": HEAD + "> > > words\n"}
    assert "deep-nesting" in told(make_book({"book.toml": f"{LIMITED}depth = 2\n"} | deep))
    assert "deep-nesting" not in told(make_book({"book.toml": f"{LIMITED}depth = 5\n"} | deep))


@pytest.mark.parametrize("key", ["characters = 0", "depth = 101", 'citations = "many"', "pages = 1"])
def test_a_limit_that_is_none_is_a_problem(make_book: MakeBook, key: str) -> None:
    assert told(make_book({"book.toml": f"{LIMITED}{key}\n"})).keys() & {"invalid-value", "unknown-key"}


@pytest.mark.parametrize("unit", ["<b>", "</i>x<b>", "<div>\n\n", "[^", "^[", "$ a", "![", "*a "])
def test_a_chapter_of_half_a_megabyte_that_leaves_things_open_is_read_soon(make_book: MakeBook, unit: str) -> None:
    body = unit * (50_000 // len(unit))
    problems = told(make_book({"chapters/01-first.md": HEAD + body + "\n"}))
    assert not unit.startswith("<b") or "deep-nesting" in problems


def test_a_formula_of_thousands_of_characters_is_no_formula(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": f"{HEAD}Words $a{'+b' * 3000}$.\n"})
    assert "at most 5000 are read" in told(root)["invalid-formula"]


def test_a_pipe_in_place_of_a_source_list_is_refused(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": None})
    os.mkfifo(root / "sources.yaml")
    assert "unknown-source" in told(root), "it is no list"
    with pytest.raises(OSError, match="no regular file"):
        read_bytes(root, "sources.yaml")


def test_a_name_that_no_file_can_have_is_that_of_a_file_that_is_not_there(make_book: MakeBook) -> None:
    long = "x" * 300
    root = make_book({"chapters/01-first.md": f"{HEAD}![A picture]({long}.png) [@talk-2013]\n"})
    assert not is_file(root / long)
    assert not is_dir(root / long)
    assert "missing-image" in told(root)
    root = make_book({"book.toml": f'[book]\ntitle = "B"\nsources = ["{long}.yaml"]\n'})
    assert told(root).keys() & {"missing-sources", "unreadable-file", "invalid-value"}
