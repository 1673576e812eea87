from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec
import pytest

from book.problem import Span
from book.project.validate import decode


class Inner(msgspec.Struct, frozen=True, rename="kebab"):
    max_width: str = "6in"


class Outer(msgspec.Struct, frozen=True, rename="kebab"):
    title: str
    output: Literal["pdf", "epub"] = "pdf"
    some_words: tuple[str, ...] = ()
    count: int | None = None
    inner: Inner | None = None


def at(path: tuple[str | int, ...]) -> Span:
    return Span("/".join(map(str, path)) or "top")


def complaints(data: dict[str, object]) -> list[str]:
    problems = decode(data, Outer, at).problems
    return [f"{problem.at} {problem.code} {problem.message} | {problem.hint}" for problem in problems]


def test_whole_data_becomes_the_struct() -> None:
    data = {"title": "T", "output": "epub", "some-words": ["a"], "count": "3", "inner": {"max-width": "5in"}}
    checked = decode(data, Outer, at)
    assert checked.problems == ()
    assert checked.value == Outer("T", "epub", ("a",), 3, Inner("5in"))


def test_every_problem_is_told_at_once() -> None:
    data: dict[str, object] = {"titel": "T", "output": "pfd", "some-words": ["a", 3], "inner": {"max_width": "1in"}}
    assert complaints(data) == [
        'titel unknown-key unknown key "titel" | did you mean "title"?',
        'output invalid-value "pfd" is not one of "pdf", "epub" | did you mean "pdf"?',
        'some-words/1 invalid-value expected text, got a whole number | put it in quotation marks: "3"',
        'inner/max_width unknown-key unknown key "max_width" | did you mean "max-width"?',
    ]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("title", 5, 'title invalid-value expected text, got a whole number | put it in quotation marks: "5"'),
        (
            "title",
            date(2015, 6, 1),
            'title invalid-value expected text, got a date | put it in quotation marks: "2015-06-01"',
        ),
        ("title", ["T"], "title invalid-value expected text, got a list | None"),
        ("some-words", "a b", 'some-words invalid-value expected a list, got text | put it in brackets: ["a b"]'),
        ("count", "x", "count invalid-value expected a whole number, got text | None"),
        ("inner", "6in", "inner invalid-value expected a table, got text | None"),
    ],
)
def test_a_value_of_the_wrong_type_is_explained(key: str, value: object, expected: str) -> None:
    assert complaints({"title": "T", key: value}) == [expected]


def test_an_empty_value_counts_as_absent() -> None:
    checked = decode({"title": "T", "some-words": "", "count": ""}, Outer, at)
    assert checked.problems == ()
    assert checked.value == Outer("T")
    assert complaints({"title": ""}) == ['title missing-key "title" has no value | None']


def test_a_wrong_value_that_is_not_required_gives_way_to_its_default() -> None:
    checked = decode({"title": "T", "count": "x"}, Outer, at)
    assert checked.value == Outer("T")
    assert len(checked.problems) == 1


def test_there_is_no_struct_without_what_it_requires() -> None:
    assert decode({"title": 5}, Outer, at).value is None


class Shelf(msgspec.Struct, frozen=True, rename="kebab"):
    books: tuple[Outer, ...] = ()


def test_every_table_of_a_list_is_judged_at_its_own_place() -> None:
    data = {"books": [{"title": "A"}, {"titel": "B"}, {"title": "C", "count": "x"}]}
    checked = decode(data, Shelf, at)
    assert [(problem.at.path, problem.code) for problem in checked.problems] == [
        ("books/1/titel", "unknown-key"),
        ("books/2/count", "invalid-value"),
    ]
    assert checked.value == Shelf((Outer("A"), Outer("C")))


@pytest.mark.parametrize("value", [{"title": "A"}, ["A"], "A"])
def test_what_is_no_list_of_tables_is_told_how_to_be_one(value: object) -> None:
    (problem,) = decode({"books": value}, Shelf, at).problems
    assert (problem.message, problem.hint) == (
        "expected a list of tables",
        "write one table for each in brackets: [{ … }, { … }]",
    )
