"""Sorts problems: causes before their consequences, then by file and line."""

from __future__ import annotations

from collections.abc import Iterable

from book.problem import Problem, Severity

CAUSES = frozenset(
    {
        "malformed-csv", "malformed-json", "malformed-ris", "malformed-toml", "malformed-yaml", "missing-project",
        "missing-sources", "not-utf-8", "unreadable-file",
    }
)  # fmt: skip
"""Codes of files that could not be read at all, which cause other problems."""


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each once, in the order in which an editor should read them."""
    return sorted(dict.fromkeys(problems), key=_rank)


def _rank(problem: Problem) -> tuple[int, str, int, int, str]:
    """The sort key of a problem: what chapters refer to (settings, source lists) is told before the chapters."""
    at = problem.at
    if problem.code in CAUSES:
        cause = 0
    else:
        cause = 1 if problem.severity is Severity.ERROR and not at.path.endswith(".md") else 2
    return (cause, at.path, at.line or 0, at.column or 0, problem.code)
