"""Says whether the words that a quotation leaves out change what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from book.verify.negations import INSIDE, is_negation
from book.verify.words import PUNCTUATION, Words

SENTENCE_ENDS = frozenset(".?!")
"""Marks at the end of a sentence."""
_ELLIPSIS = re.compile(r"\u2026|\u22ef|\.(?:\s?\.){2}")
_CLAUSE = 8
"""Words before a quotation among which a negation of its clause is looked for."""


def begins_sentence(words: Words, position: int) -> bool:
    """Whether a word is the first of its sentence."""
    return position == 0 or words.forms[position - 1] in SENTENCE_ENDS


def hidden_negation(words: Words, begin: int, end: int, language: str) -> str | None:
    """The first negation among words left out that may turn what is kept into its opposite, or None.

    Where the words left out lie inside one sentence, that is any negation. Where they reach over the end of a sentence,
    whole clauses may be left out, whatever they say: what counts is the rest of the clause that is broken off, and the
    beginning of the one that is taken up.
    """
    gap: Sequence[int] = range(begin, end)
    if any(words.forms[position] in SENTENCE_ENDS for position in gap):
        marks = [position for position in gap if words.forms[position] in PUNCTUATION]
        gap = [*range(begin, marks[0]), *range(marks[-1] + 1, end)]
    if found := next((words.forms[position] for position in gap if is_negation(words.forms[position], language)), None):
        return found
    written = "".join(words.forms[position] for position in gap)
    return next((one for one in INSIDE.get(language.partition("-")[0].lower(), ()) if one in written), None)


def is_ellipsis(words: Words, begin: int, end: int) -> bool:
    """Whether the source itself has an ellipsis where words are left out, and nothing else."""
    between = words.text[words.spans[begin - 1][1] : words.spans[end][0]]
    return bool(_ELLIPSIS.search(between)) and all(form in PUNCTUATION for form in words.forms[begin:end])


def cut_negation(quoted: Words, original: Words, place: int, language: str) -> str | None:
    """The negation that stands before a quotation in its clause, where the quotation begins as if with a sentence.

    "No pido justicia" says the opposite of "Pido justicia". What begins with a small letter goes on where its source
    does, and hides nothing.
    """
    first = quoted.forms[0]
    if not first[:1].isupper() or not original.forms[place][:1].islower() or begins_sentence(original, place):
        return None
    for position in range(place - 1, max(-1, place - _CLAUSE - 1), -1):
        if original.forms[position] in PUNCTUATION:
            return None
        if is_negation(original.forms[position], language):
            return original.forms[position]
    return None
