"""Numbers of the book's furniture are in the digits of its language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale, localedata

from book.build import build_book
from book.composition.styles import LAYOUTS
from book.dates import digits
from book.dates.digits import in_digits, numbering
from book.dates.edtf import parse
from book.dates.formatting import display, year_heading
from tests.conftest import MakeBook
from tests.readers import EpubReader, PdfReader


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fa", "۱۲"), ("ar", "12"), ("ar-EG", "١٢"), ("ar-MA", "12"), ("ar-u-nu-arab", "١٢"), ("fa-u-nu-latn", "12"),
        ("hi", "12"), ("hi-u-nu-deva", "१२"), ("bn", "১২"), ("mr", "१२"), ("ps", "۱۲"), ("ur", "12"), ("en", "12"),
        ("zh-Hans", "12"), ("xx", "12"), ("ar-u-ca-gregory-nu-arab", "١٢"), ("fa-u-nu-roman", "12"),
    ],
)  # fmt: skip
def test_digits_are_those_of_cldr_or_those_that_the_tag_asks_for(language: str, written: str) -> None:
    assert in_digits("12", language) == written


def test_dates_have_the_digits_of_their_language() -> None:
    assert display(parse("1958-03-12"), "fa") == "۱۲ مارس ۱۹۵۸"
    assert display(parse("1958-03-12"), "ar-EG") == "١٢ مارس ١٩٥٨"
    assert display(parse("1958-03-12"), "ar") == "12 مارس 1958"
    assert year_heading(parse("1958"), "fa") == "۱۹۵۸"
    assert numbering("de") == "latn"


def test_the_languages_are_those_of_cldr_and_every_system_numbers_lists() -> None:
    systems = {name: Locale.parse(name).default_numbering_system for name in localedata.locale_identifiers()}
    assert {name.split("_")[0] for name, system in systems.items() if system in digits._ZEROS} == digits._OWN
    rules = (LAYOUTS / "book.css").read_text(encoding="utf-8")
    assert set(digits._ZEROS) <= set(re.findall(r"^\.(\w+) { list-style-type: [a-z-]+; }", rules, re.MULTILINE))


FILES = {
    "book.toml": """[book]
title = "سخنانی درباره آب"
language = "fa"
authors = ["احمد"]
date = "2021-05-04"
[editions.print]
output = "pdf"
[editions.ebook]
output = "epub"
""",
    "sources.yaml": '- {id: a, type: speech, title: "سخنرانی", author: [{literal: "احمد"}], issued: 1958-03-12}\n',
    "chapters/01-first.md": """---
title: رود و شهر
---

رود.[^1] رود [آب]{.index}، [شهر](02-second.md) 2021.

> رود
>
> — [@a]

1. رود
2. شهر

[^1]: یادداشت.
""",
    "chapters/02-second.md": "---\ntitle: شهر\n---\n\nرود [آب]{.index} [@a].\n",
}


def test_folios_notes_chapters_indexes_and_lists_have_them_and_the_authors_own_words_do_not(
    make_book: MakeBook, tmp_path: Path
) -> None:
    report = build_book(make_book(FILES), output=tmp_path / "out", jobs=1)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    ebook = EpubReader(tmp_path / "out" / "ebook.epub")
    chapter = "".join(map(str, ebook.documents["EPUB/first.xhtml"].itertext()))
    assert re.findall(r"\d+", chapter) == ["۱", "۱", "۳", "2021", "۱۲", "۱۹۵۸", "۱"]
    index = "".join(map(str, ebook.documents["EPUB/chronological.xhtml"].itertext()))
    assert re.findall(r"\d+", index) == ["۱۹۵۸", "۱۲", "۱۹۵۸", "۱", "۳"]
    named = [label for part in ebook.files.values() for label in re.findall(rb'<a [^>]*aria-label="([^"]*)"', part)]
    assert len(named) > 3
    assert not re.search(r"[0-9]", b" ".join(named).decode()), "what is heard has other digits than what is seen"
    contents = ebook.files["EPUB/nav.xhtml"].decode()
    assert '<span class="number">۱</span> <span class="title">رود و شهر</span>' in contents
    printed = PdfReader(tmp_path / "out" / "print.pdf")
    for text in printed.texts[4:]:
        assert set(re.findall(r"\d", text)) <= set("۰۱۲۳۴۵۶۷۸۹2021")
    assert any("۲." in text or ".۲" in text for text in printed.texts)


def test_a_title_that_is_a_number_stays_one_in_the_index(make_book: MakeBook, tmp_path: Path) -> None:
    settings = FILES["book.toml"].replace('[editions.print]\noutput = "pdf"\n', "")
    chapter = FILES["chapters/01-first.md"].replace("title: رود و شهر", "title: 1984")
    report = build_book(make_book({**FILES, "book.toml": settings, "chapters/01-first.md": chapter}), output=tmp_path)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    index = "".join(map(str, EpubReader(tmp_path / "ebook.epub").documents["EPUB/chronological.xhtml"].itertext()))
    assert "1984" in index
    assert "۱۹۸۴" not in index
