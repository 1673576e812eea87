"""All handouts in one PDF and in one zip file, and builds of some handouts."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import page as page_validation
import pytest
from click.testing import CliRunner

from book.build import build_book
from book.cli.commands import main
from book.problem import UsageError
from tests.conftest import MakeBook
from tests.pdf_checks import faults
from tests.readers import PdfReader

PRINTED = '[editions.print]\noutput = "pdf"\n'
HANDOUT = '[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\n'
TEXT = "Words that fill a line or two of the page, and say nothing but that they are here to be read. " * 4 + "\n\n"
RECORDS = {"index.json", "concordance.csv", "manifest.json"}
QUOTED = "> Bread is dear.\n>\n> — [@talk-2013]\n\n"


def book(editions: str = HANDOUT) -> dict[str, str | None]:
    """A project with an introduction and three chapters, whose handouts have 1, 3, 2 and 1 pages."""
    front = "---\ntitle: {}\n---\n\n"
    return {
        "book.toml": f'[book]\ntitle = "Bread"\n{editions}',
        "chapters/00-opening.md": f"---\ntitle: Opening\nrole: introduction\n---\n\n{TEXT}{QUOTED}",
        "chapters/01-first.md": f"{front.format('First')}{TEXT * 24}{QUOTED}See [there](03-third.md).\n",
        "chapters/02-second.md": f"{front.format('Second')}{TEXT * 12}{QUOTED}",
        "chapters/03-third.md": f"{front.format('Third')}{QUOTED}{QUOTED.replace('dear', 'cheap')}",
    }


def texts(path: Path) -> list[str]:
    """The text of each page, with single spaces; a hyphen and the one that divides a word are one glyph."""
    return [" ".join(text.split()).replace("\N{HYPHEN}", "-") for text in PdfReader(path).texts]


def test_all_handouts_in_one_file_begin_on_right_hand_pages(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book(book()), output=tmp_path, jobs=1)
    single = [texts(tmp_path / f"sheet/{name}.pdf") for name in ("opening", "first", "second", "third")]
    assert [len(pages) for pages in single] == [1, 3, 2, 1]
    expected: list[str] = []
    for pages in single:
        expected += [""] if len(expected) % 2 else []
        expected += pages
    gathered = tmp_path / "sheet/all.pdf"
    assert texts(gathered) == expected
    reader = PdfReader(gathered)
    assert reader.labels == ["1", "2", "1", "2", "3", "4", "1", "2", "1"]
    assert [item.get_title() for item in reader.document.get_toc()] == ["Opening", "1 First", "2 Second", "3 Third"]
    assert [item.get_dest().get_index() for item in reader.document.get_toc()] == [0, 2, 6, 8]
    assert faults(gathered) == []
    report = page_validation.validate_pdf(str(gathered), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_handouts_with_indexes_of_their_own_are_gathered_too(make_book: MakeBook, tmp_path: Path) -> None:
    lines = f'{HANDOUT}sections = ["chapters", "chronological", "speakers"]\n'
    build_book(make_book(book(lines)), output=tmp_path, jobs=1)
    single = [PdfReader(tmp_path / f"sheet/{name}.pdf") for name in ("opening", "first", "second", "third")]
    gathered = PdfReader(tmp_path / "sheet/all.pdf")
    starts, targets, titles = [0], [], []
    for reader in single:
        start = starts[-1]
        titles += [(item.get_title(), start + item.get_dest().get_index()) for item in reader.document.get_toc()]
        targets += [(start + link.page, start + reader.destinations[link.target]) for link in reader.links()]
        starts.append(start + len(reader.texts) + len(reader.texts) % 2)
    assert len(targets) > 8
    assert [(link.page, gathered.destinations[link.target]) for link in gathered.links()] == targets
    found = [(item.get_title(), item.get_dest().get_index()) for item in gathered.document.get_toc()]
    assert found == titles
    assert sum(title == "Chronological index" for title, _ in titles) == 4
    assert faults(tmp_path / "sheet/all.pdf") == []
    again = tmp_path / "again"
    build_book(make_book(book(lines)), output=again, jobs=1)
    assert (again / "sheet/all.pdf").read_bytes() == (tmp_path / "sheet/all.pdf").read_bytes()


def test_handouts_of_several_kinds_are_gathered_by_kind(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book(book(f'{HANDOUT}handout = ["full", "one-page"]\n')), output=tmp_path, jobs=1)
    assert len(texts(tmp_path / "sheet/full/all.pdf")) == 9
    assert len(texts(tmp_path / "sheet/one-page/all.pdf")) == 7
    with zipfile.ZipFile(tmp_path / "sheet.zip") as archive:
        assert len(archive.namelist()) == 8


def test_the_zip_file_holds_the_handouts_and_is_always_the_same(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book(book())
    for name in ("a", "b"):
        build_book(root, output=tmp_path / name, jobs=1)
    assert (tmp_path / "a/sheet.zip").read_bytes() == (tmp_path / "b/sheet.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a/sheet.zip") as archive:
        assert archive.namelist() == [f"sheet/{name}.pdf" for name in ("first", "opening", "second", "third")]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "a" / name).read_bytes()


def test_a_build_of_some_handouts_leaves_everything_else(make_book: MakeBook) -> None:
    root = make_book(book(PRINTED + HANDOUT))
    build_book(root, jobs=1)
    before = {path: path.read_bytes() for path in (root / "build").rglob("*.*") if path.is_file()}
    for name in ("02-second", "03-third"):
        path = root / f"chapters/{name}.md"
        path.write_text(path.read_text().replace("> Bread", "> Corn"))
    report = build_book(root, ["sheet"], only=["3", "opening"], jobs=1)
    written = {path.relative_to(root / "build").as_posix() for path in (one.path for one in report.written)}
    assert written == {f"sheet/{name}.pdf" for name in ("opening", "third")} | RECORDS
    assert report.removed == ()
    now = {path: path.read_bytes() for path in (root / "build").rglob("*.*") if path.is_file()}
    assert set(now) == set(before)
    changed = {path.name for path in before if now[path] != before[path] and ".store" not in path.parts}
    assert changed == {"third.pdf", ".written.json"} | RECORDS
    manifest = json.loads((root / "build/manifest.json").read_text())
    assert (manifest["editions"], manifest["only"]) == (["sheet"], ["3", "opening"])
    again = build_book(root, ["sheet"], only=["3", "opening"], jobs=1)
    assert [one.path for one in again.written] == [one.path for one in report.written]
    assert again.seconds < report.seconds
    assert {one.path.name for one in build_book(root, ["sheet"], jobs=1).written} > {"second.pdf", "all.pdf"}


def test_a_build_of_some_handouts_keeps_the_folios_of_the_others(make_book: MakeBook) -> None:
    root = make_book(book(PRINTED + HANDOUT))
    build_book(root, jobs=1)
    build_book(root, only=["3"], jobs=1)
    (source,) = json.loads((root / "build/index.json").read_text())
    assert [one["folios"]["sheet"] for one in source["citations"]] == ["1", "3", "2", "1", "1"]
    assert [one.get("earlier") for one in source["citations"]] == [["sheet"]] * 3 + [None] * 2
    rows = list(csv.DictReader((root / "build/concordance.csv").read_text().splitlines()))
    assert [row["sheet"] for row in rows] == ["1", "3", "2", "1", "1"]
    assert [row["print"] for row in rows] == [one["folios"]["print"] for one in source["citations"]]


@pytest.mark.parametrize(
    ("editions", "only", "words"),
    [
        (["print"], ["3"], 'the edition "print" is one file'),
        (["sheet"], ["thrid"], r'no chapter "thrid" \(did you mean "third"'),
        ([], ["9"], "there are: A opening, 1 first, 2 second, 3 third"),
    ],
)
def test_a_chapter_or_edition_that_has_no_handout_is_named(
    make_book: MakeBook, editions: list[str], only: list[str], words: str
) -> None:
    root = make_book(book(PRINTED + HANDOUT))
    with pytest.raises(UsageError, match=words):
        build_book(root, editions, only=only, jobs=1)


def test_an_empty_item_of_the_list_of_chapters_is_a_usage_error(make_book: MakeBook) -> None:
    done = CliRunner().invoke(main, ["build", "--project", str(make_book(book())), "--only", "3,"])
    assert done.exit_code == 2
    assert "separated by commas" in done.stderr


def test_the_sheets_of_paper_are_those_of_the_single_handouts(make_book: MakeBook) -> None:
    done = CliRunner().invoke(main, ["build", "--project", str(make_book(book())), "--jobs", "1"])
    assert "sheet: 7 pages; sheets of paper: 5 printed on both sides, 7 on one, 4 on both sides" in done.stdout


def test_no_chapter_can_have_the_name_of_the_file_with_all_handouts(make_book: MakeBook) -> None:
    done = CliRunner().invoke(main, ["check", "--project", str(make_book({"chapters/all.md": "# All\n\nText.\n"}))])
    assert "reserved-slug" in done.stderr
