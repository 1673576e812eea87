"""What editions claim, and what they say to readers who listen: PDF/UA-1, numbers of lists, calls of notes."""

from __future__ import annotations

import re
import zipfile

import pikepdf
import pypdfium2
import pytest

from book.build import build_book
from tests.conftest import MakeBook

TOML = '[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\n'


@pytest.mark.parametrize(
    ("heading", "declared"), [("## Second level", True), ("#### Fourth level", False)], ids=["in-order", "skipped"]
)
def test_a_skipped_heading_takes_the_declaration_of_pdf_ua_away(
    make_book: MakeBook, heading: str, declared: bool
) -> None:
    chapter = f"# One\n\nWords [@talk-2013].\n\n{heading}\n\nMore words.\n"
    root = make_book({"book.toml": TOML, "chapters/01-first.md": chapter})
    build_book(root, jobs=1, output=root / "build")
    with pikepdf.open(root / "build" / "print.pdf") as pdf, pdf.open_metadata() as xmp:
        assert (xmp.get("pdfuaid:part") == "1") is declared


def test_a_list_begins_with_the_number_that_its_author_wrote(make_book: MakeBook) -> None:
    chapter = "# One\n\nWords [@talk-2013].\n\n3. starts at three\n4. goes on\n"
    root = make_book({"book.toml": TOML, "chapters/01-first.md": chapter})
    build_book(root, jobs=1, output=root / "build")
    with pypdfium2.PdfDocument(root / "build" / "print.pdf") as document:
        page = next(page for page in document if "starts at three" in page.get_textpage().get_text_range())
        text = page.get_textpage()
        search = text.search("starts at three")
        found = search.get_next()
        assert found is not None
        left, bottom, _, top = text.get_charbox(found[0])
        assert text.get_text_bounded(0, bottom - 2, left - 0.5, top + 2).strip() == "3."


def test_the_call_of_a_note_says_in_an_epub_what_it_is(make_book: MakeBook) -> None:
    toml = '[book]\ntitle = "A Book"\n[editions.ebook]\noutput = "epub"\n'
    chapter = "# One\n\nWords [@talk-2013].[^1]\n\n[^1]: A note.\n"
    root = make_book({"book.toml": toml, "chapters/01-first.md": chapter})
    build_book(root, jobs=1, output=root / "build")
    with zipfile.ZipFile(root / "build" / "ebook.epub") as archive:
        document = archive.read("EPUB/first.xhtml").decode()
    (call,) = re.findall(r'<a[^>]*role="doc-noteref"[^>]*>1</a>', document)
    assert 'aria-label="Note 1"' in call
