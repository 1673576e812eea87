"""Titles in lists, and the commas behind them."""

from __future__ import annotations

import pytest

from book.citing.titles import as_listed, join_listed


@pytest.mark.parametrize(
    ("title", "kind", "language", "listed"),
    [
        ("The wind", "speech", "en", "Reed, “The wind,” 1908"),
        ("The wind", "speech", "en-GB", "Reed, “The wind”, 1908"),
        ("Reports 1,2", "book", "en", "Reed, Reports 1,2, 1908"),
        ("Reports 1,2", "book", "de", "Reed, Reports 1,2, 1908"),
    ],
)
def test_a_comma_stands_behind_a_title_or_within_its_marks(title: str, kind: str, language: str, listed: str) -> None:
    parts = ("Reed", as_listed(title, kind, language, comma=True), "1908")
    assert str(join_listed(parts, language)) == listed
