"""Sorts texts in the order of a language's dictionaries.

The order is that of the Unicode Collation Algorithm (UTS 10) with its default table, word by word. Languages whose
alphabets have additional letters, which the default table files under others, are listed here. Chinese is sorted by
pinyin or strokes (`ideographs`), Japanese by readings (`kana`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from book.language import ideographs, kana
from book.model.settings import Settings

if TYPE_CHECKING:
    from pyuca import Collator

LETTERS: Mapping[str, str] = {
    "az": "cç eə gğ hx ,ı oö sş uü",
    "be": "её уў",
    "cs": "cč hCH rř sš zž",
    "cy": "cCH dDD fFF gNG lLL pPH rRH tTH",
    "da": "zæ ,ø ,å",
    "eo": "cĉ gĝ hĥ jĵ sŝ uŭ",
    "es": "nñ",
    "et": "sš ,z ,ž wõ ,ä ,ö ,ü",
    "fi": "zå ,ä ,ö",
    "hr": "cč ,ć dDŽ ,đ lLJ nNJ sš zž",
    "hu": "cCS dDZ gGY lLY nNY oö sSZ tTY uü zZS",
    "is": "aá dð eé ií oó uú yý zþ ,æ ,ö",
    "lt": "cč sš zž",
    "lv": "cč gģ kķ lļ nņ sš zž",
    "mk": "дѓ тќ",
    "nb": "zæ ,ø ,å",
    "nn": "zæ ,ø ,å",
    "no": "zæ ,ø ,å",
    "pl": "aą cć eę lł nń oó sś zź ,ż",
    "ro": "aă ,â iî sș tț",
    "sk": "aä cč hCH oô sš zž",
    "sl": "cč sš zž",
    "sq": "cç dDH eë gGJ lLL nNJ rRR sSH tTH xXH zZH",
    "sv": "zå ,ä ,ö",
    "tr": "cç gğ hı oö sş uü",
    "uk": "гґ ії",
    "vi": "aă ,â dđ eê oô ,ơ uư",
}
"""By primary language, the letters that its alphabet adds, each with the letter that it follows before it, or
a comma where it follows the one just named (after the locale data of CLDR; capitals mark letters written as two)."""

_WRITTEN_BEFORE = (*"เแโใไ", *"ເແໂໃໄ")
"""Vowels of Thai and Lao that are written before the consonant by which a word is filed (UTS 10, 4.1)."""
_ABOVE = 0x10F800
"""A private use character, which the default table sorts after everything else."""


_LEADING = re.compile(r"^[^\w]+")
"""Marks at the beginning of a text, which is filed as if they were not there: “Six precisions” under S."""

_NARROW = re.compile("[\\u0000-\\u036f\\u2000-\\u206f\\U0010f800-\\U0010ffff]*")
"""Decomposed text in Latin letters, with accents, punctuation and the private characters of `_ABOVE`."""

_ROWS = re.compile("0[0-2]|03[0-6]|20[0-6]")
"""Beginnings, in hexadecimal, of the table rows for such text."""


def index_language(settings: Settings) -> str:
    """The language by which a book's indexes are sorted (BCP 47), with the order that the settings ask for."""
    if settings.index_order is None:
        return settings.language
    return f"{settings.language}-u-co-{ideographs.ORDERS[settings.index_order]}"


_COMPARED = 1000
"""Characters by which texts are compared by the rules of a language, because pyuca needs quadratic time."""


def sort_key(text: str, language: str) -> tuple[object, ...]:
    """The key by which a text is sorted in a language (a BCP 47 tag); different texts have different keys.

    By pinyin, words in Latin letters stand under the same letters as Chinese ones, before them.
    """
    spelt = _spelt(text[:_COMPARED], language)
    wide = _NARROW.fullmatch(unicodedata.normalize("NFD", spelt)) is None
    group = initial(text, language) if ideographs.order(language) == "pinyin" else ""
    if spelt.startswith(ideographs.UNKNOWN):
        group = ideographs.UNKNOWN
    return (group, _collator(wide=wide).sort_key(spelt), text)


def initial(text: str, language: str) -> str:
    """The letter under which a text is filed: a capital of the alphabet of its language.

    A letter that the alphabet does not have is filed where it is sorted: ß under S, Œ under O, Ł under L in English.
    Chinese is filed under the first letter of its pinyin or its number of strokes (`9画`), Japanese under the row of
    its reading (`か`), Korean under its first consonant (`ㄱ`). Empty for a text that begins with no letter, or with an
    ideograph whose language is another.
    """
    folded = _folded(text, language)
    if folded[:1] in _WRITTEN_BEFORE:
        folded = folded[1:]
    if filed := ideographs.heading(folded[:1], language) or kana.row(folded[:1]):
        return filed
    own = next((letter for letter, _ in _alphabet(language) if folded.startswith(letter)), None)
    if own is not None:
        return own.upper()
    first = _base(folded[:1])
    if first == "i" and _primary(language) in ("tr", "az"):
        return "İ"
    return first.upper() if unicodedata.category(first or " ") in ("Lu", "Ll", "Lt") else _caseless(first)


def _base(letter: str) -> str:
    """The letter of its alphabet that a letter is sorted with; itself if it is one of its own, such as й or þ.

    Letters are the same if the first of their primary weights is (UTS 10, 7). A Latin letter with a weight between
    those of two of the 26 counts as the first of them.
    """
    plain = unicodedata.normalize("NFKD", letter)[:1]
    if not letter or (letter.isascii() and letter.isalpha()):
        return letter
    arabic = unicodedata.name(letter, "").startswith("ARABIC")  # where a hamza has a weight, and is not filed apart
    if plain != letter and (arabic or _weight(plain) == _weight(letter)):
        letter = plain
    if not letter.isascii() and unicodedata.name(letter, "").startswith("LATIN"):
        weight = _weight(letter)
        before = max((one for one in ascii_lowercase if _weight(one) <= weight), key=_weight, default=letter)
        return letter if before == "z" and weight > _weight("z") else before
    return letter


@cache
def _weight(letter: str) -> int:
    """The first primary weight of a letter."""
    wide = _NARROW.fullmatch(unicodedata.normalize("NFD", letter)) is None
    return int(_collator(wide=wide).sort_key(letter)[0])


def _caseless(letter: str) -> str:
    """A letter of an alphabet without capitals (Arabic, Hebrew); empty for an ideograph or a digit.

    A syllable in Hangul is filed under its first consonant, a doubled one under the single one (CLDR).
    """
    jamo = unicodedata.normalize("NFD", letter)[:1]
    if "ᄀ" <= jamo <= "ᄒ":
        return "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"[ord(jamo) - ord("ᄀ")]
    ideograph = unicodedata.name(letter or " ", "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))
    return letter if letter.isalpha() and not ideograph else ""


def _spelt(text: str, language: str) -> str:
    """A text in which each additional letter is replaced by the letter before it and a private use character."""
    alphabet = _alphabet(language)
    if not alphabet:
        plain = _LEADING.sub("", text.strip()) or text
        return kana.spoken(plain) if _primary(language) == "ja" else ideographs.ordered(plain, language)
    folded = _folded(text, language)
    for letter, key in alphabet:
        folded = folded.replace(letter, key)
    return folded


def _folded(text: str, language: str) -> str:
    """A text in lower case and composed form."""
    text = unicodedata.normalize("NFC", _LEADING.sub("", text.strip()) or text.strip())
    if _primary(language) in ("tr", "az"):
        text = text.replace("İ", "i").replace("I", "ı")
    return unicodedata.normalize("NFC", text.lower())


@cache
def _alphabet(language: str) -> tuple[tuple[str, str], ...]:
    """A language's additional letters in lower case, each with its sort form; digraphs first."""
    found: list[tuple[str, str]] = []
    base, rank = "", 0
    for step in LETTERS.get(_primary(language), "").split():
        rank = rank + 1 if step[0] == "," else 1
        base = base if step[0] == "," else step[0]
        found.append((step[1:].lower(), base + chr(_ABOVE + rank)))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _primary(language: str) -> str:
    """The primary language of a BCP 47 tag."""
    return language.split("-", maxsplit=1)[0].lower()


@cache
def _collator(*, wide: bool) -> Collator:
    """The collator; unless `wide`, with only the part of its table that Latin letters need.

    The whole table takes a third of a second to load. Both give the same key for the same text.
    """
    from pyuca import Collator

    class Narrow(Collator):  # type: ignore[misc]
        def load(self, filename: str) -> None:
            with open(filename, encoding="utf-8") as table, TemporaryDirectory() as folder:  # noqa: PTH123 - as it is given
                part = Path(folder, "allkeys.txt")
                lines = (line for line in table if line[4:5] == " " and _ROWS.match(line))
                part.write_text("".join(lines), encoding="utf-8")
                super().load(str(part))

    return Collator() if wide else Narrow()
