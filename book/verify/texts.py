"""Prepares transcripts for search: exact passages as strings of word numbers, similar ones by shared word triples."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from book.verify.words import Words

_SEED = 3
"""Number of consecutive words that a passage and its source must share to be compared at all."""
_MARGIN = 4
"""Number of words before and after a similar stretch that are compared too."""
_FIRST = 0x100
"""Code point that represents the first word."""
_DOTLESS = {0x131: "i"}
"""The Turkish i without a dot, whose capital is that of another letter elsewhere."""
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class Vocabulary:
    """Numbers the words of some texts with characters, so that Python's string search finds sequences of words.

    Words that differ only in case have the same number.
    """

    numbers: dict[str, str] = field(default_factory=dict)

    def encode(self, forms: Sequence[str]) -> str:
        """The words as a string with a character for each. Words that are new get a number."""
        numbers = self.numbers
        encoded = []
        for form in forms:
            key = form.casefold() if form.isascii() else form.casefold().translate(_DOTLESS).replace("i\u0307", "i")
            number = numbers.get(key)
            if number is None:
                code = _FIRST + len(numbers)
                number = numbers[key] = chr(code if code < _SURROGATES.start else code + len(_SURROGATES))
            encoded.append(number)
        return "".join(encoded)


@dataclass(frozen=True)
class Text:
    """The words of one transcript, prepared for search."""

    path: str
    """The file, relative to the project's folder."""
    words: Words
    """Its words."""
    encoded: str
    """Its words as numbers of the vocabulary."""
    pages: tuple[tuple[int, str], ...] = ()
    """For a transcript with pages: where each begins, in characters of the text, and its label, in order."""

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        """Where each sequence of `_SEED` words begins."""
        found: dict[str, list[int]] = {}
        encoded = self.encoded
        for position in range(len(encoded) - _SEED + 1):
            found.setdefault(encoded[position : position + _SEED], []).append(position)
        return found

    def places(self, passage: str) -> Iterator[int]:
        """The positions, counted in words from 0, at which an encoded passage stands."""
        position = self.encoded.find(passage)
        while position >= 0:
            yield position
            position = self.encoded.find(passage, position + 1)

    def nearest(self, passage: str, length: int) -> tuple[int, int] | None:
        """The stretch of words that is most similar to an encoded passage, as begin and end; None if there is none.

        It is within the stretch of `length` words that has most of the passage's word triples.
        """
        hits = sorted(
            (position, offset)
            for offset in range(len(passage) - _SEED + 1)
            for position in self._seeds.get(passage[offset : offset + _SEED], ())
        )
        if not hits:
            return None
        first, last = _densest(hits, length)
        low = first[0] - first[1] - _MARGIN
        high = last[0] + len(passage) - last[1] + _MARGIN
        return max(0, low), min(len(self.encoded), high)

    def page(self, position: int) -> str | None:
        """The label of the page on which a word (0-based) stands, for a transcript with pages."""
        if not self.pages:
            return None
        at = self.words.spans[position][0]
        return self.pages[max(0, bisect_right([start for start, _ in self.pages], at) - 1)][1]


def _densest(hits: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last hit of the stretch of `length` words that has hits of most offsets.

    Args:
        hits: Position in the text and offset in the passage of each word triple that both have, by position.
        length: Words.
    """
    counts: dict[int, int] = {}
    best = 0
    found = hits[0], hits[0]
    left = 0
    for position, offset in hits:
        counts[offset] = counts.get(offset, 0) + 1
        while position - hits[left][0] > length:
            gone = hits[left][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
        if len(counts) > best:
            best, found = len(counts), (hits[left], (position, offset))
    return found
