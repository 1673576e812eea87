"""Where words are parted, by the patterns of their language.

The patterns are those that Pyphen brings. Pyphen 0.18 reads all patterns of a language before the first word, which
takes 0.05 s for English, 0.5 s for German and Hungarian. A book needs a fraction of them: here a pattern is read when a
word has its letters. What is private and used: that `HyphDict` looks patterns up with `get`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

_DIGIT = re.compile(r"\d")
_Points = tuple[int, tuple[int, ...]]
"""Where the points of a pattern begin, counted in letters from 0, and how good it is to part a word at each."""


@lru_cache(maxsize=50_000)
def points(word: str, language: str, total: int, left: int, right: int) -> tuple[int, ...]:
    """The letters of a word before which it may be parted.

    Where it would be spelt otherwise if it were parted, it is not.

    Args:
        word: letters only.
        language: a BCP 47 tag.
        total: words with fewer letters are not parted.
        left: at least so many letters stay before a hyphen.
        right: at least so many go to the next line.
    """
    if len(word) < max(total, left + right):
        return ()
    dictionary = _dictionary(language)
    pointed = f".{word.lower()}."
    if dictionary is None or len(pointed) != len(word) + 2:
        return ()
    values = _values(dictionary, pointed)
    places = range(left, len(word) - right + 1)
    return tuple(place for place in places if values[place + 1] % 2 and not getattr(values[place + 1], "data", None))


def _values(dictionary: Any, pointed: str) -> list[int]:
    """How good it is to part a word before each of its characters, by the method of Liang (1983): odd is good."""
    values, length = [0] * (len(pointed) + 1), len(pointed)
    patterns, reach = dictionary.patterns, dictionary.reach
    for begin in range(length - 1):
        for end in range(begin + 1, min(begin + reach.get(pointed[begin : begin + 2], 1), length) + 1):
            if found := patterns.get(pointed[begin:end]):
                for place, value in enumerate(found[1], begin + found[0]):
                    if value > values[place]:
                        values[place] = value
    return values


@lru_cache(maxsize=32)
def _dictionary(language: str) -> Any:
    """The patterns of a language; None if there are none."""
    import pyphen

    name = pyphen.language_fallback(language)
    return _read(pyphen.LANGUAGES[name]) if name is not None else None


class _Patterns(dict[str, Any]):
    """Patterns by their letters; one that is still as it was written is read when it is looked up."""

    def get(self, letters: str, default: Any = None) -> Any:
        """The points of the pattern with these letters, or the default."""
        found = super().get(letters, default)
        if isinstance(found, str):
            found = self[letters] = _points(found)
        return found


def _read(path: Path) -> Any:
    """The patterns of a file, as `HyphDict` would read them, but for what can wait."""
    from pyphen import HyphDict, ignored

    dictionary = HyphDict.__new__(HyphDict)
    encoding, _, content = path.read_bytes().partition(b"\n")
    name = encoding.decode().strip()
    text = content.decode("cp1251" if name.lower() == "microsoft-cp1251" else name)
    dictionary.patterns, dictionary.cache = _Patterns(), {}
    for line, letters in zip(text.split("\n"), _DIGIT.sub("", text).split("\n"), strict=True):
        if not line or line.startswith(ignored):
            continue
        if "/" in line or "^^" in line:
            dictionary.patterns.update(_alternatives(line))
        elif len(letters) < len(line):
            dictionary.patterns[letters.strip()] = line.strip()
    dictionary.maxlen = max(map(len, dictionary.patterns))
    dictionary.reach = {}  # by the first two letters of patterns, the length of the longest
    for letters in dictionary.patterns:
        if len(letters) > dictionary.reach.get(letters[:2], 0):
            dictionary.reach[letters[:2]] = len(letters)
    return dictionary


def _points(pattern: str) -> _Points | None:
    """The points of a plain pattern; None if it has none."""
    from pyphen import parse

    found: _Points | None = _chopped([int(digit or "0") for digit, _ in parse(pattern)])
    return found


def _chopped(values: list[Any]) -> Any:
    """Values without the noughts at both ends, and how many were at the beginning; None if there are no others."""
    found = [place for place, value in enumerate(values) if value]
    return (found[0], tuple(values[found[0] : found[-1] + 1])) if found else None


def _alternatives(line: str) -> dict[str, Any]:
    """A pattern whose letters are written in hexadecimal, or whose words are spelt otherwise where they are parted."""
    from pyphen import AlternativeParser, parse, parse_hex

    pattern = parse_hex(lambda match: chr(int(match[1], 16)), line.strip())
    factory: Any = int
    if "/" in pattern and "=" in pattern:
        pattern, alternative = pattern.split("/", 1)
        factory = AlternativeParser(pattern, alternative)
    parsed = parse(pattern)
    found = _chopped([factory(digit or "0") for digit, _ in parsed])
    return {"".join(letters for _, letters in parsed): found} if found else {}
