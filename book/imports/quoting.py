"""Finds the quotations of a document with their attributions, and the sentences that name an occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from book.imports.attributions import (
    above,
    below,
    calls_at_end,
    divide,
    in_dialogue,
    is_quoted,
    unescaped,
    with_whole_quotations,
)
from book.imports.back_references import SAME
from book.imports.cited_sentences import cite, cite_notes
from book.imports.dates_in_text import find_dates
from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind
from book.imports.doubts import from_before
from book.imports.frames import MEETING
from book.imports.note_occasions import of_notes
from book.imports.occasions import Occasion, is_attribution, read_occasion, without_signs
from book.imports.pieces import Piece, Reading
from book.imports.pronouns import of_pronoun
from book.imports.quoted_words import FEW, length
from book.imports.recording import Recorder
from book.imports.sentence_ends import sentences
from book.imports.sentences import read_sentence

_OPENING, _CLOSING = '\u201c\u201e\u00ab\u300c\u300e"', '\u201d\u201c\u00bb\u300d\u300f"'
_LINES = 4
"""Maximum number of lines of an attribution of which each says one thing: who, where, when."""
_MOST = 6
"""Maximum number of paragraphs of one quotation above its attribution."""


def find_quotations(blocks: Sequence[Block], document: Document) -> Reading:
    """Pair quotations with their attribution lines, and find the occasions that captions and sentences name."""
    blocks = with_whole_quotations(blocks)
    first = _Reader(document, frozenset())
    first.read(blocks)
    spoken = [one for piece in first.pieces if (one := piece.occasion) and (one.date or MEETING.search(one.written))]
    reader = _Reader(document, frozenset(one.speaker for one in spoken if one.speaker))
    reader.read(blocks)
    reader.cite()
    occasions = [one.occasion for one in reader.pieces if one.occasion]
    occasions += [occasion for piece in reader.pieces for _, occasion in piece.cited]
    occasions += reader.unquoted
    different = {id(one): one for one in occasions}
    return Reading(tuple(reader.pieces), tuple(different.values()), tuple(reader.decisions))


def _last_line(block: Block) -> str:
    """The last line of a quotation, which may be its attribution."""
    return block.markdown.rstrip().rpartition("\n")[2]


class _Reader(Recorder):
    """Takes blocks one by one and finds what they quote."""

    def __init__(self, document: Document, speakers: frozenset[str]) -> None:
        self.pieces: list[Piece] = []
        self.unquoted: list[Occasion] = []
        super().__init__(document)
        self._speakers = speakers
        self._no_dialogue = True
        """Lines that begin with a dash are no speech in a dialogue."""
        self._notes: Mapping[str, Occasion] = {}
        self._last: Occasion | None = None

    def read(self, blocks: Sequence[Block]) -> None:
        """Take all blocks, then pair quotations with the lines above them and with their notes."""
        self._notes = of_notes(list(blocks), self._speakers)
        self._no_dialogue = not in_dialogue(blocks)
        for block in blocks:
            self._take(block)
        for piece, following in pairwise(list(self.pieces)):
            self._introduce(piece, following)
        for piece in self.pieces:
            self._look_up(piece)

    def _take(self, block: Block) -> None:
        """Add a block to the pieces; an attribution line belongs to the quotation above it."""
        if block.kind is Kind.QUOTATION:
            self._quotation(block)
        elif block.kind is not Kind.PARAGRAPH or block.question or not self._attribution(block):
            self.pieces.append(Piece(block, marks=[block.question] if block.question else []))
            if block.question and block.kind is not Kind.HEADING:
                what = "kept as it is written"
                self.decisions.append(
                    Decision(Subject.STRUCTURE, what, self.document.path, block.line, block.text, 0.5, block.question)
                )

    def _attribution(self, block: Block) -> bool:
        """Take a paragraph that is an attribution, or ends with one; False if it is neither."""
        lines = [line.strip(" \\") for line in block.markdown.strip().split("\n")]
        text = unescaped(", ".join(line.rstrip(",;") for line in lines) if 1 < len(lines) <= _LINES else block.text)
        parts = divide(block.markdown)
        if parts is not None and self._divided(block, *parts):
            return True
        if is_attribution(text) and self._attributed(block, text):
            return True
        occasion = self._whole(below(text, block.line, self._speakers)) if self._quoted_above() else None
        if occasion is not None:
            self._attribute(block, occasion)
        return occasion is not None

    def _quoted_above(self) -> bool:
        """Whether the piece above is words of somebody by its form, and has no attribution yet."""
        if not self.pieces or self.pieces[-1].occasion is not None:
            return False
        last = self.pieces[-1]
        return last.quotation or (last.block.kind is Kind.PARAGRAPH and self._ends_quoted(last.block.text))

    def _ends_quoted(self, text: str) -> bool:
        """Whether a paragraph is quoted as a whole, or is the end of a quotation of several paragraphs."""
        if is_quoted(text):
            return True
        return (
            text.endswith(tuple(_CLOSING))
            and any(piece.block.text.startswith(tuple(_OPENING)) for piece in self.pieces[-_MOST:])
            and not any(mark in text for mark in _OPENING)
        )

    def _divided(self, block: Block, words: str, line: str) -> bool:
        """Add a paragraph that ends with its own attribution as a quotation; False if that line names no occasion."""
        occasion = self._whole(read_occasion(unescaped(" ".join(line.split())), block.line, self._speakers))
        if occasion is None:
            return False
        if not (occasion.date or occasion.speaker in self._speakers or self._names_work(occasion)):
            return False
        piece = Piece(replace(block, markdown=words), quotation=True, occasion=occasion)
        self.pieces.append(piece)
        self.paired(piece, "a quotation with its attribution behind it", block.line, occasion)
        return True

    def _attributed(self, block: Block, text: str) -> bool:
        """Pair a line that begins like an attribution with the quotation above; False if it is none."""
        occasion = self._whole(read_occasion(text, block.line, self._speakers))
        if occasion is None or not self._plausible(occasion):
            return False
        if text.lstrip()[0] in "([\uff08" and (occasion.date is None or not self._quoted_above()):
            return False
        self._attribute(block, occasion)
        return True

    def _whole(self, occasion: Occasion | None) -> Occasion | None:
        """An occasion, and the last one before it in its place where it says "ibid." or "in the same debate"."""
        last = self._last
        if occasion is not None and last is not None and SAME.match(occasion.event or ""):
            occasion = replace(
                occasion, title=last.title, event=last.event, place=last.place, date=occasion.date or last.date,
                score=0.7, doubt=from_before(f'it names "{occasion.event}", the occasion before it'),
            )  # fmt: skip
        self._last = occasion or last
        return self.published_before(occasion) if occasion else None

    def _plausible(self, occasion: Occasion) -> bool:
        """Whether a line that begins with a dash is an attribution, and not a line of dialogue."""
        spoken = occasion.date or occasion.speaker in self._speakers or (occasion.speaker or "").count(" ")
        return bool(spoken) or (self._names_work(occasion) and self._quoted_above() and self._no_dialogue)

    def _names_work(self, occasion: Occasion) -> bool:
        """Whether an attribution names a work, or no more than a word: no speaker, no date, no event."""
        return bool(occasion.title) and not (occasion.speaker or occasion.date or occasion.event)

    def _quotation(self, block: Block) -> None:
        """Add a block quotation; its last line may say where it is from. One that is set in may be an attribution."""
        if self._quoted_above() and self._attribution(replace(block, kind=Kind.PARAGRAPH)):
            return
        last = _last_line(block)
        line = unescaped(last)
        occasion = self._whole(read_occasion(line, block.line, self._speakers)) if is_attribution(line) else None
        if occasion is not None and not self._plausible(occasion):
            occasion = None
        if occasion is None and last != block.markdown:
            occasion = self._whole(below(line, block.line, self._speakers))
        piece = Piece(block, quotation=True, occasion=occasion)
        if occasion is not None:
            piece.block = replace(block, markdown=block.markdown.rstrip().removesuffix(last).rstrip("\n> \\"))
            self.paired(piece, "a quotation and its attribution", block.line, occasion)
        self.pieces.append(piece)

    def _introduce(self, piece: Piece, following: Piece) -> None:
        """Pair a quotation with the line above it that ends with a colon and names its occasion."""
        text, block = unescaped(piece.block.text), piece.block
        if piece.quotation or block.kind is not Kind.PARAGRAPH or not text.endswith((":", "\uff1a")):
            return
        if following.occasion is not None or not (following.quotation or is_quoted(following.block.text)):
            return
        begin, end = list(sentences(text))[-1]
        occasion = above(text[begin:end].strip(), block.line, self._speakers)
        what = "the line above the quotation is its attribution"
        if occasion is not None and not begin:
            self.pieces.remove(piece)
        elif occasion is None:
            occasion = self._told_above(text, following)
            if occasion is None or occasion.date is None:
                self._ask_above(text[begin:end].strip(), following)
                return
            occasion = replace(occasion, written=text[begin:end].strip())
            what = "the sentence above the quotation says where it is from"
        piece.told = True
        following.quotation, following.occasion = True, occasion
        self.paired(following, what, block.line, occasion)

    def _ask_above(self, sentence: str, following: Piece) -> None:
        """Ask about a quotation where the sentence above it names a day, but nobody who spoke then."""
        days = [date for date in find_dates(sentence) if date.exact and not date.since]
        if days and not calls_at_end(following.block.text):
            question = f"The sentence above names {days[0].edtf}. Are these words of that day, and whose?"
            following.marks.append(question)
            what = "a quotation below a sentence with a date"
            line, path = following.block.line, self.document.path
            self.decisions.append(Decision(Subject.QUOTATION, what, path, line, sentence, 0.5, question))

    def _told_above(self, text: str, following: Piece) -> Occasion | None:
        """The occasion of a quotation that the last sentence above it names, or the one before that."""
        quoted = unescaped(following.block.text).strip('"\u201c\u201d\u201e\u00ab\u00bb ')
        line = following.block.line
        told = [text[begin:end].strip() for begin, end in sentences(text)][-2:]
        sentence = f"{told[-1]} \u201c{quoted}\u201d"
        occasion = read_sentence(sentence, line, self._speakers)
        if occasion is None and len(told) > 1:
            occasion = of_pronoun(sentence, told[0], None, line, self._speakers)
        if occasion is not None or len(told) < 2 or length(told[-1]) > FEW * 3:
            return occasion
        found = read_sentence(f"{told[0]} \u201c{quoted}\u201d", line, self._speakers)
        doubt = from_before("the sentence before the last one names it")
        return replace(found, score=min(found.score, 0.7), doubt=found.doubt or doubt) if found else None

    def _look_up(self, piece: Piece) -> None:
        """Pair a quotation with the note at its end that names its occasion."""
        text = piece.block.text
        if piece.occasion is not None or not (piece.quotation or is_quoted(text)):
            return
        occasion = next((self._notes[call] for call in calls_at_end(text) if call in self._notes), None)
        if occasion is not None:
            piece.quotation, piece.occasion = True, occasion
            self.paired(piece, "the note says where the quotation is from", piece.block.line, occasion)

    def _attribute(self, block: Block, occasion: Occasion) -> None:
        """Make the paragraph above an attribution line its quotation."""
        above_it = self.pieces[-1] if self.pieces else None
        if above_it is None or not self._can_be_quoted(above_it):
            self._without_words(block, occasion)
            return
        self._join_above(above_it)
        piece = self.pieces[-1]
        piece.quotation, piece.occasion = True, occasion
        self.paired(piece, "the paragraph above the attribution is its quotation", block.line, occasion)

    def _without_words(self, block: Block, occasion: Occasion) -> None:
        """Keep an attribution line above which no quotation stands as a line of text that cites its occasion."""
        self.unquoted.append(occasion)
        question = "No quotation stands above this line of attribution. Should one?"
        self.decide(Subject.QUOTATION, "an attribution without words", block.line, occasion, 0.6, question)
        words = without_signs(block.text).rstrip(" .。")
        line = replace(block, kind=Kind.PARAGRAPH, markdown=words)
        self.pieces.append(Piece(line, cited=[(len(words), occasion)], marks=[question]))

    def _can_be_quoted(self, piece: Piece) -> bool:
        """Whether the words above an attribution line can be a quotation: no heading, and no line about an occasion."""
        if piece.quotation or is_quoted(piece.block.text):
            return piece.occasion is None
        if piece.block.kind is not Kind.PARAGRAPH:
            return False
        text = unescaped(piece.block.text)
        names = any(speaker in text for speaker in self._speakers)
        first = read_sentence(text, piece.block.line, self._speakers)
        return not (first is not None and names and first.date and len(list(sentences(text))) == 1)

    def _join_above(self, last: Piece) -> None:
        """Join the paragraphs of a quotation whose marks are opened in the first and closed in the last."""
        text = last.block.text
        if last.quotation or not text.endswith(tuple(_CLOSING)) or text.startswith(tuple(_OPENING)):
            return
        for number in range(2, min(_MOST, len(self.pieces)) + 1):
            first = self.pieces[-number]
            if first.quotation or first.block.kind is not Kind.PARAGRAPH or first.cited:
                return
            if first.block.text.startswith(tuple(_OPENING)):
                joined = "\n\n".join(piece.block.markdown for piece in self.pieces[-number:])
                self.pieces[-number:] = [Piece(replace(first.block, markdown=joined))]
                return

    def cite(self) -> None:
        """Find the occasions that the sentences of paragraphs and the notes name, and where to cite them."""
        for piece in self.pieces:
            plain = not piece.quotation and piece.block.kind is Kind.PARAGRAPH
            if plain and not piece.cited and not piece.told:
                cite(piece, self, self._speakers, self._notes)
        cite_notes(self.pieces, self, self._notes)
