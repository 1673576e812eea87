from __future__ import annotations

import pytest

from book.language.tags import language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en-US", "en-US"),
        ("en_US", "en-US"),
        ("EN-us", "en-US"),
        ("eng", "en"),
        ("fre", "fr"),
        ("ger", "de"),
        ("en-", "en"),
        ("sr_latn_rs", "sr-Latn-RS"),
        ("de-CH-1996", "de-CH-1996"),
        ("en-x-ab", "en-x-ab"),
        ("grc", "grc"),
        ("English", "en"),
        ("Ancient Greek", "grc"),
        ("français", "fr"),
        ("Deutsch", "de"),
        ("中文", "zh"),
        ("English (UK)", "en-GB"),
        ("English (United States)", "en-US"),
        ("Portuguese (BR)", "pt-BR"),
        ("Multiple languages", "mul"),
    ],
)
def test_what_people_write_becomes_a_tag(written: str, tag: str) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize("written", ["English; French", "German, Latin", "fre/eng", "x", "", "-"])
def test_what_is_not_one_language_becomes_none(written: str) -> None:
    assert language_tag(written) is None
