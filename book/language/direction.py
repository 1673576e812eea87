"""Which way a language is written."""

from __future__ import annotations

from book.language.tags import main_subtags

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary languages that are written from right to left, unless a script subtag says otherwise."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa"})


def direction(language: str) -> str:
    """The direction in which a language (BCP 47) is written: `rtl` or `ltr`."""
    primary, *rest = main_subtags(language) or [""]
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else "ltr"
