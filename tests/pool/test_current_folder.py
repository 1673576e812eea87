"""No process of a build imports from the folder that it is started in."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import EDITIONS, MINIMAL

if TYPE_CHECKING:
    from tests.conftest import MakeBook

INTRUDER = """\
import os
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "imported.log"), "a") as log:
    log.write(__name__ + "\\n")
raise SystemExit("a file of the current folder was imported")
"""


def command() -> str:
    return str(Path(sys.executable).with_name("book"))


def plant(folder: Path) -> None:
    """A module of every name that may be imported: of the standard library, of each package, of Python's start."""
    for name in {*sys.stdlib_module_names, *packages_distributions(), "book", "sitecustomize", "usercustomize"}:
        if name.isidentifier():
            (folder / f"{name}.py").write_text(INTRUDER, encoding="utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_modules_in_the_current_folder_are_not_imported_by_any_process(make_book: MakeBook, jobs: str) -> None:
    root = make_book({})
    plant(root)
    done = subprocess.run(
        [command(), "build", "--jobs", jobs], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )
    assert not (root / "imported.log").exists(), (root / "imported.log").read_text()
    assert done.returncode == 0, done.stderr
    assert (root / "build" / "print.pdf").is_file()


def test_no_command_imports_modules_of_the_current_folder(make_book: MakeBook) -> None:
    root = make_book({})
    commands = (["check"], ["build"], ["verify-build"], ["sources"], ["new", "a"], ["import", "README.md"], ["verify"])
    (root / "README.md").write_text("# A chapter\n\nWords.\n")
    plant(root)
    for words in commands:
        done = subprocess.run([command(), *words], cwd=root, capture_output=True, text=True, check=False, timeout=120)
        assert not (root / "imported.log").exists(), (words, (root / "imported.log").read_text())
        assert done.returncode == 0, (words, done.stderr)


@pytest.mark.parametrize("call", ["check_book(sys.argv[1])", "build_book(sys.argv[1], jobs=2).problems"])
def test_no_process_that_a_script_starts_imports_modules_of_the_current_folder(
    tmp_path: Path, make_book: MakeBook, call: str
) -> None:
    project = make_book({"book.toml": MINIMAL["book.toml"] + EDITIONS})
    script = tmp_path / "scripts" / "check.py"
    script.parent.mkdir()
    script.write_text(f"import sys, book\nassert not book.{call}\n")
    folder = tmp_path / "current"
    folder.mkdir()
    plant(folder)
    done = subprocess.run(
        [sys.executable, script, project], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert not (folder / "imported.log").exists(), (folder / "imported.log").read_text()
    assert done.returncode == 0, done.stderr


def test_a_package_of_our_name_in_the_current_folder_is_not_imported(make_book: MakeBook) -> None:
    root = make_book({"book/__init__.py": INTRUDER, "book/pool/__init__.py": INTRUDER})
    done = subprocess.run(
        [command(), "build", "-j2"], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert not (root / "book" / "imported.log").exists()


def test_the_environment_of_the_caller_is_as_it_was(make_book: MakeBook, tmp_path: Path) -> None:
    from book.build import build_book

    before = dict(os.environ)
    build_book(make_book({}), output=tmp_path, jobs=2)
    assert dict(os.environ) == before
