"""Texts as sequences of words that can be compared, each with its place in the text as it is written.

Both sides of a comparison are read alike. What editors of quotations are free to change makes no difference: quotation
marks, the kind and spacing of dashes and hyphens, white space, ligatures and other compatible forms (Unicode NFKC),
`[sic]`, and the case of a first letter (The Chicago Manual of Style, 17th edition, 13.7-13.8 and 13.18).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Chinese characters and kana, which are written without spaces between words: each is a word of its own."""
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]"
    r"|\d+(?:[.,]\d+)*%?"
    rf"|(?:(?![{_IDEOGRAPHS}])[^\W\d_])(?:(?![{_IDEOGRAPHS}])(?:[^\W_]|\u00ad|['\u2019\u02bc](?=[^\W_])|[\u0300-\u036f]))*"
    r"|[,;:.?!\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u061f\u060c\u061b]"
    r"|[$\u20ac\u00a3\u00a5%\u2030&+=<>]"
)
"""A word, a number, a mark that parts sentences and clauses, or a sign that is read aloud."""
_MARKS = str.maketrans("\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u061f\u060c\u061b", ",.,;:?!?,;")
"""Punctuation of other scripts as the Latin mark that does the same."""
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


def words_of(text: str, spellings: Mapping[str, str] | None = None) -> Words:
    """The words of a text.

    Args:
        text: Any text without markup.
        spellings: Old spellings and the ones that they are compared as, both in lower case.
    """
    forms: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        forms.append(_form(match[0], spellings))
        spans.append(match.span())
    return Words(text, tuple(forms), tuple(spans))


def _form(word: str, spellings: Mapping[str, str] | None) -> str:
    """The form in which a word is compared."""
    form = unicodedata.normalize("NFKC", word).translate(_MARKS)
    form = form.replace("\u00ad", "").replace("\u2019", "'").replace("\u02bc", "'")
    if spellings and (modern := spellings.get(form.casefold())):
        return modern.capitalize() if form[:1].isupper() else modern
    return form


def without_line_ends(text: str) -> str:
    """A text whose lines were broken for a page, with words that were hyphenated at the end of a line put together.

    A compound that was broken at its own hyphen becomes one word too; `compare` counts such words as alike.
    """
    return _END_OF_LINE_HYPHEN.sub("", text)
