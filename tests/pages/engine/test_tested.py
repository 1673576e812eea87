"""An engine in another version than the mends were tested with is refused, and said to be."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from book.pages.engine.tested import TESTED, check_versions
from book.problem import BookError

PRETENCE = """
import sys
from book.pages.engine import tested

real = tested.version
tested.version = lambda name: "71.2" if name == "weasyprint" else real(name)
sys.argv = ["book", "build", "--quiet", "--jobs", sys.argv[1], "--project", sys.argv[2]]
from book.__main__ import main
main()
"""
"""A build with an engine that says it has another version."""


def test_the_installed_engine_is_the_one_that_was_tested() -> None:
    check_versions()


def test_every_tested_version_is_the_one_that_is_required(sample: Path) -> None:
    project = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    exact = (re.fullmatch(r"([\w.-]+) *== *([\w.]+)", one) for one in project["dependencies"])
    required = {found[1].lower(): found[2] for found in exact if found}
    assert {name: required.get(name) for name in TESTED} == dict(TESTED)


def test_each_package_with_another_version_is_named_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.pages.engine.tested.version", {**TESTED, "pydyf": "0.12.1", "pyphen": "1.0"}.__getitem__)
    with pytest.raises(BookError) as caught:
        check_versions()
    assert {problem.code for problem in caught.value.problems} == {"engine-version"}
    messages = [problem.message for problem in caught.value.problems]
    assert len(messages) == 2
    assert all(part in messages[0] for part in ("pydyf", "0.13.0", "0.12.1"))
    assert all(part in messages[1] for part in ("pyphen", "0.18.1", "1.0"))


def test_a_build_with_another_engine_ends_with_the_reason(project: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PRETENCE, "1", project], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "weasyprint: error[engine-version]" in done.stderr
    assert "weasyprint 70.0" in done.stderr
    assert "71.2" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((project / "build").glob("*.pdf"))


def test_a_process_with_another_engine_says_so_where_the_pages_are_awaited(tmp_path: Path, project: Path) -> None:
    # a package of that name before the installed one on the path, for the processes that are forked as well
    metadata = tmp_path / "site" / "weasyprint-71.2.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 71.2\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "book", "build", "--quiet", "--jobs", "2", "--project", project],
        env={"PYTHONPATH": str(metadata.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "installed is 71.2" in done.stderr
    assert "Traceback" not in done.stderr
