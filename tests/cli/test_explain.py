from __future__ import annotations

import pytest
from click.testing import CliRunner

from book.cli.commands import main
from book.problems.explain import codes


@pytest.mark.parametrize("code", codes())
def test_every_code_is_explained_with_an_example_and_how_to_mend_it(code: str) -> None:
    result = CliRunner().invoke(main, ["explain", code])
    assert result.exit_code == 0
    title, cause, *rest = result.stdout.split("\n\n")
    assert title == code
    assert cause
    assert rest[0].startswith("    ")
    assert rest[1]


def test_all_codes_are_listed_each_with_its_sentence_on_a_line() -> None:
    lines = CliRunner().invoke(main, ["explain"]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(codes())
    assert all(len(line.split()) > 4 for line in lines)


def test_what_only_a_build_finds_is_said() -> None:
    assert "Only a build finds it" in CliRunner().invoke(main, ["explain", "lost-text"]).stdout
    assert "Only a build finds it" not in CliRunner().invoke(main, ["explain", "unknown-key"]).stdout


@pytest.mark.parametrize(("code", "hint"), [("unknown-sorce", 'did you mean "unknown-source"?'), ("x", "lists all")])
def test_an_unknown_code_is_wrong_usage(code: str, hint: str) -> None:
    result = CliRunner().invoke(main, ["explain", code])
    assert result.exit_code == 2
    assert hint in result.stderr


def test_a_code_may_be_pasted_with_its_brackets() -> None:
    assert CliRunner().invoke(main, ["explain", "[unknown-key]"]).exit_code == 0
