"""Which tests reach a line of a module, by the data of `make coverage`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

from coverage import CoverageData

MOST = 150
"""So many tests are named at most."""


def reaching_tests(data: Path, root: Path) -> Callable[[str, int], tuple[str, ...]]:
    """A function that names the tests that reach the function around a line.

    Args:
        data: Data of coverage, measured with `--cov-context=test` in a checkout of the same version.
        root: The checkout, whose files are read.

    Returns:
        A function of a file's path in the checkout and a line. It gives the names of tests, those first that reach the
        line itself, and of these those that reach the fewest lines of the package, which are the quickest; none, if
        the line is outside functions, or if only processes that tests start reach it.
    """
    measured = CoverageData(str(data))
    measured.read()
    files = {"book" + file.partition("/book")[2]: file for file in measured.measured_files()}
    lengths = _lengths(measured)
    spans: dict[str, list[tuple[int, int]]] = {}

    def tests(path: str, line: int) -> tuple[str, ...]:
        if path not in files:
            return ()
        if path not in spans:
            tree = ast.parse((root / path).read_bytes())
            nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            spans[path] = [(node.body[0].lineno, node.end_lineno or node.lineno) for node in nodes]
        around = [span for span in spans[path] if span[0] <= line <= span[1]]
        if not around:
            return ()
        first, last = min(around, key=lambda span: span[1] - span[0])
        contexts = measured.contexts_by_lineno(files[path])
        ranks: dict[str, tuple[bool, int]] = {}
        for number in range(first, last + 1):
            for one in filter(None, contexts.get(number, ())):
                name, rank = one.rpartition("|")[0], (number != line, lengths[one])
                ranks[name] = min(ranks.get(name, rank), rank)
        return tuple(sorted(ranks, key=lambda name: (*ranks[name], name))[:MOST])

    return tests


def _lengths(measured: CoverageData) -> dict[str, int]:
    """How many lines of the package each context reaches."""
    found: dict[str, int] = {}
    for file in measured.measured_files():
        for contexts in measured.contexts_by_lineno(file).values():
            for one in contexts:
                found[one] = found.get(one, 0) + 1
    return found
