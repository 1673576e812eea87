"""The words that a book's furniture uses, by language: headings of its parts, `page`, `undated`.

A language is one module with `TERMS` and one line here. A book in a language without a table gets English terms.
"""

from __future__ import annotations

from collections.abc import Mapping

from book.language.terms import de, en, fr
from book.model.settings import Settings

TERMS: Mapping[str, Mapping[str, str]] = {
    "de": de.TERMS,
    "en": en.TERMS,
    "fr": fr.TERMS,
}
"""The terms of each language, by its primary subtag (BCP 47); all have the same keys."""


def terms(language: str) -> Mapping[str, str]:
    """The terms for a BCP 47 tag: by its primary language, English where there is no table."""
    return TERMS.get(language.split("-", maxsplit=1)[0].lower(), TERMS["en"])


def book_terms(settings: Settings) -> Mapping[str, str]:
    """The terms that a book is set with: those of its language. Whatever shows a term asks here."""
    return terms(settings.language)
