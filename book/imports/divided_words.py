"""Joins words that a wrapped text divides at the ends of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST = re.compile(r"(?P<rest>.*?)(?P<part>[^\W\d_]+)(?P<sign>[-\u2010\u00ad\u00ac])[ \t]*$")
_SECOND = re.compile(r"(?P<indent>[ \t]*)(?P<part>[^\W\d_]+)")
_DIVIDED = re.compile(r"[^\W\d_]+[-\u2010\u00ad\u00ac][ \t]*\n[ \t]*[^\W\d_]+")
_SOFT = "\u00ad\u00ac"
"""Signs that stand for a division and nothing else."""
_SUSPENDED = re.compile(
    r"[ \t]*(?:(?:und|oder|bis|bzw\.?|sowie|and|or|et|ou|y|o|e)(?:[ \t]+\w|[ \t]*$)|to[ \t]+\w+[-\u2010]\w)"
)
"""A conjunction behind a hyphen that stands for the end of a word to come: `Sonn- und Feiertage`, `two- to three-year`.

A mark behind it says that it is the end of a divided word; `to` ends so many that a word with a hyphen must follow.
"""


def join_divided(lines: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines of a wrapped text with divided words whole again, each on the line where it ends.

    A hyphen stays where the text has the word with a hyphen elsewhere (`to-day`), or both parts as words of their own
    (`well-known`). A hyphen before "and" or "or" that stands for the end of a later word (`Sonn- und Feiertage`)
    divides none, unless the text has the whole word elsewhere (`hon-or`).

    Returns:
        As many lines, and for each word its line (1-based) and what was done.
    """
    found, told = list(lines), []
    undivided = _DIVIDED.sub(" ", "\n".join(lines).casefold())
    words = set(re.findall(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*", undivided))
    for number in range(len(found) - 1):
        first, second = _FIRST.match(found[number]), _SECOND.match(found[number + 1])
        if first is None or second is None or not (first["rest"].strip() and second["part"][0].islower()):
            continue
        whole = first["part"] + second["part"]
        suspended = whole.casefold() not in words and _SUSPENDED.match(found[number + 1])
        if first["sign"] not in _SOFT and suspended:
            continue
        if first["sign"] not in _SOFT and _has_hyphen(first["part"], second["part"], words):
            whole = f"{first['part']}-{second['part']}"
        found[number] = first["rest"].rstrip()
        found[number + 1] = f"{second['indent']}{whole}{found[number + 1][second.end() :]}"
        told.append((number + 1, f'"{whole}" was divided at the end of a line'))
    return found, told


def _has_hyphen(first: str, second: str, words: set[str]) -> bool:
    """Whether a word that is divided at a hyphen is written with one; `words` are those of the text."""
    one, other = first.casefold(), second.casefold()
    if f"{one}-{other}" in words:
        return True
    return one + other not in words and one in words and other in words
