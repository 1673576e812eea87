"""Reads sentences that give the words of a letter or a telegram behind a colon, and say of what day it is."""

from __future__ import annotations

import re

from book.imports.dating import Dated
from book.imports.doubts import NO_WRITER
from book.imports.frames import SAID
from book.imports.occasions import Occasion
from book.imports.people import NAME, OFFICE


def read_letter(text: str, told: Dated, *, before: bool) -> Occasion | None:
    """The letter whose words a sentence gives: `in a letter to her publisher of 15 February 1847: …`; None of others.

    A sentence that says who wrote them (`wrote Ada Flint`) is none: it is worded as others that quote somebody.

    Args:
        text: The sentence, with what it quotes.
        told: It without that, and its date.
        before: The words follow in the next sentence.
    """
    letter = (_BEFORE if before else _LETTER).search(text)
    words = _WORDS.search(told.rest)
    if letter is None or words is None or SAID.search(told.rest[words.start() :]):
        return None
    writer = _WRITER.match(words["rest"])
    kind = words["kind"][:1].upper() + words["kind"][1:]
    rest = "" if writer else re.split(r"[,:]|\s(?:and|und|et|y)\s", words["rest"])[0].rstrip(" ,;.:")
    rest = re.sub(r"\s+(?:of|from|dated|vom|du|de|del)$", "", rest)
    doubt = None if writer else NO_WRITER
    score = 0.6 if doubt or told.doubt else 0.8
    name = writer["name"] if writer else None
    return Occasion(told.edtf, name, f"{kind}{rest}", None, None, "", 0, score, doubt)


_KINDS = (
    r"(?P<kind>letter|telegram|cable|dispatch|postcard|Brief|Schreiben|Zuschrift|Eingabe|Postkarte|Depesche|Telegramm|"
    r"lettre|t\u00e9l\u00e9gramme|carta|telegrama|lettera)"
)
_INSIDE = (
    r"(?:[^.:\u201c\u201e\u00ab\"]|(?<=\d)\.|(?<=\b[^\W\d])\.|"
    r"(?<=\b[DMH]r)\.|(?<=\bSt)\.|(?<=\bMrs)\.|(?<=\bProf)\.)*"
)
"""What stands between: no end of a sentence, no quotation."""
_LETTER = re.compile(rf"\b{_KINDS}\b{_INSIDE}:\s*[\u201c\u201e\u00ab\u2018\"]")
"""A letter whose words follow behind a colon."""
_BEFORE = re.compile(rf"\b{_KINDS}\b{_INSIDE}:?$")
"""A letter whose words follow in the next sentence."""
_WORDS = re.compile(rf"\b{_KINDS}\b(?P<rest>.*)$", re.DOTALL)
_WRITER = re.compile(
    r"\s*(?:from|by|von|vom|des|der|de|del|della|di)\s+(?:the\s+|der\s+|la\s+|l')?"
    rf"(?:(?i:{OFFICE})(?:e?s)?\s+(?=[A-Z\u00c0-\u00de]))*(?P<name>{NAME})(?=[,.;:]|\s+[a-z]|$)"
)
"""Who wrote it."""
