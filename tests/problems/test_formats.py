from __future__ import annotations

import json

from book.problem import Span, error, note, warning
from book.problems.formats import as_github, as_json, as_sarif
from book.problems.order import ordered

PROBLEMS = (
    error("unknown-source", 'no source "100%"', Span("chapters/a b,c.md", 3, 7), "add it:\nin sources.yaml"),
    warning("uncited-source", "nothing cites it", Span("sources.yaml", 2)),
    note("no-transcript", "not used", Span("book.toml")),
)


def name(path: str) -> str:
    return f"my book/{path}"


def test_json_has_one_record_a_problem_with_null_for_what_is_not_known() -> None:
    records = json.loads(as_json(PROBLEMS, name))["problems"]
    assert records[0] == {
        "code": "unknown-source",
        "severity": "error",
        "message": 'no source "100%"',
        "hint": "add it:\nin sources.yaml",
        "path": "my book/chapters/a b,c.md",
        "line": 3,
        "column": 7,
    }
    assert [(one["severity"], one["line"], one["column"]) for one in records[1:]] == [
        ("warning", 2, None),
        ("note", None, None),
    ]


def test_no_problem_is_an_empty_list_of_each_form() -> None:
    assert json.loads(as_json((), name))["problems"] == []
    assert json.loads(as_sarif((), name))["runs"][0]["results"] == []
    assert as_github((), name) == ""


def test_sarif_has_a_rule_for_each_code_and_a_place_for_each_result() -> None:
    log = json.loads(as_sarif(PROBLEMS, name))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    assert all(rule["fullDescription"]["text"] and rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [problem.code for problem in PROBLEMS]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "my%20book/chapters/a%20b%2Cc.md"},
        "region": {"startLine": 3, "startColumn": 7},
    }
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]


def test_github_gets_one_escaped_line_a_problem() -> None:
    first, second, third = as_github(PROBLEMS, name).split("\n")
    assert first == (
        "::error file=my book/chapters/a b%2Cc.md,line=3,col=7,title=unknown-source"
        '::no source "100%25"%0Ahint: add it:%0Ain sources.yaml'
    )
    assert second.startswith("::warning file=my book/sources.yaml,line=2,title=")
    assert third.startswith("::notice file=my book/book.toml,title=")


def test_a_file_that_could_not_be_read_is_told_first_and_nothing_twice() -> None:
    cause = error("malformed-json", "expected a comma", Span("sources.json", 9, 1))
    follows = error("unknown-source", 'no source "a"', Span("chapters/01.md", 1, 1))
    assert ordered([follows, cause, follows]) == [cause, follows]
