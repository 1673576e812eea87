"""The order of Japanese words by their readings in kana (JIS X 4061): long marks as vowels, rows of the syllabary."""

from __future__ import annotations

import re
import unicodedata

_LONG = re.compile("(.)([ーｰ]+)")
_VOWELS = {"A": "あ", "I": "い", "U": "う", "E": "え", "O": "お"}
_ROWS = dict(zip("KSTNHMYRW", "かさたなはまやらわ", strict=True)) | dict.fromkeys("AIUEO", "あ")
"""The first kana of each row by the first letter of its sounds."""
_IDEOGRAPH = re.compile("[〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def spoken(text: str) -> str:
    """A text with each long mark replaced by the vowel that it lengthens: コーヒー is filed as コオヒイ."""
    return _LONG.sub(lambda found: found[1] + (_VOWELS.get(_sound(found[1])[-1:], "") or "ー") * len(found[2]), text)


def row(character: str) -> str:
    """The row of the syllabary that a kana belongs to: `か` for ぎ, `は` for ﾊﾟ, `わ` for ん; empty for another sign."""
    sound = _sound(character)
    return "わ" if sound == "N" else _ROWS.get(sound[:1], "")


def needs_reading(text: str) -> bool:
    """Whether a text is written with characters that do not say how it is read."""
    return _IDEOGRAPH.search(text) is not None


def _sound(character: str) -> str:
    """The sound in a kana's Unicode name, without voicing: `KI` for ぎ, `YA` for ゃ; empty for another sign."""
    plain = unicodedata.normalize("NFKD", character)[:1]
    kind, _, sound = unicodedata.name(plain or " ", "").partition(" LETTER ")
    return sound.rpartition(" ")[2] if kind in ("HIRAGANA", "KATAKANA") else ""
