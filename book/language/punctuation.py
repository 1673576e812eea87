"""Punctuation between the parts of a citation or an index entry, by language.

Sources: GB/T 15834 (Chinese), JIS X 4051 (Japanese), CLDR's list patterns (Arabic script), the Imprimerie
nationale's rules (French), the Unicode Standard's chapters on Devanagari, Armenian and Ethiopic; in Greek `;` asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Punctuation:
    """Marks with the spaces that belong to them."""

    comma: str = ", "
    semicolon: str = "; "
    colon: str = ": "
    before: str = " ("
    """An opening parenthesis behind a word."""
    after: str = ")"
    """A closing parenthesis."""
    stop: str = "."
    """What ends a sentence."""
    space: str = " "
    """What stands between two sentences."""

    @property
    def is_wide(self) -> bool:
        """Whether the marks are as wide as Chinese characters, and contain their space."""
        return not self.space


WESTERN = Punctuation()
_ARABIC = Punctuation(comma="، ", semicolon="؛ ")
_DANDA = Punctuation(stop="।")
_CHINESE = Punctuation("，", "；", "：", "（", "）", "。", "")
_MARKS: Mapping[str, Punctuation] = {
    "am": Punctuation("፣ ", "፤ ", "፦ ", stop="።"),
    "ar": _ARABIC,
    "bn": _DANDA,
    "ckb": _ARABIC,
    "el": Punctuation(semicolon="· "),
    "fa": _ARABIC,
    "fr": Punctuation(semicolon="\N{NARROW NO-BREAK SPACE}; ", colon="\N{NO-BREAK SPACE}: "),
    "hi": _DANDA,
    "hy": Punctuation(stop="։"),
    "ja": Punctuation("、", "；", "：", "（", "）", "。", ""),
    "ne": _DANDA,
    "pa": _DANDA,
    "ps": _ARABIC,
    "sa": _DANDA,
    "sd": _ARABIC,
    "ug": _ARABIC,
    "ur": Punctuation(comma="، ", semicolon="؛ ", stop="۔"),
    "yue": _CHINESE,
    "zh": _CHINESE,
}
"""By primary language; any other has Western marks."""


def punctuation(language: str) -> Punctuation:
    """The marks of a language (BCP 47)."""
    return _MARKS.get(language.lower().split("-")[0], WESTERN)
