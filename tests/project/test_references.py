from __future__ import annotations

from pathlib import Path

import pytest

from book.project.references import digest, replace_references


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "b c.png", "more.css", "font.otf"):
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img alt="" src="a.png"/>', '<img alt="" src="[a.png]"/>'),
        ('<img src="b%20c.png"/>', '<img src="[b c.png]"/>'),
        ("<image href='a.png'/>", "<image href='[a.png]'/>"),
        ('<p style="background: url(a.png)">', '<p style="background: url([a.png])">'),
        ('@import "more.css";', '@import "[more.css]";'),
        ("@import url(more.css);", "@import url([more.css]);"),
        ('src: url( "font.otf" ) format("opentype")', 'src: url( "[font.otf]" ) format("opentype")'),
        (r"url(b\ c.png)", "url([b c.png])"),
    ],
)
def test_the_address_of_a_file_is_replaced(folder: Path, text: str, expected: str) -> None:
    assert replace_references(text, folder, lambda path: f"[{path.name}]") == expected


@pytest.mark.parametrize(
    "text",
    [
        '<a href="book:first#quoted">',
        '<a href="#a.png">',
        '<a href="https://example.org/a.png">',
        '<img src="absent.png"/>',
        '<img src="data:image/png;base64,AAAA"/>',
        "fill: url(#gradient)",
        "a.png",
    ],
)
def test_any_other_address_stays(folder: Path, text: str) -> None:
    assert replace_references(text, folder, lambda path: f"[{path.name}]") == text


def test_a_file_url_is_known_from_everywhere(folder: Path) -> None:
    text = f'url("{(folder / "font.otf").as_uri()}")'
    assert replace_references(text, Path("/elsewhere"), lambda path: path.name) == 'url("font.otf")'


def test_a_stylesheet_stands_for_what_it_refers_to(folder: Path) -> None:
    sheet = folder / "first.css"
    sheet.write_text('@import "more.css"; p { color: black }')
    before = digest(sheet)
    (folder / "more.css").write_text("p { background: url(a.png) }")
    between = digest(sheet)
    (folder / "a.png").write_text("another picture")
    assert len({before, between, digest(sheet)}) == 3


def test_where_a_stylesheet_lies_does_not_matter(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "picture.png").write_text("the same")
        (folder / name / "sheet.css").write_text(f'p {{ background: url("{(folder / name).as_uri()}/picture.png") }}')
    assert digest(folder / "one" / "sheet.css") == digest(folder / "two" / "sheet.css")


def test_stylesheets_that_import_each_other_are_followed_once(folder: Path) -> None:
    (folder / "one.css").write_text('@import "two.css";')
    (folder / "two.css").write_text('@import "one.css";')
    before = digest(folder / "one.css")
    (folder / "two.css").write_text('@import "one.css"; p { margin: 0 }')
    assert digest(folder / "one.css") != before
