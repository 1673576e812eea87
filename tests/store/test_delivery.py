"""The files of a build are written all or none: on a full disk, and when the build is stopped at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.store.delivery import STAGED, deliver, recover

OLD = {"a.pdf": b"old a", "part/b.pdf": b"old b", "gone.pdf": b"old gone"}
NEW = {"a.pdf": b"new a", "part/b.pdf": b"new b", "more/c.pdf": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    """All files in a folder, without the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of an earlier build."""
    deliver(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_new_files_are_written_and_old_ones_removed(folder: Path) -> None:
    deliver(folder, NEW, ["gone.pdf"])
    assert contents(folder) == NEW
    deliver(folder, {}, ["more/c.pdf"])
    assert not (folder / "more").exists()


STOPPED = """
import os, sys
from pathlib import Path
from book.store import delivery
calls = 0
def stop(known):
    def counted(*values, **named):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os._exit(9)
        return known(*values, **named)
    return counted
os.fsync, os.replace, Path.replace, Path.unlink, Path.mkdir = map(
    stop, (os.fsync, os.replace, Path.replace, Path.unlink, Path.mkdir)
)
delivery.deliver(Path(sys.argv[1]), {"a.pdf": b"new a", "part/b.pdf": b"new b", "more/c.pdf": b"new c"}, ["gone.pdf"])
os._exit(0)
"""


def test_a_build_that_is_stopped_at_any_step_leaves_all_or_none_for_the_next(tmp_path: Path) -> None:
    outcomes = set()
    for step in range(1, 40):
        folder = tmp_path / str(step) / "out"
        deliver(folder, OLD)
        ended = subprocess.run([sys.executable, "-c", STOPPED, folder, str(step)], check=False).returncode
        assert ended in (0, 9)
        recover(folder)
        found = contents(folder)
        assert found in (OLD, NEW), (step, found)
        assert not (folder / STAGED).exists()
        outcomes.add((ended, found == NEW))
        if ended == 0:
            break
    assert outcomes == {(9, False), (9, True), (0, True)}, "it was stopped before and after, and once not at all"


def test_a_journal_that_somebody_changed_reaches_no_file_outside(folder: Path) -> None:
    victim = folder.parent / "victim.txt"
    victim.write_bytes(b"mine")
    (folder / STAGED).mkdir()
    (folder / STAGED / "journal.json").write_text('{"renames": {}, "removals": ["../victim.txt"]}')
    recover(folder)
    assert victim.exists()
    assert contents(folder) == OLD


def test_a_staged_file_that_is_damaged_is_not_delivered(folder: Path) -> None:
    (folder / STAGED).mkdir()
    (folder / STAGED / "0").write_bytes(b"damaged")
    digest = "0" * 32
    (folder / STAGED / "journal.json").write_text(f'{{"renames": {{"0": ["a.pdf", "{digest}"]}}, "removals": []}}')
    recover(folder)
    assert contents(folder) == OLD


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"NOT TESTED: no file system can be mounted here ({mounted.stderr.strip()})")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_without_room_keeps_the_old_files_and_says_how_much_is_needed(small_disk: Path) -> None:
    out = small_disk / "out"
    deliver(out, OLD)
    with pytest.raises(OSError, match="kB are to be written") as failure:
        deliver(out, {"a.pdf": os.urandom(400_000), "part/b.pdf": os.urandom(700_000)}, ["gone.pdf"])
    assert failure.value.filename == str(out)
    assert contents(out) == OLD
    assert not (out / STAGED).exists()


def test_a_disk_that_fills_while_files_are_staged_keeps_the_old_ones(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = small_disk / "out"
    deliver(out, OLD)
    monkeypatch.setattr("book.store.delivery._check_room", lambda *_: None)
    with pytest.raises(OSError, match="No space left"):
        deliver(out, {"a.pdf": b"new", "part/b.pdf": os.urandom(2_000_000)})
    assert contents(out) == OLD
    assert not (out / STAGED).exists()


@pytest.mark.parametrize("name", ["x" * 260 + ".pdf", "part", "a.pdf/b.pdf"])
def test_a_name_that_cannot_be_written_changes_nothing(folder: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"name|folder") as failure:
        deliver(folder, {"gone.pdf": b"new", name: b"x"})
    assert str(failure.value.filename).startswith(str(folder))
    assert contents(folder) == OLD


def test_no_file_is_written_through_a_link_in_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "c.pdf").write_bytes(b"mine")
    (folder / "more").symlink_to(outside)
    before = contents(folder)
    with pytest.raises(OSError, match=r"a link leads to .*outside") as failure:
        deliver(folder, NEW, ["gone.pdf"])
    assert failure.value.filename == str(folder / "more")
    assert contents(folder) == before
    assert contents(outside) == {"c.pdf": b"mine"}
