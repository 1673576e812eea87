from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import langcodes
import pytest

from book.language.registry import _is_usual, language_hint
from book.language.terms import TERMS


@pytest.mark.parametrize(
    "tag",
    [
        "en", "en-GB", "EN-us", "zh-Hans", "zh-Hant-TW", "lzh", "grc", "cmn", "de-1996", "sr-Latn-RS", "sl-rozaj",
        "es-419", "la-VA", "iw", "und", "mul", "qaa", "art-x-quenya", "de-DE-u-co-phonebk", "en-x-pirate",
    ],
)  # fmt: skip
def test_registered_tags_are_right(tag: str) -> None:
    assert language_hint(tag) is None


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("english", "en"), ("English", "en"), ("Deutsch", "de"), ("german", "de"), ("français", "fr"),
        ("chinese", "zh"), ("en_GB", "en-GB"), ("zh_CN", "zh-CN"), ("en-UK", "en-GB"), ("eng", "en"), ("ger", "de"),
        ("deu", "de"), ("en-", "en"), ("English (UK)", "en-GB"),
        ("jp", "ja"), ("cn", "zh"), ("gr", "el"), ("ua", "uk"), ("dk", "da"),
    ],
)  # fmt: skip
def test_a_name_or_another_code_is_wrong_and_the_tag_is_told(tag: str, meant: str) -> None:
    assert language_hint(tag) == f'write "{meant}"'


@pytest.mark.parametrize("tag", ["xx", "zz", "qqqq", "en-Xxxx", "zh-Xyzw", "latin script", "e", "en-GB-GB"])
def test_what_no_register_knows_is_wrong(tag: str) -> None:
    assert language_hint(tag) == 'write a BCP 47 language tag, such as "en", "en-GB" or "zh-Hans"'


def test_the_usual_tags_that_are_not_looked_up_are_registered() -> None:
    regions = ["", *(f"-{first}{second}" for first, second in product(ascii_uppercase, repeat=2))]
    usual = [tag for language in TERMS for region in regions if _is_usual(tag := language + region)]
    assert {"en", "en-GB", "de-AT", "zh-Hans"} <= set(usual)
    assert not {"en-UK", "en-XX", "zh-Hans-CN"} & set(usual)
    assert [tag for tag in usual if not langcodes.tag_is_valid(tag)] == []
