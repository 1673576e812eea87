"""Mutants: modules with one small change each, which the tests of their room should notice.

`python -m tests.soak.mutants --seed 1 --count 300` draws from all possible changes of the modules in `ROOMS`, runs the
tests of the room against each, and lists those that no test noticed. Every mutant is tried in a process of its own,
forked from one that has loaded pytest and the big libraries, so that it costs little more than the tests themselves.
With the data of `make coverage` (`--coverage .coverage`), only the tests that reach the changed function are run, the
shortest first. With `--noticed FILE`, a run that was interrupted, or repeated after new tests, tries only what is left.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import os
import random
import select
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType

import click
import pytest

from tests.soak.changes import Changes
from tests.soak.reaching import reaching_tests
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
"""After so many seconds without the end of a test, a mutant counts as noticed: it hangs."""

LOADED = (
    "babel.dates", "hypothesis", "jinja2", "lxml.etree", "lxml.html", "markdown", "markdown_it", "msgspec",
    "pikepdf", "PIL.Image", "pytest", "tinycss2", "yaml",
)  # fmt: skip
"""What is loaded once for all mutants."""


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
    """Those tests that are known to reach the function that is changed, the shortest first."""

    @property
    def name(self) -> str:
        """What tells it from all others, those of other versions of the module too."""
        digest = hashlib.sha256((ROOT / self.path).read_bytes()).hexdigest()[:12]
        return f"{self.path} {digest} {self.number} {self.line} {self.change}"


def mutants() -> Iterator[Mutant]:
    """All mutants of the modules."""
    for room, tests in ROOMS.items():
        files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).glob("*.py"))
        for file in files:
            changes = Changes()
            changes.visit(ast.parse(file.read_bytes()))
            for number, (line, change) in enumerate(changes.found):
                yield Mutant(file.relative_to(ROOT).as_posix(), number, line, change, tests)


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
                Changes(mutant.number).visit(tree)
                return compile(ast.fix_missing_locations(tree), self.get_filename(fullname), "exec")

        from importlib.util import spec_from_file_location

        inside = [str(Path(self._file).parent)] if self._file.endswith("__init__.py") else None
        return spec_from_file_location(
            name, self._file, loader=Loader(name, self._file), submodule_search_locations=inside
        )


def is_noticed(mutant: Mutant) -> bool:
    """Whether a test fails, or hangs, with the mutant.

    If the tests that reach the function are known, no other can notice it: they are all that is run.
    """
    if not mutant.reaching:
        return _run(mutant, mutant.tests)[0] != 0
    code, said = _run(mutant, mutant.reaching, swapped=True)
    if code == pytest.ExitCode.USAGE_ERROR:
        raise click.ClickException(f"the data of coverage are of another version of the tests\n{said}")
    return code != 0


def _run(mutant: Mutant, tests: Sequence[str], *, swapped: bool = False) -> tuple[int, str]:
    """Run some tests with the mutant; `swapped` changes what is loaded already.

    Returns:
        The exit code of pytest, negative if the tests hang; and the last of what it said.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _try(mutant, tests, writing, swapped=swapped)
    os.close(writing)
    ended = os.pidfd_open(child)
    said = b""
    while ended not in (ready := select.select([reading, ended], [], [], SECONDS)[0]):
        if not ready or not (more := os.read(reading, 4096)):  # no test has ended for so long; or it says no more
            os.killpg(child, signal.SIGKILL)
            break
        said = (said + more)[-4096:]
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(reading)
    os.close(ended)
    return code, said.decode(errors="replace")


def _try(mutant: Mutant, tests: Sequence[str], output: int, *, swapped: bool) -> None:
    """In a process of its own: run the tests with the mutant; the exit code is 0 if all pass.

    Args:
        mutant: What is changed.
        tests: Files and names of tests.
        output: The file descriptor that what pytest says is written to.
        swapped: Change functions that are loaded, instead of importing everything again.
    """
    os.setpgid(0, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
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
    Changes(mutant.number).visit(tree)
    return compile(source, file, "exec"), compile(ast.fix_missing_locations(tree), file, "exec")


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="What chance begins with.")
@click.option("--count", type=int, default=300, show_default=True, help="How many are tried.")
@click.option("--only", multiple=True, help="Of these only those in modules whose path contains this.")
@click.option(
    "--coverage", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Data of `make coverage`."
)
@click.option(
    "--noticed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A list of those that were noticed: it is added to, and what it names is not tried again.",
)
def main(seed: int, count: int, only: Sequence[str], coverage: Path | None, noticed: Path | None) -> None:
    """Try a sample of all mutants; list those that no test notices.

    Those whose tests are known are tried first, because they are quick.
    """
    os.chdir(ROOT)
    everything = list(mutants())
    chosen = random.Random(seed).sample(everything, min(count, len(everything)))
    chosen = [one for one in chosen if not only or any(part in one.path for part in only)]
    known = set(noticed.read_text().splitlines()) if noticed is not None and noticed.exists() else set()
    to_try = [one for one in chosen if one.name not in known]
    click.echo(f"{len(chosen)} of {len(everything)}, seed {seed}; {len(chosen) - len(to_try)} were noticed before")
    for name in LOADED:
        importlib.import_module(name)
    load_all()
    if coverage is not None:
        tests_of = reaching_tests(coverage, ROOT)
        to_try = [replace(one, reaching=tests_of(one.path, one.line)) for one in to_try]
        to_try.sort(key=lambda one: not one.reaching)
    reached = tuple(dict.fromkeys(test for one in to_try for test in one.reaching))
    rooms = {one.tests: None for one in to_try if not one.reaching}
    for tests in filter(None, (reached, *rooms) if not known else ()):  # a run that goes on has seen them pass
        code, said = _run(Mutant("", -1, 0, "", tests), tests)
        if code != 0:
            raise click.ClickException(f"tests fail without any change\n{said}")
    left = 0
    for number, one in enumerate(to_try, 1):
        if not is_noticed(one):
            left += 1
            click.echo(f"{one.path}:{one.line}: {one.change}")
        elif noticed is not None:
            with noticed.open("a") as file:
                file.write(f"{one.name}\n")
        if number % 20 == 0:
            click.echo(f"{number} of {len(to_try)}: {number - left} noticed")
    click.echo(f"{len(chosen) - left} of {len(chosen)} noticed ({100 * (len(chosen) - left) / len(chosen):.1f} %)")


if __name__ == "__main__":
    main()
