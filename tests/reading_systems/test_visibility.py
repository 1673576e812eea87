"""Every word of a book can be read on small screens and at large text, in two reading systems."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from book.build import build_book
from tests.conftest import MakeBook, build_once, shared_folder
from tests.reading_systems.screens import OPTIONS, PROJECTS, SCREENS, SIZES, SYSTEMS, faults, visibility

pytestmark = pytest.mark.browser

FIXED = (
    ("sample", "foliate", SCREENS[0], 200),
    ("sample", "epubjs", SCREENS[2], 150),
    ("tables", "foliate", SCREENS[0], 300),
    ("tables", "epubjs", SCREENS[0], 200),
)
"""The part of the matrix that is measured always; all of it with FLORILEGIUM_MATRIX=all."""
WHOLE = tuple(
    (book, system, screen, size) for book in PROJECTS for system in SYSTEMS for screen in SCREENS for size in SIZES
)


def epub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """The e-book of one of the books that are measured."""
    if name == "tables":
        return build_once(shared_folder(tmp_path_factory) / "tables", PROJECTS[name]) / "ebook.epub"
    folder: Path = request.getfixturevalue(f"built_{name}")
    return folder / "ebook.epub"


@pytest.mark.parametrize(
    ("name", "system", "screen", "size"), WHOLE if os.environ.get("FLORILEGIUM_MATRIX") == "all" else FIXED
)
def test_every_word_can_be_read(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    system: str,
    screen: tuple[int, int],
    size: int,
) -> None:
    told = visibility(epub(request, tmp_path_factory, name), system, screen, size, *OPTIONS.get(name, ()))
    assert told["words"] > told["sections"] > 0
    assert faults(told) == {}


def test_words_are_readable_at_night(built_sample: Path) -> None:
    assert faults(visibility(built_sample / "ebook.epub", "foliate", SCREENS[0], 100, "--night")) == {}


def test_no_screen_is_empty(built_sample: Path, tmp_path: Path) -> None:
    told = visibility(built_sample / "ebook.epub", "foliate", SCREENS[0], 100, "--pictures", str(tmp_path))
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) >= told["sections"]
    assert not [path.name for path in pictures if len(Image.open(path).convert("L").getcolors() or ()) < 2]


def test_what_runs_off_the_screen_is_noticed(make_book: MakeBook, tmp_path: Path) -> None:
    settings = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\npages = "none"\nstyles = ["own.css"]\n'
    css = "p { white-space: nowrap; width: 60em } h1 { margin-bottom: -2em }"
    build_book(make_book({"book.toml": settings, "own.css": css}), output=tmp_path / "out", jobs=1)
    told = visibility(tmp_path / "out" / "ebook.epub", "foliate", SCREENS[0], 100)
    assert told["unseen"] > 0
    assert told["sideways"] > 0
