"""The order of words, and the letters that they are filed under."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.language.collation import LETTERS, initial, sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "poor Poverty poverty-stricken zeal"),
        ("de-AT", "Apfel Äpfel apfelig Ofen Öl Zaun"),
        ("sv", "apa Zebra å Ål ål Äpple Öl ös"),
        ("da", "aften zebra ægte øl ål"),
        ("es", "cana canto caña chico nube ñu ola"),
        ("cs-CZ", "cena cukr čas hora chleba ibis"),
        ("tr", "hala ılık ışık iyi jale"),
        ("hu", "cukor csak dél"),
        ("ru", "ад ёж жук"),
        ("ru", "иск йод кит"),
        ("uk", "гість ґава дім іній їжак йод"),
        ("de", "Sonne ß Szene Tal"),
        ("fr", "oasis œuvre olive"),
        ("en", "safe “Sieve” sixty"),
        ("zh-Hans", "阿里 贫困 人民 脱贫 一 医疗 中国 重庆"),
        ("zh-Hans", "1978年 AIDS 阿里 B超 贫困"),
        ("zh-Hans-u-co-stroke", "AIDS 一 人民 中国 贫困"),
        ("zh-Hant", "一 人民 中國 貧困 醫療"),
        ("zh-Hant-u-co-pinyin", "貧困 人民 一 醫療 中國"),
        ("zh", "人民 中国 𠀀"),
        ("ja", "ああ アイ かき ガス コーヒー こおり さくら ん"),
        ("ko", "가난 까치 나라 하늘"),
    ],
)
def test_words_come_in_the_order_of_their_language(language: str, words: str) -> None:
    expected = words.split()
    backwards = expected[::-1]
    assert sorted(backwards, key=lambda word: sort_key(word, language)) == expected


def test_shorter_headings_come_before_longer_ones_that_begin_alike() -> None:
    headings = ["povertyless", "poverty-stricken", "poverty", "poverty line"]
    expected = ["poverty", "poverty line", "poverty-stricken", "povertyless"]
    assert sorted(headings, key=lambda word: sort_key(word, "en")) == expected


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("élan", "fr", "E"), ("ål", "sv", "Å"), ("ål", "en", "A"), ("ñu", "es", "Ñ"), ("chleba", "cs", "CH"),
        ("ılık", "tr", "I"), ("iyi", "tr", "İ"), ("жук", "ru", "Ж"), ("1787", "en", ""), ("十八", "zh-Hans", "S"),
        ("十八", "en", ""),
        ("تنمية", "ar", "ت"), ("", "en", ""), ("ßtraße", "de", "S"), ("Œuvre", "fr", "O"), ("œuvre", "en", "O"),
        ("Æsop", "en", "A"), ("Æsop", "da", "Æ"), ("Łódź", "en", "L"), ("Łódź", "pl", "Ł"), ("Đilas", "en", "D"),
        ("øre", "de", "O"), ("Ħamrun", "en", "H"), ("Þórr", "en", "Þ"), ("Þórr", "is", "Þ"), ("ĳs", "nl", "I"),
        ("йод", "ru", "Й"), ("ёж", "ru", "Е"), ("ёж", "be", "Ё"), ("їжак", "uk", "Ї"), ("ґава", "uk", "Ґ"),
        ("ψυχή", "el", "Ψ"), ("ἀρχή", "el", "Α"), ("أمن", "ar", "ا"), ("“Six precisions”", "en", "S"),
        ("《人民日报》", "zh-Hans", "R"), ("人民", "zh-TW", "2畫"), ("贫困", "zh-Hans-u-co-stroke", "8画"),
        ("AIDS", "zh", "A"),
        ("ぎふ", "ja", "か"), ("パン", "ja", "は"), ("ﾊﾟﾝ", "ja", "は"), ("んだ", "ja", "わ"),
        ("ゃ", "ja", "や"), ("岐阜", "ja", ""),
        ("까치", "ko", "ㄱ"), ("한국", "ko", "ㅎ"),
    ],
)  # fmt: skip
def test_a_word_is_filed_under_a_letter_of_its_language(word: str, language: str, letter: str) -> None:
    assert initial(word, language) == letter


@given(
    st.lists(st.text(max_size=12), unique=True, max_size=6),
    st.sampled_from(["en", "tr", "zh-Hans", "zh-Hant", "ja", "ko", *LETTERS]),
)
def test_every_text_can_be_sorted_and_no_two_share_a_place(texts: list[str], language: str) -> None:
    assert len({sort_key(text, language) for text in texts}) == len(texts)
    backwards = texts[::-1]
    ordered = [sorted(some, key=lambda text: sort_key(text, language)) for some in (texts, backwards)]
    assert ordered[0] == ordered[1]


@pytest.mark.parametrize(("word", "letter"), [("เก่า", "ก"), ("ไทย", "ท"), ("คำ", "ค"), ("ເມືອງ", "ມ")])
def test_thai_and_lao_are_filed_under_the_consonant_behind_a_vowel(word: str, letter: str) -> None:
    assert initial(word, "lo" if letter == "ມ" else "th") == letter
