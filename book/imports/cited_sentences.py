"""Finds what the sentences of a paragraph cite: occasions that they name, or that brackets behind a quotation name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from book.imports.attributions import unescaped
from book.imports.decisions import Subject
from book.imports.document import Kind
from book.imports.full_names import with_full_names
from book.imports.markdown_code import blank_code
from book.imports.occasions import Occasion, read_occasion
from book.imports.pieces import Piece
from book.imports.pronouns import SAME_DAY, of_pronoun, subject_of, with_day, with_person
from book.imports.quoted_words import FEW, is_said, length, with_curly
from book.imports.recording import Recorder
from book.imports.sentence_ends import sentences
from book.imports.sentences import read_sentence
from book.verify.quoted import quoted_spans

_BRACKETS = re.compile(r"\s*(?:\((?P<round>[^()]{8,300})\)|\uff08(?P<wide>[^\uff08\uff09]{4,300})\uff09)")
"""What stands in brackets behind a quotation."""


def cite(piece: Piece, recorder: Recorder, speakers: frozenset[str], notes: Mapping[str, Occasion]) -> None:
    """Find the occasions that the sentences of a paragraph name, and where to cite them.

    Args:
        piece: The paragraph, which nothing is cited in so far.
        recorder: Takes the decisions.
        speakers: Names that the document is known to quote.
        notes: The occasions that notes name, by the calls of these.
    """
    _take_brackets(piece, recorder, speakers)
    attributed = [place for place, _ in piece.cited]
    text = with_curly(blank_code(piece.block.markdown))
    before, last = "", None
    person, quoting = recorder.subject, any(quoted_spans(text))
    for begin, end in sentences(text):
        if any(begin < place <= end for place in attributed):
            continue
        sentence = text[begin:end]
        spans = [(one, other) for one, other in quoted_spans(sentence) if is_said(sentence[one : other + 1])]
        call = next((one for one in notes if one in sentence), None) if spans else None
        occasion = notes[call] if call else None
        plain = " ".join(unescaped(sentence).split())
        told = with_full_names(plain, recorder.people) if quoting or speakers else plain
        if occasion is None:
            occasion = _read(told, before, last if spans else None, piece.block.line, speakers, quotes=bool(spans))
            occasion = replace(occasion, written=plain) if occasion else None
        if quoting:
            person = subject_of(told, person, recorder.people, speakers)
        before, last = with_person(told, person), occasion
        if occasion is None:
            continue
        quoted = max(spans, default=None)
        place = begin + (
            quoted[1] + 1
            if quoted
            else len(piece.block.markdown[begin:end].rstrip().rstrip(".!?:;\u3002\uff01\uff1f\uff1a\uff1b "))
        )
        what = f'"{occasion.title or "Remarks"}" is cited in the sentence that names it'
        if not call and occasion.speaker and occasion.speaker not in plain:
            what += f"; its speaker is taken to be {occasion.speaker}, whom the document names elsewhere"
        _record(piece, recorder, place, occasion, what)


def _read(
    told: str, before: str, last: Occasion | None, line: int, speakers: frozenset[str], *, quotes: bool
) -> Occasion | None:
    """The occasion that a sentence names, with the help of the one before where it quotes somebody."""
    if not quotes:
        return read_sentence(told, line, speakers)
    dated = with_day(told, before)
    occasion = read_sentence(dated, line, speakers) or of_pronoun(dated, before, last, line, speakers)
    if occasion is not None and dated != told:
        return replace(occasion, score=0.7, doubt=occasion.doubt or SAME_DAY)
    return occasion


def _take_brackets(piece: Piece, recorder: Recorder, speakers: frozenset[str]) -> None:
    """Turn brackets behind words in quotation marks that say who spoke, where and when into citations."""
    markdown = piece.block.markdown
    text = with_curly(blank_code(markdown))
    written, at = "", 0
    for begin, end in quoted_spans(text):
        found = _BRACKETS.match(text, end + 1)
        if found is None or begin < at or length(text[begin:end]) < FEW:
            continue
        inside = " ".join(unescaped(found["round"] or found["wide"]).split())
        occasion = None if inside[:1].islower() else read_occasion(inside, piece.block.line, speakers)
        if occasion is None or not (occasion.speaker and occasion.date and _tells(occasion)):
            continue
        written += markdown[at : end + 1]
        at = found.end()
        what = "the brackets behind the quotation say whose words they are"
        _record(piece, recorder, len(written), occasion, what)
    if at:
        piece.block = replace(piece.block, markdown=written + markdown[at:])


def _tells(occasion: Occasion) -> bool:
    """Whether brackets say more than a name and a year, as references to literature do."""
    return bool(occasion.title) or (" " in (occasion.speaker or "") and "-" in (occasion.date or ""))


def cite_notes(pieces: Sequence[Piece], recorder: Recorder, notes: Mapping[str, Occasion]) -> None:
    """Cite the occasions that notes name at the end of the notes, where no quotation that calls them cites them."""
    used = {id(piece.occasion) for piece in pieces}
    used |= {id(occasion) for piece in pieces for _, occasion in piece.cited}
    for piece in pieces:
        occasion = notes.get(piece.block.markdown.partition(":")[0])
        if piece.block.kind is Kind.NOTE and occasion is not None and id(occasion) not in used:
            what = f'"{occasion.title or "Remarks"}" is cited in the note that names it'
            _record(piece, recorder, len(piece.block.markdown.rstrip(_ENDS)), occasion, what)


_ENDS = ".!?:;\u3002\uff01\uff1f\uff1a\uff1b \n"


def _record(piece: Piece, recorder: Recorder, place: int, occasion: Occasion, what: str) -> None:
    """Cite an occasion in a paragraph, with a question where it is in doubt."""
    occasion = recorder.published_before(occasion)
    piece.cited.append((place, occasion))
    question = occasion.doubt.asked if occasion.doubt else None
    if question and question not in piece.marks:
        piece.marks.append(question)
    recorder.decide(Subject.CITATION, what, piece.block.line, occasion, occasion.score, question)
