"""The same project gives the same bytes, wherever, by whomever and however it is built; the manifest says of what."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from book.build import build_book
from book.cli.commands import main
from tests.conftest import MakeBook
from tests.soak.projects import copy_of


def built(root: Path, jobs: int, umask: int, variables: dict[str, str]) -> dict[str, bytes]:
    """Build a project with the command in a process of its own; the content of every file, by its path."""
    command = [sys.executable, "-P", "-m", "book", "build", "--quiet", "--project", str(root), "--jobs", str(jobs)]
    environment = {**os.environ, **variables}
    done = subprocess.run(command, env=environment, umask=umask, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = [path for path in (root / "build").rglob("[!.]*") if path.is_file() and ".store" not in path.parts]
    return {path.relative_to(root / "build").as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["starter", "design"])
def test_time_zone_locale_hash_seed_umask_processes_and_folder_change_no_byte(name: str, tmp_path: Path) -> None:
    one = copy_of(name, tmp_path / "a")
    other = copy_of(name, tmp_path / "a much longer path, with spaces" / "日本" / "b")
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    home = tmp_path / "home"
    home.mkdir()
    first = built(one, 1, 0o022, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"})
    strange = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"}
    strange |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "COLUMNS": "20", "USER": "somebody-else"}
    second = built(other, 2, 0o077, strange)
    assert sorted(first) == sorted(second)
    assert [path for path, data in first.items() if second[path] != data] == []
    assert "manifest.json" in first
    assert any(path.endswith(".pdf") for path in first)


def test_the_manifest_has_the_hash_of_every_file_read_and_written_and_nothing_of_the_machine(
    make_book: MakeBook,
) -> None:
    root = make_book({})
    files = built(root, 1, 0o022, {})
    manifest = json.loads(files["manifest.json"])
    assert manifest["outputs"].keys() == files.keys() - {"manifest.json"}
    for path, said in manifest["outputs"].items():
        assert said == {"sha256": hashlib.sha256(files[path]).hexdigest(), "bytes": len(files[path])}
    assert {"book.toml", "sources.yaml", "chapters/01-first.md"} <= manifest["inputs"].keys()
    for path, digest in manifest["inputs"].items():
        assert digest == hashlib.sha256((root / path).read_bytes()).hexdigest()
    assert manifest["dependencies"]["weasyprint"] == "70.0"
    assert "pytest" not in manifest["dependencies"], "which takes no part in it"
    assert manifest["libraries"]["pango"].count(".") == 2
    text = files["manifest.json"].decode()
    assert str(root) not in text
    assert os.uname().nodename not in text.replace(manifest["florilegium"], "")


def verify(root: Path) -> Result:
    """Run `book verify-build`."""
    return CliRunner().invoke(main, ["verify-build", str(root), "--jobs", "1"])


@pytest.fixture
def finished(make_book: MakeBook) -> Path:
    """A small project that is built, with an e-book only."""
    root = make_book({"book.toml": '[book]\ntitle = "B"\n\n[editions.ebook]\noutput = "epub"\n'})
    built(root, 1, 0o022, {})
    return root


def test_a_book_is_verified_by_building_it_again(finished: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*")}
    told = verify(finished)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines()[-1] == "3 files, made again with the same bytes"
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*")} == before


def test_a_file_that_was_changed_after_the_build_is_told(finished: Path) -> None:
    with (finished / "build" / "ebook.epub").open("ab") as file:
        file.write(b" ")
    told = verify(finished)
    assert told.exit_code == 1
    assert "ebook.epub: was changed after it was built" in told.stderr


def test_a_file_that_is_not_made_again_alike_is_told_with_what_differs(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    told = verify(finished)
    assert told.exit_code == 1
    assert "SOURCE_DATE_EPOCH: 946684800 then, 86400 now" in told.stderr
    assert "ebook.epub: not the same: EPUB/content.opf" in told.stderr


def test_a_project_that_was_changed_since_is_told_instead(finished: Path) -> None:
    chapter = finished / "chapters" / "01-first.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    told = verify(finished)
    assert told.exit_code == 1
    assert "chapters/01-first.md was changed since" in told.stderr
    chapter.unlink()
    assert "chapters/01-first.md is gone since" in verify(finished).stderr


def test_a_chapter_that_was_added_since_is_told(finished: Path) -> None:
    (finished / "chapters" / "02-new.md").write_text("# New\n\nWords.\n", encoding="utf-8")
    told = verify(finished)
    assert told.exit_code == 1
    assert "chapters/02-new.md: read now, but not then" in told.stderr


def test_without_a_manifest_or_with_a_damaged_one_the_command_says_what_to_do(finished: Path) -> None:
    (finished / "build" / "manifest.json").write_text("{", encoding="utf-8")
    told = verify(finished)
    assert told.exit_code == 2
    assert "is damaged" in told.stderr
    shutil.rmtree(finished / "build")
    told = verify(finished)
    assert told.exit_code == 2
    assert "build the book first" in told.stderr


def test_a_build_of_some_editions_is_verified_with_the_folios_that_it_kept(make_book: MakeBook) -> None:
    root = make_book({})
    built(root, 1, 0o022, {})
    chapter = root / "chapters" / "01-first.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["build", "ebook", "-q", "-p", str(root), "-j", "1"]).exit_code == 0
    assert json.loads((root / "build" / "manifest.json").read_text())["editions"] == ["ebook"]
    told = verify(root)
    assert told.exit_code == 0, told.output
    left_out = ("handout.zip", "handout/all.pdf", "handout/first.pdf", "print.pdf")
    assert told.stderr.splitlines() == [
        f"{name}: not compared, because the last build did not make it" for name in left_out
    ]


def test_each_build_in_one_process_has_the_date_of_its_own_environment(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worker processes live on from one build to the next, with the environment in which they were started."""
    root = make_book({"book.toml": '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\n'})
    for epoch, date in (("86400", b"D:19700102"), ("172800", b"D:19700103")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        build_book(root, ["print"], jobs=2)
        with pikepdf.open(root / "build" / "print.pdf") as pdf:
            assert bytes(pdf.docinfo["/ModDate"]).startswith(date)
