"""What the system refuses is told with its path and a remedy: on real file systems, mounted for the test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeBook

SETTINGS = '[book]\ntitle = "B"\n\n[editions.ebook]\noutput = "epub"\n'


def build_in_own_mounts(root: Path, mount: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `book build` after a mount that only it sees."""
    can = subprocess.run(["unshare", "-m", "true"], capture_output=True, text=True, check=False)
    if can.returncode:
        pytest.skip(f"NOT TESTED: no file system can be mounted here ({can.stderr.strip()})")
    words = [sys.executable, "-P", "-m", "book", "build", "--quiet", "--project", str(root), *options]
    script = f'{mount} && exec "$@"'
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", *words], capture_output=True, text=True, check=False, timeout=120
    )


def test_a_full_disk_is_told_with_its_path_and_what_to_do(make_book: MakeBook, tmp_path: Path) -> None:
    root, disk = make_book({"book.toml": SETTINGS}), tmp_path / "disk"
    disk.mkdir()
    told = build_in_own_mounts(root, f"mount -t tmpfs -o size=64k tmpfs {disk}", "-j", "1", "-o", str(disk / "out"))
    assert told.returncode == 1
    assert f"error: {disk / 'out'}" in told.stderr
    assert "hint: free some space on that disk" in told.stderr
    assert "Errno" not in told.stderr


def test_a_disk_that_can_only_be_read_is_told_with_its_path(make_book: MakeBook, tmp_path: Path) -> None:
    root, disk = make_book({"book.toml": SETTINGS}), tmp_path / "disk"
    disk.mkdir()
    told = build_in_own_mounts(root, f"mount -t tmpfs -o ro tmpfs {disk}", "-j", "1", "-o", str(disk / "out"))
    assert told.returncode == 1
    assert f"error: {disk / 'out'}" in told.stderr
    assert "Read-only file system\n  hint: " in told.stderr


@pytest.mark.parametrize("options", ["ro", "size=4k", "size=20k", "size=1m,nr_inodes=3"])
def test_without_shared_memory_a_book_is_made_in_one_process_and_that_is_told(
    make_book: MakeBook, options: str
) -> None:
    root = make_book({"book.toml": SETTINGS})
    told = build_in_own_mounts(root, f"mount -t tmpfs -o {options} tmpfs /dev/shm", "-j", "2")
    assert told.returncode == 0, told.stderr
    code = "one-process"
    assert f"warning[{code}]" in told.stderr
    assert (root / "build" / "ebook.epub").is_file()


@pytest.mark.parametrize("command", ["new", "import"])
def test_on_a_full_disk_no_half_of_a_new_project_is_left(tmp_path: Path, command: str) -> None:
    disk, text = tmp_path / "disk", tmp_path / "a.md"
    disk.mkdir()
    text.write_text("# A title\n\n" + "Words of a chapter.\n\n" * 2000, encoding="utf-8")
    words = ["new", str(disk / "x")] if command == "new" else ["import", str(text), "--into", str(disk / "x")]
    program = f'"{sys.executable}" -P -m book "$@"; status=$?; find "{disk}"; exit $status'
    told = subprocess.run(
        ["unshare", "-m", "sh", "-c", f'mount -t tmpfs -o size=8k tmpfs "{disk}" && {program}', "sh", *words],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if "unshare" in told.stderr:
        pytest.skip(f"NOT TESTED: no file system can be mounted here ({told.stderr.strip()})")
    assert told.returncode == 1
    assert f"error: {disk}/x/" in told.stderr
    assert told.stdout.split() == [str(disk)]


@pytest.mark.parametrize("words", [["build", "-j", "1"], ["--help"], ["check", "--format", "json"], ["sources"]])
def test_what_cannot_be_printed_is_told_as_that(make_book: MakeBook, words: list[str]) -> None:
    root = make_book({"book.toml": SETTINGS})
    command = [sys.executable, "-P", "-m", "book", *words]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert told.returncode == 1
    assert "error: standard output: No space left on device\n  hint: what stands after >" in told.stderr
    assert "Traceback" not in told.stderr
    assert (root / "build" / "ebook.epub").is_file() == (words[0] == "build")


@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX close streams")
@pytest.mark.parametrize(
    ("closed", "code"), [("<&-", 0), ("2>&-", 0), (">&-", 1), (">&- 2>&-", 1), ("<&- >&- 2>&-", 1)]
)
def test_a_stream_that_the_caller_has_closed_is_no_defect(
    project: Path, tmp_path: Path, closed: str, code: int
) -> None:
    command = f'"{sys.executable}" -m book build -j 1 -p "$0" --output "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", command, str(project), str(tmp_path / "out")], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "print.pdf").read_bytes().startswith(b"%PDF-")
    assert ("standard output" in done.stderr) == (closed == ">&-")


def test_a_file_in_the_place_of_the_output_folder_is_named_and_kept(project: Path) -> None:
    (project / "build").write_text("mine")
    command = [sys.executable, "-m", "book", "build", "-j", "1", "-p", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{project / 'build'}: a file stands where the folder of the editions is needed" in done.stderr
    assert (project / "build").read_text() == "mine"


def test_a_current_folder_that_was_deleted_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = 'cd "$0" && rmdir "$0" && exec "$1" -P -m book check'
    command = ["sh", "-c", script, str(tmp_path / "gone"), sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "error: the current folder is not there any more\n  hint: change to another one" in done.stderr
