"""The words that a book's furniture uses, by language: headings of its parts, `page`, `undated`.

A language is one module with `TERMS` and one line here. A book in a language without a table gets English terms, and a
warning (`checks/missing_words.py`); a project sets words of its own in `[words]`.
"""

from __future__ import annotations

from collections.abc import Mapping

from book.language.terms import (
    ar,
    cs,
    da,
    de,
    el,
    en,
    es,
    fa,
    fr,
    he,
    hi,
    it,
    ja,
    ko,
    nb,
    nl,
    pl,
    pt,
    ru,
    sv,
    tr,
    uk,
    zh_hans,
    zh_hant,
)
from book.model.settings import Settings

TERMS: Mapping[str, Mapping[str, str]] = {
    "ar": ar.TERMS,
    "cs": cs.TERMS,
    "da": da.TERMS,
    "de": de.TERMS,
    "el": el.TERMS,
    "en": en.TERMS,
    "es": es.TERMS,
    "fa": fa.TERMS,
    "fr": fr.TERMS,
    "he": he.TERMS,
    "hi": hi.TERMS,
    "it": it.TERMS,
    "ja": ja.TERMS,
    "ko": ko.TERMS,
    "nb": nb.TERMS,
    "nl": nl.TERMS,
    "pl": pl.TERMS,
    "pt": pt.TERMS,
    "ru": ru.TERMS,
    "sv": sv.TERMS,
    "tr": tr.TERMS,
    "uk": uk.TERMS,
    "zh-Hans": zh_hans.TERMS,
    "zh-Hant": zh_hant.TERMS,
}
"""The terms of each language, by the tag of the table (BCP 47); all have the same keys."""
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""Script and regions in which Chinese is written in traditional characters."""
_ALSO = {"no": "nb", "nn": "nb", "iw": "he"}
"""Primary subtags without a table of their own, and the nearest one."""


def table_for(language: str) -> str | None:
    """The tag of the table for a language (BCP 47), or None where there is none."""
    primary, *rest = language.lower().split("-")
    if primary == "zh":
        return "zh-Hant" if _TRADITIONAL & set(rest) else "zh-Hans"
    found = _ALSO.get(primary, primary)
    return found if found in TERMS else None


def terms(language: str) -> Mapping[str, str]:
    """The terms for a language (BCP 47); those of English where there is no table."""
    return TERMS[table_for(language) or "en"]


def book_terms(settings: Settings) -> Mapping[str, str]:
    """The terms that a book is set with: those of its language, and its own. Whatever shows a term asks here."""
    return {**terms(settings.language), **settings.words} if settings.words else terms(settings.language)
