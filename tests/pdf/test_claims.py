"""A PDF declares PDF/UA-1 only where the book keeps it."""

from __future__ import annotations

import pikepdf
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
