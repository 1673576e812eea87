"""Books from right to left, words that run against those around them, and punctuation by language."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from book.build import build_book
from book.citing.names import filed
from book.language.bidi import attributes, isolated
from book.language.punctuation import punctuation
from book.model.sources import Name
from tests.conftest import MakeBook

ARABIC = """\
[book]
title = "كتاب التجارب"
language = "ar"
authors = ["ليلى حسن"]
[editions.print]
output = "pdf"
[editions.ebook]
output = "epub"
"""
CHAPTER = """\
---
title: الفصل الأول
---

هذه فقرة أولى فيها كلمة [English words]{lang=en} ثم رقم [@a1].

> كلمات منقولة من الكلام.
>
> — [@a2]
"""
SOURCES = """\
- {id: a1, type: speech, title: كلمة في المؤتمر, author: [{family: حسن, given: ليلى}], issued: 2015-11-27}
- {id: a2, type: speech, title: An English Speech, language: en, author: [{family: Roe, given: Ann}], issued: 2016-03}
"""


@pytest.mark.parametrize(
    ("text", "around", "html"),
    [
        ("Speech", "en", "Speech"),
        ("Rede über", "en", "Rede über"),
        ("خطاب", "en", '<bdi dir="rtl">خطاب</bdi>'),
        ("خطاب", "ar", "خطاب"),
        ("Speech 2", "ar", '<bdi dir="ltr">Speech 2</bdi>'),
        ("2015", "ar", "2015"),
        ("Speech (خطاب)", "he", '<bdi dir="ltr">Speech (خطاب)</bdi>'),
    ],
)
def test_words_are_isolated_where_they_run_against_the_language_around_them(text: str, around: str, html: str) -> None:
    assert isolated(text, text, around) == html


@pytest.mark.parametrize(
    ("tag", "around", "direction"),
    [("ar", "en", "rtl"), ("ar", "fa", "rtl"), ("en", "ar", "ltr"), ("de", "en", None), (None, "ar", None)],
)
def test_a_language_states_its_direction_where_it_is_not_that_around_it(
    tag: str | None, around: str, direction: str | None
) -> None:
    assert attributes(tag, around).get("dir") == direction


@pytest.mark.parametrize(
    ("language", "marks"),
    [("en", ", |; |: "), ("ar-EG", "، |؛ |: "), ("zh-Hant", "，|；|："), ("ja", "、|；|：")],
)
def test_marks_are_those_of_the_language(language: str, marks: str) -> None:
    found = punctuation(language)
    assert f"{found.comma}|{found.semicolon}|{found.colon}" == marks


def test_a_name_in_arabic_letters_is_filed_with_an_arabic_comma() -> None:
    assert filed(Name(family="حسن", given="ليلى")) == "حسن، ليلى"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Arabic book, built; the folder of its editions."""
    root = tmp_path_factory.mktemp("arabic")
    (root / "chapters").mkdir()
    for name, text in {"book.toml": ARABIC, "sources.yaml": SOURCES, "chapters/01-a.md": CHAPTER}.items():
        (root / name).write_text(text, encoding="utf-8")
    build_book(root, jobs=1, output=root / "build")
    return root / "build"


def test_a_book_from_right_to_left_says_so_to_readers_of_its_pdf(arabic: Path) -> None:
    with pikepdf.open(arabic / "print.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L


def test_its_contents_have_titles_on_the_right_and_pages_on_the_left(arabic: Path) -> None:
    with pypdfium2.PdfDocument(arabic / "print.pdf") as document:
        page = document[4]
        text = page.get_textpage()
        places = [text.get_charbox(index) for index in range(text.count_chars())]
        folios = [place[0] for index, place in enumerate(places) if text.get_text_range(index, 1) in ("1", "3", "5")]
        heading = max(place[2] for place in places)
        assert min(folios) < page.get_width() / 4
        assert heading > page.get_width() * 0.75


def test_its_inner_margin_is_on_the_right_of_a_recto(arabic: Path) -> None:
    with pypdfium2.PdfDocument(arabic / "print.pdf") as document:
        page = document[6]
        text = page.get_textpage()
        places = [text.get_charbox(index) for index in range(text.count_chars())]
        left = min(place[0] for place in places)
        right = page.get_width() - max(place[2] for place in places)
    assert right < left


def test_every_document_of_its_epub_runs_from_right_to_left(arabic: Path) -> None:
    with zipfile.ZipFile(arabic / "ebook.epub") as archive:
        documents = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    assert len(documents) > 5
    assert all(re.search(r'<html[^>]* dir="rtl"', document) for document in documents)


def test_foreign_words_in_it_are_isolated_and_marks_are_arabic(arabic: Path) -> None:
    with zipfile.ZipFile(arabic / "ebook.epub") as archive:
        chapter = archive.read("EPUB/a.xhtml").decode()
        index = archive.read("EPUB/speakers.xhtml").decode()
    assert '<bdi dir="ltr">Ann Roe</bdi>، <span lang="en" xml:lang="en" dir="ltr">An English Speech</span>، ' in chapter
    assert re.search(r'<span lang="en"[^>]* dir="ltr"[^>]*>English words</span>', chapter)
    title = '<span lang="en" xml:lang="en" dir="ltr">An English Speech</span>'
    assert re.search(rf'<span class="title-mark">.</span>{title}<span class="title-mark">.</span>، ', index)


def test_a_title_from_right_to_left_leaves_the_date_behind_it_in_its_place(make_book: MakeBook) -> None:
    sources = """\
- {id: talk-2013, type: speech, title: خطاب, author: [{family: Doe, given: Ann}], issued: 2001-02-03, language: ar}
- {id: other, type: speech, title: Other, author: [{family: Bee, given: Ann}], issued: 2001-02-03}
"""
    chapter = "# One\n\nWords [@talk-2013] and [@other].\n"
    toml = '[book]\ntitle = "A"\nlanguage = "en-GB"\n[editions.print]\noutput = "pdf"\n'
    root = make_book({"book.toml": toml, "sources.yaml": sources, "chapters/01-first.md": chapter})
    build_book(root, jobs=1, output=root / "build")
    with pypdfium2.PdfDocument(root / "build" / "print.pdf") as document:
        text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert len(re.findall(r"خطاب[“”]?, 3 February 2001", text)) >= 2
    assert "February 2001 3" not in text


def test_a_citation_in_a_chapter_of_another_language_says_its_own(make_book: MakeBook) -> None:
    toml = '[book]\ntitle = "A"\nlanguage = "en-GB"\n[editions.ebook]\noutput = "epub"\n'
    chapter = "---\ntitle: Kapitel\nlanguage: de\n---\n\nEin Satz [@talk-2013].\n"
    root = make_book({"book.toml": toml, "chapters/01-first.md": chapter})
    build_book(root, jobs=1, output=root / "build")
    with zipfile.ZipFile(root / "build" / "ebook.epub") as archive:
        document = archive.read("EPUB/first.xhtml").decode()
    assert re.search(r'<span[^>]* lang="en-GB"[^>]* xml:lang="en-GB"[^>]*><a class="biblioref"', document)
