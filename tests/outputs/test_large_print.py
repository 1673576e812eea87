"""Large print: sizes, colours and faces of every character, read back from the pages."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Iterator
from math import hypot
from pathlib import Path

import page as page_validation
import pypdfium2.raw as pdfium
import pytest

from book.build import build_book
from book.composition.styles import measures
from book.model.settings import Edition, Page
from book.project.config import load_project
from tests.conftest import MakeBook
from tests.pdf_checks import faults
from tests.readers import PdfReader

EDITIONS = """\
[editions.large]
output = "pdf"
large-print = true
quotation-numbers = "margin"
sections = [
  "titlepage", "copyright", "contents", "figures", "chapters", "timeline", "chronological", "speakers", "places",
  "subjects", "colophon",
]
[editions.sheet]
output = "pdf"
split = "chapter"
large-print = true
handout = ["full", "quotations"]
answer-lines = 1
"""
HARD = """\
---
title: Hard
subtitle: What is *small* in other editions
questions: [What is H~2~O?]
---

*Emphasis that is long, and would be slanted in another edition, as `code`*, x^2^, [small]{.smallcaps}, a note.[^1]

## A heading

### A heading of the third order

- A list, with **strong words**
- and `code`

| Number | Words | Further words that are longer | Nobody reads so many words in one cell of a table |
|-------:|-------|-------------------------------|----------------------------------------------------|
|      1 | alpha | unquestionable circumstances  | internationalisation, and what follows from it     |

Table: A caption.

> Words, *with emphasis*.
>
> — [@forum-2015, opening section]
{.key}

```
code that stands by itself
```

::: {.note}
An aside.
:::

[^1]: The note, with `code` and *emphasis*.

    Its second paragraph.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The sample book and a chapter with all kinds of markup, in large print."""
    root = tmp_path_factory.mktemp("large")
    shutil.copytree(sample / "chapters", root / "chapters")
    shutil.copyfile(sample / "sources.yaml", root / "sources.yaml")
    (root / "chapters/06-hard.md").write_text(HARD, encoding="utf-8")
    head = (sample / "book.toml").read_text(encoding="utf-8").partition("[editions.")[0]
    head = "\n".join(line for line in head.splitlines() if not line.startswith("transcript"))
    (root / "book.toml").write_text(f"{head}\n{EDITIONS}", encoding="utf-8")
    report = build_book(root, output=root / "build")
    assert "small-print" not in {problem.code for problem in report.problems}
    return root / "build"


PDFS = ["large.pdf", "sheet/full/hard.pdf", "sheet/quotations/precision.pdf"]


def characters(path: Path) -> Iterator[tuple[str, str, float, tuple[int, int, int]]]:
    """Each visible character, with the name of its font, its size in pt as printed, and its colour."""
    for page in PdfReader(path).document:
        text = page.get_textpage()
        for number in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, number))
            if letter.isspace() or pdfium.FPDFText_IsGenerated(text, number) == 1:
                continue
            name = ctypes.create_string_buffer(100)
            pdfium.FPDFText_GetFontInfo(text, number, name, 100, None)
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, number, matrix)
            parts = [ctypes.c_uint() for _ in range(4)]
            pdfium.FPDFText_GetFillColor(text, number, *parts)
            size = pdfium.FPDFText_GetFontSize(text, number) * hypot(matrix.c, matrix.d)
            red, green, blue = (part.value for part in parts[:3])
            yield letter, name.value.decode(), size, (red, green, blue)


@pytest.mark.parametrize("name", PDFS)
def test_every_character_has_at_least_18_points_in_black_and_is_upright(built: Path, name: str) -> None:
    # the words in the sample book's drawing are its own, in a face that nothing else in large print is set in
    found = [one for one in characters(built / name) if not one[1].endswith("Source-Sans-Pro")]
    assert len(found) > 400
    small = {(letter, font, round(size, 1)) for letter, font, size, _ in found if size < 17.95}
    assert small == set()
    assert {colour for *_, colour in found} == {(0, 0, 0)}
    fonts = {font for _, font, *_ in found}
    assert not [font for font in fonts if "Italic" in font or "Oblique" in font]
    assert {font.partition("+")[2] for font in fonts} <= {
        "Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold", "IBM-Plex-Mono", "IBM-Plex-Mono-Bold", "Noto-Serif-SC",
        "Source-Sans-Pro-Bold",  # for letters that the face of large print lacks, as in Pinyin
    }, fonts  # fmt: skip


def test_folios_and_titles_are_larger_than_the_text(built: Path) -> None:
    reader = PdfReader(built / "large.pdf")
    for page, label in zip(reader.document, reader.labels, strict=True):
        text = page.get_textpage()
        sizes = {
            round(pdfium.FPDFText_GetFontSize(text, number), 1)
            for number in range(text.count_chars())
            if chr(pdfium.FPDFText_GetUnicode(text, number)).isdigit()
        }
        if label.isdigit() and sizes:
            assert max(sizes) >= 21.5, label


def test_no_word_is_divided(built: Path) -> None:
    assert not [
        line for text in PdfReader(built / "large.pdf").texts for line in text.splitlines() if line.endswith("‐")
    ]


def test_indexes_and_timeline_are_there(built: Path) -> None:
    texts = [" ".join(text.split()) for text in PdfReader(built / "large.pdf").texts]
    for heading in ("Timeline", "Chronological index", "Subject index"):
        assert any(heading in text for text in texts)
    (drawn,) = [text for text in texts if text.count("Symposium") > 2 and "Shibadong talk" in text and "2013" in text]
    assert "The larger a mark" in drawn


@pytest.mark.parametrize("name", PDFS)
def test_large_print_conforms_to_pdf_ua(built: Path, name: str) -> None:
    assert faults(built / name) == []
    report = page_validation.validate_pdf(str(built / name), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_a_one_page_handout_in_large_print_never_has_smaller_text() -> None:
    for step in range(13):
        found = measures(Edition("pdf", page=Page("210mm", "297mm"), split="chapter", large_print=True), step)
        assert found["text-size"] == 18
        assert found["line"] >= 21


@pytest.mark.parametrize(("lines", "size"), [("", ("210mm", "297mm")), ('paper = "letter"\n', ("8.5in", "11in"))])
def test_large_print_stands_on_a4_unless_the_page_is_given(
    make_book: MakeBook, lines: str, size: tuple[str, str]
) -> None:
    toml = f'[book]\ntitle = "T"\n[editions.big]\noutput = "pdf"\nlarge-print = true\n{lines}'
    project = load_project(make_book({"book.toml": toml})).value
    assert project is not None
    page = project.editions[0].page
    assert page is not None
    assert (page.width, page.height) == size


def test_words_of_a_wide_table_are_divided_at_their_syllables(make_book: MakeBook) -> None:
    """Not between any two letters, though nothing else is hyphenated; the text stays upright."""
    rows = [[f"Head {column}" for column in range(9)], ["---"] * 9, *[["population"] * 9] * 3]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    toml = '[book]\ntitle = "A"\nlanguage = "en-GB"\n[editions.large]\noutput = "pdf"\nlarge-print = true\n'
    root = make_book({"book.toml": toml, "chapters/01-first.md": f"# First\n\nWords.\n\n{table}\n"})
    report = build_book(root, output=root / "out", jobs=1)
    assert not {problem.code for problem in report.problems} & {"torn-words", "layout-engine"}
    text = " ".join(PdfReader(root / "out" / "large.pdf").texts)
    assert text.count("popula\u00ad") == 27, "each ends its line with a hyphen that is none of the text"
