from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.cli.commands import main
from tests.conftest import MINIMAL

SETTINGS = '[book]\ntitle = "{}"\n[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Three books, of which the second cites a source that it has not; and a folder that is no book."""
    for name in ("alpha", "beta", "gamma"):
        files = {**MINIMAL, "book.toml": SETTINGS.format(name.title())}
        if name == "beta":
            files["sources.yaml"] = "[]"
        for path, content in files.items():
            (tmp_path / "catalogue" / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "catalogue" / name / path).write_text(content)
    (tmp_path / "catalogue" / "notes").mkdir()
    return tmp_path / "catalogue"


def build(*words: object) -> Result:
    return CliRunner().invoke(main, ["build", *map(str, words)])


def test_a_book_that_cannot_be_built_does_not_stop_the_others(catalogue: Path) -> None:
    result = build("--project", catalogue / "*", "--jobs", "2")
    assert result.exit_code == 1
    assert (catalogue / "alpha" / "build" / "sheet" / "first.pdf").is_file()
    assert not (catalogue / "beta" / "build" / "sheet").exists()
    assert (catalogue / "gamma" / "build" / "sheet" / "first.pdf").is_file()
    report = [line for line in result.stdout.splitlines() if not line.startswith(str(catalogue)[:9])]
    assert [line for line in report if line.endswith(":")] == ["alpha:", "gamma:"]
    assert report[-1].startswith("2 of 3 books built in ")
    assert result.stderr.startswith(f"beta:\n{catalogue}/beta/sources.yaml: error[missing-sources]")
    assert result.stderr.endswith("2 errors\nnot built\n")


def test_books_that_can_all_be_built_are_a_success(catalogue: Path) -> None:
    words = ["--project", catalogue / "alpha", "--project", catalogue / "gamma"]
    first = build(*words, "--jobs", "1")
    assert (first.exit_code, first.stderr) == (0, "")
    assert "2 of 2 books built" in first.stdout


def test_every_book_gets_a_folder_of_its_own_in_the_output_folder(catalogue: Path, tmp_path: Path) -> None:
    build("--project", catalogue / "[ag]*", "--jobs", "1", "--output", tmp_path / "out", "--quiet")
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf")}
    assert written == {f"{book}/sheet/{name}.pdf" for book in ("alpha", "gamma") for name in ("first", "all")}
    assert not (catalogue / "alpha" / "build").exists()


def test_a_catalogue_and_a_single_build_give_the_same_bytes(catalogue: Path, tmp_path: Path) -> None:
    build("--project", catalogue / "*", "--jobs", "2", "--quiet")
    build("--project", catalogue / "gamma", "--jobs", "1", "--quiet", "--output", tmp_path / "one")
    one, many = (folder / "sheet" / "first.pdf" for folder in (tmp_path / "one", catalogue / "gamma" / "build"))
    assert one.read_bytes() == many.read_bytes()


def test_an_unknown_edition_is_a_failure_of_the_books_that_lack_it(catalogue: Path) -> None:
    settings = SETTINGS.format("Gamma") + '[editions.other]\noutput = "pdf"\nsplit = "chapter"\n'
    (catalogue / "gamma" / "book.toml").write_text(settings)
    result = build("other", "--project", catalogue / "[ag]*", "--jobs", "1")
    assert result.exit_code == 1
    assert 'alpha:\nerror: no edition "other"' in result.stderr
    assert (catalogue / "gamma" / "build" / "other" / "first.pdf").is_file()


def test_a_pattern_without_a_project_is_wrong_usage(catalogue: Path) -> None:
    result = build("--project", catalogue / "n*")
    assert result.exit_code == 2
    assert "no project at" in result.stderr


def test_two_books_of_one_name_cannot_share_an_output_folder(catalogue: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin" / "alpha"
    twin.mkdir(parents=True)
    (twin / "book.toml").write_text(SETTINGS.format("Twin"))
    result = build("--project", catalogue / "alpha", "--project", twin, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert '"alpha"' in result.stderr
