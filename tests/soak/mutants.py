"""Mutants: modules with one small change each, which the tests of their room should notice.

`python -m tests.soak.mutants --seed 1 --count 300` draws from all possible changes of the modules in `ROOMS`, runs the
tests of the room against each, and lists those that no test noticed. Every mutant is tried in a process of its own,
forked from one that has loaded pytest and the big libraries, so that it costs little more than the tests themselves.
With the data of `make coverage` (`--coverage .coverage`), the tests that reach the changed function run first, and
those of the room only if none notices.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType

import click

from tests.soak.swapping import exchange, forget_all, load_all

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS: dict[str, tuple[str, ...]] = {
    "book/dates": ("tests/dates", "tests/sources/test_sources.py"),
    "book/indexes": ("tests/indexes",),
    "book/composition/locators.py": ("tests/composition/test_locators.py", "tests/indexes"),
    "book/manuscript/resolve.py": ("tests/manuscript/test_resolve.py", "tests/manuscript"),
    "book/pages/paginate.py": ("tests/pages/test_paginate.py", "tests/pages/test_page_starts.py"),
    "book/pdf/bind.py": ("tests/pdf",),
}
"""The tests of each module, or of each folder of modules, the quick ones first."""
SECONDS = 300
"""After so many seconds, a mutant counts as noticed: it hangs."""

LOADED = (
    "babel.dates", "hypothesis", "jinja2", "lxml.etree", "lxml.html", "markdown", "markdown_it", "msgspec",
    "pikepdf", "PIL.Image", "pytest", "tinycss2", "yaml",
)  # fmt: skip
"""What is loaded once for all mutants."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_CALLED = {"sorted": "list", "min": "max", "max": "min", "any": "all", "all": "any", "reversed": "list"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change."""

    path: str
    """The module's file."""
    number: int
    """The number of the place in the module."""
    line: int
    """Its line."""
    change: str
    """What is changed, in words."""
    tests: tuple[str, ...]
    """The tests that should notice it."""
    reaching: tuple[str, ...] = ()
    """Those tests that are known to reach the function that is changed."""


class _Changes(ast.NodeVisitor):
    """Finds the places of a module that can be changed, and changes one of them."""

    def __init__(self, wanted: int = -1) -> None:
        self.found: list[tuple[int, str]] = []
        self._wanted = wanted

    def _at(self, node: ast.AST, change: str) -> bool:
        """Note down a place; whether it is the one to be changed."""
        self.found.append((getattr(node, "lineno", 0), change))
        return len(self.found) - 1 == self._wanted

    def visit_Compare(self, node: ast.Compare) -> None:
        for place, operator in enumerate(node.ops):
            other = _COMPARED[type(operator)]
            if self._at(node, f"{type(operator).__name__} → {other.__name__}"):
                node.ops[place] = other()
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other: type[ast.boolop] = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._at(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        other = _OPERATORS.get(type(node.op))
        if other is not None and self._at(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not) and self._at(node, "without not"):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            node.value ^= self._at(node, f"{node.value} → {not node.value}")
        elif isinstance(node.value, int) and self._at(node, f"{node.value} → {node.value + 1}"):
            node.value += 1

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "lru_cache":
            return  # how much is cached changes no result
        other = _CALLED.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if other is not None and isinstance(node.func, ast.Name) and self._at(node, f"{node.func.id} → {other}"):
            node.func.id = other
            node.keywords = [one for one in node.keywords if other in ("min", "max")]
        if any(one.arg == "key" for one in node.keywords) and self._at(node, "without key="):
            node.keywords = [one for one in node.keywords if one.arg != "key"]
        if not (isinstance(node.func, ast.Attribute) and node.func.attr in ("debug", "compile")):
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not _is_none(node.value) and self._at(node, "return None"):
            node.value = ast.Constant(None)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        if self._at(node, "the other branch"):
            node.body, node.orelse = node.orelse, node.body
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Words of messages are left alone."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """Annotations are left alone."""


def _is_none(node: ast.expr) -> bool:
    """Whether an expression is None."""
    return isinstance(node, ast.Constant) and node.value is None


def mutants() -> Iterator[Mutant]:
    """All mutants of the modules."""
    for room, tests in ROOMS.items():
        files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).glob("*.py"))
        for file in files:
            changes = _Changes()
            changes.visit(ast.parse(file.read_bytes()))
            for number, (line, change) in enumerate(changes.found):
                yield Mutant(file.relative_to(ROOT).as_posix(), number, line, change, tests)


MOST_REACHING = 60
"""Tests that run first."""


def reaching(data: Path) -> Callable[[Mutant], tuple[str, ...]]:
    """A function that names the tests that reach the function of a mutant, by the data of coverage with contexts."""
    from coverage import CoverageData

    measured = CoverageData(str(data))
    measured.read()
    files = {file.partition("/book/")[2]: file for file in measured.measured_files()}
    spans: dict[str, list[tuple[int, int]]] = {}

    def tests(mutant: Mutant) -> tuple[str, ...]:
        name = mutant.path.removeprefix("book/")
        if name not in files:
            return ()
        if name not in spans:
            tree = ast.parse((ROOT / mutant.path).read_bytes())
            nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            spans[name] = [(node.body[0].lineno, node.end_lineno or node.lineno) for node in nodes]
        around = [span for span in spans[name] if span[0] <= mutant.line <= span[1]]
        if not around:
            return ()
        first, last = min(around, key=lambda span: span[1] - span[0])
        contexts = measured.contexts_by_lineno(files[name])
        found = {
            one.partition("|")[0].partition("[")[0] for line in range(first, last + 1) for one in contexts.get(line, ())
        }
        rooms = [test.removesuffix(".py") for test in mutant.tests]
        ours = sorted(
            (one for one in found if any(one.startswith(room) for room in rooms)), key=lambda one: ("build" in one, one)
        )
        return tuple(ours[:MOST_REACHING])

    return tests


class _Finder(importlib.abc.MetaPathFinder):
    """Gives one module in its changed form."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        name = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._name, self._file = name, str(ROOT / mutant.path)

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        """The module's spec, if it is the one."""
        if name != self._name:
            return None
        mutant = self._mutant

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                tree = ast.parse(Path(self.get_filename(fullname)).read_bytes())
                _Changes(mutant.number).visit(tree)
                return compile(ast.fix_missing_locations(tree), self.get_filename(fullname), "exec")

        from importlib.util import spec_from_file_location

        inside = [str(Path(self._file).parent)] if self._file.endswith("__init__.py") else None
        return spec_from_file_location(
            name, self._file, loader=Loader(name, self._file), submodule_search_locations=inside
        )


def is_noticed(mutant: Mutant) -> bool:
    """Whether a test fails, or hangs, with the mutant."""
    return bool(mutant.reaching and _fails(mutant, mutant.reaching, swapped=True)) or _fails(mutant, mutant.tests)


def _fails(mutant: Mutant, tests: Sequence[str], *, swapped: bool = False) -> bool:
    """Whether one of some tests fails, or hangs, with the mutant; `swapped` changes what is loaded already."""
    child = os.fork()
    if child == 0:
        _try(mutant, tests, swapped=swapped)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(SECONDS)
    try:
        return os.waitpid(child, 0)[1] != 0
    finally:
        signal.alarm(0)


def _try(mutant: Mutant, tests: Sequence[str], *, swapped: bool) -> None:
    """In a process of its own: run the tests with the mutant; the exit code is 0 if all pass."""
    import pytest

    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    if not (swapped and exchange(*_codes(mutant))):
        forget_all()
        sys.meta_path.insert(0, _Finder(mutant))
    os._exit(int(pytest.main([*_OPTIONS, *tests])))


_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov",
            "-W", "ignore::pytest.PytestAssertRewriteWarning")  # fmt: skip


def _codes(mutant: Mutant) -> tuple[CodeType, CodeType]:
    """The code of a module, and that of its changed form."""
    source, file = (ROOT / mutant.path).read_bytes(), str(ROOT / mutant.path)
    tree = ast.parse(source)
    _Changes(mutant.number).visit(tree)
    return compile(source, file, "exec"), compile(ast.fix_missing_locations(tree), file, "exec")


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="What chance begins with.")
@click.option("--count", type=int, default=300, show_default=True, help="How many are tried.")
@click.option("--only", multiple=True, help="Only modules whose path contains this.")
@click.option(
    "--coverage", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Data of `make coverage`."
)
def main(seed: int, count: int, only: Sequence[str], coverage: Path | None) -> None:
    """Try a sample of all mutants; list those that no test notices."""
    for name in LOADED:
        importlib.import_module(name)
    os.chdir(ROOT)
    load_all()
    everything = [one for one in mutants() if not only or any(part in one.path for part in only)]
    chosen = random.Random(seed).sample(everything, min(count, len(everything)))
    if coverage is not None:
        tests_of = reaching(coverage)
        chosen = [replace(one, reaching=tests_of(one)) for one in chosen]
    click.echo(f"{len(chosen)} of {len(everything)}, seed {seed}")
    for tests in {one.tests: None for one in chosen}:
        if _fails(Mutant("", -1, 0, "", tests), tests):
            raise click.ClickException(f"these tests fail without any change: {' '.join(tests)}")
    left = 0
    for number, one in enumerate(chosen, 1):
        if not is_noticed(one):
            left += 1
            click.echo(f"{one.path}:{one.line}: {one.change}")
        if number % 20 == 0:
            click.echo(f"{number}: {number - left} noticed")
    click.echo(f"{len(chosen) - left} of {len(chosen)} noticed ({100 * (len(chosen) - left) / len(chosen):.0f} %)")


if __name__ == "__main__":
    main()
