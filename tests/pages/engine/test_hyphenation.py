"""Words are hyphenated by the patterns of their language and region."""

from __future__ import annotations

import pytest

from book.pages.engine.typography.hyphenation import points


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("between", "en", "be-tween"),
        ("between", "en-US", "be-tween"),
        ("provides", "en", "pro-vides"),
        ("stadtholder", "en-GB", "stadt-holder"),
        ("Hausbesitzer", "de", "Haus-be-sit-zer"),
        ("gouvernement", "fr", "gou-ver-ne-ment"),
    ],
)
def test_a_language_without_a_region_is_that_of_its_most_likely_region(word: str, language: str, expected: str) -> None:
    found = word
    for place in reversed(points(word, language, 5, 2, 3)):
        found = f"{found[:place]}-{found[place:]}"
    assert found == expected


def test_no_word_is_hyphenated_without_patterns_for_its_language() -> None:
    assert points("between", "xx", 5, 2, 3) == ()


def test_a_short_word_and_its_first_and_last_letters_stay_whole() -> None:
    assert points("also", "en", 5, 2, 3) == ()
    assert points("authority", "en", 5, 2, 3) == (2, 6)
    assert points("authority", "en", 6, 3, 3) == (6,)
