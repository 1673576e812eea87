"""The cover that is made where a book has none, looked at with Pillow."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from book.build import build_book
from book.problem import BookError
from tests.conftest import MakeBook

TOML = '[book]\ntitle = "{title}"\nauthors = ["C. P. Cavafy"]\n\n[editions.ebook]\noutput = "epub"\n'


def cover(root: Path, output: Path) -> bytes:
    """The cover in the EPUB of a project."""
    build_book(root, ["ebook"], output=output, jobs=1)
    with zipfile.ZipFile(output / "ebook.epub") as archive:
        return archive.read("EPUB/cover.jpg")


def test_a_book_without_a_cover_gets_one_of_the_size_that_shops_ask_for(make_book: MakeBook, tmp_path: Path) -> None:
    data = cover(make_book({"book.toml": TOML.format(title="Ithaca")}), tmp_path / "out")
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))


def test_the_cover_depends_on_the_title_and_on_nothing_else(make_book: MakeBook, tmp_path: Path) -> None:
    ithaca, again, other = (
        cover(make_book({"book.toml": TOML.format(title=title)}), tmp_path / str(number))
        for number, title in enumerate(("Ithaca", "Ithaca", "Another"))
    )
    assert ithaca == again
    assert ithaca != other


def test_a_cover_that_is_still_the_same_is_not_drawn_again(
    make_book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book({"book.toml": TOML.format(title="Ithaca")})
    first = cover(root, tmp_path / "out")
    (root / "chapters" / "01-first.md").write_text("---\ntitle: First\n---\n\nOther words.\n", encoding="utf-8")
    monkeypatch.setattr("book.pages.cover._picture", None)
    assert cover(root, tmp_path / "out") == first


@pytest.mark.parametrize("title", ["Ithaca", "Of Everything " * 12, "Donaudampfschifffahrtsgesellschaft"])
def test_a_title_of_any_length_stays_within_the_frame(make_book: MakeBook, tmp_path: Path, title: str) -> None:
    data = cover(make_book({"book.toml": TOML.format(title=title.strip())}), tmp_path / "out")
    with Image.open(io.BytesIO(data)) as picture:
        light = picture.convert("L").point(lambda value: 255 if value > 200 else 0)
    box = light.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left >= 180
    assert right <= 1600 - 180
    assert top >= 180
    assert bottom <= 2560 - 180


def test_a_project_changes_the_colours_in_its_own_stylesheet(make_book: MakeBook, tmp_path: Path) -> None:
    toml = TOML.format(title="Ithaca") + 'styles = ["red.css"]\n'
    root = make_book({"book.toml": toml, "red.css": ":root { --cover-ground: #ff0000 }"})
    with Image.open(io.BytesIO(cover(root, tmp_path / "out"))) as picture:
        pixel = picture.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240
    assert max(pixel[1:]) < 15


def test_a_title_in_letters_that_no_font_has_is_a_problem(make_book: MakeBook, tmp_path: Path) -> None:
    with pytest.raises(BookError) as raised:
        cover(make_book({"book.toml": TOML.format(title="𒀀𒀁")}), tmp_path / "out")
    assert {(problem.code, problem.at.path) for problem in raised.value.problems} == {
        ("missing-glyph", "layouts/cover.html")
    }


def test_a_title_in_another_script_is_set_in_its_font(make_book: MakeBook, tmp_path: Path) -> None:
    data = cover(make_book({"book.toml": TOML.format(title="十八洞村")}), tmp_path / "out")
    assert data != cover(make_book({"book.toml": TOML.format(title="十八洞")}), tmp_path / "other")


def test_rules_that_only_e_readers_know_are_no_problem_for_the_cover(make_book: MakeBook, tmp_path: Path) -> None:
    toml = TOML.format(title="Ithaca") + 'styles = ["own.css"]\n'
    root = make_book({"book.toml": toml, "own.css": "p { -epub-ruby-position: over; adobe-hyphenate: none }"})
    assert build_book(root, ["ebook"], output=tmp_path / "out", jobs=1, strict=True).problems == ()


def test_a_broken_picture_of_a_stylesheet_is_told_at_its_line(make_book: MakeBook, tmp_path: Path) -> None:
    toml = TOML.format(title="Ithaca") + 'styles = ["own.css"]\n'
    css = "p { margin: 0 }\np { background: url('data:image/png;base64,iVBORw0KGgo=') }\n"
    with pytest.raises(BookError) as raised:
        build_book(make_book({"book.toml": toml, "own.css": css}), ["ebook"], output=tmp_path / "out", jobs=1)
    (problem,) = (one for one in raised.value.problems if one.code == "unreadable-image")
    assert str(problem.at) == "own.css:2"
