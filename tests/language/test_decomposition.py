"""Letters and their marks."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.language.decomposition import letter_and_mark, parts_for


@pytest.mark.parametrize(
    ("text", "count", "parts"),
    [
        ("ǎ", 2, ["a", "\u030c"]),
        ("ế", 2, ["ê", "\u0301"]),
        ("ế", 3, ["e", "\u0302", "\u0301"]),
        ("ffi", 1, ["ffi"]),
        ("ab", 3, ["a", "b", ""]),
        ("abc", 2, ["a", "bc"]),
        ("½", 2, ["½", ""]),
    ],
)
def test_a_text_is_shared_out_among_its_glyphs(text: str, count: int, parts: list[str]) -> None:
    assert parts_for(text, count) == parts


@given(st.text(max_size=4), st.integers(1, 5))
def test_nothing_is_lost_or_doubled(text: str, count: int) -> None:
    parts = parts_for(text, count)
    assert len(parts) == count
    assert normalize("NFD", "".join(parts)) == normalize("NFD", text)


def test_only_canonical_decompositions_into_two_count() -> None:
    assert letter_and_mark("é") == ("e", "\u0301")
    assert [letter_and_mark(char) for char in ("a", "ﬁ", "Å", "½")] == [None, None, ("A", "\u030a"), None]
