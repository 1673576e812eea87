"""A build works on one state of each file: what is changed meanwhile is made again, and never missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from book import check, make
from book.build import ATTEMPTS, build_book
from book.problem import BookError
from book.project.files import recording
from tests.conftest import MakeBook

SETTINGS = '[book]\ntitle = "B"\n\n[editions.ebook]\noutput = "epub"\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="{}"/></svg>'
FILES = {
    "book.toml": SETTINGS,
    "chapters/02-second.md": "# Second\n\nThe words of the second.\n\n![A square](square.svg)\n",
    "chapters/square.svg": DRAWING.format("#aaaaaa"),
}


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """A function that has another called each time when chapters have been read and nothing has been made yet."""

    def arrange(act: Callable[[], object]) -> None:
        known = make.make

        def making(*values: object) -> object:
            act()
            return known(*values)  # type: ignore[arg-type]

        monkeypatch.setattr(make, "make", making)

    return arrange


def build(root: Path) -> dict[str, bytes]:
    """Build a project; the files in its e-book."""
    build_book(root, jobs=1, isolated=True)
    with ZipFile(root / "build" / "ebook.epub") as package:
        return {name: package.read(name) for name in package.namelist()}


def fresh(root: Path) -> bytes:
    """The e-book of a project, made in a folder of its own."""
    build_book(root, jobs=1, isolated=True, output=root.parent / "fresh")
    return (root.parent / "fresh" / "ebook.epub").read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "chapters/02-second.md").unlink(missing_ok=True),
        lambda root: (root / "chapters/square.svg").write_text(DRAWING.format("#bbbbbb")),
        lambda root: (root / "chapters/03-third.md").write_text("# Third\n\nNew.\n"),
        lambda root: (root / "sources.yaml").write_text((root / "sources.yaml").read_text().replace("Visit", "Walk")),
        lambda root: (root / "book.toml").write_text(SETTINGS.replace('"B"', '"C"')),
    ],
    ids=["a chapter deleted", "a picture changed", "a chapter added", "a source changed", "the settings changed"],
)
def test_what_changes_once_while_a_book_is_made_is_in_the_book(
    make_book: MakeBook, meanwhile: Callable[[Callable[[], object]], None], change: Callable[[Path], object]
) -> None:
    root = make_book(FILES)
    done: list[int] = []

    def act() -> None:
        if not done:
            done.append(1)
            change(root)

    meanwhile(act)
    build(root)
    made = (root / "build" / "ebook.epub").read_bytes()
    assert made == fresh(root)
    build(root)
    assert (root / "build" / "ebook.epub").read_bytes() == made


def test_files_that_keep_changing_stop_the_build_and_nothing_is_written(
    make_book: MakeBook, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    root = make_book(FILES)
    times: list[int] = []

    def act() -> None:
        times.append(1)
        (root / "chapters/square.svg").write_text(DRAWING.format("#" + f"{len(times):06}"))

    meanwhile(act)
    with pytest.raises(BookError) as failure:
        build(root)
    assert [(one.code, one.at.path) for one in failure.value.problems] == [("changing-file", "chapters/square.svg")]
    assert len(times) == ATTEMPTS
    assert not (root / "build" / "ebook.epub").exists()


def test_a_file_deleted_before_the_build_is_recorded_is_not_missed_by_the_next(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    from book import build as pipeline

    root = make_book(FILES)
    time.sleep(0.2)
    deliver = pipeline.deliver  # type: ignore[attr-defined]

    def late(*values: object) -> None:
        deliver(*values)  # type: ignore[arg-type]
        (root / "chapters/02-second.md").unlink(missing_ok=True)

    monkeypatch.setattr(pipeline, "deliver", late)
    assert any(b"words of the second" in data for data in build(root).values())
    monkeypatch.undo()
    assert not any(b"words of the second" in data for data in build(root).values())


def test_an_error_in_a_half_written_file_is_not_told_when_the_file_is_whole_by_then(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book({**FILES, "chapters/02-second.md": "---\ntitle: [unfinished\n---\n\nWords.\n"})
    known = check.check_book

    def checking(*values: object) -> object:
        found = known(*values)  # type: ignore[arg-type]
        (root / "chapters/02-second.md").write_text("# Second\n\nWhole words.\n")
        return found

    monkeypatch.setattr(check, "check_book", checking)
    with pytest.raises(BookError, match="changed while"):
        build(root)  # it is written again each time
    monkeypatch.undo()
    assert any(b"Whole words" in data for data in build(root).values())


def test_what_was_read_knows_when_something_changed(tmp_path: Path) -> None:
    from book.project.files import file_names, is_file, read_bytes

    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    with recording(tmp_path) as reads:
        read_bytes(tmp_path, "a")
        is_file(tmp_path / "c")
        file_names(tmp_path, "*")
    assert reads.changed() is None
    (tmp_path / "b").write_text("another")
    assert reads.changed() is None, "it was not read"
    for change, back, name in (
        (lambda: (tmp_path / "c").write_text(""), (tmp_path / "c").unlink, "."),
        (lambda: (tmp_path / "a").rename(tmp_path / "z"), lambda: (tmp_path / "z").rename(tmp_path / "a"), "."),
    ):
        change()
        assert reads.changed() is not None, name
        back()
    (tmp_path / "a").write_text("A")
    assert reads.changed() == "a"
