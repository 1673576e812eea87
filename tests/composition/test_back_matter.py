"""Copyright page, colophon and running heads: what a reader sees, read back from the finished editions."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from book.build import build_book
from book.model.settings import Settings
from book.project.identity import copyright_line, identifier, printed_number
from tests.conftest import EDITIONS, MakeBook
from tests.readers import EpubReader, PdfReader

TOML = """\
[book]
title = "{title}"
language = "en-GB"
authors = ["Ada Reed", "Jonas Pike"]
date = "2026-03"
identifier = "{identifier}"

[editions.print]
output = "pdf"

[editions.ebook]
output = "epub"
embed-fonts = {embed}
"""
LONG = "A Short and Quite Ordinary Title of Some Words"
"""46 characters: there is room for it."""
TOO_LONG = "An Account of All the Words That Were Ever Spoken in the Harbour of Kelmouth and Beyond"


def built(make_book: MakeBook, chapter: str, title: str = "Words", identifier: str = "", embed: str = "true") -> Path:
    """The folder with the editions of a book with one chapter."""
    toml = TOML.format(title=title, identifier=identifier or "urn:isbn:9783161484100", embed=embed)
    root = make_book({"book.toml": toml, "chapters/01-first.md": chapter})
    build_book(root, output=root / "out")
    return root / "out"


def page_with(reader: PdfReader, words: str) -> str:
    """The text of the first page with some words, in one line."""
    return next(" ".join(text.split()) for text in reader.texts if words in text)


def test_a_copyright_page_has_its_line_and_the_isbn_with_hyphens(make_book: MakeBook) -> None:
    out = built(make_book, "# First\n\nWords [@talk-2013].\n")
    page = page_with(PdfReader(out / "print.pdf"), "©")
    assert "© 2026 Ada Reed and Jonas Pike ISBN 978-3-16-148410-0" in page
    assert "March 2026" in page
    assert "2026-03" not in page
    assert "urn:" not in page
    (text,) = ("".join(map(str, root.itertext())) for name, root in EpubReader(out / "ebook.epub").documents.items()
               if name.endswith("copyright.xhtml"))  # fmt: skip
    assert "ISBN 978-3-16-148410-0" in text


def test_an_identifier_for_machines_is_not_printed(make_book: MakeBook) -> None:
    out = built(
        make_book, "# First\n\nWords [@talk-2013].\n", identifier="urn:uuid:cd91fab5-5cf3-4b23-af31-d0fed12ceaac"
    )
    assert not any("cd91fab5" in text for text in PdfReader(out / "print.pdf").texts)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"authors": ("Ada Reed",), "date": "2026"}, "© 2026 Ada Reed"),
        ({"editors": ("Ada Reed",)}, "© Ada Reed"),
        ({"authors": ("Ada Reed",), "copyright": "The Harbour Press", "date": "2026"}, "© 2026 The Harbour Press"),
        ({"copyright": "1990, 2026 Ada Reed", "date": "2026"}, "© 1990, 2026 Ada Reed"),
        ({"authors": ("Ada Reed",), "copyright": ""}, ""),
        ({"authors": ("Ada Reed",), "rights": "Dedicated to the public domain (CC0 1.0)."}, ""),
        ({"authors": ("Ada Reed",), "rights": "© 2020 Somebody else"}, ""),
        ({}, ""),
    ],
)
def test_who_holds_the_copyright_is_said_unless_it_is_given_up(settings: dict[str, object], line: str) -> None:
    assert copyright_line(Settings(title="T", **settings)) == line  # type: ignore[arg-type]


def test_identifiers_are_printed_for_people() -> None:
    assert printed_number("urn:isbn:9791032305690") == "ISBN 979-10-323-0569-0"
    assert printed_number("urn:doi:10.1000/182") == "doi:10.1000/182"
    assert printed_number("https://example.org/book") == "https://example.org/book"


def test_a_colophon_names_the_faces_that_the_edition_is_set_in(make_book: MakeBook) -> None:
    reader = PdfReader(built(make_book, "# First\n\nWords [@talk-2013] and `code`.\n") / "print.pdf")
    text = page_with(reader, "Set in")
    assert "Source Serif Pro" in text
    assert "IBM Plex Mono" in text
    assert "Grießhammer" not in text
    used = {str(font.BaseFont) for page in reader.pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert ("Source Sans Pro" in text) is any("Source-Sans" in name for name in used)
    without = built(make_book, "# First\n\nWords [@talk-2013].\n")
    assert "Mono" not in page_with(PdfReader(without / "print.pdf"), "Set in")
    documents = EpubReader(without / "ebook.epub").documents
    (colophon,) = (root for name, root in documents.items() if name.endswith("colophon.xhtml"))
    assert "Set in Source Serif Pro." in " ".join(map(str, colophon.itertext()))


def test_an_e_book_that_leaves_the_faces_to_its_reader_has_no_colophon(make_book: MakeBook) -> None:
    out = built(make_book, "# First\n\nWords [@talk-2013].\n", embed="false")
    assert not any("colophon" in name for name in EpubReader(out / "ebook.epub").documents)


def running_heads(reader: PdfReader) -> list[str]:
    """The text above the text area of each page."""
    found = []
    for page in reader.document:
        width, height = page.get_size()
        text = page.get_textpage()
        found.append(" ".join(text.get_text_bounded(0, height - 55, width, height).split()))
    return found


def test_a_running_head_is_cut_between_words_and_only_where_it_has_no_room(make_book: MakeBook) -> None:
    chapter = f"---\ntitle: {LONG}\n---\n\n" + "Some words that fill the page [@talk-2013]. " * 400
    heads = running_heads(PdfReader(built(make_book, chapter, title=TOO_LONG) / "print.pdf"))
    assert any(head.startswith(LONG) for head in heads), heads
    cut = next(head for head in heads if "An Account" in head)
    shown = cut[cut.index("An Account") :].removesuffix("…")
    assert TOO_LONG.startswith(shown + " "), "between words"
    assert len(shown) > 46
    assert cut.endswith("…")


def test_the_texts_of_the_settings_have_the_marks_of_the_chapters(make_book: MakeBook) -> None:
    toml = """\
[book]
title = "A People's Book"
subtitle = 'Of "Words" -- 1850...'
language = "en-US"
authors = ["Flann O'Brien"]
publisher = "Reed's"
note = "See https://example.org/a--b and 'more' of it."
series = { title = "Quay's Books", number = 2 }
subjects = ["Wales -- History"]
speakers = "always"
"""
    typed = Settings(title="A People's Book", subtitle='Of "Words" -- 1850...', authors=("Flann O'Brien",))
    sources = """- {id: one, type: speech, author: [{family: O'Brien, given: Sean}], title: T, issued: 1908}\n"""
    files = {"chapters/01-first.md": "# First\n\nWords.\n\n> Said.\n>\n> — [@one]\n", "sources.yaml": sources}
    root = make_book({"book.toml": toml + EDITIONS, **files})
    build_book(root, output=root / "out")
    pages = PdfReader(root / "out" / "print.pdf").texts
    assert "— Sean O’Brien" in " ".join(pages)
    assert "O'Brien" not in " ".join(pages)
    assert pages[0].split("\n")[0] == "A People’s Book"
    assert "Of “Words” – 1850…" in " ".join(" ".join(pages).split())
    assert "See https://example.org/a--b and ‘more’ of it." in " ".join(" ".join(pages).split())
    package = EpubReader(root / "out" / "ebook.epub").files["EPUB/content.opf"].decode()
    for text in ("A People’s Book", "Flann O’Brien", "Quay’s Books", "Wales -- History", identifier(typed)):
        assert text in package
    assert "'" not in (root / "out" / "onix.xml").read_text("utf-8").split("<Product>")[1].replace("='", "")
    assert "A People’s Book" in " ".join(PdfReader(root / "out" / "handout" / "first.pdf").texts)
    with pikepdf.open(root / "out" / "print.pdf") as made:
        assert str(made.docinfo["/Title"]) == "A People’s Book"
