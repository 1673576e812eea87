from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.check import check_book
from book.checks import CHECKS, run_checks
from book.manuscript.read import read_chapters
from book.manuscript.resolve import resolve
from book.model.settings import Project, Settings
from book.model.sources import Source
from book.problem import Problem, Severity, Span

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SETTINGS = Settings(title="A Small Book")


def problems(root: Path) -> tuple[Problem, ...]:
    """The problems that the checks find in a project."""
    sources = {"talk-2013": Source("talk-2013", "speech", "Talk", Span("sources.yaml", 1, 3))}
    chapters = read_chapters(root, SETTINGS).value
    return run_checks(resolve(Project(root, SETTINGS, ()), chapters, sources).value)


def told(make_book: MakeBook, text: str, files: Mapping[str, str] | None = None) -> list[str]:
    """The problems of a book with one chapter that cites its source: place, severity and code."""
    root = make_book({"chapters/01-first.md": f"# One\n\n{text}\n\nSee [@talk-2013].\n", **(files or {})})
    return [f"{one.at} {one.severity}[{one.code}]".removeprefix("chapters/01-first.md:") for one in problems(root)]


def test_a_good_book_passes(make_book: MakeBook) -> None:
    text = "![A](a.png)\n\n> Words.\n>\n> — [@talk-2013]\n\n## Two\n\n### Three\n\n## Two"
    assert told(make_book, text, {"chapters/a.png": ""}) == []


def test_an_image_must_be_there(make_book: MakeBook) -> None:
    files = {"chapters/images/terraces.png": ""}
    assert told(make_book, "See ![A](images/terrace.png).", files) == ["3:5 error[missing-image]"]
    root = make_book({"chapters/01-first.md": "# T\n\n![A](images/terrace.png) [@talk-2013]", **files})
    assert problems(root)[0].hint == 'did you mean "terraces.png" in chapters/images?'


def test_a_folder_is_no_image(make_book: MakeBook) -> None:
    assert told(make_book, "![A](images)", {"chapters/images/a.png": ""}) == ["3:1 error[missing-image]"]


@pytest.mark.parametrize(
    "target",
    ["../../secret.png", "/etc/passwd", "https://example.org/a.png", "//example.org/a", "data:image/png;base64,AA"],
)
def test_an_image_must_lie_in_the_project(make_book: MakeBook, target: str) -> None:
    assert told(make_book, f"![A]({target})") == ["3:1 error[outside-project]"]


def test_a_link_of_the_file_system_does_not_lead_out_of_the_project(make_book: MakeBook, tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(b"")
    root = make_book({"chapters/01-first.md": "# One\n\n![A](inside.png) [@talk-2013]\n"})
    (root / "chapters" / "inside.png").symlink_to(tmp_path / "outside.png")
    assert [problem.code for problem in problems(root)] == ["outside-project"]


def test_an_image_must_have_a_text_alternative(make_book: MakeBook) -> None:
    text = '![](a.png)\n\n![ ](a.png "Caption") <img src="a.png">'
    places = ["3:1", "5:1", "5:23"]
    assert told(make_book, text, {"chapters/a.png": ""}) == [f"{place} error[missing-alt]" for place in places]


def test_a_quotation_should_have_an_attribution(make_book: MakeBook) -> None:
    text = "> One.\n\n> Two.\n>\n> — somebody\n\n> Three.\n>\n> > Four.\n>\n> — [@talk-2013]"
    assert told(make_book, text) == ["3:1 warning[missing-attribution]", "5:1 warning[missing-attribution]"]


def test_a_heading_should_not_skip_a_level(make_book: MakeBook) -> None:
    text = "### Three\n\n## Two\n\n#### Four\n\n## Two again"
    assert told(make_book, text) == ["3:5 warning[skipped-heading]", "7:6 warning[skipped-heading]"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "---\ntitle: Mills\n---\n\n## Wheels\n\n# Rivers\n",
            "write it with ##, or begin a chapter of its own with it",
        ),
        ("# Mills\n\n# Rivers\n\n#### Weirs\n", "write it with ##"),
        ("# Mills\n\n#### Weirs\n", "write it with ##"),
        ("# Mills\n\n## Rivers\n\n#### Weirs\n", "write it with ###"),
    ],
)
def test_the_hint_for_a_skipped_level_counts_as_the_file_does(make_book: MakeBook, text: str, hint: str) -> None:
    found = problems(make_book({"chapters/01-first.md": text}))
    assert [one.hint for one in found if one.code == "skipped-heading"] == [hint]


def test_a_source_should_be_cited(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\nText.\n"})
    (problem,) = problems(root)
    assert (str(problem.at), problem.code, problem.severity) == ("sources.yaml:1:3", "uncited-source", Severity.WARNING)


def test_each_rule_stands_in_the_registry_under_its_code(sample: Path) -> None:
    files = {path.stem.replace("_", "-") for path in (sample / "book" / "checks").glob("[a-z]*.py")}
    assert files == set(CHECKS)


def test_a_library_of_uncited_sources_is_counted_in_one_warning(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\nSee [@s0].\n"})
    sources = {f"s{n}": Source(f"s{n}", "speech", "T", Span("library.json", n + 1)) for n in range(12)}
    found = run_checks(resolve(Project(root, SETTINGS, ()), read_chapters(root, SETTINGS).value, sources).value)
    told = [(str(one.at), one.message) for one in found if one.severity is Severity.WARNING]
    assert told == [("library.json", "nothing cites 11 of the 12 sources in this list")]
    assert [one.at.line for one in found if one.severity is Severity.NOTE] == list(range(2, 13))


def test_a_formula_that_nothing_can_set_is_told_with_what_to_install(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.checks.unset_formula.available", lambda: False)
    (problem,) = told(make_book, "So $a^2$ is.")
    assert problem == "3:4 warning[{}]".format("unset-formula")


@pytest.mark.parametrize(
    ("epoch", "settings", "severities"),
    [
        (None, "", ["note"]),
        (None, 'date = "199X"', ["note"]),
        (None, 'modified = "2026-05-21"', []),
        (None, 'date = "2026"', []),
        ("86400", "", []),
        ("tomorrow", 'date = "2026"', ["warning"]),
        ("tomorrow", "", ["warning", "note"]),
    ],
)
def test_a_date_of_nowhere_is_told_by_check_and_build(
    make_book: MakeBook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    epoch: str | None,
    settings: str,
    severities: list[str],
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    root = make_book({"book.toml": f'[book]\ntitle = "T"\n{settings}\n[editions.ebook]\noutput = "epub"\n'})
    built = build_book(root, output=tmp_path / "out", jobs=1).problems
    for found in (check_book(root).problems, built):
        assert [one.severity for one in found if one.code == "modification-date"] == severities
