"""Finds where the sentences of a paragraph end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from book.imports.dates_in_text import month_number
from book.imports.frames import SAID
from book.verify.quoted import quoted_spans


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, in characters from 0; none ends inside a quotation."""
    start = 0
    spans = list(quoted_spans(text))
    for match in _END.finditer(text):
        before = bisect_left(spans, (match.start(), 0)) - 1
        inside = before >= 0 and match.end() <= spans[before][1]
        if inside or _goes_on(text, match):
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a stop ends no sentence: behind an initial or an office, a day before its month, or words that were said.

    `« … »` and `Ainsi parla X` are one sentence.
    """
    if match[0] != ".":
        so = _SO_SAID.match(text, match.end())
        return bool(so and SAID.match(text, so.end()))
    before = re.search(r"\w+$", text[max(0, match.start() - _WORD) : match.start()])
    if before is None:
        return False
    if before[0].isdigit() and len(before[0]) <= _DAY:
        following = _NEXT.match(text, match.end())
        return bool(following and (following[1][0].isdigit() or month_number(following[1])))
    return (len(before[0]) == 1 and before[0].isupper()) or before[0].casefold() in _SHORTENED


_SO_SAID = re.compile(r"\s+(?:ainsi|así|assim|così|so|thus|zo)\s+", re.IGNORECASE)
"""What begins a sentence that says whose words those before it are."""
_NEXT = re.compile(r"\s+(\d\d?\.|1\d{3}|20\d\d|[^\W\d]+)")
_DAY = 2
"""Maximum number of digits of a day of a month."""
_WORD = 20
"""Characters before a stop in which the word before it is looked for; all of `_SHORTENED` are shorter."""
_SHORTENED = frozenset({
    "a", "d", "e", "i", "o", "u", "z", "c", "cca", "v", "chr", "av", "n", "op", "cit", "bd", "fr", "vs", "approx",
    "г", "гг", "см", "mr", "mrs", "ms", "dr", "prof", "st", "capt", "col", "gen", "lt", "sgt", "rev", "hon", "sen",
    "rep", "gov", "sr", "sra", "mme", "mlle", "no", "nr", "vol", "p", "pp", "ca", "vgl", "bzw", "etc", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words that are written with a stop inside a sentence."""
_END = re.compile(
    r"[.?!](?:[ \u00a0\u202f]?\u00bb|[\"\u201c\u201d\u2018\u2019\u00ab\u2039\u203a)\]])*(?:\[\^[^\]\s]+\])?"
    r"(?=\s+[\"\u201c\u201e\u00ab\u00bb\u2018(\[]?\s?[\u00bf\u00a1A-Z\u00c0-\u00de\d])|"
    r"[。？！][”」』）]*"
)
"""The end of a sentence, with the call of a note behind it."""
