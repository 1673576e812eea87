"""The order of Chinese characters: by sound (pinyin) or by strokes, as Unicode's CLDR has them.

`orders/pinyin.txt` and `orders/stroke.txt` have a line for each group: its heading, a tabulator, its characters in
order; `scripts/collation-orders` writes them. Strokes are counted as for traditional characters (阿 has 8). A character
has one place, whatever its reading in a word: 重庆 is filed under zhòng, as ICU files it, unless the author says
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from book.language.terms import table_for

ORDERS: Mapping[str, str] = {"pinyin": "pinyin", "strokes": "stroke"}
"""The orders by their names in settings, with the names of CLDR (the key `co` of BCP 47's extension U)."""
_CHINESE = frozenset({"zh", "cmn", "yue"})
_FIRST = 0xF0000
"""A private use character, which the default table sorts after all letters; the first character of an order becomes it,
the second the next."""
UNKNOWN = "\U0010f000"
"""What is put before an ideograph that an order does not have, so that it comes after those that it has."""


def order(language: str) -> str | None:
    """How the Chinese characters of a language (BCP 47) are sorted: `pinyin`, `stroke`; None if it is not Chinese.

    Without the key `co` in the tag it is as in CLDR: by strokes for traditional characters, else by pinyin.
    """
    primary, *rest = language.lower().split("-")
    if primary not in _CHINESE:
        return None
    asked = [value for key, value in pairwise(rest) if key == "co" and value in ORDERS.values()]
    return asked[-1] if asked else "stroke" if table_for(language) == "zh-Hant" else "pinyin"


def ordered(text: str, language: str) -> str:
    """A text whose Chinese characters are replaced by private use characters in the order of a language."""
    name = order(language)
    return text.translate(_places(name)) if name else text


def heading(character: str, language: str) -> str:
    """The group that a character is filed in: `Z`, `9画`; empty if the language's order does not have it."""
    name = order(language)
    group = _groups(name).get(character, "") if name else ""
    if name == "stroke" and group:
        return group + ("畫" if table_for(language) == "zh-Hant" else "画")
    return group


@cache
def _lines(name: str) -> tuple[tuple[str, str], ...]:
    """Heading and characters of each group of an order."""
    text = Path(__file__).with_name("orders").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    groups = (line.partition("\t") for line in text.splitlines())
    return tuple((group, characters) for group, _, characters in groups)


@cache
def _groups(name: str) -> Mapping[str, str]:
    """The heading of each character of an order."""
    return {character: group for group, characters in _lines(name) for character in characters}


@cache
def _places(name: str) -> Mapping[int, str]:
    """What each ideograph becomes, by its code."""
    codes = (0x3007, *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x32400))
    unknown = {code: UNKNOWN + chr(code) for code in codes}
    known = (character for _, characters in _lines(name) for character in characters)
    return unknown | {ord(character): chr(_FIRST + place) for place, character in enumerate(known)}
