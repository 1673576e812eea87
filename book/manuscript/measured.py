"""Texts as they stand in columns of fixed width, as in tables that are drawn with characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_PAD = "\0"
"""What stands behind a character that is as wide as two; docutils takes it out again."""
_STAND_INS = (0xF0000, 0xFFFFE)
"""Characters for private use that stand for those with accents while a table is read."""


class Measured:
    """A text in which every character takes one place: wide ones are padded, and stand-ins hold those with accents."""

    def __init__(self, text: str) -> None:
        """Measure a text of one or more lines.

        Args:
            text: The text as it was written.
        """
        self.text = text
        self._stand_ins: dict[int, str] = {}
        if not text.isascii():
            clusters, used = _clusters(text), set(text)
            free = (number for number in range(*_STAND_INS) if chr(number) not in used)
            places = {one: self._place(one, free) for one in dict.fromkeys(clusters)}
            self.text = "".join(places[one] for one in clusters)

    def _place(self, cluster: str, free: Iterator[int]) -> str:
        """What stands in a line for a character and those behind it that take no place."""
        pad = _PAD * (unicodedata.east_asian_width(cluster[0]) in "WF")
        if len(cluster) == 1:
            return cluster + pad
        number = next(free, None)
        if number is None:  # over 65,000 different ones
            return cluster + pad
        self._stand_ins[number] = cluster
        return chr(number) + pad

    def restored(self, part: str) -> str:
        """A part of the text as it was written."""
        return part.replace(_PAD, "").translate(self._stand_ins)


def _clusters(text: str) -> list[str]:
    """The characters of a text, each with those behind it that take no place: Unicode's Mn, Me, Cf; no soft hyphens."""
    clusters: list[str] = []
    for one in text:
        none = not one.isascii() and one != "\u00ad" and unicodedata.category(one) in ("Mn", "Me", "Cf")
        if none and clusters and clusters[-1] != "\n":
            clusters[-1] += one
        else:
            clusters.append(one)
    return clusters
