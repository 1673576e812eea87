"""The words of a book, by language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.language.terms import TERMS, book_terms, terms
from book.model.settings import Settings

FOLDER = Path(__file__).parent.parent.parent / "book" / "language" / "terms"


def gaps(text: str) -> list[str]:
    """What is filled in: `{page}`."""
    return sorted(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", TERMS)
def test_every_language_has_the_same_terms_with_the_same_gaps(language: str) -> None:
    english, words = TERMS["en"], TERMS[language]
    assert set(words) == set(english)
    assert [key for key in words if gaps(words[key]) != gaps(english[key])] == []
    assert all(text.strip() == text != "" for text in words.values())


@pytest.mark.parametrize("language", TERMS)
def test_a_table_is_in_the_order_of_its_keys_so_that_languages_can_be_compared(language: str) -> None:
    assert list(TERMS[language]) == sorted(TERMS[language])


def test_every_table_in_the_folder_is_in_the_registry_under_its_name() -> None:
    assert {path.stem for path in FOLDER.glob("[a-z]*.py")} == set(TERMS)


def test_a_book_gets_the_terms_of_its_primary_language_or_english_ones() -> None:
    assert book_terms(Settings(title="T", language="de-CH-1996"))["page"] == "Seite"
    assert terms("DE")["page"] == "Seite"
    assert terms("tlh") == TERMS["en"]


def test_every_term_that_code_or_a_layout_names_is_in_the_tables(sample: Path) -> None:
    book = sample / "book"
    texts = [path.read_text("utf-8") for path in (*book.rglob("*.py"), *book.rglob("*.html"))]
    term = re.compile(r"\b(?:book_)?terms(?:\([\w.]+\))?\[[\"']([\w-]+)[\"']\]")
    named = {key for text in texts for key in term.findall(text)}
    assert len(named) > 20
    assert named - set(TERMS["en"]) == set()
