"""Every word of a book can be read on small screens and at large text, in two reading systems."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from book.build import build_book
from tests.browser import HERE, package, program, run
from tests.conftest import MakeBook, build_once, shared_folder

pytestmark = pytest.mark.browser

FAULTS = ("unseen", "overlapping", "sideways", "picturesCut", "faint", "unpaged", "broken", "errors")
"""What must not be found; numbers and lists of `visibility.mjs`."""
SCREENS = ((360, 640), (600, 800), (820, 1180))
SIZES = (100, 150, 200, 300)
SYSTEMS = ("foliate", "epubjs")
FIXED = (
    ("sample", "foliate", SCREENS[0], 200),
    ("sample", "epubjs", SCREENS[2], 150),
    ("tables", "foliate", SCREENS[0], 300),
    ("tables", "epubjs", SCREENS[0], 200),
)
"""The part of the matrix that is measured always; all of it with FLORILEGIUM_MATRIX=all."""
WHOLE = tuple(
    (book, system, screen, size)
    for book in ("sample", "tables", "torture", "federalist")
    for system in SYSTEMS
    for screen in SCREENS
    for size in SIZES
)


def visibility(book: Path, system: str, screen: tuple[int, int], size: int, *options: str) -> dict[str, Any]:
    """What a reader of a book does not get to see in a reading system: what `visibility.mjs` counts."""
    for name in ("puppeteer-core", "foliate-js", "epubjs", "jszip"):
        package(name)
    command = [
        program("Node.js"), str(HERE / "visibility.mjs"), str(book), "--reader", system,
        "--chromium", program("Chromium"),
        "--width", str(screen[0]), "--height", str(screen[1]), "--font-size", str(size), *options,
    ]  # fmt: skip
    told: dict[str, Any] = json.loads(run(command, seconds=300))
    return told


def faults(told: dict[str, Any]) -> dict[str, Any]:
    """What is wrong, with examples; empty if nothing is."""
    found = {name: told[name] for name in FAULTS if told[name]}
    return {**found, "examples": {name: some for name, some in told["examples"].items() if some}} if found else {}


def epub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """The e-book of one of the books that are measured."""
    if name == "tables":
        project = Path(__file__).resolve().parent.parent / "projects" / "tables"
        return build_once(shared_folder(tmp_path_factory) / "tables", project) / "ebook.epub"
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
    options = ("--chapters", "14") if name == "federalist" else ()  # front matter and the papers 1 to 10
    told = visibility(epub(request, tmp_path_factory, name), system, screen, size, *options)
    assert told["words"] > told["sections"] > 0
    assert faults(told) == {}


def test_words_are_readable_at_night(built_sample: Path) -> None:
    assert faults(visibility(built_sample / "ebook.epub", "foliate", SCREENS[0], 100, "--night")) == {}


def test_what_runs_off_the_screen_is_noticed(make_book: MakeBook, tmp_path: Path) -> None:
    settings = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\npages = "none"\nstyles = ["own.css"]\n'
    css = "p { white-space: nowrap; width: 60em } h1 { margin-bottom: -2em }"
    build_book(make_book({"book.toml": settings, "own.css": css}), output=tmp_path / "out", jobs=1)
    told = visibility(tmp_path / "out" / "ebook.epub", "foliate", SCREENS[0], 100)
    assert told["unseen"] > 0
    assert told["sideways"] > 0
