"""Finds passages that a book quotes more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from book.model.verification import Finding
from book.verify.passages import passages_of
from book.verify.words import PUNCTUATION

_RUN = 6
"""Number of consecutive words that two quotations must share to quote the same passage."""
_SHARED = 0.8
"""Minimum share of the shorter quotation's words that the longer one must contain."""


def repetitions(
    findings: Sequence[Finding], spellings: Mapping[str, str] | None = None
) -> Iterator[tuple[Finding, Finding, bool]]:
    """Pairs of quotations of the same passage of a source, and whether their words are the same.

    Not reported are a quotation that is part of another, with the same words; two that overlap or leave out different
    words, if both agree with their source.

    Args:
        findings: Those of a whole book.
        spellings: As in `words_of`.
    """
    forms = [_forms(finding, spellings) for finding in findings]
    places: dict[tuple[str | None, tuple[str, ...]], list[int]] = {}
    for number, (finding, words) in enumerate(zip(findings, forms, strict=True)):
        for run in {words[start : start + _RUN] for start in range(len(words) - _RUN + 1)}:
            places.setdefault((finding.quoted.key, run), []).append(number)
    pairs = {pair for numbers in places.values() if len(numbers) <= _MANY for pair in combinations(numbers, 2)}
    for one, other in sorted(pairs):
        if forms[one] == forms[other]:
            yield findings[one], findings[other], True
        elif not (findings[one].agrees and findings[other].agrees) and _differ(forms[one], forms[other]):
            yield findings[one], findings[other], False


_MANY = 50
"""If more quotations than this share the same words, these are a formula, not a repeated passage."""


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations have most of their words in common, and neither is part of the other."""
    return not _contained(one, other) and _alike(one, other)


def _forms(finding: Finding, spellings: Mapping[str, str] | None) -> tuple[str, ...]:
    """The words of a quotation, in lower case and without punctuation."""
    passages = passages_of(finding.quoted.text, spellings)
    return tuple(form.casefold() for one in passages for form in one.words.forms if form not in PUNCTUATION)


def _contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter quotation is part of the longer one, word by word."""
    short, long = sorted((one, other), key=len)
    return any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations have most of the shorter one's words in common, in their order."""
    from rapidfuzz.distance import LCSseq

    shared: int = LCSseq.similarity(one, other)
    return shared >= _SHARED * min(len(one), len(other))
