"""Every kind of problem, in a small broken project of its own: `cases/problems/<code>/in` and `expected.txt`.

`expected.txt` is what `book check` (or, for a few codes, `book build`) says; `pytest tests/test_problems.py
--rewrite` writes it anew, to be reviewed.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import main
from book.problems.explain import ONLY_BUILT, codes, explanation

HERE = Path(__file__).parent
CASES = HERE / "cases" / "problems"
CODES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())

LISTED = {"ignored-key", "kept-numbers", "long-file", "modification-date", "no-caption", "no-citation"}
"""Codes of notes, which are listed on request."""

ELSEWHERE = {
    "missing-package": "composition/test_csl_style.py",  # a fault of the installation, not of the project
    "unknown-mend": "pages/engine/test_engine_speed.py",  # a fault of the environment, not of the project
    "engine-version": "pages/engine/test_tested.py",  # a fault of the installation, not of the project
    "defect": "problems/test_defects.py",  # a fault of the program, of which none is known
    "damaged-store": "store/test_store.py",  # a fault of the disk, not of the project
    "lost-text": "pages/engine/test_completeness.py",  # faults of the engine, of which each new version may have others
    "layout-engine": "pages/test_press.py",  # whatever else the engine says: no text is known to make it speak
    "changing-file": "store/test_one_state.py",  # needs files that change while a book is made
    "foreign-output": "store/test_owner.py",  # needs a second project
    "one-process": "cli/test_system_failures.py",  # needs a system without shared memory
    "no-transcript": "verify/test_verify.py",  # needs transcripts, as do the next two
    "repeated-quotation": "verify/test_verify.py",
    "unneeded-alteration": "verify/test_verify.py",
    "unchecked-stylesheets": "test_proof.py",  # needs a machine without the system libraries
    "unreadable-file": "project/test_text_file.py",  # needs a file that the system refuses, which git does not keep
    "unused-ignore": "problems/test_ignores.py",  # a note, which is listed on request only
    "wrong-locator": "verify/test_verify.py",  # needs a PDF
    "unset-formula": "checks/test_checks.py",  # needs a machine without the libraries that set formulas
    "unsettled-pages": "pages/test_paginate.py",  # needs sections that move their own targets in every pass
}
"""Codes that no small project shows, and the test module that shows them."""


@pytest.mark.parametrize("code", CODES)
def test_a_broken_project_is_reported_in_these_very_words(
    code: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(CASES / code / "in", tmp_path / "in", symlinks=True))  # no project is above it
    if code == "modification-date":
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
    words = ["build", "--quiet", "--jobs", "1", "--output", str(tmp_path / "out")] if code in ONLY_BUILT else ["check"]
    words += ["--verbose"] if code in LISTED else []
    result = CliRunner().invoke(main, [*words, "--project", "."])
    expected = CASES / code / "expected.txt"
    if request.config.getoption("rewrite"):
        expected.write_text(result.stderr, encoding="utf-8")
    assert f"[{code}]: " in result.stderr
    assert result.exit_code == (1 if ": error[" in result.stderr else 0)
    assert result.stderr == expected.read_text(encoding="utf-8")


def test_every_code_in_use_has_a_case(sample: Path) -> None:
    used = set(_codes(sample / "book"))
    assert len(used) > len(CODES) / 2, "the codes are not found in the sources"
    assert used - set(CODES) - set(ELSEWHERE) == set(), "codes without a case"
    assert (set(CODES) | set(ELSEWHERE)) - used == set(), "cases of codes that are not in use"


def test_every_code_in_use_is_explained_and_no_other(sample: Path) -> None:
    assert sorted(set(_codes(sample / "book"))) == list(codes()), "write book/problems/explanations/<code>.md"
    assert set(codes()) >= ONLY_BUILT


@pytest.mark.parametrize("code", codes())
def test_an_explanation_has_a_cause_an_example_and_a_mend(code: str) -> None:
    found = explanation(code)
    assert found.cause[0].isupper() or found.cause[0] in '`"'
    assert found.cause.endswith(".")
    assert len(found.example.split("\n")) > 2
    assert found.mend.rstrip("`").endswith((".", "`"))


@pytest.mark.parametrize(("code", "module"), ELSEWHERE.items())
def test_a_code_without_a_case_is_tested_where_the_list_says(code: str, module: str) -> None:
    assert f'"{code}"' in (HERE / module).read_text(encoding="utf-8")


def _codes(package: Path) -> Iterator[str]:
    """The first argument of each call of `error`, `warning` and `Fault` in a package's sources."""
    paths = sorted(package.rglob("*.py"))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    whole = ast.Module([node for tree in trees for node in tree.body], [])
    for path, tree in zip(paths, trees, strict=True):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for call in _calls(node, {"error", "warning", "note", "Fault"}):
                    inside = tree if node.name.startswith("_") else whole
                    yield from _values(call.args[0], node, inside, f"{path}:{call.lineno}")


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """The calls of functions by their bare names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _values(argument: ast.expr, function: ast.FunctionDef, tree: ast.AST, place: str) -> Iterator[str]:
    """What an argument can be: a literal, or the literals passed for a parameter of the function around it."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
        return
    parameters = [one.arg for one in function.args.args]
    assert isinstance(argument, ast.Name), f"{place}: the code is neither a literal nor a parameter"
    assert argument.id in parameters, f"{place}: the code is neither a literal nor a parameter"
    for call in _calls(tree, {function.name}):
        passed = call.args[parameters.index(argument.id)]
        assert isinstance(passed, ast.Constant), f"{place}: the code passed in line {call.lineno} is not a literal"
        yield str(passed.value)
