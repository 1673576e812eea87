from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from book.cli.commands import main

if TYPE_CHECKING:
    from tests.conftest import MakeBook

BROKEN = "---\ntitle: Second\n---\n\nOne [@nobody].\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def broken(make_book: MakeBook) -> Path:
    return make_book({"chapters/02-second.md": BROKEN})


def test_the_project_is_found_from_a_folder_below_it(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken / "chapters")
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr.startswith("02-second.md:5:6: error[unknown-source]")


def test_files_above_and_beside_are_named_from_where_the_command_was_run(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book({"book.toml": '[book]\ntitle = "T"\nlanguag = "en"\n'})
    monkeypatch.chdir(root / "chapters")
    assert run("check").stderr.startswith("../book.toml:3:1: ")
    monkeypatch.chdir(root.parent)
    assert run("check", "-p", "project").stderr.startswith("project/book.toml:3:1: ")
    monkeypatch.chdir("/")
    assert run("check", "-p", root).stderr.startswith(f"{root}/book.toml:3:1: "[1:])


@pytest.mark.parametrize("words", [["check", "project"], ["check", "project/chapters"], ["check", "-p", "project"]])
def test_a_folder_can_be_named_without_an_option(
    broken: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(broken.parent)
    assert run(*words).stderr.startswith("project/chapters/02-second.md:5:6: ")


def test_a_check_of_one_chapter_tells_of_that_chapter_alone(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken)
    first = run("check", "chapters/01-first.md")
    assert (first.exit_code, first.stdout) == (0, "no problems\n")
    assert run("check", "chapters/02-second.md").exit_code == 1
    assert run("check", "chapters/03-third.md").exit_code == 2


def test_a_file_of_another_project_is_wrong_usage(broken: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("# One\n")
    result = run("check", broken / "chapters" / "01-first.md", tmp_path / "elsewhere.md")
    assert result.exit_code == 2
    assert "does not lie in the project" in result.stderr


def test_a_build_takes_editions_and_a_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    result = run("build", "ebook", "project")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("project/build/ebook.epub ")
    assert not (project / "build" / "print.pdf").exists()


def test_a_build_from_a_folder_below_writes_to_the_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "chapters")
    assert run("build", "ebook", ".").stdout.startswith("../build/ebook.epub ")
    assert (project / "build" / "ebook.epub").exists()
    assert not (project / "chapters" / "build").exists()


def test_help_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "Usage: main [OPTIONS] COMMAND" in run("help").stdout
    shown = run("help", "check").stdout
    assert shown.startswith("Usage: main check [OPTIONS] [PATH]...")
    assert "Only a build finds" in " ".join(shown.split())
    unknown = run("help", "chekc")
    assert unknown.exit_code == 2
    assert 'did you mean "check"?' in unknown.stderr


def test_help_names_every_command() -> None:
    listed = run("help").stdout
    assert all(f"\n  {name} " in listed for name in main.commands)


# --- what reaches the terminal -------------------------------------------------------------------

ESCAPES = "\\u001b]0;owned\\u0007"


@pytest.fixture
def hostile(make_book: MakeBook) -> Path:
    """A source whose title and id, and a chapter whose name, hold what terminals obey."""
    sources = (
        '- {id: talk-2013, type: speech, title: "T\\e[31mred\\u202Etxt", issued: 2013}\n'
        '- {id: "x\\e[2J", type: "sp\\e]0;t\\aeech", title: A, issued: 2014}\n'
    )
    return make_book({"sources.yaml": sources, "chapters/02-\x1b[31m.md": BROKEN})


def test_control_characters_of_files_are_shown_and_not_obeyed(hostile: Path) -> None:
    for words in (["check"], ["sources"], ["build", "ebook"], ["check", "--format", "github"]):
        result = run(*words, "--project", hostile)
        told = result.stdout + result.stderr
        assert [character for character in told if character < " " and character != "\n"] == []
        assert "\u202e" not in told
    told = run("check", "-v", "--project", hostile).stderr
    assert "U+001B" in told


def test_a_name_of_a_file_that_holds_an_escape_is_shown_with_it(make_book: MakeBook) -> None:
    told = run("check", "--project", make_book({"chapters/02-\x1b[31m.md": BROKEN})).stderr
    assert "02-\\x1b[31m.md:5:6: error[unknown-source]" in told


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--project", "x\x1b]0;a\x07"],
        ["explain", "x\x9b31m"],
        ["build", "\u202ex"],
        ["\x1b[31m"],
        ["new", "a\x1b"],
    ],
)
def test_control_characters_of_names_that_are_given_are_shown(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "a\x1b").write_text("in the way")
    done = subprocess.run(
        [Path(sys.executable).with_name("book"), *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    assert done.returncode in (1, 2)
    assert not set(told) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_control_characters_in_data_are_escaped_as_json_escapes_them(hostile: Path, form: str) -> None:
    told = run("check", "--format", form, "--project", hostile).stdout
    assert told.isprintable() or set(told) - set(map(chr, range(32, 127))) == {"\n"}
    assert "U+001B" in json.dumps(json.loads(told))


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_left_out_where_the_environment_says_so(
    broken: Path, variables: dict[str, str], coloured: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")} | variables
    command = [sys.executable, "-m", "book", "check", "--project", str(broken)]
    with subprocess.Popen(command, stderr=theirs, env=environment) as process:
        os.close(theirs)
        told = b""
        try:
            while part := os.read(ours, 65536):
                told += part
        except OSError:
            pass  # Linux says so when the other side has closed
    os.close(ours)
    assert process.returncode == 1
    assert (b"\x1b[" in told) is coloured
    assert b"unknown-source" in told


# --- completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_editions_and_chapters_complete_in_the_shell(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    root = make_book({"book.toml": '[book]\ntitle = "T"\n[editions.large]\noutput = "pdf"\n'})
    monkeypatch.chdir(root)
    assert "large" in completed("book build la", shell)
    assert "chapters/01-first.md" in completed("book check chap", shell)
    (root / "chapters" / "02-other.md").write_text("---\ntitle: Other\nslug: second\n---\n\nText.\n")
    assert "first" in completed("book build handout --only fi", shell)
    assert "second" in completed("book build handout --only se", shell)
    (root / "chapters" / "03-lost.md").symlink_to(root / "nowhere.md")
    assert "first,second" in completed("book build handout --only first,s", shell)


def completed(line: str, shell: str) -> str:
    """What the program offers a shell behind a line."""
    words = line.split()
    environment = {
        **os.environ,
        "_BOOK_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1) if shell != "fish" else words[-1],
    }
    program = "from book.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    return done.stdout


@pytest.mark.parametrize("name", ["my-boook", "bare"])
def test_a_build_of_a_folder_that_is_no_project_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "bare").mkdir()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build", name])
    assert result.exit_code == 2
    assert f'"{name}" is no folder with a book.toml' in result.stderr
