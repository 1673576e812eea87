"""Words in another language say so wherever they stand: in text, indexes and contents (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from tests.conftest import MakeBook
from tests.pdf_structure import Structure
from tests.readers import EpubReader

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FILES = {
    "book.toml": (
        '[book]\ntitle = "Languages"\nlanguage = "en-GB"\n[editions.print]\noutput = "pdf"\n'
        '[editions.ebook]\noutput = "epub"\n'
    ),
    "sources.yaml": """\
- {id: fr, type: book, title: "Les Misérables", language: fr, author: [{family: Hugo, given: Victor}], issued: 1862}
- {id: en, type: book, title: "Utopia", author: [{family: More, given: Thomas}], issued: 1551}
""",
    "chapters/01-first.md": """\
# A chapter

Words of [@fr] and [@en], with [Weltgeist]{lang=de .index}, [Zeitgeist]{lang=de .index term="Spirit"},
a [town]{.index}.
""",
    "chapters/02-de.md": """\
---
title: Ein deutsches Kapitel
language: de
---

Ein [Begriff]{.index}, eine [Stadt]{.index term="town"}.
""",
}
EXPECTED = {"Weltgeist": "de", "Spirit": None, "town": None, "Begriff": "de", "Les Misérables": "fr", "Utopia": None}


@pytest.fixture
def built(make_book: MakeBook, tmp_path: Path) -> Path:
    """The folder with the editions of a book in several languages."""
    build_book(make_book(FILES), output=tmp_path / "out", jobs=1)
    return tmp_path / "out"


def test_terms_and_titles_keep_their_language_in_the_e_book(built: Path) -> None:
    book = EpubReader(built / "ebook.epub")
    found: dict[str, set[str | None]] = {words: set() for words in EXPECTED}
    for file in ("subjects", "chronological"):
        for element in book.documents[f"EPUB/{file}.xhtml"].iter(etree.Element):
            words = "".join(map(str, element.itertext()))
            if words in EXPECTED:
                assert element.get("lang") == element.get(LANG)
                found[words].add(element.get("lang"))
    assert {words: next(filter(None, tags), None) for words, tags in found.items()} == EXPECTED
    assert all(found.values())
    (entry,) = (
        one
        for one in book.documents["EPUB/nav.xhtml"].iter("{http://www.w3.org/1999/xhtml}span")
        if one.text == "Ein deutsches Kapitel"
    )
    assert entry.get("lang") == "de"


def test_terms_and_titles_keep_their_language_in_the_pdf(built: Path) -> None:
    structure = Structure(built / "print.pdf")
    index = structure.find("Index")
    tagged = {
        structure.text(one): str(one.object.Lang) for part in index for one in part.find() if "/Lang" in one.object
    }
    assert tagged == {"Weltgeist": "de", "Begriff": "de", "Les Misérables": "fr"}
