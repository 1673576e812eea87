from __future__ import annotations

import pytest

from book.problem import Checked, Span
from book.project.yaml_source import YamlDocument, parse


def read(text: str, first_line: int = 1) -> YamlDocument:
    checked = parse(text, "s.yaml", first_line)
    assert checked.problems == ()
    assert checked.value is not None
    return checked.value


def complaint(text: str, first_line: int = 1) -> str:
    checked: Checked[YamlDocument | None] = parse(text, "s.yaml", first_line)
    (problem,) = checked.problems
    return f"{problem.at} {problem.code}"


def test_scalars_stay_as_written() -> None:
    document = read("a: no\nb: 2015-11\nc: 010\nd: 'null'\ne: 1.10")
    assert document.data == {"a": "no", "b": "2015-11", "c": "010", "d": "null", "e": "1.10"}


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null"])
def test_null_is_an_empty_text(text: str) -> None:
    assert read(text).data == {"a": ""}


def test_an_empty_document_is_an_empty_text_and_lies_on_its_first_line() -> None:
    assert read("").data == ""
    assert read("# only a comment", 4).at(("a",)) == Span("s.yaml", 4)


def test_places_count_from_the_line_of_the_file_on_which_the_text_begins() -> None:
    document = read("title: T\nquestions:\n  - one\n  - two\n", 2)
    assert document.at(("questions",)) == Span("s.yaml", 3, 1)
    assert document.at(("questions", 1)) == Span("s.yaml", 5, 5)
    assert document.at(()) == Span("s.yaml", 2, 1)


def test_the_place_of_what_is_not_there_is_that_of_what_should_hold_it() -> None:
    document = read("- id: a\n- id: b\n  author: []\n")
    assert document.at((1, "author", 3)) == Span("s.yaml", 3, 3)
    assert document.at((7, "id")) == Span("s.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [x, y\nb: c", "s.yaml:4:2 malformed-yaml"),
        ("a: b: c", "s.yaml:3:5 malformed-yaml"),
        ("a: 1\n\tb: 2", "s.yaml:4:1 malformed-yaml"),
        ("a: 1\n---\nb: 2", "s.yaml:4:1 malformed-yaml"),
        ("a: é\nb: \x01", "s.yaml:4:4 malformed-yaml"),
        ("? [a]\n: b", "s.yaml:3:3 malformed-yaml"),
        ("a: 1\nb: 2\na: 3", "s.yaml:5:1 duplicate-key"),
        ("a: &x [1]\nb: *x", "s.yaml:4:4 malformed-yaml"),
        ("&x [*x]", "s.yaml:3:5 malformed-yaml"),
        ("[" * 100_000, "s.yaml:3:51 malformed-yaml"),
    ],
)
def test_what_is_wrong_is_placed(text: str, expected: str) -> None:
    assert complaint(text, 3) == expected


def test_of_two_equal_keys_the_last_counts() -> None:
    checked = parse("a: 1\na: 2", "s.yaml")
    assert checked.value is not None
    assert checked.value.data == {"a": "2"}
    assert checked.value.at(("a",)).line == 2
