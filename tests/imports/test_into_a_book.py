"""Documents that are taken into a book that exists: its sources are cited, and nothing of it is changed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from book.build import build_book
from book.check import check_book
from book.cli.commands import main
from book.imports.importing import import_documents
from book.imports.known import with_lists
from book.problem import Severity

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SOURCES = """\
- id: harbour-1908
  type: speech
  author: [{family: Roe, given: Jane}]
  title: Speech in the debate on the harbour bill
  title-short: Harbour debate
  event-title: Debate on the harbour bill
  event-place: Kelmouth
  issued: 1908-03-02/1908-03-03
- id: vale-1909
  type: speech
  author: [{family: Vale, given: Edmund}]
  title: Address to the Harbour Commission
  issued: 1909-06-14
- id: undated
  title: Another debate
"""
ARTICLE = """\
Walls and bills

The harbour was talked about for years, and what was said there is worth a second look by those who pay for it.

1. The wall

"It is not finished."
\u2014 Jane Roe, Debate on the Harbour Bill, Kelmouth, 2 March 1908

"It is a wall."
\u2014 Edmund Vale, Address to the Commission for the Harbour, 14 June 1909

2. The bill

"Nobody asked for it."
\u2014 Ada Flint, Speech at the Harbour Congress, 14 June 1909

"Somebody will pay for it."
\u2014 Jane Roe, Debate, Kelmouth, 5 May 1911
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and "build" not in path.parts}


@pytest.fixture
def book(make_book: MakeBook) -> Path:
    chapter = "---\ntitle: First\n---\n\nText [@harbour-1908], [@vale-1909], [@undated].\n"
    return make_book({"chapters/01-first.md": chapter, "sources.yaml": SOURCES})


def test_the_sources_of_the_book_are_cited_and_new_ones_get_a_list(book: Path, tmp_path: Path) -> None:
    document = tmp_path / "walls.txt"
    document.write_text(ARTICLE)
    before = contents(book)
    done = run("import", document, "--into", book)
    assert done.exit_code == 0, done.output
    assert "2 sources and 2 of the book's own" in done.output
    assert {path: path.read_bytes() for path in before} == before
    chapters = "".join(path.read_text() for path in sorted((book / "chapters").glob("0[2-9]*.md")))
    assert chapters.count("[@harbour-1908]") == 1
    assert chapters.count("[@vale-1909]") == 1
    new = yaml.safe_load((book / "sources-walls-and-bills.yaml").read_text())
    assert [one["issued"] for one in new] == ["1909-06-14", "1911-05-05"]
    report = (book / "import-report-1.md").read_text()
    assert '"Debate on the Harbour Bill" is the book\'s own source harbour-1908: it is cited' in report
    assert "role: introduction" not in chapters
    assert "title: Walls and bills" in chapters


def test_the_change_of_the_settings_is_shown_or_made_when_asked_for(book: Path, tmp_path: Path) -> None:
    document = tmp_path / "walls.txt"
    document.write_text(ARTICLE)
    settings = book / "book.toml"
    old = settings.read_text()
    shown = run("import", document, "--into", book)
    assert "book.toml like this (an import with --edit-settings does it itself)" in shown.output
    assert "sources-walls-and-bills.yaml" in shown.output
    assert settings.read_text() == old
    for path in [*book.glob("chapters/0[2-9]*.md"), *book.glob("import-report*"), *book.glob("sources-walls*")]:
        path.unlink()
    done = run("import", document, "--into", book, "--edit-settings")
    assert "book.toml was changed" in done.output
    assert tomllib.loads(settings.read_text())["book"]["sources"] == ["sources.yaml", "sources-walls-and-bills.yaml"]
    checked = check_book(book)
    assert [problem for problem in checked.problems if problem.severity is Severity.ERROR] == []
    build_book(book, jobs=1)
    again = run("import", document, "--into", book)
    assert "in this book already" in again.output
    assert "@@" not in again.output


def test_a_likeness_that_is_not_sure_is_asked_about_in_the_chapter(book: Path, tmp_path: Path) -> None:
    document = tmp_path / "one.txt"
    document.write_text("The wall.\n\nIt stands.\n\n\u2014 Edmund Vale, Luncheon, 14 June 1909\n")
    imported = import_documents([document], book)
    (chapter,) = (data.decode() for path, data in imported.files.items() if path.startswith("chapters/"))
    assert "Is this the book's own source vale-1909" in chapter
    assert "2 decisions wait" in imported.summary


def test_pictures_of_the_book_keep_their_names(book: Path, tmp_path: Path) -> None:
    images = book / "chapters" / "images"
    images.mkdir()
    (images / "dot.png").write_bytes(b"old")
    (images / "same.png").write_bytes(b"same")
    (tmp_path / "dot.png").write_bytes(b"new")
    (tmp_path / "like.png").write_bytes(b"same")
    document = tmp_path / "in.md"
    document.write_text("# A\n\nText. ![a](dot.png) ![b](like.png)\n")
    before = contents(book)
    assert run("import", document, "--into", book).exit_code == 0
    assert (images / "dot-2.png").read_bytes() == b"new"
    text = (book / "chapters" / "02-a.md").read_text()
    assert "images/dot-2.png" in text
    assert "images/same.png" in text
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("written", "lists"),
    [
        ('sources = ["a.yaml"]', ["a.yaml"]),
        ('sources = ["a.yaml",]', ["a.yaml"]),
        ('sources = [\n  "a.yaml", # one, [of] two\n  \'b.bib\' # "two"\n]', ["a.yaml", "b.bib"]),
        ("sources = [\"\"\"a.yaml\"\"\", '''b.yaml''']", ["a.yaml", "b.yaml"]),
        ("sources = []", []),
        ("", []),
    ],
)
def test_lists_are_added_to_settings_however_they_are_written(written: str, lists: list[str]) -> None:
    settings = f'# [book]\n[book] # the book\ntitle = "T"\n{written}\n\n[editions.print]\noutput = "pdf"\n'
    changed = with_lists(settings, ["new.yaml"], ["chapters/02.md"])
    assert tomllib.loads(changed)["book"] == {"title": "T", "sources": [*lists, "new.yaml"]}
    assert "# [book]\n[book] # the book\n" in changed
    named = with_lists(settings.replace("title", 'chapters = ["01.md"]\ntitle'), ["new.yaml"], ["chapters/02.md"])
    assert tomllib.loads(named)["book"]["chapters"] == ["01.md", "chapters/02.md"]
    with pytest.raises(ValueError, match=r"write in \[book\]"):
        with_lists('book = { title = "T" }\n', ["new.yaml"], [])


def test_cite_lists_the_sources_that_fit_equally_well(make_book: MakeBook) -> None:
    sources = "".join(
        f"- id: debate-{day}\n  type: speech\n  title: Speech in the harbour debate\n  issued: 1908-03-0{day}\n"
        for day in (2, 3)
    )
    root = make_book({"sources.yaml": sources})
    unsure = run("cite", "-p", root, "Speech in the harbour debate, March 1908")
    assert unsure.exit_code == 1
    assert "[@debate-2]" in unsure.output
    assert "[@debate-3]" in unsure.output
    assert "2 sources fit" in unsure.output
    assert run("cite", "-p", root, "harbour debate, 3 March 1908").stdout.startswith("[@debate-3]")
    assert run("cite", "-p", root, "@debate-2").stdout.startswith("[@debate-2]")


def test_a_document_in_another_language_than_the_book_says_so(book: Path, tmp_path: Path) -> None:
    document = tmp_path / "canal.md"
    document.write_text(
        "# Der Kanal\n\n" + "Der Kanal ist nicht voll, und das wird er auch nie sein. " * 9 + "运河很长。\n"
    )
    assert run("import", document, "--into", book).exit_code == 0
    (added,) = (book / "chapters").glob("02-*.md")
    assert yaml.safe_load(added.read_text().split("---")[1])["language"] == "de"
    assert "[运河很长]{lang=zh-Hans}" in added.read_text()
    short = tmp_path / "note.md"
    short.write_text("# Note\n\n运河很长。\n")
    assert run("import", short, "--into", book).exit_code == 0
    (noted,) = (book / "chapters").glob("03-*.md")
    assert "language" not in noted.read_text()
    assert "[运河很长]{lang=zh-Hans}" in noted.read_text()


def test_the_settings_are_changed_for_a_document_that_was_added_without_it(book: Path, tmp_path: Path) -> None:
    document = tmp_path / "walls.txt"
    document.write_text(ARTICLE)
    assert run("import", document, "--into", book).exit_code == 0
    told = run("import", document, "--into", book)
    assert '+sources = ["sources.yaml", "sources-walls-and-bills.yaml"]' in told.output
    done = run("import", document, "--into", book, "--edit-settings")
    assert "book.toml was changed" in done.output
    named = tomllib.loads((book / "book.toml").read_text())["book"]["sources"]
    assert named == ["sources.yaml", "sources-walls-and-bills.yaml"]
    last = run("import", document, "--into", book, "--edit-settings")
    assert "book.toml" not in last.output
    assert not [one for one in check_book(book).problems if one.severity is Severity.ERROR]


def test_documents_are_known_by_their_place_or_their_contents_and_not_by_their_name(book: Path, tmp_path: Path) -> None:
    for name in ("winter", "summer"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(f"# The {name}\n\nIn the {name} nobody came to the lake.\n")
        assert run("import", tmp_path / name / "index.md", "--into", book).exit_code == 0
    names = [path.name for path in sorted(book.glob("chapters/*.md"))]
    assert names == ["01-first.md", "02-the-winter.md", "03-the-summer.md"]
    copy = tmp_path / "copy.md"
    copy.write_bytes((tmp_path / "winter" / "index.md").read_bytes())
    assert "in this book already" in run("import", copy, "--into", book).output
    both = run("import", tmp_path / "summer" / "index.md", tmp_path / "other.md", "--into", book)
    assert both.exit_code == 2
    (tmp_path / "other.md").write_text("# Other\n\nWords.\n")
    both = run("import", tmp_path / "summer" / "index.md", tmp_path / "other.md", "--into", book)
    assert "index.md is in this book already" in both.output
    assert "import the others alone" in both.output
    (book / "import-report-1.json").write_text("{}")
    assert run("import", tmp_path / "other.md", "--into", book).exit_code == 0


def test_a_second_import_of_chapters_that_link_to_each_other_and_show_pictures_differs_in_nothing(
    book: Path, tmp_path: Path
) -> None:
    (book / "chapters" / "images").mkdir()
    (book / "chapters" / "images" / "lake.png").write_bytes(b"of the book")
    (tmp_path / "lake.png").write_bytes(b"of the document")
    (book / "chapters" / "02-dry.md").write_text("---\ntitle: Dry\n---\n\nWords of the book.\n")
    document = tmp_path / "in.md"
    document.write_text("# Wet\n\nSee [below](#dry). ![A lake](lake.png)\n\n# Dry\n\nSee [above](#wet).\n")
    assert run("import", document, "--into", book).exit_code == 0
    assert "(04-dry-2.md)" in (book / "chapters" / "03-wet.md").read_text()
    again = run("import", document, "--into", book)
    assert "in this book already" in again.output
    assert "---" not in again.output
    (book / "chapters" / "03-wet.md").rename(book / "chapters" / "07-wet.md")
    assert "+++ chapters/07-wet.md" not in run("import", document, "--into", book).output


@pytest.mark.parametrize(("begin", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])
def test_settings_keep_their_mark_and_their_ends_of_lines(book: Path, tmp_path: Path, begin: str, end: str) -> None:
    settings = book / "book.toml"
    old = settings.read_text().replace("[book]", '[book]\nsources = ["sources.yaml"]', 1)
    settings.write_bytes((begin + old.replace("\n", end)).encode())
    document = tmp_path / "walls.txt"
    document.write_text(ARTICLE)
    assert run("import", document, "--into", book, "--edit-settings").exit_code == 0
    new = old.replace('["sources.yaml"]', '["sources.yaml", "sources-walls-and-bills.yaml"]', 1)
    assert settings.read_bytes() == (begin + new.replace("\n", end)).encode()


def test_settings_that_no_program_can_change_are_left_and_told(book: Path, tmp_path: Path) -> None:
    settings = book / "book.toml"
    settings.write_text('book.title = "T"\n')
    document = tmp_path / "walls.txt"
    document.write_text(ARTICLE)
    done = run("import", document, "--into", book, "--edit-settings")
    assert done.exit_code == 0
    assert "book.toml cannot be changed by a program: write in [book]: sources = [" in done.output
    assert "was changed" not in done.output
    assert settings.read_text() == 'book.title = "T"\n'


def test_keys_that_the_book_knows_by_another_name_are_not_missing(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"sources.yaml": "- {id: old-7, citation-key: new-7, title: T}\n"})
    document = tmp_path / "in.md"
    document.write_text("# T\n\nWords [@old-7] and [@new-7] and [@lost-7] and [@lost-8].\n")
    found = import_documents([document], root)
    assert [one["id"] for one in yaml.safe_load(found.files["sources-missing.yaml"])] == ["lost-7", "lost-8"]
