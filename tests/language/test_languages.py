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
