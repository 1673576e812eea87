"""Languages as the book trade writes them."""

from __future__ import annotations

import pytest

from book.language.languages import bibliographic_code


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("en-GB", "eng"), ("zh-Hans", "chi"), ("DE-at", "ger"), ("grc", "grc"), ("tlhingan", "und")],
)
def test_a_language_tag_gives_the_bibliographic_code(tag: str, code: str) -> None:
    assert bibliographic_code(tag) == code


def test_marks_are_those_of_the_language_with_their_spaces() -> None:
    from book.language.punctuation import punctuation
    from book.language.quotation_marks import quotes

    assert (punctuation("fr-CH").semicolon, punctuation("fr").colon) == ("\u202f; ", "\u00a0: ")
    assert [quotes(tag) for tag in ("fa", "he", "be", "zh-MO", "ar-EG", "ka")] == [
        tuple(marks) for marks in ("«»‹›", "””’’", "«»„“", "「」『』", "”“’‘", "„“«»")
    ]
    assert (punctuation("hi").stop, punctuation("hy").stop, punctuation("el").semicolon) == ("।", "։", "· ")
