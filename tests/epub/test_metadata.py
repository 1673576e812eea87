"""What every edition says of the book, in the words of its own format: they agree."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
from lxml import etree

from book.build import build_book
from tests.conftest import MakeBook

TOML = """\
[book]
title = "The Book"
authors = ["Ann Author"]
editors = ["E. Editor"]
contributors = [
  { name = "T. Of", role = "trl", sort = "Of, T." },
]
series = { title = "Poets", number = 3 }
publisher = "The Press"
description = "About it."
subjects = ["Sea", "Ships"]
date = "2019-05"
rights = "All of them."
identifier = "urn:isbn:9780306406157"

[editions.print]
output = "pdf"

[editions.ebook]
output = "epub"
identifier = "urn:isbn:9781861972712"
"""


def test_pdf_and_epub_state_the_same_facts(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book({"book.toml": TOML}), output=tmp_path, jobs=1)
    with zipfile.ZipFile(tmp_path / "ebook.epub") as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))

    def said(name: str) -> list[str]:
        """The values of a Dublin Core element in the EPUB."""
        return [str(element.text) for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")]

    with pikepdf.open(tmp_path / "print.pdf") as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == said("title")[0]
        assert xmp["dc:creator"] == said("creator") == ["Ann Author"]
        assert sorted(xmp["dc:contributor"]) == said("contributor") == ["E. Editor", "T. Of"]
        assert sorted(xmp["dc:subject"]) == said("subject")
        assert list(xmp["dc:publisher"]) == said("publisher")
        assert list(xmp["dc:date"]) == said("date")
        assert xmp["dc:description"] == said("description")[0]
        assert xmp["dc:rights"] == said("rights")[0]
        assert list(xmp["dc:relation"]) == ["Poets, 3"]
        assert xmp["dc:identifier"] == "urn:isbn:9780306406157"
        assert said("identifier") == ["urn:isbn:9781861972712"]
        assert pdf.docinfo["/Subject"] == xmp["dc:description"]
        assert pdf.docinfo["/Keywords"] == xmp["pdf:Keywords"] == "Sea; Ships"
