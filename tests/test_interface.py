"""The public interface, used as a program of somebody else would use it: with nothing of ours but `book`."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import book

PROGRAM = """
import sys

used = []
def listen(event, details):
    if event in ("ctypes.dlsym", "os.putenv", "os.unsetenv", "os.chdir"):
        what = details[-1] if event == "ctypes.dlsym" else details[0]
        used.append([event, what.decode() if isinstance(what, bytes) else str(what)])
sys.addaudithook(listen)

import json, locale, logging, os, signal, threading, warnings


def state():
    return {
        "environment": dict(os.environ),
        "signals": {str(one): repr(signal.getsignal(one)) for one in signal.valid_signals()},
        "locale": [locale.setlocale(category) for category in (locale.LC_ALL, locale.LC_CTYPE, locale.LC_NUMERIC)],
        "folder": os.getcwd(),
        "path": list(sys.path),
        "umask": [mask := os.umask(0o22), os.umask(mask)][0],
        "threads": [thread.name for thread in threading.enumerate()],
        "warnings": repr(warnings.filters),
        "logging": [repr(logging.root.handlers), logging.root.level],
        "recursion": sys.getrecursionlimit(),
        "hooks": [repr(sys.excepthook), repr(threading.excepthook)],
        "switching": sys.getswitchinterval(),
        "modules": sorted(name for name in sys.modules if name.partition(".")[0] in ("book", "weasyprint", "pikepdf")),
    }


if __name__ == "__main__":
    before = state()
    import book
    from book import BookError, build_book, check_book, chronological_index, read_manuscript
    alone = sorted(name for name in sys.modules if name.startswith("book."))
    jobs = json.loads(sys.argv[2])
    report = build_book(sys.argv[1], jobs=jobs)
    manuscript = read_manuscript(sys.argv[1])
    index = chronological_index(manuscript)
    print(json.dumps({
        "before": before,
        "alone": alone,
        "after": state(),
        "used": used,
        "written": [[file.path.name, file.size, file.pages] for file in report.written],
        "problems": [str(problem) for problem in (*report.problems, *check_book(sys.argv[1]))],
        "title": manuscript.settings.title,
        "cited": sum(len(group.entries) for group in index.groups),
    }))
"""


def run(root: Path, jobs: int | None) -> Mapping[str, Any]:
    """What the program says about a build with so many jobs."""
    script = root.parent / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(script), str(root), json.dumps(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root.parent)
    assert done.stderr == ""
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("jobs", [None, 1, 2])
def test_a_build_leaves_the_calling_process_as_it_was(project: Path, jobs: int | None) -> None:
    said = run(project, jobs)
    before, after = said["before"], said["after"]
    loaded = set(after.pop("modules")) - set(before.pop("modules"))
    assert after == before
    others = {(event, what) for event, what in said["used"] if event != "ctypes.dlsym"}
    starting = {("os.putenv", "PYTHONSAFEPATH"), ("os.unsetenv", "PYTHONSAFEPATH")}  # while a process is being started
    assert others <= starting
    assert not {"mallopt", "setlocale", "setenv", "putenv"} & {what for _, what in said["used"]}
    assert not {name for name in loaded if name.partition(".")[0] == "weasyprint"}, "the engine is loaded elsewhere"
    assert "index.json" in [name for name, *_ in said["written"]]
    assert said["problems"] == []
    assert (said["title"], said["cited"]) == ("A Small Book", 1)


def test_a_machine_without_fonts_is_no_cause_for_a_warning(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = project.parent / "fonts.conf"
    empty.write_text('<?xml version="1.0"?>\n<fontconfig></fontconfig>\n', encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    assert run(project, 1)["problems"] == []  # and nothing on stderr


def test_importing_it_loads_nothing_else(project: Path) -> None:
    assert run(project, 1)["alone"] == ["book.problem"], "BookError was asked for, and nothing else"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="build_boko"):
        book.build_boko  # noqa: B018
    assert set(book.__all__) == set(dir(book))
    assert all(getattr(book, name) is not None for name in book.__all__)


def test_a_book_with_errors_raises_them(project: Path, sample: Path) -> None:
    (project / "chapters" / "01-first.md").write_text("---\ntitle: First\n---\n\nA [@nowhere].\n", encoding="utf-8")
    (problem,) = (one for one in book.check_book(project) if one.severity is book.Severity.ERROR)
    assert problem.code == "unknown-source"
    for function in (book.read_manuscript, book.build_book):
        with pytest.raises(book.BookError) as caught:
            function(str(project))
        assert problem in caught.value.problems
    with pytest.raises(book.UsageError, match="prnt"):
        book.build_book(sample, ["prnt"])


def test_every_function_is_documented_with_its_arguments() -> None:
    for name in book.__all__:
        value = getattr(book, name)
        assert name == "__version__" or value.__doc__, name
        if inspect.isfunction(value):
            told = inspect.getdoc(value) or ""
            assert re.search(r"\nArgs:\n(.|\n)*\nReturns:\n", told), name
            assert all(f"    {parameter}: " in told for parameter in inspect.signature(value).parameters), name


def test_the_readme_shows_it(sample: Path) -> None:
    readme = (sample / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## From Python\n")[2].partition("\n## ")[0]
    (program,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    compile(program, "README.md", "exec")
    imported = re.findall(r"from book import (.+)", program)
    assert imported
    assert set(re.split(r", *", ", ".join(imported))) <= set(book.__all__)
