"""Compares one quotation with one transcript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from book.model.verification import Difference, Verdict
from book.verify.elisions import SENTENCE_ENDS, begins_sentence, cut_negation, hidden_negation, is_ellipsis
from book.verify.passages import Passage
from book.verify.texts import Text, Vocabulary
from book.verify.words import PUNCTUATION, Words

ALIKE = 0.6
"""Minimum share of a quotation's words that a passage must have, in their order, to be taken for its original."""
_SURE = 0.9
"""Share of a passage's words that, found close together, make the match certain."""
_CONTEXT = 5
"""Words shown on either side of a difference."""
_REPLACED = 12
"""Maximum number of words of the source that words in square brackets may replace."""
_PART = 3
"""Minimum number of words of a part that stands elsewhere in the source."""
_TRIES = 64
"""Maximum number of places of the first passage from which the others are searched."""


@dataclass(frozen=True, slots=True)
class Match:
    """The result of a comparison with one transcript."""

    verdict: Verdict
    begin: int
    """The first word of the passage in the transcript, 0-based."""
    end: int
    """The word behind its last one."""
    differences: tuple[Difference, ...] = ()
    reason: str = ""


def match_exactly(passages: Sequence[Passage], text: Text, vocabulary: Vocabulary, language: str) -> Match | None:
    """The place where a transcript has all passages of a quotation word by word, or None.

    Args:
        passages: The quotation, as `passages_of` gives it; at least one passage.
        text: The transcript.
        vocabulary: That of the transcript.
        language: BCP 47 tag of the transcript's language, for negations that an elision leaves out.

    Returns:
        A match `EXACT`, `ELIDED` or `WRONGLY_ELIDED`; `ALTERED` where letters inside differ in case.
    """
    encoded = [vocabulary.encode(passage.words.forms) for passage in passages]
    best: Match | None = None
    for count, start in enumerate(text.places(encoded[0])):
        places = _chain(passages, encoded, text, start)
        if places is not None:
            match = _judge(passages, places, text, language)
            if match.verdict in (Verdict.EXACT, Verdict.ELIDED):
                return match
            best = best or match
        if count >= _TRIES:
            break
    if best is None and len(passages) > 1:
        best = _out_of_order(passages, encoded, text)
    return best


def _chain(passages: Sequence[Passage], encoded: Sequence[str], text: Text, start: int) -> list[int] | None:
    """The positions of all passages, if the first is at `start` and the others follow in order; else None."""
    places = [start]
    end = start + len(encoded[0])
    for passage, piece in zip(passages[1:], encoded[1:], strict=True):
        limit = end + _REPLACED + len(piece) if passage.gap == "insertion" else len(text.encoded)
        place = text.encoded.find(piece, end, limit)
        if place < 0:
            return None
        places.append(place)
        end = place + len(piece)
    return places


def _judge(passages: Sequence[Passage], places: Sequence[int], text: Text, language: str) -> Match:
    """The verdict on passages that are in the transcript in their order."""
    begin, end = places[0], places[-1] + len(passages[-1].words)
    differences = [
        difference
        for passage, place in zip(passages, places, strict=True)
        for difference in _case(passage.words, text.words, place)
    ]
    if differences:
        return Match(Verdict.ALTERED, begin, end, tuple(differences))
    ends = [place + len(passage.words) for passage, place in zip(passages, places, strict=True)]
    for gap_begin, gap_end in zip(ends, places[1:], strict=False):
        if negation := hidden_negation(text.words, gap_begin, gap_end, language):
            return Match(Verdict.WRONGLY_ELIDED, begin, end, reason=f'the words left out hold "{negation}"')
    if negation := cut_negation(passages[0].words, text.words, begin, language):
        return Match(Verdict.WRONGLY_ELIDED, begin, end, reason=f'the words left out before it hold "{negation}"')
    elided = any(
        passage.gap == "omission" and not is_ellipsis(text.words, one, other)
        for passage, one, other in zip(passages[1:], ends, places[1:], strict=False)
    )
    return Match(Verdict.ELIDED if elided else Verdict.EXACT, begin, end)


def _case(quoted: Words, original: Words, place: int) -> list[Difference]:
    """The words that differ only in case, except for the first letter of the first word."""
    found = []
    for offset, form in enumerate(quoted.forms):
        free = 1 if offset == 0 else 0
        if form[free:] != original.forms[place + offset][free:] and not begins_sentence(original, place + offset):
            found.append(_difference(quoted, offset, offset + 1, original, place + offset, place + offset + 1))
    return found


def _out_of_order(passages: Sequence[Passage], encoded: Sequence[str], text: Text) -> Match | None:
    """A match of passages that all stand in the transcript, but not in the order of the quotation."""
    places = [text.encoded.find(piece) for piece in encoded]
    if min(places) < 0 or min(len(piece) for piece in encoded) < 2:
        return None
    ends = [place + len(passage.words) for place, passage in zip(places, passages, strict=True)]
    reason = "the source has the parts in another order"
    return Match(Verdict.WRONGLY_ELIDED, min(places), max(ends), reason=reason)


def match_nearly(passages: Sequence[Passage], text: Text, vocabulary: Vocabulary) -> Match | None:
    """Where a transcript has something similar to a quotation, with each difference; None if nowhere.

    Each passage is searched separately, because any number of words may be between two of them.
    """
    found = [_near(passage.words, text, vocabulary) for passage in passages]
    if len(passages) == 1 and (found[0] is None or found[0].kept < ALIKE * len(passages[0].words)):
        found = [_rearranged(passages[0].words, text, vocabulary)]
    total = sum(len(passage.words) for passage in passages)
    if sum(one.kept for one in found if one) < ALIKE * total:
        return None
    differences: list[Difference] = []
    for passage, one in zip(passages, found, strict=True):
        whole = passage.words.written(0, len(passage.words))
        differences += one.differences if one else [Difference(whole, "", "", "")]
    places = [one for one in found if one]
    begin, end = min(one.begin for one in places), max(one.end for one in places)
    return Match(Verdict.ALTERED if differences else Verdict.EXACT, begin, end, tuple(differences))


@dataclass(frozen=True, slots=True)
class _Near:
    """Where a transcript has something similar to one passage."""

    begin: int
    end: int
    kept: int
    """Words that both have."""
    differences: tuple[Difference, ...]


def _near(words: Words, text: Text, vocabulary: Vocabulary) -> _Near | None:
    """Something similar to a passage in a transcript: in a stretch of about its length, else in a longer one."""
    encoded = vocabulary.encode(words.forms)
    close = _aligned(words, encoded, text, text.nearest(encoded, len(encoded) * 3 // 2 + 8))
    if close and close.kept >= _SURE * len(encoded):
        return close
    wide = _aligned(words, encoded, text, text.nearest(encoded, len(encoded) * 4 + 60))
    return wide if wide and (close is None or wide.kept > close.kept + len(encoded) // 5) else close


def _rearranged(words: Words, text: Text, vocabulary: Vocabulary) -> _Near | None:
    """The stretch of a transcript that has the parts of a passage, each of some words, in another order."""
    encoded = vocabulary.encode(words.forms)
    window = text.nearest(encoded, len(encoded) * 2 + 8)
    if window is None:
        return None
    low, high = window
    stretch = text.encoded[low:high]
    places: list[tuple[int, int]] = []
    start = kept = 0
    while start < len(encoded):
        end = start
        while end < len(encoded) and encoded[start : end + 1] in stretch:
            end += 1
        if end - start >= _PART:
            place = stretch.index(encoded[start:end])
            places.append((place, place + end - start))
            kept += end - start
        start = max(end, start + 1)
    if not places:
        return None
    begin, last = low + min(places)[0], low + max(end for _, end in places)
    whole = Difference(words.written(0, len(words)), text.words.written(begin, last), "", "")
    return _Near(begin, last, kept, (whole,))


def _aligned(words: Words, encoded: str, text: Text, window: tuple[int, int] | None) -> _Near | None:
    """A passage aligned with a stretch of the transcript; None if they have no word in common."""
    if window is None:
        return None
    low, high = window
    operations = _operations(encoded, text.encoded[low:high])
    equal = [operation for operation in operations if operation[0] == "equal"]
    if not equal:
        return None
    begin = max(low, low + equal[0][3] - equal[0][1])
    end = min(high, low + equal[-1][4] + len(encoded) - equal[-1][2])
    differences = tuple(_differences(words, text.words, operations, low, (begin, end)))
    return _Near(begin, end, sum(one[2] - one[1] for one in equal), differences)


_Operation = tuple[str, int, int, int, int]


def _operations(quoted: str, original: str) -> list[_Operation]:
    """The edits that turn the words of a quotation into those of its source; adjacent edits are merged."""
    merged: list[_Operation] = []
    for one in Levenshtein.opcodes(quoted, original):
        if merged and one.tag != "equal" and merged[-1][0] != "equal":
            _, begin, _, other, _ = merged[-1]
            merged[-1] = ("replace", begin, one.src_end, other, one.dest_end)
        else:
            merged.append((one.tag, one.src_start, one.src_end, one.dest_start, one.dest_end))
    return merged


def _differences(
    quoted: Words, original: Words, operations: Sequence[_Operation], low: int, bounds: tuple[int, int]
) -> Iterator[Difference]:
    """The edits inside a passage, except different word divisions."""
    for tag, begin, end, other_begin, other_end in operations:
        first, last = max(low + other_begin, bounds[0]), min(low + other_end, bounds[1])
        if end == len(quoted):
            last = _before_end(original, first, last)
        if tag == "equal" or (begin == end and first >= last):
            continue
        if not _alike(quoted.forms[begin:end], original.forms[first:last]):
            yield _difference(quoted, begin, end, original, first, max(first, last))


def _before_end(words: Words, first: int, last: int) -> int:
    """Where words end that the last words of a quotation are compared with: with their sentence, without its mark."""
    stop = next((position for position in range(first, last) if words.forms[position] in SENTENCE_ENDS), last)
    while stop > first and words.forms[stop - 1] in PUNCTUATION:
        stop -= 1
    return stop


def _alike(quoted: Sequence[str], original: Sequence[str]) -> bool:
    """Whether words differ only in being written as one or several."""
    return bool(quoted) and "".join(quoted).casefold() == "".join(original).casefold()


def _difference(quoted: Words, begin: int, end: int, original: Words, first: int, last: int) -> Difference:
    """A difference, with its context in the quotation."""
    return Difference(
        quoted=quoted.written(begin, end),
        original=original.written(first, last),
        before=quoted.written(max(0, begin - _CONTEXT), begin),
        after=quoted.written(end, min(len(quoted), end + _CONTEXT)),
    )


def only_punctuation(differences: Sequence[Difference]) -> bool:
    """Whether all differences are marks of punctuation."""
    marks = PUNCTUATION | {" "}
    return all(set(one.quoted) <= marks and set(one.original) <= marks for one in differences)
