"""Output formats of problems for programs: JSON, SARIF 2.1.0 (OASIS), and GitHub Actions workflow commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from book import __version__
from book.problem import Problem, Severity
from book.problems.explain import explanation
from book.problems.printable import printable

Name = Callable[[str], str]
"""The path of a file of the project → its path as it is printed, relative to where the command was run."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""GitHub's workflow command for each severity."""


def as_json(problems: Sequence[Problem], name: Name) -> str:
    """A JSON object with the list `problems`; unknown values are null."""
    records = [
        {
            "code": problem.code,
            "severity": str(problem.severity),
            "message": problem.message,
            "hint": problem.hint,
            "path": name(problem.at.path),
            "line": problem.at.line,
            "column": problem.at.column,
        }
        for problem in problems
    ]
    return json.dumps({"version": __version__, "problems": records}, indent=2)


def as_sarif(problems: Sequence[Problem], name: Name) -> str:
    """One run of a SARIF log; columns count characters, paths are relative to where the command was run."""
    codes = sorted({problem.code for problem in problems})
    rules = [_rule(code) for code in codes]
    driver = {"name": "florilegium", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), name) for problem in problems],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2)


def _rule(code: str) -> dict[str, Any]:
    """A code as a rule of a SARIF run."""
    found = explanation(code)
    cause = " ".join(found.cause.split())
    help_text = f"{found.example}\n\n{found.mend}"
    return {"id": code, "fullDescription": {"text": cause}, "help": {"text": help_text, "markdown": help_text}}


def _result(problem: Problem, rule: int, name: Name) -> dict[str, Any]:
    """A problem as a result of a SARIF run."""
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(name(problem.at.path))}}
    if problem.at.line:
        location["region"] = {"startLine": problem.at.line}
        if problem.at.column:
            location["region"]["startColumn"] = problem.at.column
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": str(problem.severity),
        "message": {"text": _told(problem)},
        "locations": [{"physicalLocation": location}],
    }


def as_github(problems: Sequence[Problem], name: Name) -> str:
    """One workflow command for each problem, which GitHub shows beside the line of the file."""
    return "\n".join(_command(problem, name) for problem in problems)


def _command(problem: Problem, name: Name) -> str:
    """`::error file=…,line=…,col=…,title=…::…`."""
    places = {"file": name(problem.at.path), "line": problem.at.line, "col": problem.at.column, "title": problem.code}
    given = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value is not None)
    return f"::{_COMMANDS[problem.severity]} {given}::{_data(_told(problem))}"


def _told(problem: Problem) -> str:
    """The message, with the hint on a second line."""
    return f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message


def _data(text: str) -> str:
    """Text escaped for a workflow command, as GitHub's toolkit does."""
    lines = (printable(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines)


def _property(text: str) -> str:
    """A property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Problem], Name], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
"""The function that writes problems, by the name of the format."""
