"""A command leaves no temporary file, and clears those of commands that were killed, and no others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book.store.temporary import KEEP_SECONDS, PREFIX, START_SECONDS, clear_leftovers
from tests.conftest import MakeBook

HOLD = "from book.store.temporary import use_own_folder as use; print(use(), flush=True); input()"


def start(temporary: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that has a folder of its own in `temporary`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_of_a_process_that_was_killed_is_removed_and_one_in_use_is_not(tmp_path: Path) -> None:
    (killed, left), (alive, used) = start(tmp_path), start(tmp_path)
    (left / "weasyprint-x").mkdir()
    (left / "weasyprint-x" / "font.otf").write_bytes(b"x")
    killed.kill()
    killed.communicate()
    assert left.is_dir()
    clear_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [used]
    alive.communicate("\n")
    assert list(tmp_path.iterdir()) == [], "removed by its process at the end"


def test_what_may_belong_to_somebody_else_is_kept(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").touch()
    (tmp_path / f"{PREFIX}young").mkdir()
    (tmp_path / "other-old").mkdir()
    for name in ("other-old", f"{PREFIX}file"):
        os.utime(tmp_path / name, (0, 0))
    before = sorted(tmp_path.rglob("*"))
    clear_leftovers(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="NOT TESTED: only root can give a folder away")
def test_a_folder_of_another_user_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / f"{PREFIX}theirs"
    folder.mkdir()
    (folder / "lock").touch()
    os.chown(folder, 12345, 12345)
    clear_leftovers(tmp_path)
    assert folder.is_dir()


def test_without_a_lock_age_decides(tmp_path: Path) -> None:
    folder = tmp_path / f"{PREFIX}old"
    folder.mkdir()
    (folder / "file").touch()
    past = time.time() - KEEP_SECONDS - 1
    os.utime(folder, (past, past))
    clear_leftovers(tmp_path)
    assert not folder.exists()


@pytest.mark.parametrize(("seconds", "stays"), [(0, True), (START_SECONDS + 1, False)])
def test_a_folder_without_anything_is_removed_once_its_process_would_have_locked_it(
    tmp_path: Path, seconds: int, stays: bool
) -> None:
    folder = tmp_path / f"{PREFIX}begun"
    folder.mkdir()
    past = time.time() - seconds
    os.utime(folder, (past, past))
    clear_leftovers(tmp_path)
    assert folder.exists() is stays


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_leaves_nothing_even_after_builds_that_were_killed(
    make_book: MakeBook, tmp_path: Path, jobs: str
) -> None:
    root, temporary = make_book({}), tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-P", "-m", "book", "build", "--quiet", "--project", str(root), "--jobs", jobs]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    killed = 0
    for seconds in (0.5, 0.9, 1.3):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    left = list(temporary.iterdir())
    assert all(path.name.startswith(PREFIX) for path in left)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert killed
    assert list(temporary.iterdir()) == []
