"""CSS lengths, with the one table of units."""

from __future__ import annotations

import re

POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "pt": 1.0, "pc": 12.0, "px": 0.75}
"""The size of each absolute unit in pt (CSS Values and Units 3, section 6.2)."""

_LENGTH = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)([A-Za-z]+)", re.ASCII)
"""A number (CSS Syntax 3, section 4.3.12) and a unit, with nothing between them."""


def points(length: str) -> float:
    """A CSS length with an absolute unit (in any case) in pt.

    Raises:
        ValueError: It is not such a length.
    """
    found = _LENGTH.fullmatch(length)
    if found is None or found[2].lower() not in POINTS:
        raise ValueError(f"not a CSS length with an absolute unit: {length!r}")
    return float(found[1]) * POINTS[found[2].lower()]


def is_length(length: str, smallest: float, largest: float) -> bool:
    """Whether a text is a CSS length with an absolute unit between two limits in pt, inclusive."""
    try:
        return smallest <= points(length) <= largest
    except ValueError:
        return False
