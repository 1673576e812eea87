"""Margins that leave no room for text, or that move text away from its running heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model.fragments import Stylesheet
from book.pages.margins import page_margin_rules
from tests.pressed import press_html


def said(folder: Path, css: str) -> list[str]:
    """The problems of a page of 300 × 200 pt with this stylesheet of the project, without hints."""
    sheet = f"@page small {{ {css} }} body {{ page: small }}"
    return [f"{one.at}: {one.code}: {one.message}" for one in press_html(folder, "<p>Words.</p>", sheet).problems]


@pytest.mark.parametrize(
    ("css", "room"),
    [("margin: 20pt 160pt", "0 × 56 mm"), ("margin: 0 140pt", "7 × 71 mm"), ("margin: 90pt 20pt", "92 × 7 mm")],
)
def test_margins_that_leave_no_room_for_text_are_one_error(tmp_path: Path, css: str, room: str) -> None:
    message = f"the margins leave no room for text: {room}"
    assert said(tmp_path, css) == [f"book.toml: page-margins: {message}"]


def test_they_are_reported_where_the_project_sets_them(tmp_path: Path) -> None:
    css = ":root { --margin-outer: 10mm }\n:root { --margin-inner: 160pt; }\n@page x { margin: 20pt 160pt }"
    (problem,) = press_html(tmp_path, "<p>Words.</p>", f"{css} body {{ page: x }}").problems
    assert (str(problem.at), problem.code) == ("own.css:2:9", "page-margins")


def test_small_pages_and_wide_margins_that_leave_room_are_no_problem(tmp_path: Path) -> None:
    assert said(tmp_path, "size: 40mm 60mm; margin: 5mm") == []
    assert said(tmp_path, "margin: 60pt 100pt") == []


@pytest.mark.parametrize(("rule", "problems"), [("@page", 1), ("@page :first", 1), ("@page plates", 0)])
def test_margins_of_all_pages_in_a_page_rule_are_an_error_at_their_line(
    tmp_path: Path, rule: str, problems: int
) -> None:
    sheet = Stylesheet(str(tmp_path / "own.css"), f"p {{ margin: 0 }}\n{rule} {{ margin-top: 30pt }}")
    found = list(page_margin_rules([sheet], str(tmp_path)))
    assert [str(one.at).rpartition(":")[0] for one in found] == ["own.css:2"] * problems
    assert all("margin-top in @page moves the text" in one.message for one in found)


def test_a_size_of_all_pages_in_a_page_rule_is_an_error(tmp_path: Path) -> None:
    sheet = Stylesheet(str(tmp_path / "own.css"), "@page { size: 5in 7in }\n@page plates { size: 5in 7in }")
    (problem,) = page_margin_rules([sheet], str(tmp_path))
    assert (str(problem.at), problem.code) == ("own.css:1:9", "page-margins")
    assert "book.toml" in str(problem.hint)


def test_negative_margins_are_an_error(tmp_path: Path) -> None:
    assert said(tmp_path, "margin: 20pt 20pt 20pt -36pt") == [
        "book.toml: page-margins: a margin of the page is negative, -13 mm: text would lie off the paper"
    ]


def test_margins_as_high_as_the_page_are_an_error(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, "margin: 150pt 20pt")
    assert "the margins leave no room for text: 92 × 0 mm" in problem


@pytest.mark.parametrize("rule", ["@page", "@page :left", "@page wide"])
def test_boxes_in_the_margin_of_a_page_are_an_error_at_their_line(tmp_path: Path, rule: str) -> None:
    text = f"{rule} {{\n  @bottom-center {{ content: counter(page) }}\n  @footnote {{ margin-top: 1em }}\n}}"
    found = list(page_margin_rules([Stylesheet(str(tmp_path / "own.css"), text)], str(tmp_path)))
    assert [(str(one.at), one.code) for one in found] == [("own.css:2:3", "page-margins")]
    assert found[0].message == "@bottom-center in @page would be printed twice, with numbers of its section"
    assert "layouts/furniture.html" in str(found[0].hint)


def test_boxes_in_the_margin_are_found_in_conditions_and_may_be_empty(tmp_path: Path) -> None:
    text = "@page { @top-left { content: none } }\n@media print { @page { @top-right { content: 'x' } } }"
    found = list(page_margin_rules([Stylesheet(str(tmp_path / "own.css"), text)], str(tmp_path)))
    assert [str(one.at) for one in found] == ["own.css:2:24"]
