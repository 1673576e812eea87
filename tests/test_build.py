from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.check import check_book, sources_index
from book.problem import BookError, UsageError

if TYPE_CHECKING:
    from tests.conftest import MakeBook


def test_only_the_editions_named_are_built(project: Path, tmp_path: Path) -> None:
    report = build_book(project, ["ebook"], output=tmp_path)
    assert {written.path.name for written in report.written} >= {"ebook.epub", "index.json"}
    assert not (tmp_path / "print.pdf").exists()


def test_an_edition_that_the_project_does_not_have_is_named_with_the_nearest(project: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'no edition "prnt".*"print"'):
        build_book(project, ["prnt"], output=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {project.name, ".store", ".project"}


def test_a_strict_build_takes_warnings_for_errors(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"chapters/02-second.md": "---\ntitle: Second\n---\n\n> Words without a source.\n"})
    assert [problem.code for problem in check_book(root).problems] == ["missing-attribution"]
    with pytest.raises(BookError):
        build_book(root, ["ebook"], output=tmp_path / "out", strict=True)
    assert not list((tmp_path / "out").glob("[!.]*")), "nothing but the store"


def test_a_file_is_replaced_only_when_everything_could_be_made(make_book: MakeBook, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "print.pdf").write_bytes(b"old")
    root = make_book({"chapters/01-first.md": "---\ntitle: First\n---\n\n十 [@talk-2013]\n"})
    with pytest.raises(BookError) as failure:
        build_book(root, output=output, jobs=1)
    assert {problem.code for problem in failure.value.problems} == {"missing-glyph"}
    assert (output / "print.pdf").read_bytes() == b"old"
    assert [path.name for path in output.iterdir() if path.name not in (".store", ".project")] == ["print.pdf"]


def test_the_record_gives_a_source_its_dates_and_the_folio_of_each_citation(project: Path, tmp_path: Path) -> None:
    build_book(project, output=tmp_path, jobs=1)
    (source,) = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert {key: source[key] for key in ("id", "date", "earliest", "latest", "place")} == {
        "id": "talk-2013", "date": "2013-11-03", "earliest": "2013-11-03", "latest": "2013-11-03", "place": "Hunan",
    }  # fmt: skip
    assert [one["chapter"] for one in source["citations"]] == ["first", "first"]
    assert [one["locator"] for one in source["citations"]] == ["opening", None]
    assert [one["folios"] for one in source["citations"]] == [{"print": "1", "handout": "1"}] * 2


def test_the_index_of_a_book_that_cites_nothing_is_none(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "---\ntitle: First\n---\n\nWords.\n", "sources.yaml": None})
    checked = sources_index(root)
    assert checked.problems == ()
    assert checked.value is not None
    assert checked.value[1] is None


def test_a_project_with_nothing_but_chapters_and_a_title_builds(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"chapters/01-first.md": "# First\n\nWords.\n", "sources.yaml": None})
    report = build_book(root, output=tmp_path, jobs=1)
    assert {path.relative_to(tmp_path).as_posix() for path in (one.path for one in report.written)} >= {
        "print.pdf", "ebook.epub", "handout/first.pdf", "index.json",
    }  # fmt: skip


def test_a_project_overrides_a_layout_with_a_file_of_the_same_name(make_book: MakeBook, tmp_path: Path) -> None:
    import pypdfium2

    own = '{% extends "document.html" %}{% block content %}<section><p>Hand-made</p></section>{% endblock %}'
    build_book(make_book({"layouts/colophon.html": own}), ["print"], output=tmp_path, jobs=1)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "print.pdf")]
    assert "Hand-made" in texts[-1]


def test_a_broken_layout_is_a_problem_with_its_line(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"layouts/colophon.html": "<p>\n{{ nothing.there }}\n</p>"})
    with pytest.raises(BookError) as failure:
        build_book(root, ["print"], output=tmp_path, jobs=1)
    (problem,) = failure.value.problems
    assert (problem.code, str(problem.at)) == ("broken-layout", "layouts/colophon.html:2")
