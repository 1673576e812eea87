"""The order in which problems are told: causes before what follows from them, then the order of the files."""

from __future__ import annotations

from collections.abc import Iterable

from book.problem import Problem

CAUSES = frozenset(
    {
        "malformed-csv", "malformed-json", "malformed-ris", "malformed-toml", "malformed-yaml", "missing-project",
        "missing-sources", "not-utf-8", "unreadable-file",
    }
)  # fmt: skip
"""Codes of a file that could not be read at all: what it should have brought is missing everywhere else."""


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each once, in the order in which an editor should read them."""
    return sorted(dict.fromkeys(problems), key=_rank)


def _rank(problem: Problem) -> tuple[bool, str, int, int, str]:
    """Where a problem stands among others."""
    at = problem.at
    return (problem.code not in CAUSES, at.path, at.line or 0, at.column or 0, problem.code)
