"""Texts as sequences of words that can be compared, each with its place in the text as it is written.

Both sides of a comparison are read alike. What editors of quotations are free to change makes no difference: quotation
marks, the kind and spacing of dashes and hyphens, white space, ligatures and other compatible forms (Unicode NFKC),
`[sic]`, the signs between groups of digits (see `_GROUPS`), and the case of a first letter (The Chicago Manual of
Style, 17th edition, 13.7-13.8 and 13.18). Calls of notes are left out, and what a transcript notes of the audience,
unless the quotation has a note of that kind too; vowel signs of Arabic and Hebrew, which few editions print, make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from book.verify.asides import ASIDE

_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Chinese characters and kana, which are written without spaces between words: each is a word of its own."""
_APOSTROPHES = "'\u2019\u2018\u02bc\u2032\u00b4`\uff07"
"""Apostrophes, and what is typed for them inside words."""
_POINTS = (
    "\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed"
)
"""Vowel signs of Hebrew and Arabic, which are written in some editions only."""
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_LETTER = rf"[^\W\d_{_RAISED}{_IDEOGRAPHS}]"
_GROUPS = (
    r"(?<![\d.,])\d{1,3}(?:(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})+|(?:['\u2019 \u00a0\u2009\u202f]\d{3})+)"
    r"(?![\d.,]\d)(?!\d)%?"
)
"""A number in groups of three digits, which are surely groups: a space or an apostrophe parts them, or there are three.

`3.125` and `3,125` may differ by a factor of a thousand, depending on the language: they are compared as written.
"""
_GROUPED = re.compile(_GROUPS)
_ANY = (
    rf"(?:[cdjlmnstCDJLMNST]|[qQ]u)[{_APOSTROPHES}](?={_LETTER})(?!t\b)"
    rf"|{_LETTER}(?:{_LETTER}+|[\u00ad\u0300-\u036f{_POINTS}]|[{_APOSTROPHES}](?=[^\W_])"
    r"|\d(?=\d{0,2}[^\W\d])|(?<![^\W\d_]{4})\d)*"
    rf"|[{_IDEOGRAPHS}][\u3099\u309a]?"
    r"|[,;:.?!\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u061f\u060c\u061b]"
    rf"|(?P<note>[{_RAISED}]+|\[\d{{1,3}}\]|(?<=[^\W\d_]{{4}}[,.;:!?\u201d\"\u2019)])\d{{1,3}}(?=\s|$)"
    r"|(?<=[^\W\d_]{4})\d{1,3}(?!\w))"
    rf"|{_GROUPS}|\d+(?:[.,]\d+)*%?"
    r"|[$\u20ac\u00a3\u00a5%\u2030&+=<>]"
)
"""A word, a number, a mark that parts sentences and clauses, or a sign that is read aloud; or the call of a note, which
is none of these: a raised number, one in brackets, one that is attached to a word or to the mark behind it."""
_WORD = {True: re.compile(_ANY), False: re.compile(rf"(?P<aside>{ASIDE})|{_ANY}")}
"""The same with what a transcript notes of the audience as words, and apart."""
_UNWRITTEN = re.compile(rf"[\u00ad\u0640{_POINTS}]")
"""What makes no difference inside a word: soft hyphens, the Arabic kashida, vowel signs."""
_MARKS = str.maketrans(
    "\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u061f\u060c\u061b\u0451\u0401", ",.,;:?!?,;\u0435\u0415"
)
"""Punctuation of other scripts as the Latin mark that does the same; the Russian yo, which few texts tell from ye."""
_SIGNS = {**{ord(sign): "'" for sign in _APOSTROPHES}, ord("\u0153"): "oe", ord("\u0152"): "Oe", ord("\u00e6"): "ae",
          ord("\u00c6"): "Ae"}  # fmt: skip
"""Apostrophes alike, and ligatures that Unicode takes for letters."""
PUNCTUATION = frozenset(",;:.?!")
"""Words of a text that are marks of punctuation."""
_END_OF_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n[ \t]*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the words in it."""

    text: str
    """The text as it is written."""
    forms: tuple[str, ...]
    """Each word in the form in which it is compared, case kept."""
    spans: tuple[tuple[int, int], ...]
    """For each word, where it begins and ends in the text, in characters from 0."""

    def __len__(self) -> int:
        """The number of words."""
        return len(self.forms)

    def written(self, begin: int, end: int) -> str:
        """The text from word `begin` up to before word `end` (0-based), white space reduced to single spaces."""
        if begin >= end:
            return ""
        return " ".join(self.text[self.spans[begin][0] : self.spans[end - 1][1]].split())


def space_between(before: str, text: str) -> str:
    """What stands between two pieces of a text that are shown one behind the other: a space, or nothing.

    Nothing stands before a mark that belongs to the word before it, and between characters written without spaces.
    """
    if not before or text[:1] in _CLOSING or (_HAN.match(before[-1:]) and _HAN.match(text[:1])):
        return ""
    return " "


_CLOSING = tuple(",;:.?!)]\u201d\u2019\u00bb\u2026\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u060c\u061b\u061f")
_HAN = re.compile(f"[{_IDEOGRAPHS}\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01]")


def words_of(text: str, spellings: Mapping[str, str] | None = None, *, asides: bool = False) -> Words:
    """The words of a text.

    Args:
        text: Any text without markup.
        spellings: Old spellings and the ones that they are compared as, both in lower case.
        asides: Whether what a transcript notes of the audience counts as words.
    """
    forms: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD[asides].finditer(text):
        if match["note"] or (not asides and match["aside"]):
            continue
        form = _form(match[0], spellings)
        pieces = form if len(form) > 1 and _HAN.match(form) else (form,)  # kana of half width make one match
        forms.extend(pieces)
        spans.extend([match.span()] * len(pieces))
    return Words(text, tuple(forms), tuple(spans))


def _form(word: str, spellings: Mapping[str, str] | None) -> str:
    """The form in which a word is compared."""
    if _GROUPED.fullmatch(word):
        return re.sub(r"[^\d%]", "", word)
    form = word if word.isascii() else _UNWRITTEN.sub("", word.translate(_SIGNS))
    form = unicodedata.normalize("NFKC", form).translate(_MARKS)
    if spellings and (modern := spellings.get(form.casefold())):
        return modern.capitalize() if form[:1].isupper() else modern
    return form


def without_line_ends(text: str) -> str:
    """A text whose lines were broken for a page, with words that were hyphenated at the end of a line put together.

    A compound that was broken at its own hyphen becomes one word too; `compare` counts such words as alike.
    """
    return _END_OF_LINE_HYPHEN.sub("", text)
