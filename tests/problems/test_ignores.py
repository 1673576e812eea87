from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from book.build import build_book
from book.check import check_all
from book.cli.commands import main

if TYPE_CHECKING:
    from tests.conftest import MakeBook

UNCITED = "- {id: talk-2013, title: A, issued: 2013}\n- {id: b, title: B, issued: 2014}\n"
QUOTING = "# One\n\nSaid [@talk-2013].\n\n{}> Words of nobody.\n\n{}> Others.\n"
SETTINGS = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'


def codes(root: Path) -> list[str]:
    return [f"{problem.code}:{problem.at.line}" for problem in check_all(root).problems]


def test_a_code_can_be_ignored_in_the_whole_project(make_book: MakeBook) -> None:
    files = {"chapters/01-first.md": QUOTING.format("", ""), "sources.yaml": UNCITED}
    root = make_book(files)
    assert codes(root) == ["missing-attribution:5", "missing-attribution:7", "uncited-source:2"]
    settings = SETTINGS + '[checks]\nignore = ["missing-attribution", "uncited-source"]\n'
    assert codes(make_book({**files, "book.toml": settings})) == []


def test_a_code_can_be_ignored_in_some_files(make_book: MakeBook) -> None:
    settings = SETTINGS + '[checks.files]\n"chapters/01*" = ["missing-attribution"]\n'
    one = QUOTING.format("", "")
    root = make_book({"book.toml": settings, "chapters/01-first.md": one, "chapters/02-second.md": one})
    assert [str(problem.at) for problem in check_all(root).problems] == [
        "chapters/02-second.md:5:1",
        "chapters/02-second.md:7:1",
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- book: ignore missing-attribution -->\n",
        "<!--book:ignore missing-attribution-->\n\n",
        "<!-- book: ignore raw-html, missing-attribution -->\n<u onclick='x'>a</u>\n\n",
    ],
)
def test_a_comment_alone_on_its_line_is_about_the_block_behind_it(make_book: MakeBook, comment: str) -> None:
    chapter = QUOTING.format("", comment if "raw" not in comment else "<!-- book: ignore missing-attribution -->\n")
    found = codes(make_book({"chapters/01-first.md": chapter}))
    assert found == ["missing-attribution:5"]


def test_a_comment_behind_text_is_about_its_line(make_book: MakeBook) -> None:
    html = '<u onclick="x">a</u>'
    chapter = f"# One\n\nSaid [@talk-2013] {html}, <!-- book: ignore raw-html -->\nthen {html}.\n"
    assert codes(make_book({"chapters/01-first.md": chapter})) == ["raw-html:4"]


def test_a_comment_can_be_about_its_file(make_book: MakeBook) -> None:
    chapter = QUOTING.format("", "") + "\n<!-- book: ignore-file missing-attribution -->\n"
    assert codes(make_book({"chapters/01-first.md": chapter})) == []


@pytest.mark.parametrize(
    "sources",
    [
        UNCITED.replace("- {id: b", "# book: ignore uncited-source\n- {id: b"),
        UNCITED.replace("2014}", "2014} # book: ignore uncited-source"),
        "# book: ignore-file uncited-source\n" + UNCITED,
    ],
)
def test_a_comment_of_yaml_is_about_its_line_or_the_next_or_the_file(make_book: MakeBook, sources: str) -> None:
    assert codes(make_book({"sources.yaml": sources})) == []


def test_a_comment_of_css_is_about_the_next_line(make_book: MakeBook) -> None:
    settings = '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\nstyles = ["own.css"]\n'
    sheet = "/* book: ignore stylesheet */\np { colour: red }\nq { colour: red }\n"
    assert codes(make_book({"book.toml": settings, "own.css": sheet})) == ["stylesheet:3"]


def test_an_error_cannot_be_ignored(make_book: MakeBook) -> None:
    settings = SETTINGS + '[checks]\nignore = ["unknown-source"]\n'
    root = make_book({"book.toml": settings, "chapters/01-first.md": "# One\n\nSaid [@talk-2013; @b].\n"})
    told = check_all(root).problems
    assert [(problem.code, str(problem.severity)) for problem in told] == [
        ("unknown-source", "error"),
        ("unused-ignore", "note"),
    ]
    assert told[1].message == '"unknown-source" is an error here, which cannot be ignored'


def test_what_is_ignored_stops_no_strict_build_and_is_not_told_by_it(make_book: MakeBook) -> None:
    chapter = QUOTING.format(
        "<!-- book: ignore missing-attribution -->\n", "<!-- book: ignore missing-attribution -->\n"
    )
    root = make_book({"book.toml": SETTINGS, "chapters/01-first.md": chapter})
    assert build_book(root, strict=True, jobs=1).problems == ()
    result = CliRunner().invoke(main, ["check", "--strict", "-p", str(root)])
    assert (result.exit_code, result.stdout) == (0, "no problems\n")


def test_what_only_a_build_finds_is_ignored_there_and_no_note_in_a_check(make_book: MakeBook) -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    settings = '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\nvariant = "pdf/ua-1"\n'
    files: dict[str, str | bytes | None] = {
        "book.toml": settings + '[checks]\nignore = ["low-resolution"]\n',
        "chapters/hill.png": picture.getvalue(),
        "chapters/01-first.md": '# One\n\nSaid [@talk-2013].\n\n![A hill](hill.png "Hill")\n',
    }
    assert check_all(make_book(files)).problems == ()


def test_what_matches_nothing_is_a_note_with_its_place(make_book: MakeBook) -> None:
    settings = SETTINGS + '[checks]\nignore = ["missing-atribution"]\n[checks.files]\n"a/*.md" = ["skipped-heading"]\n'
    chapter = "# One\n\n<!-- book: ignore missing-attribution, raw-html -->\n> Words [@talk-2013].\n"
    root = make_book({"book.toml": settings, "chapters/01-first.md": chapter})
    told = [problem for problem in check_all(root).problems if problem.code == "unused-ignore"]
    assert [(str(problem.at), problem.severity.value, problem.hint) for problem in told] == [
        ("book.toml:6:11", "warning", 'did you mean "missing-attribution"?'),
        ("book.toml:8:13", "note", "remove it"),
        ("chapters/01-first.md:3:1", "note", "remove it"),
    ]


def test_a_table_of_checks_is_read_to_the_letter(make_book: MakeBook) -> None:
    root = make_book({"book.toml": SETTINGS + '[checks]\nignor = ["uncited-source"]\nfiles = ["a"]\n'})
    told = check_all(root).problems
    assert [(problem.code, problem.at.line, problem.hint) for problem in told] == [
        ("unknown-key", 6, 'did you mean "ignore"?'),
        ("invalid-value", 7, None),
    ]
