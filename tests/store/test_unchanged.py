from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book import check
from book.build import Report, build_book
from book.problem import BookError
from book.project.files import recording
from book.store import unchanged
from book.store.unchanged import QUIET_SECONDS
from tests.colour_profile import colour_profile

if TYPE_CHECKING:
    from tests.conftest import MakeBook

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="{}"/></svg>'

FILES = {
    "book.toml": '[book]\ntitle = "T"\n[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\nstyles = ["s/own.css"]\n',
    "s/own.css": '@import "colours.css";',
    "s/colours.css": "p { color: #000 }",
    "chapters/01-first.md": "---\ntitle: First\n---\n\nIt was said [@talk-2013].\n\n![A square](square.svg)\n",
    "chapters/square.svg": PICTURE.format(9),
    "layouts/chapter-head.html": '<h1 id="{{ title_id }}">{{ chapter.title }}</h1>{% include "parts/words.html" %}',
    "layouts/parts/words.html": "<p>Words.</p>",
}


class RebuiltError(Exception):
    """The book was read again."""


@pytest.fixture
def root(make_book: MakeBook) -> Path:
    """A small project, built a moment after it was written."""
    root = make_book(FILES)
    settle()
    build(root)
    return root


def settle() -> None:
    """Wait until what was just written no longer counts as freshly changed."""
    time.sleep(2 * QUIET_SECONDS)


def build(root: Path, *, strict: bool = False) -> Report:
    return build_book(root, jobs=1, strict=strict)


@pytest.fixture
def reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading the book again an exception from now on."""
    assert (root / "build").is_dir()

    def read(*_: object) -> None:
        raise RebuiltError

    monkeypatch.setattr(check, "check_book", read)


def built(root: Path) -> dict[Path, tuple[bytes, int]]:
    """Content and modification time of every published file of the last build."""
    hidden = {".store", ".written.json"}
    files = (path for path in (root / "build").rglob("*") if path.is_file() and not hidden & set(path.parts))
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.usefixtures("reading")
def test_nothing_is_read_or_written_again_when_nothing_changed(root: Path) -> None:
    before = built(root)
    assert {path.name for path in before} >= {"first.pdf", "index.json"}
    report = build(root)
    assert {file.path for file in report.written} == set(before)
    assert [file.pages for file in report.written if file.path.suffix == ".pdf"] == [1, 1]
    assert built(root) == before


@pytest.mark.parametrize("name", [*FILES, "sources.yaml"])
@pytest.mark.usefixtures("reading")
def test_a_change_of_any_file_of_the_book_is_noticed(root: Path, name: str) -> None:
    with (root / name).open("a") as file:
        file.write("\n")
    with pytest.raises(RebuiltError):
        build(root)


@pytest.mark.parametrize(
    "name",
    [
        "chapters/02-second.md",
        "layouts/handout.html",
        "layouts/index-parts.html",
        "layouts/furniture.html",
        "sources.json",
        "transcripts/talk-2013.txt",
    ],
)
@pytest.mark.usefixtures("reading")
def test_a_file_that_is_new_is_noticed(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("[]")
    with pytest.raises(RebuiltError):
        build(root)


@pytest.mark.parametrize("name", ["chapters/square.svg", "s/colours.css", "layouts/parts/words.html"])
@pytest.mark.usefixtures("reading")
def test_a_file_that_is_gone_is_noticed(root: Path, name: str) -> None:
    (root / name).unlink()
    with pytest.raises(RebuiltError):
        build(root)


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("name", ["s/notes.txt", "layouts/parts/other.html", "layouts/titlepage.html"])
def test_a_file_that_the_book_does_not_use_changes_nothing(root: Path, name: str) -> None:
    (root / name).write_text("to do")
    build(root)


@pytest.mark.usefixtures("reading")
def test_a_file_that_is_written_anew_with_the_same_content_changes_nothing(root: Path) -> None:
    (root / "book.toml").write_text(FILES["book.toml"])
    build(root)


@pytest.mark.usefixtures("reading")
def test_a_moved_project_is_not_read_again(root: Path, tmp_path: Path) -> None:
    moved = root.rename(tmp_path / "moved")
    assert all(file.path.is_relative_to(moved) for file in build(moved).written)


@pytest.mark.usefixtures("reading")
def test_another_program_or_other_libraries_read_the_book_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "whole_version", lambda: "another")
    with pytest.raises(RebuiltError):
        build(root)


@pytest.mark.parametrize("damage", [None, b"%PDF-1.7"])
def test_a_file_that_was_lost_or_damaged_is_written_again(root: Path, damage: bytes | None) -> None:
    path = root / "build" / "sheet" / "first.pdf"
    whole = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    build(root)
    assert path.read_bytes() == whole


def test_warnings_are_reported_again(make_book: MakeBook) -> None:
    root = make_book({**FILES, "chapters/02-other.md": "---\ntitle: Other\n---\n\n> Said by nobody.\n"})
    settle()
    first, second = build(root), build(root)
    assert [problem.code for problem in first.problems] == ["missing-attribution"]
    assert second.problems == first.problems
    with pytest.raises(BookError):
        build(root, strict=True)


def test_a_change_during_a_build_is_in_that_build(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_book(FILES)
    settle()
    read, typed = check.check_book, list[bool]()

    def read_while_the_editor_types(*words: object) -> object:
        checked = read(*words)  # type: ignore[arg-type]
        if not typed:
            typed.append(True)
            with (root / "chapters" / "01-first.md").open("a") as file:
                file.write("\nA sentence typed a moment later.\n")
        return checked

    with monkeypatch.context() as patched:
        patched.setattr(check, "check_book", read_while_the_editor_types)
        build(root)
    before = (root / "build" / "sheet" / "first.pdf").read_bytes()
    build_book(root, jobs=1, output=root.parent / "fresh")
    assert before == (root.parent / "fresh" / "sheet" / "first.pdf").read_bytes()


WATCH = """
import os, sys
opened = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        opened.add(os.path.abspath(args[0]))
sys.addaudithook(watch)
import msgspec
from pathlib import Path
from book.build import build_book
from book.store.store import Store
from book.store.unchanged import BuildRecord
root = Path(sys.argv[1]).resolve()
build_book(root, jobs=1)
(entry,) = (path for path in (root / "build/.store/builds").rglob("*") if path.is_file())
known = Store(root / "build/.store").get("builds", entry.parent.name + entry.name, BuildRecord)
ours = {path for path in map(Path, opened) if path.is_relative_to(root) and not path.is_relative_to(root / "build")}
for path in sorted(ours):
    if path.is_file() and path.relative_to(root).as_posix() not in known.opened:
        print(path.relative_to(root))
print(len(ours), "files were opened")
"""


def test_every_file_of_the_project_that_a_build_opens_is_one_that_it_watches(sample: Path, make_book: MakeBook) -> None:
    settings = """[book]
title = "T"
cover = "cover.svg"
cover-alt = "A square"
[editions.print]
output = "pdf"
styles = ["s/own.css"]
[editions.shop]
output = "pdf"
variant = "pdf/x-4"
printing = { profile = "profiles/shop.icc" }
[editions.archive]
output = "pdf"
variant = "pdf/a-3u"
[editions.ebook]
output = "epub"
styles = ["s/own.css"]
"""
    more: dict[str, str | bytes] = {
        "book.toml": settings,
        "cover.svg": PICTURE.format(9),
        "profiles/shop.icc": colour_profile(),
        "transcripts/talk-2013.txt": "Quoted words.",
    }
    root = make_book({**FILES, **more})
    settle()
    environment = {**os.environ, "PYTHONPATH": str(sample)}
    words = [sys.executable, "-c", WATCH, str(root)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    *missed, count = done.stdout.splitlines()
    assert missed == []
    assert int(count.split()[0]) == len({*FILES, *more, "sources.yaml"})


def test_what_a_worker_process_reads_is_known(make_book: MakeBook) -> None:
    settings = '[book]\ntitle = "T"\n[editions.archive]\noutput = "pdf"\nvariant = "pdf/a-3u"\n'
    root = make_book({"book.toml": settings, "notes.md": "# N\n"})
    with recording(root) as reads, recording(root) as other:
        build_book(root, jobs=2)
    assert {"book.toml", "chapters/01-first.md", "sources.yaml"} <= reads.opened
    assert "notes.md" not in reads.opened | reads.looked_for
    assert reads.opened == other.opened


def test_a_layout_that_changes_between_two_builds_in_one_process_is_used(make_book: MakeBook) -> None:
    root = make_book({**FILES, "book.toml": '[book]\ntitle = "T"\n[editions.e]\noutput = "epub"\npages = "none"\n'})
    pages = []
    for words in ("ONE", "TWO", None):
        layout = root / "layouts" / "parts" / "words.html"
        layout.write_text(f"<p>{words}</p>")
        if words is None:
            (root / "layouts" / "chapter-head.html").unlink()
        build(root)
        with zipfile.ZipFile(root / "build" / "e.epub") as book:
            pages.append(book.read("EPUB/first.xhtml").decode())
    assert ["ONE" in pages[0], "TWO" in pages[1], 'class="chapter-number"' in pages[2]] == [True, True, True]


def test_a_build_that_changes_nothing_loads_no_heavy_module(root: Path, sample: Path) -> None:
    program = (
        "import sys, pathlib; from book.build import build_book; build_book(pathlib.Path(sys.argv[1]));"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    words = [sys.executable, "-c", program, str(root)]
    environment = {**os.environ, "PYTHONPATH": str(sample)}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert not set(done.stdout.split()) & {
        "weasyprint",
        "jinja2",
        "lxml",
        "markdown",
        "pikepdf",
        "babel",
        "yaml",
        "PIL",
    }
