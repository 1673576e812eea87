from __future__ import annotations

import pytest

from book.problem import Span
from book.project.toml_source import parse

TEXT = """\
# a comment
[book]
title = "T"
subjects = [
  "a",
  "b",
]

# about the edition
[editions.print]
output = "pdf"
page = { width = "6in", height = "9in" }
note = \"\"\"
output = 3
\"\"\"
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("book",), (2, 2)),
        (("book", "title"), (3, 1)),
        (("book", "subjects", 1), (4, 1)),
        (("editions", "print"), (10, 11)),
        (("editions", "print", "output"), (11, 1)),
        (("editions", "print", "page", "height"), (12, 25)),
        (("editions", "print", "note"), (13, 1)),
        (("editions", "print", "missing"), (10, 11)),
    ],
)
def test_a_key_is_placed_where_its_statement_begins(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    document = parse(TEXT, "book.toml").value
    assert document is not None
    assert document.at(path) == Span("book.toml", *place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = = 2", "book.toml:2:5"),
        ("a = 1\na = 2\nb = 1", "book.toml:2:6"),
        ("a = 1\n\nb = [1,\n", "book.toml:3"),
        ("a = " + "[" * 5000, "book.toml"),
        ("a = " + "9" * 5000, "book.toml:1"),
    ],
)
def test_what_cannot_be_parsed_is_placed(text: str, place: str) -> None:
    checked = parse(text, "book.toml")
    assert checked.value is None
    (problem,) = checked.problems
    assert problem.code == "malformed-toml"
    assert str(problem.at) == place
