from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from book.cli.commands import main
from book.cli.failures import library_hint, write_report

if TYPE_CHECKING:
    from tests.conftest import MakeBook


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for state of this test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def fail(*_: object, **__: object) -> None:
    raise KeyError("words of the book")


def report_of(told: str) -> str:
    """The report whose place was printed."""
    path = re.search(r"Please report it with the file (\S+) \(", told)
    assert path is not None, told
    return Path(path[1]).read_text(encoding="utf-8")


def test_a_defect_writes_a_report_without_any_text_of_the_book(
    project: Path, monkeypatch: pytest.MonkeyPatch, state: Path
) -> None:
    monkeypatch.setattr("book.check.check_all", fail)
    result = CliRunner().invoke(main, ["check", "-p", str(project)])
    assert result.exit_code == 70
    report = report_of(result.stderr)
    assert "builtins.KeyError\n" in report
    assert re.search(r"  book/cli/checking\.py:\d+ check", report)
    assert re.search(r"^florilegium \S+, Python 3\.", report)
    assert "weasyprint 70.0" in report
    assert "command: check" in report
    assert "words of the book" not in report
    assert str(project) not in report
    assert stat.S_IMODE((state / "florilegium").stat().st_mode) == 0o700


def test_the_messages_of_failures_are_in_the_report_if_more_is_asked_for(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.check.check_all", fail)
    result = CliRunner().invoke(main, ["check", "-v", "-p", str(project)])
    assert "builtins.KeyError: 'words of the book'" in report_of(result.stderr)


def test_a_failure_on_one_file_is_a_problem_with_a_report(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.manuscript.read._read", fail)
    root = make_book({"chapters/02-second.md": "# Second\n"})
    result = CliRunner().invoke(main, ["check", "-p", str(root)])
    assert result.exit_code == 1
    assert result.stderr.count("error[defect]: the program could not read this chapter: KeyError") == 2
    report = report_of(result.stderr)
    assert report.count("builtins.KeyError") == 2
    assert "words of the book" not in report


def test_the_frames_of_a_worker_are_in_the_report() -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        failure = pool.submit(int, "words of the book").exception()
    assert failure is not None
    path = write_report([failure], "build", with_text=False)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "in a worker:\n" in text
    assert "words of the book" not in text


def test_a_report_goes_to_the_temporary_folder_where_there_is_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "other"))
    path = write_report([ValueError("x")], "build", with_text=False)
    assert path is not None
    assert path.parent == tmp_path / "other"
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "file"))
    assert write_report([ValueError("x")], "build", with_text=False) is None


def test_a_missing_library_is_named_with_the_packages_of_the_system(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = OSError("cannot load library 'libpango-1.0-0': error 0x7e")
    assert library_hint(missing, "debian").endswith(
        "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1"
    )
    assert library_hint(missing, "macos").endswith("brew install pango")
    unknown = library_hint(missing, "plan9")
    assert all(way in unknown for way in ("apt install", "dnf install", "pacman -S", "apk add", "zypper", "brew"))
    assert library_hint(OSError("No space left on device")) == ""

    def fail_to_load(*_: object, **__: object) -> None:
        raise missing

    monkeypatch.setattr("book.build.build_book", fail_to_load)
    result = CliRunner().invoke(main, ["build", "-p", str(project)])
    assert result.exit_code == 1
    assert "hint: Pango is missing" in result.stderr
    assert "README" not in result.stderr


def test_the_system_is_known_by_its_kin(monkeypatch: pytest.MonkeyPatch) -> None:
    from book.cli import failures

    for release, system in (
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "suse"),
        ({"ID": "nixos"}, ""),
    ):
        monkeypatch.setattr("platform.freedesktop_os_release", lambda release=release: release)
        monkeypatch.setattr("sys.platform", "linux")
        assert failures._system() == system


@pytest.mark.parametrize("module", ["fontpkg_atkinson_hyperlegible", "markdown_it", "segno"])
def test_a_package_that_is_not_installed_is_named_with_what_to_do(module: str, tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01-one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    handout = '[editions.handout]\noutput = "pdf"\nsplit = "chapter"\naddress = "https://example.org/{slug}"\n'
    (tmp_path / "book.toml").write_text(f'[book]\ntitle = "B"\n{handout}', encoding="utf-8")
    program = f"import sys; sys.modules[{module!r}] = None; from book.__main__ import main; main()"
    command = [sys.executable, "-c", program, "build", "--jobs", "1", "--project", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr
    assert f'no module "{module}"' in result.stderr
    assert "make book" in result.stderr
