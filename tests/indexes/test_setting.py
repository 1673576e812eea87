"""Indexes as they are set: lines, spaces and faces, read back from the PDF."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from book.build import build_book
from book.citing.titles import in_marks, title_form
from book.model.sources import RichText
from tests.conftest import MakeBook
from tests.lines import Line, TypeReader
from tests.readers import EpubReader

TOML = """\
[book]
title = "Words"
language = "en-GB"

[editions.print]
output = "pdf"
sections = ["chapters", "chronological", "subjects"]
styles = ["own.css"]

[editions.ebook]
output = "epub"
"""
SOURCES = """\
- {id: long, type: speech, title: Speech on the “six words” at a meeting of the whole assembly about the old harbour,
   event-place: York, issued: 2015-11-27}
- {id: next, type: speech, title: Remarks to the delegation of the province at the yearly session of the assembly,
   issued: 2015-12-02}
- {id: book, type: book, title: A History of the Harbour in Three Parts with an Account of the Great Storm of 1901,
   issued: 2016}
- {id: press, type: article-newspaper, title: Fishermen on strike against the new dues of the harbour board,
   container-title: Kelmouth Herald, issued: 2016-02}
"""
CITING = "# First\n\nWords [@long], [@next], [@book], [@press], and once more [@long].\n"


def built(make_book: MakeBook, **files: str) -> Path:
    """The folder with the editions of a book with some files."""
    root = make_book(
        {"book.toml": TOML, "sources.yaml": SOURCES, "chapters/01-first.md": CITING, "own.css": "", **files}
    )
    build_book(root, output=root / "out")
    return root / "out"


def lines_on(reader: TypeReader, heading: str) -> list[Line]:
    """The lines of the pages that begin with a heading and of those behind it, in order."""
    first = next(line.page for line in reader.lines if line.text == heading)
    return [line for line in reader.lines if line.page >= first]


def test_locators_never_stand_alone_on_a_line(make_book: MakeBook) -> None:
    """One term for each length, so that for some of them just the locators have no room on the line."""
    terms = [f"{'word ' * 3}{'x' * length} end{'y' * (length % 7)}" for length in range(1, 24)]
    text = "\n\n".join(f"[{term}]{{.index}} and the words of [@long]." for term in terms)
    chapters = {f"chapters/0{n}-more{n}.md": f"# More {n}\n\n{text}\n" for n in range(2, 6)}
    reader = TypeReader(built(make_book, **chapters) / "print.pdf")
    entries = [
        line.text.replace("\xa0", " ") for line in lines_on(reader, "Subject index") if line.role in ("LI", "LBody")
    ]
    assert len(entries) > len(terms), "some entries have two lines"
    assert [text for text in entries if re.fullmatch(r"[\d–, ]+", text)] == []


def test_entries_of_speeches_stand_a_quarter_of_a_line_apart(make_book: MakeBook) -> None:
    reader = TypeReader(built(make_book) / "print.pdf")
    lines = [line for line in lines_on(reader, "Chronological index") if line.role in ("LI", "LBody")]
    steps = [(a.block == b.block, round(a.baseline - b.baseline, 2)) for a, b in pairwise(lines)]
    within = {step for same, step in steps if same}
    between = {step for same, step in steps if not same and step < 20}
    assert len(within) == len(between) == 1
    assert between.pop() - within.pop() == pytest.approx(14 / 4, abs=0.02), "a line of the page is 14 pt"


def faces(path: Path, page: int) -> set[str]:
    """The names of the fonts on a page, without the tag of the subset."""
    with pikepdf.open(path) as pdf:
        return {str(font.BaseFont).split("+")[-1] for font in pdf.pages[page].Resources.Font.values()}


def test_titles_of_parts_stand_in_quotation_marks_and_those_of_works_in_italics(make_book: MakeBook) -> None:
    out = built(make_book, **{"chapters/01-first.md": "# First\n\nWords [@long], [@next].\n"})
    reader = TypeReader(out / "print.pdf")
    lines = lines_on(reader, "Chronological index")
    text = " ".join(line.text for line in lines)
    assert "27 November 2015. “Speech on the ‘six words’ at a meeting" in text
    assert faces(out / "print.pdf", lines[0].page) == {"Source-Serif-Pro", "Source-Sans-Pro-Semi-Bold"}, "two means"
    out = built(make_book)
    lines = lines_on(reader := TypeReader(out / "print.pdf"), "Chronological index")
    assert "Source-Serif-Pro-Italic" in faces(out / "print.pdf", lines[0].page)
    text = " ".join(line.text for line in reader.lines)
    assert "2016. A History of the Harbour" in text
    assert "harbour board”, Kelmouth Herald" in text
    documents = EpubReader(out / "ebook.epub").documents
    (index,) = (root for name, root in documents.items() if name.endswith("chronological.xhtml"))
    assert "“Speech on the ‘six words’ at a meeting" in "".join(map(str, index.itertext()))


QUOTED = """\
- {id: osric, type: article-newspaper, title: What the ferryman said, container-title: Kelmouth Herald,
   author: [{family: Holm, given: Ellen}], speaker: [{family: Osric, given: Jan}], issued: 1903-08-04}
- {id: book, type: book, title: A History, author: [{family: Reed, given: Ada}], issued: 1908}
- {id: talk, type: speech, title: A talk, author: [{family: Reed, given: Ada}], issued: 1909-05}
"""


def test_titles_in_every_list_of_sources_are_told_apart(make_book: MakeBook) -> None:
    """The newspaper that quotes somebody, and the works of a speaker, are in italics; dates are told from pages."""
    toml = TOML.replace('"chronological"', '"timeline", "chronological", "speakers"')
    files = {
        "book.toml": toml,
        "sources.yaml": QUOTED,
        "chapters/01-first.md": "# First\n\n[@osric] [@book] [@talk].\n",
    }
    out = built(make_book, **files)
    text = [" ".join(words.split()) for words in pages_of(out / "print.pdf")]
    timeline, index, speakers = (
        next(number for number, words in enumerate(text) if heading in words)
        for heading in ("Timeline", "Chronological index", "Index of speakers")
    )
    assert "quoted in Ellen Holm, “What the ferryman said”, Kelmouth Herald: 1" in text[index]
    assert "quoted in Ellen Holm, “What the ferryman said”, Kelmouth Herald, 4 August 1903: 1" in text[speakers]
    assert "A History, 1908: 1 “A talk”, May 1909: 1" in text[speakers]
    for page in (index, speakers):
        assert in_face(out / "print.pdf", page, "Source-Serif-Pro-Italic") >= {"Kelmouth Herald", "A History"}
    assert in_face(out / "print.pdf", timeline, "Source-Sans-Pro-Italic") == {"A History"}


def pages_of(path: Path) -> list[str]:
    """The words of each page."""
    with pymupdf.open(path) as document:  # type: ignore[no-untyped-call]
        return [page.get_text() for page in document]


def in_face(path: Path, page: int, face: str) -> set[str]:
    """The texts on a page that are set in a face."""
    with pymupdf.open(path) as document:  # type: ignore[no-untyped-call]
        blocks = document[page].get_text("dict")["blocks"]
    spans = (span for block in blocks for line in block.get("lines", ()) for span in line["spans"])
    return {span["text"].strip() for span in spans if span["font"].split("+")[-1] == face}


def test_tokens_set_titles_in_italics_without_marks_and_dates_in_bold(make_book: MakeBook) -> None:
    css = ":root { --title-marks: none; --part-title-style: italic; --index-date-weight: 600; }"
    out = built(make_book, **{"own.css": css})
    lines = lines_on(TypeReader(out / "print.pdf"), "Chronological index")
    assert "27 November 2015. Speech on the ‘six words’" in " ".join(line.text for line in lines)
    assert {"Source-Serif-Pro-Italic", "Source-Serif-Pro-Semi-Bold"} <= faces(out / "print.pdf", lines[0].page)


def lefts(lines: list[Line]) -> set[int]:
    """The left edges of the first lines of entries, to 3 pt."""
    firsts = {line.block: line for line in reversed(lines) if line.role in ("LI", "LBody")}
    return {round(line.left / 3) for line in firsts.values()}


def test_long_entries_have_one_column_and_short_ones_two(make_book: MakeBook) -> None:
    lines = lines_on(TypeReader(built(make_book) / "print.pdf"), "Chronological index")
    assert len(lefts(lines)) == 1
    names = [f"s{n}" for n in range(8)]
    sources = "".join(
        f"- {{id: {one}, type: speech, title: On {one}, issued: 20{n}}}\n" for n, one in enumerate(names, 10)
    )
    short = {"sources.yaml": sources, "chapters/01-first.md": f"# First\n\nWords [@{'; @'.join(names)}].\n"}
    lines = lines_on(TypeReader(built(make_book, **short) / "print.pdf"), "Chronological index")
    assert len(lefts(lines)) == 2


@pytest.mark.parametrize(
    ("title", "language", "marked"),
    [
        ("On “peace” and ‘war’", "en", "“On ‘peace’ and ‘war’”"),
        ("Rede über „Frieden“", "de", "„Rede über ‚Frieden‘“"),
        ("Discours", "fr", "«\u202fDiscours\u202f»"),
        ("在全国《决定》会议上的讲话", "zh-Hans", "《在全国〈决定〉会议上的讲话》"),
        ("演説", "ja", "「演説」"),
        ("“Whole”", "en", "“Whole”"),
        (RichText("On Hamlet", "On <i>Hamlet</i>"), "en", "“On Hamlet”"),
    ],
)
def test_marks_are_those_of_the_language_and_those_within_are_inner_ones(
    title: str, language: str, marked: str
) -> None:
    assert str(in_marks(title, language)) == marked


@pytest.mark.parametrize(("language", "shown"), [("en-US", "harbour,” York"), ("en-GB", "harbour”, York")])
def test_a_comma_stands_within_marks_in_american_english(make_book: MakeBook, language: str, shown: str) -> None:
    toml = TOML.replace("en-GB", language)
    out = built(make_book, **{"book.toml": toml, "chapters/01-first.md": "# First\n\nWords [@long], [@next].\n"})
    text = " ".join(line.text for line in lines_on(TypeReader(out / "print.pdf"), "Chronological index"))
    assert shown in " ".join(text.split())
    assert "session of the assembly”:" in text, "a colon stands behind them"


def test_languages_without_italics_have_marks_for_works_too() -> None:
    assert [title_form("book", tag) for tag in ("en", "ru", "zh-Hans", "ar")] == ["work", "work", "quoted", "quoted"]
    assert [title_form(kind, "en") for kind in ("speech", "article-journal", "treaty")] == ["quoted", "quoted", "plain"]
    assert str(in_marks("雪国", "ja", work=True)) == "『雪国』"
