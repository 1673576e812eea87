"""The stylesheets of an edition, and the measures of its page."""

from __future__ import annotations

import re
from pathlib import Path

from book.composition.styles import (
    DEFAULT,
    DESIGN_FOLDER,
    LAYOUTS,
    epub_stylesheets,
    measures,
    print_stylesheets,
    text_size,
)
from book.model.manuscript import Manuscript
from book.model.settings import Edition, Page
from book.pages.engine.typography import properties
from book.project.config import load_project


def test_a_wider_page_has_larger_text_within_limits() -> None:
    assert [text_size(width) for width in (200, 396, 432, 499, 2000)] == [8.5, 10, 10.5, 11.25, 12]


def test_a_handout_has_a_wider_outer_margin_than_facing_pages() -> None:
    page = Page("210mm", "297mm")
    sheet = measures(Edition("pdf", page=page, split="chapter"))
    facing = measures(Edition("pdf", page=page))
    assert facing["margin-inner"] < facing["margin-outer"]
    assert sheet["margin-outer"] > 1.3 * facing["margin-outer"]


def test_the_projects_own_stylesheets_come_last(make_book: object) -> None:
    root = make_book(  # type: ignore[operator]
        {
            "book.toml": '[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\nstyles = ["a.css", "b.css"]\n',
            "a.css": "p { color: red }",
            "b.css": "p { color: blue }",
        }
    )
    project = load_project(root).value
    assert project is not None
    sheets = print_stylesheets(Manuscript(project, (), {}, ()), project.editions[0])
    assert [Path(sheet.path).name for sheet in sheets[-2:]] == ["a.css", "b.css"]
    assert [sheet.text for sheet in sheets[-2:]] == ["p { color: red }", "p { color: blue }"]
    names = [Path(sheet.path).name for sheet in sheets]
    assert names.index("measures.css") < names.index("tokens.css") < names.index("print.css")
    sheets = epub_stylesheets(Manuscript(project, (), {}, ()), project.editions[0])[0]
    assert [sheet.path for sheet in sheets][-1].endswith("b.css")


def test_every_token_is_used_and_every_one_that_is_used_has_a_value() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in LAYOUTS.glob("*.css")}
    default = (DESIGN_FOLDER / DEFAULT / "tokens.css").read_text(encoding="utf-8")
    rules = default.split("*/", maxsplit=1)[1]
    defined = set(re.findall(r"^  --([\w-]+):", rules, re.MULTILINE))
    used = {name for text in (*sheets.values(), rules) for name in re.findall(r"var\(--([\w-]+)", text)}
    used |= set(re.findall(r"`--([\w-]+)`", properties.__doc__ or ""))  # those that the setting of lines reads
    known = {name for text in sheets.values() for name in re.findall(r"--([\w-]+):", text)}
    assert defined - used == set()
    assert used - defined - known - set(measures(Edition("pdf"))) == {"answer-line", "room"}, "a handout has these too"
