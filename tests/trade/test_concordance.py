"""The concordance of quotations, compared with the pages that its folios name."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.model.manuscript import Quotation
from book.problem import Span
from book.trade.concordance import first_words, keep_columns
from tests.conftest import MakeBook
from tests.readers import EpubReader, PdfReader, squeeze

EDITIONS = """\
[editions.print]
output = "pdf"
quotation-numbers = "margin"
[editions.ebook]
output = "epub"
quotation-numbers = "attribution"
[editions.handout]
output = "pdf"
split = "chapter"
handout = ["full", "one-page"]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The sample book, with numbers in every edition and two kinds of handout."""
    root = tmp_path_factory.mktemp("numbered")
    for name in ("chapters", "sources.yaml", "transcripts"):
        copy = shutil.copytree if (sample / name).is_dir() else shutil.copyfile
        copy(sample / name, root / name)
    head = (sample / "book.toml").read_text(encoding="utf-8").partition("[editions.")[0]
    (root / "book.toml").write_text(head + EDITIONS, encoding="utf-8")
    build_book(root, output=root / "build")
    return root / "build"


@pytest.fixture(scope="module")
def rows(built: Path) -> list[dict[str, str]]:
    """The rows of its concordance."""
    with (built / "concordance.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pages(path: Path) -> dict[str, str]:
    """The text of each page of a PDF by its folio, squeezed."""
    reader = PdfReader(path)
    return dict(zip(reader.labels, map(squeeze, reader.texts), strict=True))


def test_all_quotations_of_the_book_are_in_it_in_order(rows: list[dict[str, str]]) -> None:
    assert len(rows) == 20
    assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
    assert rows[4] | {"anchor": ""} == {
        "number": "1.5", "source": "sichuan-2017", "speaker": "Xi Jinping", "date": "2017-03-08", "anchor": "",
        "first words": "Under the current standards of the year 2000, all the rural …", "chapter": "clear-goals",
        "print": rows[4]["print"], "ebook": rows[4]["print"], "handout/full": rows[4]["handout/full"],
        "handout/one-page": "",
    }  # fmt: skip


def test_its_folios_are_those_of_the_pages_on_which_number_and_words_stand(
    built: Path, rows: list[dict[str, str]]
) -> None:
    printed = pages(built / "print.pdf")
    for row in rows:
        begun = squeeze(row["first words"].removesuffix(" …"))
        full = pages(built / f"handout/full/{row['chapter']}.pdf")
        (short,) = PdfReader(built / f"handout/one-page/{row['chapter']}.pdf").texts
        for text in (printed[row["print"]], full[row["handout/full"]]):
            assert row["number"] in text
            assert begun[:20] in text
        shown = re.search(rf"(?<![\d.]){row['number']}(?![\d.])", short)
        assert (shown is not None) == (row["handout/one-page"] == "1"), row


def test_the_ebook_has_the_same_numbers_and_begins_these_pages_before_the_quotations(
    built: Path, rows: list[dict[str, str]]
) -> None:
    ebook = EpubReader(built / "ebook.epub")
    for row in rows:
        (document,) = [one for name, one in ebook.documents.items() if name.endswith(f"/{row['chapter']}.xhtml")]
        breaks, found = [], None
        for element in document.iter(etree.Element):
            if element.get("role") == "doc-pagebreak":
                breaks.append(element.get("aria-label") or element.get("title") or "")
            if element.get("id") == row["anchor"].partition("#")[2]:
                found = element
            if found is not None and ((element.text or "").strip() or (element.tail or "").strip()):
                break
        assert found is not None
        assert f"[{row['number']}]" in squeeze("".join(map(str, found.itertext())))
        assert re.sub(r"\D", "", breaks[-1]) == row["ebook"] == row["print"], row


def test_a_quotation_that_an_edition_leaves_out_counts_all_the_same(make_book: MakeBook, tmp_path: Path) -> None:
    quoted = "> One.\n>\n> — [@talk-2013]\n\n> Two.\n\n> Three.\n>\n> — [@talk-2013]\n{.key}\n"
    sheet = '[book]\ntitle = "T"\n[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\nhandout = "one-page"\n'
    root = make_book({"book.toml": sheet, "chapters/01-first.md": f"# First\n\n{quoted}"})
    build_book(root, output=tmp_path, jobs=1)
    found = list(csv.DictReader((tmp_path / "concordance.csv").read_text().splitlines()))
    assert [(row["number"], row["source"], row["sheet"]) for row in found] == [
        ("1.1", "talk-2013", ""), ("1.2", "", ""), ("1.3", "talk-2013", "1"),
    ]  # fmt: skip
    assert "1.3" in "".join(PdfReader(tmp_path / "sheet/first.pdf").texts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short words.\nAnd a verse.", "Short words. And a verse."),
        ("word " * 20, "word " * 12 + "…"),
        ("长" * 70, "长" * 60 + " …"),
    ],
)
def test_first_words_end_between_words_where_there_are_any(text: str, words: str) -> None:
    assert first_words(Quotation("a#b", text.strip(), attributed=False, at=Span("a.md"))) == words


@pytest.mark.parametrize("old", [b"", b"\xff\xfe", b"a,b\n1,2\n"])
def test_what_is_no_concordance_is_not_taken_over(old: bytes) -> None:
    new = b"number,source,speaker,date,first words,chapter,anchor,print\n1.1,,,,Words,a,a#q,7\n"
    assert keep_columns(new, old, ["sheet"]) == new
