"""What README says can be typed, read and found: its commands, its names of files, chapters and sources."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from book.check import check_book
from book.cli.commands import main
from book.model.manuscript import Manuscript

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted({
    line.replace("\\|", "|").removeprefix(".venv/bin/")
    for line in re.findall(r"`(book [a-z][^`]*)`|^(\.venv/bin/book .+)$", README, re.MULTILINE)
    for line in line
    if line
})  # fmt: skip
OTHERS = {"README.md", "article.txt", "speeches/harbour.pdf"}
"""Files of a reader, in examples that are about no file of the sample."""


@pytest.fixture(scope="module")
def manuscript(sample: Path) -> Manuscript:
    checked = check_book(sample)
    assert checked.value is not None
    return checked.value


def words_of(command: str) -> list[str]:
    """The words of a command, an example of each place holder instead of it: `[--jobs N]` → `--jobs 1`."""
    plain = re.sub(r"(\S+?)\|\S+", r"\1", command.replace("[", "").replace("]", "").replace("…", ""))
    return [
        {"N": "1", "PATH": ".", "DIR": ".", "FILE": "README.md", "article.txt": "README.md"}.get(one, one)
        for one in shlex.split(plain)
    ][1:]


def test_commands_are_found() -> None:
    assert len(COMMANDS) > 25
    assert {command.split()[1] for command in COMMANDS} >= set(main.commands) - {"help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_given_as_it_is_written(
    command: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample)
    name, *words = words_of(command)
    words = [one for one in words if not one.startswith("tcp:")] + (["tcp://x"] if "tcp://" in command else [])
    if "my-book" in words:
        words[words.index("my-book")] = "."
    one = main.get_command(click.Context(main), name)
    assert one is not None, "README has a command that is none"
    with click.Context(main, info_name="book"):
        one.make_context(name, words)


def test_every_chapter_heading_and_source_that_it_names_is_in_the_sample_book(
    manuscript: Manuscript, sample: Path
) -> None:
    slugs = {chapter.slug for chapter in manuscript.chapters}
    for chosen in re.findall(r"--only (\S+?)`", README):
        assert {one for one in chosen.split(",") if not one.isdigit()} <= slugs
    for name in re.findall(r"\b(\d\d-[a-z-]+)\.md", README):
        assert (sample / "chapters" / f"{name}.md").is_file(), name
    anchors = {target for chapter in manuscript.chapters for target in (f"{chapter.slug}#{one}" for one in chapter.ids)}
    for name, heading in re.findall(r"\(\d\d-([a-z-]+)\.md#([a-z-]+)\)", README):
        assert f"{name}#{heading}" in anchors
    cited = set(re.findall(r"@([a-z]+(?:-[a-z]+)*-\d{4})\b", README)) - {"herald-1908"}
    assert cited
    assert cited <= set(manuscript.sources)
    item = re.search(r"```yaml\n- id: (\S+)\n(.*?)```", README, re.DOTALL)
    assert item is not None
    own = manuscript.sources[item[1]]
    assert f"title: {own.title}\n" in item[2]
    assert "static-ordering: true" in item[2]


def test_files_that_it_names_are_there_or_made_or_a_readers_own(sample: Path) -> None:
    named = set(re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:md|txt|toml|css|yaml|pdf|json|csv))`", README))
    made = {
        "import-report.md",
        "index.json",
        "all.pdf",
        "concordance.csv",
        "quotation-numbers.csv",
        "division-note.html",
    }
    sheets = {path.name for path in (sample / "book" / "composition" / "designs" / "classic").iterdir()}
    left = {name for name in named - made - sheets - OTHERS if not name.startswith("build/")}
    assert {name for name in left if not (sample / name).exists()} == set()


def test_the_problem_that_it_shows_is_told_in_these_words(sample: Path, tmp_path: Path) -> None:
    for name in ("book.toml", "sources.yaml", "chapters", "styles", "transcripts"):
        copy = shutil.copytree if (sample / name).is_dir() else shutil.copy
        copy(sample / name, tmp_path / name)
    shown = re.search(r"```text\n(chapters/\S+?:\d+:\d+: error\[unknown-source\].*?)```", README, re.DOTALL)
    assert shown is not None
    path = tmp_path / shown[1].partition(":")[0]
    path.write_text(path.read_text(encoding="utf-8").replace("@forum-2015", "@forum-2051", 1), encoding="utf-8")
    told = "\n".join(map(str, check_book(tmp_path).problems))
    assert shown[1].strip() in told


@pytest.mark.parametrize("command", ["check", "verify", "sources", "numbers", "verify-build", "cite"])
@pytest.mark.parametrize("way", ["argument", "option", "inside", "chapters", "option for chapters", "from nowhere"])
def test_a_command_takes_the_project_in_every_way(
    command: str, way: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    if way == "inside":
        monkeypatch.chdir(project / "chapters")
    if way == "from nowhere":
        (project / "gone").mkdir()
        monkeypatch.chdir(project / "gone")
        (project / "gone").rmdir()
    words = {
        "argument": [project.name],
        "option": ["--project", project.name],
        "inside": [],
        "chapters": [f"{project.name}/chapters"],
        "option for chapters": ["--project", f"{project.name}/chapters"],
        "from nowhere": [str(project)],
    }
    named = words[way]
    if command == "cite":
        named = ["@talk-2013", *(["--project", *named] if len(named) == 1 else named)]
    done = CliRunner().invoke(main, [command, *named])
    if command == "verify-build":
        assert f"there is no manifest.json in {project / 'build'}:" in done.output
    else:
        assert done.exit_code == 0, done.output


def test_a_project_that_is_named_twice_is_refused(project: Path) -> None:
    done = CliRunner().invoke(main, ["verify", str(project), "--project", str(project.parent)])
    assert done.exit_code == 2
    assert "once" in done.output
