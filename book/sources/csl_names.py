"""Finds the parts of a CSL name: particles and suffixes that a program left inside family and given names.

Zotero, and what imports from it, keeps `de Gaulle` in one field; CSL processors split such names by the case of their
letters (CSL 1.0.2, "Name particles"; citeproc-js, "parse-names").
"""

from __future__ import annotations

import re

from book.language.tags import language_tag
from book.model.sources import Name

_FAMILY_FIRST = ("ja", "ko", "zh")
"""Languages that write all names in a script of their own, so that names in another one are romanised: `Xi Jinping`."""
_JOINED = re.compile(r"([^\W\d_]{1,3}['’‘-])(?=[^\W\d_])")
_SUFFIX = re.compile(r"(.+?)\s*,(!?)\s*([^,]+)")


def is_family_first(language: object) -> bool:
    """Whether the family name comes first in the names of a source in a language, as `language` of its item says.

    Citeproc-js does so for Chinese and Japanese. A Hungarian source has names in either order, so its names must say it
    themselves (`static-ordering`).
    """
    tag = language_tag(language) if isinstance(language, str) and language else None
    return tag is not None and tag.partition("-")[0] in _FAMILY_FIRST


def has_comma(suffix: str) -> bool:
    """Whether a comma precedes a suffix if `comma-suffix` does not say it: a title (`1st Baron Aberdare`) has one.

    What only tells generations apart has none (Chicago Manual of Style, 6.43): `Jr.`, `III`, `2nd`.
    """
    return " " in suffix.strip()


def part_name(
    family: str, given: str, *, dropping: str, non_dropping: str, suffix: str, comma: bool, parsed: bool
) -> Name:
    """The parts of a person's name; `parsed` says that the list's program has split it already."""
    if family[:1] == family[-1:] == '"' and len(family) > 2:  # protected from parsing, as in citeproc-js
        return Name(family[1:-1], given, suffix=suffix, comma_suffix=comma)
    found = _SUFFIX.fullmatch(given) if not suffix else None
    if found:
        given, comma, suffix = found[1], bool(found[2]) or has_comma(found[3]), found[3]
    if not (dropping or non_dropping or parsed):
        family, non_dropping = _leading(family)
        given, dropping = _trailing(given)
    return Name(
        family=family,
        given=given,
        dropping_particle=dropping,
        non_dropping_particle=non_dropping,
        suffix=suffix,
        comma_suffix=comma,
    )


def _leading(family: str) -> tuple[str, str]:
    """A family name without leading particles, and those: `de la Cruz`, `d’Artagnan`, `al-Ghazali`."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    rest, particles = " ".join(words[count:]), words[:count]
    joined = _JOINED.match(rest)
    if joined and joined[1].islower() and rest[joined.end()].isupper():
        particles, rest = [*particles, joined[1]], rest[joined.end() :]
    return (rest, " ".join(particles)) if particles and rest[0].isupper() else (family, "")


def _trailing(given: str) -> tuple[str, str]:
    """Given names without trailing particles, and those: `Alexander von`."""
    words = given.split()
    kept = len(words)
    while kept > 1 and words[kept - 1].islower() and words[kept - 1].isalpha():
        kept -= 1
    return (" ".join(words[:kept]), " ".join(words[kept:])) if kept < len(words) else (given, "")
