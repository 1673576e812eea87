from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from book import __version__
from book.cli.commands import main
from book.problem import Checked, Span, note

if TYPE_CHECKING:
    from tests.conftest import MakeBook


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The starter project, built once, and what the command said."""
    root = tmp_path_factory.mktemp("starter")
    assert run("new", root).exit_code == 0
    return root, run("build", "--project", root, "--verbose")


def test_the_version_is_printed() -> None:
    assert run("--version").output == f"florilegium {__version__}\n"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "book", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"florilegium {__version__}\n"


@pytest.mark.parametrize("words", [["bild"], ["build", "--jobs", "0"], ["check", "--project", "nowhere"], ["new"]])
def test_wrong_usage_exits_with_2(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_an_unknown_edition_is_wrong_usage_and_is_named(project: Path) -> None:
    result = run("build", "prnt", "--project", project)
    assert result.exit_code == 2
    assert "prnt" in result.stderr
    assert not list((project / "build").glob("*.pdf"))


def test_a_project_without_problems_is_said_to_have_none(project: Path) -> None:
    result = run("check", "--project", project)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems\n", "")


def test_problems_are_listed_in_the_order_of_the_files_and_counted(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book(
        {
            "chapters/02-second.md": "---\ntitle: Second\n---\n\nOne [@nobody].\n\n> Two.\n\nThree [@noone].\n",
            "chapters/03-third.md": "---\ntitle: Third\n---\n\nFour [@nil].\n",
        }
    )
    monkeypatch.chdir(root)
    result = run("check")
    assert result.exit_code == 1
    places = [line.split(": ")[0] for line in result.stderr.splitlines() if line.startswith("chapters")]
    assert [place.rsplit(":", 1)[0] for place in places] == [
        "chapters/02-second.md:5",
        "chapters/02-second.md:7",
        "chapters/02-second.md:9",
        "chapters/03-third.md:5",
    ]
    assert result.stderr.splitlines()[-1] == "3 errors, 1 warning"


def test_warnings_stop_nothing_unless_the_run_is_strict(make_book: MakeBook) -> None:
    root = make_book({"chapters/02-second.md": "---\ntitle: Second\n---\n\n> Words of nobody.\n"})
    assert run("check", "--project", root).exit_code == 0
    assert run("check", "--project", root, "--strict").exit_code == 1


def test_there_is_no_colour_where_nobody_looks(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "---\ntitle: First\n---\n\nOne [@nobody].\n"})
    command = [sys.executable, "-m", "book", "check", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "error[unknown-source]" in done.stderr
    assert "\x1b" not in done.stderr


def test_errors_stop_a_build_and_leave_the_last_one_as_it_was(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "---\ntitle: First\n---\n\nOne [@nobody].\n", "build/print.pdf": "last"})
    result = run("build", "--project", root)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("1 error")
    assert (root / "build/print.pdf").read_text() == "last"


def test_a_new_project_has_no_problem_and_not_even_a_warning(built: tuple[Path, Result]) -> None:
    result = run("check", "--strict", "--project", built[0])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_new_project_builds_and_the_table_names_what_was_written(built: tuple[Path, Result]) -> None:
    root, result = built
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    names = {str(Path(line.split()[0]).relative_to(root)) for line in lines[:-2]}
    assert re.fullmatch(r"handout: \d+ pages; sheets of paper: \d+ printed on both sides, \d+ on one, .+", lines[-2])
    assert names == {
        "build/print.pdf",
        "build/ebook.epub",
        "build/handout/equality.pdf",
        "build/handout/struggle.pdf",
        "build/handout/all.pdf",
        "build/handout.zip",
        "build/index.json",
        "build/concordance.csv",
        "build/manifest.json",
    }
    assert all((root / name).stat().st_size for name in names)
    assert any("print.pdf" in line and line.rstrip().endswith("pages") for line in lines)
    assert lines[-1].startswith("9 files in ")


def test_a_verbose_build_tells_its_steps(built: tuple[Path, Result]) -> None:
    assert any(line.startswith("print: ") for line in built[1].stderr.splitlines())


def test_a_quiet_build_prints_nothing(project: Path) -> None:
    result = run("build", "ebook", "--quiet", "--project", project)
    assert (result.exit_code, result.output) == (0, "")
    assert (project / "build/ebook.epub").stat().st_size


def test_a_build_goes_where_it_is_told_to(project: Path, tmp_path: Path) -> None:
    result = run("build", "ebook", "--project", project, "--output", tmp_path / "elsewhere")
    assert result.exit_code == 0
    assert (tmp_path / "elsewhere/ebook.epub").exists()
    assert not (project / "build").exists()


def test_new_overwrites_nothing_and_says_what_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("mine")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "sources.yaml" in result.stderr
    assert (tmp_path / "sources.yaml").read_text() == "mine"


def test_a_list_of_another_program_is_printed_as_csl_yaml(tmp_path: Path) -> None:
    path = tmp_path / "speeches.csv"
    path.write_text(
        'id,title,event-place,issued,author\nforum,Speech,Beijing,2015-10-16,"Xi, Jinping"\n', encoding="utf-8"
    )
    done = run("sources", "--from", path)
    assert done.exit_code == 0, done.output
    (item,) = yaml.safe_load(done.stdout)["references"]
    assert (item["id"], str(item["issued"]), item["author"]) == (
        "forum", "2015-10-16", [{"family": "Xi", "given": "Jinping"}]
    )  # fmt: skip
    assert run("sources", "--from", path, "--json").exit_code == 2


def test_dates_in_words_are_edtf_in_a_list_that_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "speeches.csv"
    rows = ("a,4 May 1901", "b,4/5/1901", "c,sometime", 'd,"From November 27 to 28, 2015"', "e,am 16. Oktober 2015")
    path.write_text("key,date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = run("sources", "--from", path)
    issued = {one["id"]: one["issued"] for one in yaml.safe_load(done.stdout)["references"]}
    assert issued == {
        "a": "1901-05-04",
        "b": {"raw": "4/5/1901"},
        "c": {"raw": "sometime"},
        "d": "2015-11-27/2015-11-28",
        "e": "2015-10-16",
    }
    assert done.stderr.count("literal-date") == 2


def test_a_date_in_words_that_cannot_be_read_is_told_beside_one_that_can(tmp_path: Path) -> None:
    path = tmp_path / "speeches.yaml"
    path.write_text("- {id: a, title: T, issued: {literal: 7 June 1911}, original-date: {literal: once upon a time}}\n")
    done = run("sources", "--from", path)
    assert "issued: '1911-06-07'" in done.stdout
    assert '"once upon a time" is no date' in done.stderr
    assert "7 June 1911" not in done.stderr


def test_sources_are_printed_in_the_order_of_their_dates(make_book: MakeBook) -> None:
    sources = """\
- {id: late, type: speech, title: Late talk, issued: 2015-11-27/2015-11-28}
- {id: none, type: speech, title: Undated talk}
- {id: early, type: speech, title: Early talk, event-place: Hunan, issued: 2013}
- {id: never, type: speech, title: Uncited talk, issued: 2014}
"""
    chapter = "---\ntitle: First\n---\n\nOne [@none], two [@late], three [@early], four [@late].\n"
    root = make_book({"sources.yaml": sources, "chapters/01-first.md": chapter})
    table = run("sources", "--project", root)
    assert table.exit_code == 0
    rows = [line.split("  ") for line in table.stdout.splitlines()]
    assert [[cell.strip() for cell in row if cell][1] for row in rows] == ["Source", "early", "late", "none"]
    assert table.stdout.splitlines()[2].rstrip().endswith(" 2")
    data = json.loads(run("sources", "--json", "--project", root).stdout)
    assert [(one["id"], one["date"], one["earliest"], one["latest"]) for one in data] == [
        ("early", "2013", "2013-01-01", "2013-12-31"),
        ("late", "2015-11-27/2015-11-28", "2015-11-27", "2015-11-28"),
        ("none", None, None, None),
    ]
    assert data[0]["place"] == "Hunan"
    assert [len(one["citations"]) for one in data] == [1, 2, 1]


def test_a_name_that_one_source_puts_in_order_is_in_order_in_every_list(make_book: MakeBook, tmp_path: Path) -> None:
    sources = """\
- {id: one, type: speech, author: [{family: Lin, given: Haisheng, static-ordering: 1}], title: On boats, issued: 1908}
- {id: two, type: speech, author: [{family: Lin, given: Haisheng}], title: On sails, issued: 1909}
- {id: old, type: speech, author: [{family: Reed, given: Ada}], title: On oars, issued: 1910}
"""
    quoted = "\n\n".join(f"> Words {key}.\n>\n> — [@{key}]" for key in ("one", "two", "old"))
    root = make_book({"sources.yaml": sources, "chapters/01-first.md": f"# First\n\nBy @two.\n\n{quoted}\n"})
    table = run("sources", root).stdout
    assert (table.count("Lin Haisheng"), table.count("Haisheng Lin")) == (2, 0)
    assert run("build", "--project", root, "--output", tmp_path / "out", "--jobs", "1").exit_code == 0
    rows = (tmp_path / "out" / "concordance.csv").read_text(encoding="utf-8")
    assert (rows.count(",Lin Haisheng,"), rows.count(",Ada Reed,")) == (2, 1)
    index = json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))
    assert "Haisheng Lin" not in json.dumps(index)
    printed = " ".join(subprocess.check_output(["pdftotext", tmp_path / "out" / "print.pdf", "-"], text=True).split())
    assert "By Lin (On sails, 1909)" in printed
    assert "Lin Haisheng, On sails, 1909" in printed
    assert "1909. Lin Haisheng, “On sails”" in printed
    assert not any(wrong in printed for wrong in ("Haisheng Lin", "Lin, Haisheng"))


def test_an_output_that_cannot_be_written_is_said_without_a_traceback(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("build", "ebook", "--project", project, "--output", tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr


def _raise(failure: BaseException) -> None:
    raise failure


def test_a_defect_asks_to_be_reported_and_shows_its_traceback_on_request(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("book.check.check_all", lambda _root: _raise(ZeroDivisionError("a defect")))
    short = run("check", "--project", project)
    assert short.exit_code == 70
    assert f"ZeroDivisionError: a defect\nThis is a defect of florilegium {__version__}." in short.stderr
    assert "Traceback" not in short.stderr
    assert "Traceback" in run("check", "--verbose", "--project", project).stderr


def test_an_interruption_exits_with_130(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.check.check_all", lambda _root: _raise(KeyboardInterrupt()))
    assert run("check", "--project", project).exit_code == 130


def test_a_reader_who_leaves_early_meets_no_traceback(project: Path) -> None:
    command = [sys.executable, "-m", "book", "sources", "--json", "--project", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_note_is_counted_unless_more_is_asked_for_and_never_stops_a_strict_run(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (note("unread-key", 'the key "tags" is not used', Span("chapters/01-first.md", 3, 1)),)
    monkeypatch.setattr("book.check.check_all", lambda _root: Checked(None, told))
    root = str(make_book({}))
    short = CliRunner().invoke(main, ["check", "--strict", "--project", root])
    assert (short.exit_code, short.stderr) == (0, "1 note (--verbose lists them)\n")
    long = CliRunner().invoke(main, ["check", "--strict", "--verbose", "--project", root])
    assert long.exit_code == 0
    assert 'chapters/01-first.md:3:1: note[unread-key]: the key "tags" is not used' in long.stderr
