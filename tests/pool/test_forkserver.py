from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book.build import build_book
from book.pool.forkserver import probably_changed, process_count
from book.store.unchanged import QUIET_SECONDS


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built, and has been left alone since."""
    time.sleep(2 * QUIET_SECONDS)
    build_book(project, jobs=1)
    return project


def test_a_project_that_was_never_built_looks_changed(project: Path) -> None:
    assert probably_changed(project, project / "build")


def test_a_folder_without_a_project_does_not(tmp_path: Path) -> None:
    assert not probably_changed(tmp_path, tmp_path / "build")


def test_a_project_that_was_left_alone_since_its_last_build_does_not(built: Path) -> None:
    assert not probably_changed(built, built / "build")


@pytest.mark.parametrize("name", ["book.toml", "sources.yaml", "chapters/01-first.md", "layouts/furniture.html"])
def test_a_project_with_a_file_written_since_looks_changed(built: Path, name: str) -> None:
    path = built / name
    path.parent.mkdir(exist_ok=True)
    time.sleep(QUIET_SECONDS)  # the clock of a file system ticks slowly
    path.touch()
    assert probably_changed(built, built / "build")


def test_a_file_that_leads_nowhere_does_no_harm(built: Path) -> None:
    (built / "chapters" / "lost.md").symlink_to("nowhere.md")
    assert not probably_changed(built, built / "build")


def test_there_is_a_process_for_each_core_unless_some_number_is_asked_for() -> None:
    assert process_count(None) == os.cpu_count()
    assert process_count(3) == 3


def test_a_long_path_of_the_temporary_folder_is_no_obstacle(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    command = [sys.executable, "-m", "book", "build", "--jobs", "2", "--project", str(project)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_is_called_first_of_all_loads_nothing_of_the_rest() -> None:
    code = "import sys, book.pool.forkserver; print(*sorted(name for name in sys.modules if name.startswith('book')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["book", "book.pool", "book.pool.forkserver"]
