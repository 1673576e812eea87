"""Hyphenates words by the patterns of their language.

The patterns are those of Pyphen. Pyphen 0.18 parses all patterns of a language before the first word, which takes 0.05
s for English, 0.5 s for German and Hungarian. A book needs a fraction of them, so here a pattern is parsed lazily, when
a word contains its letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_DIGIT = re.compile(r"\d")
_Points = tuple[int, tuple[int, ...]]
"""Offset of a pattern's first value, counted in letters, and its values."""


@lru_cache(maxsize=50_000)
def points(word: str, language: str, total: int, left: int, right: int) -> tuple[int, ...]:
    """The letters of a word before which it may be hyphenated.

    Points at which its spelling would change are left out.

    Args:
        word: Letters only.
        language: A BCP 47 tag.
        total: Minimum number of letters of a word that is hyphenated.
        left: Minimum number of letters before a hyphen.
        right: Minimum number of letters after a hyphen.
    """
    if len(word) < max(total, left + right):
        return ()
    dictionary = _dictionary(language)
    pointed = f".{word.lower()}."
    if dictionary is None or len(pointed) != len(word) + 2:
        return ()
    values = dictionary.values(pointed)
    places = range(left, len(word) - right + 1)
    return tuple(place for place in places if values[place + 1] % 2 and not getattr(values[place + 1], "data", None))


@dataclass(slots=True)
class _Dictionary:
    """The patterns of a language."""

    patterns: dict[str, _Points | str | None] = field(default_factory=dict)
    """Values by letters; a pattern that was not looked up yet as it is written."""
    sizes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The numbers of letters that patterns have, by their first two letters."""
    singles: tuple[int, ...] = ()
    """`(1,)` if there are patterns of one letter."""

    def values(self, pointed: str) -> list[int]:
        """The value of each point of a word, by the method of Liang (1983): odd values allow a hyphen."""
        values = [0] * (len(pointed) + 1)
        patterns, sizes, singles = self.patterns, self.sizes, self.singles
        for begin in range(len(pointed) - 1):
            for size in sizes.get(pointed[begin : begin + 2], singles):
                letters = pointed[begin : begin + size]
                found = patterns.get(letters)
                if isinstance(found, str):
                    found = patterns[letters] = _points(found)
                if found is not None:
                    for place, value in enumerate(found[1], begin + found[0]):
                        if value > values[place]:
                            values[place] = value
        return values


@lru_cache(maxsize=32)
def _dictionary(language: str) -> _Dictionary | None:
    """The patterns of a language; None if there are none.

    A language without a region is that of its most likely region by CLDR, if there are patterns for it: `en` is
    American English, where Pyphen would take the British patterns, which have fewer points.
    """
    import pyphen
    from babel.core import get_global

    likely = get_global("likely_subtags").get(language, language)
    regional = f"{language}_{likely.rpartition('_')[2]}"
    name = regional if regional in pyphen.LANGUAGES else pyphen.language_fallback(language)
    return _read(pyphen.LANGUAGES[name]) if name is not None else None


def _read(path: Path) -> _Dictionary:
    """The patterns of a file, as Pyphen's `HyphDict` would read them, but parsed lazily."""
    from pyphen import ignored

    encoding, _, content = path.read_bytes().partition(b"\n")
    name = encoding.decode().strip()
    text = content.decode("cp1251" if name.lower() == "microsoft-cp1251" else name)
    patterns: dict[str, _Points | str | None] = {}
    for line, letters in zip(text.split("\n"), _DIGIT.sub("", text).split("\n"), strict=True):
        if not line or line.startswith(ignored):
            continue
        if "/" in line or "^^" in line:
            patterns.update(_alternatives(line))
        elif len(letters) < len(line):
            patterns[letters.strip()] = line.strip()
    sizes: dict[str, set[int]] = {}
    for letters in patterns:
        sizes.setdefault(letters[:2], set()).add(len(letters))
    singles = (1,) if any(len(letters) == 1 for letters in patterns) else ()
    ordered = {start: tuple(sorted({*found, *singles})) for start, found in sizes.items()}
    return _Dictionary(patterns, ordered, singles)


def _points(pattern: str) -> _Points | None:
    """The values of a plain pattern; None if it has none."""
    from pyphen import parse

    found: _Points | None = _chopped([int(digit or "0") for digit, _ in parse(pattern)])
    return found


def _chopped(values: list[Any]) -> Any:
    """Values without zeros at both ends, and the number of leading zeros; None if all are zero."""
    found = [place for place, value in enumerate(values) if value]
    return (found[0], tuple(values[found[0] : found[-1] + 1])) if found else None


def _alternatives(line: str) -> dict[str, Any]:
    """A pattern with hexadecimal letters, or one that changes the spelling where a word is hyphenated."""
    from pyphen import AlternativeParser, parse, parse_hex

    pattern = parse_hex(lambda match: chr(int(match[1], 16)), line.strip())
    factory: Any = int
    if "/" in pattern and "=" in pattern:
        pattern, alternative = pattern.split("/", 1)
        factory = AlternativeParser(pattern, alternative)
    parsed = parse(pattern)
    found = _chopped([factory(digit or "0") for digit, _ in parsed])
    return {"".join(letters for _, letters in parsed): found} if found else {}
