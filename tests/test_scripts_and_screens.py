"""Small books that broke e-readers or were not set at all: other scripts, odd keys, long dates, tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.language.terms import terms
from tests.conftest import MakeBook
from tests.readers import XHTML, EpubReader, PdfReader, squeeze

SETTINGS = """\
[book]
title = "{title}"
language = "{language}"
authors = ["{author}"]

[editions.print]
output = "pdf"

[editions.ebook]
output = "epub"
"""
SOURCE = '- {{id: "{key}", type: speech, title: "{title}", issued: 2015-11-27/2015-11-28, event-place: "{place}"}}\n'
CHAPTER = """\
---
title: {title}
---

{words} [@{{{key}}}] [English words]{{lang=en}} 2015.

> {words}
>
> — [@{{{key}}}]
"""
BOOKS = {
    "ru": ("Речи", "Анна Петрова", "Глава о речи", "Москва"),
    "el": ("Λόγοι", "Άννα Δημητρίου", "Πρώτο κεφάλαιο", "Αθήνα"),
    "ar": ("مختارات", "ليلى حسن", "الفصل الأول", "القاهرة"),
    "zh-Hans": ("文选", "王小明", "第一章的题目", "北京"),
}
KEYS = ("plain", "a b", "1908a", "forum:2015", "x'y", "é/ü", "a&b<c>")


def book(language: str, key: str) -> dict[str, str]:
    """The files of a book in a language that cites a source under a key."""
    title, author, words, place = BOOKS[language]
    return {
        "book.toml": SETTINGS.format(title=title, language=language, author=author),
        "sources.yaml": SOURCE.format(key=key, title=words, place=place),
        "chapters/01-first.md": CHAPTER.format(title=words, words=words, key=key),
    }


@pytest.mark.parametrize("language", BOOKS)
def test_a_book_in_another_script_is_set_whole_with_words_of_its_language(
    make_book: MakeBook, tmp_path: Path, language: str
) -> None:
    title, author, words, place = BOOKS[language]
    report = build_book(make_book(book(language, "plain")), output=tmp_path / "out", jobs=1)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    ebook = EpubReader(tmp_path / "out" / "ebook.epub")
    opf = etree.fromstring(ebook.files["EPUB/content.opf"])
    spine = next(opf.iter("{http://www.idpf.org/2007/opf}spine"))
    way = "rtl" if language == "ar" else None
    assert spine.get("page-progression-direction") == way
    for root in ebook.documents.values():
        assert (root.get("lang"), root.get("dir")) == (language, way)
    said = " ".join("".join(map(str, root.itertext())) for root in ebook.documents.values())
    for expected in (title, author, words, place, terms(language)["contents"], terms(language)["chronological"]):
        assert expected in said
    if way is None:  # letters from right to left are read from a PDF in the order of their places
        printed = squeeze("".join(PdfReader(tmp_path / "out" / "print.pdf").texts))
        for expected in (title, words, place, terms(language)["contents"]):
            assert squeeze(expected) in printed


@pytest.mark.parametrize("key", KEYS)
def test_whatever_the_key_of_a_source_links_lead_to_ids_that_exist(
    make_book: MakeBook, tmp_path: Path, key: str
) -> None:
    files = book("ru", key) | {"book.toml": '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'}
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    ebook = EpubReader(tmp_path / "out" / "ebook.epub")
    links = [(name, link.get("href", "")) for name, root in ebook.documents.items() for link in root.iter(f"{XHTML}a")]
    assert any("chronological.xhtml#" in href for _, href in links)
    for name, href in links:
        assert ebook.target(name, href) is not None, href
    for root in ebook.documents.values():
        names = [element.get("id") for element in root.iter(etree.Element) if element.get("id")]
        assert len(names) == len(set(names))
        assert [one for one in names if not re.fullmatch(r"[^\W\d][\w.·-]*", str(one))] == []


def test_no_stylesheet_of_ours_keeps_words_on_a_line_or_in_a_box_that_scrolls(
    make_book: MakeBook, tmp_path: Path
) -> None:
    files = book("ru", "plain") | {"book.toml": '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'}
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    ebook = EpubReader(tmp_path / "out" / "ebook.epub")
    css = "".join(data.decode() for name, data in ebook.files.items() if name.endswith(".css"))
    assert not re.search(r"nowrap|overflow(-[xy])?\s*:\s*(auto|scroll|hidden)|:\s*fixed", css)
    last = sorted(
        (name for name in ebook.files if name.endswith(".css")), key=lambda name: int(re.findall(r"\d+", name)[0])
    )
    for name in last[:-1]:  # what RMSDK drops whole files for stands in the last one
        assert not re.search(r"@media|@container|calc\(|var\(|color-mix|:not\(|:is\(", ebook.files[name].decode()), name


def test_no_line_of_an_e_books_index_begins_with_a_comma(make_book: MakeBook, tmp_path: Path) -> None:
    first = "---\ntitle: A long title of a chapter that says it all\n---\n\n" + "[Water]{.index} here.\n\n" * 3
    second = "---\ntitle: Second\n---\n\n" + "[Water]{.index} there.\n\n" * 2
    settings = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\nsections = ["chapters", "subjects"]\n'
    build_book(
        make_book({"book.toml": settings, "chapters/01-first.md": first, "chapters/02-second.md": second}),
        output=tmp_path / "out", jobs=1,
    )  # fmt: skip
    root = EpubReader(tmp_path / "out" / "ebook.epub").documents["EPUB/subjects.xhtml"]
    links = [link for link in root.iter(f"{XHTML}a") if "locator" in link.get("class", "")]
    written = ["".join(map(str, link.itertext())) for link in links]
    assert written == ["A long title of a chapter that says it all,", "2,", "3,", "Second,", "2"]
    assert [link.tail for link in links[:-1]] == [" "] * 3 + ["\u00a0"]


def test_a_date_that_is_shown_as_written_is_parted_from_what_follows_in_chinese_too(
    make_book: MakeBook, tmp_path: Path
) -> None:
    files = book("zh-Hans", "plain") | {
        "book.toml": '[book]\ntitle = "选"\nlanguage = "zh-Hans"\n[editions.ebook]\noutput = "epub"\n'
    }
    files["sources.yaml"] += (
        "- {id: b, type: speech, title: Note, author: [{literal: Anon.}], issued: {literal: n.d.}}\n"
    )
    files["chapters/01-first.md"] += "\n又见 [@b]。\n"
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    root = EpubReader(tmp_path / "out" / "ebook.epub").documents["EPUB/chronological.xhtml"]
    text = "".join(map(str, root.itertext()))
    assert "n.d. 《Note》" in text
    assert "2015年11月27日至28日。《" in text
