from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from book.build import Report, build_book
from book.cli.commands import main
from book.store.written import FILE, owner, plan_record, written_files

if TYPE_CHECKING:
    from tests.conftest import MakeBook

HANDOUTS = """\
[book]
title = "T"
[editions.ebook]
output = "epub"
pages = "none"
[editions.sheet]
output = "pdf"
split = "chapter"
"""
SECOND = "# Second\n\nText [@talk-2013].\n"


def build(root: Path, *editions: str, output: Path | None = None) -> Report:
    return build_book(root, editions, output=output, jobs=1)


def made(root: Path) -> set[str]:
    """The files in the output folder, without what is hidden."""
    found = (path.relative_to(root / "build") for path in (root / "build").rglob("*") if path.is_file())
    return {path.as_posix() for path in found if path.parts[0][0] != "."}


def test_the_handout_of_a_chapter_that_was_renamed_is_removed_and_that_is_said(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book({"book.toml": HANDOUTS, "chapters/02-second.md": SECOND})
    assert build(root).removed == ()
    (root / "chapters/02-second.md").rename(root / "chapters/02-other.md")
    (root / "build" / "notes.txt").write_text("mine")
    monkeypatch.chdir(root)
    told = CliRunner().invoke(main, ["build", "--jobs", "1"]).stdout
    assert "removed build/sheet/second.pdf, which an earlier build wrote and nothing makes any more" in told
    assert made(root) == {
        "ebook.epub", "sheet/first.pdf", "sheet/other.pdf", "sheet/all.pdf", "sheet.zip", "index.json",
        "concordance.csv", "manifest.json", "notes.txt",
    }  # fmt: skip
    assert build(root).removed == ()


def test_a_build_of_one_edition_leaves_the_others(make_book: MakeBook) -> None:
    root = make_book({"book.toml": HANDOUTS, "chapters/02-second.md": SECOND})
    build(root)
    (root / "chapters/02-second.md").unlink()
    assert build(root, "ebook").removed == ()
    assert build(root, "sheet").removed == (root / "build/sheet/second.pdf",)


def test_the_files_of_an_edition_that_is_no_more_are_removed_with_their_folder(make_book: MakeBook) -> None:
    root = make_book({"book.toml": HANDOUTS})
    build(root)
    make_book({"book.toml": HANDOUTS.partition("[editions.sheet]")[0]})
    assert build(root).removed == tuple(
        root / "build" / name for name in ("sheet.zip", "sheet/all.pdf", "sheet/first.pdf")
    )
    assert not (root / "build/sheet").exists()


def test_the_record_for_the_trade_goes_with_the_publisher(make_book: MakeBook) -> None:
    sold = HANDOUTS.replace('title = "T"', 'title = "T"\npublisher = "P"')
    root = make_book({"book.toml": sold})
    build(root)
    assert "onix.xml" in made(root)
    make_book({"book.toml": HANDOUTS})
    assert build(root).removed == (root / "build/onix.xml",)


def test_a_file_that_was_changed_since_stays(make_book: MakeBook) -> None:
    root = make_book({"book.toml": HANDOUTS, "chapters/02-second.md": SECOND})
    build(root)
    (root / "build/sheet/second.pdf").write_text("mine")
    (root / "chapters/02-second.md").unlink()
    assert build(root).removed == ()
    assert (root / "build/sheet/second.pdf").read_text() == "mine"


def test_a_state_that_was_built_before_is_not_taken_for_unchanged_beside_a_later_file(make_book: MakeBook) -> None:
    root = make_book({"book.toml": HANDOUTS})
    build(root, "sheet")
    (root / "chapters/02-second.md").write_text(SECOND)
    build(root)
    (root / "chapters/02-second.md").unlink()
    assert build(root, "sheet").removed == (root / "build/sheet/second.pdf",)


def test_without_the_record_nothing_is_removed(make_book: MakeBook) -> None:
    root = make_book({"book.toml": HANDOUTS, "chapters/02-second.md": SECOND})
    build(root)
    (root / "build" / FILE).write_text("{nonsense")
    (root / "chapters/02-second.md").unlink()
    assert build(root).removed == ()
    assert set(written_files(root / "build")) == {
        "ebook.epub", "sheet/first.pdf", "sheet/all.pdf", "sheet.zip", "index.json", "concordance.csv",
        "manifest.json",
    }  # fmt: skip


def test_a_record_that_was_changed_reaches_no_file_outside(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"mine")
    folder = tmp_path / "build"
    record = folder / FILE
    folder.mkdir()
    record.write_bytes(plan_record(folder, {"a.pdf": b"mine"}, ["a"], ["a"])[0] or b"")
    record.write_text(record.read_text().replace('"a.pdf"', '"../victim.txt"'))
    assert plan_record(folder, {}, ["a"], ["a"])[1] == ()


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("print.pdf", "print"),
        ("print/one.pdf", "print"),
        ("print.large.pdf", "print.large"),
        ("print.large/a.b.pdf", "print.large"),
        ("index.json", ""),
        ("onix.xml", ""),
        ("prints.pdf", ""),
    ],
)
def test_a_file_belongs_to_the_edition_in_its_name(name: str, edition: str) -> None:
    assert owner(name, ["print", "print.large"]) == edition


# --- the folios of other editions -----------------------------------------------------------------

PRINTED = """\
[book]
title = "T"
[editions.print]
output = "pdf"
[editions.large]
output = "pdf"
page = { width = "210mm", height = "297mm" }
"""


def citations(root: Path) -> list[dict[str, object]]:
    (source,) = json.loads((root / "build/index.json").read_text())
    return [{key: one.get(key) for key in ("chapter", "folios", "earlier")} for one in source["citations"]]


def test_a_build_of_one_edition_keeps_the_folios_of_the_others_and_marks_them(make_book: MakeBook) -> None:
    root = make_book({"book.toml": PRINTED, "chapters/02-second.md": SECOND})
    build(root)
    whole = citations(root)
    assert whole[2] == {"chapter": "second", "folios": {"print": "3", "large": "3"}, "earlier": None}
    (root / "chapters/02-second.md").write_text("# Second\n\nNew [@talk-2013, p. 1].\n\nText [@talk-2013].\n")
    build(root, "print")
    first, _, new, old = citations(root)
    assert first == {"chapter": "first", "folios": {"print": "1", "large": "1"}, "earlier": ["large"]}
    assert new == {"chapter": "second", "folios": {"print": "3"}, "earlier": None}
    assert old == {"chapter": "second", "folios": {"print": "3", "large": "3"}, "earlier": ["large"]}
    build(root)
    assert all(one["earlier"] is None for one in citations(root))


def test_a_record_that_is_none_of_ours_is_replaced(make_book: MakeBook) -> None:
    root = make_book({"book.toml": PRINTED, "build/index.json": '[{"id": "talk-2013", "citations": [1]}]'})
    build(root, "print")
    assert citations(root)[0]["folios"] == {"print": "1"}
