"""Titles without the article that begins them."""

from __future__ import annotations

import pytest

from book.language.articles import filed_title


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Long Road", "en-GB", "Long Road, The"),
        ("A village", "en", "Village, A"),
        ("Another Road", "en", "Another Road"),
        ("The", "en", "The"),
        ("Die Räuber", "de", "Räuber, Die"),
        ("L’Étranger", "fr", "Étranger, L’"),
        ("The Long Road", "de", "The Long Road"),
        ("在路上", "zh-Hans", "在路上"),
    ],
)
def test_a_title_is_filed_without_its_article(title: str, language: str, filed: str) -> None:
    assert filed_title(title, language) == filed
