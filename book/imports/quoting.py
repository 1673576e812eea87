"""Finds the quotations of a document with their attributions, and the sentences that name an occasion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind
from book.imports.frames import MEETING
from book.imports.occasions import Occasion, is_attribution, read_occasion, read_sentence, sentences

_OPENING, _CLOSING = '\u201c\u201e\u00ab\u300c\u300e"', '\u201d\u201c\u00bb\u300d\u300f"'
_LAST_QUOTE = re.compile(f"[{_CLOSING}](?!.*[{_CLOSING}])", re.DOTALL)
_MOST = 6
"""Maximum number of paragraphs of one quotation above its attribution."""


@dataclass(slots=True)
class Piece:
    """A block of a future chapter: text, or a quotation with its occasion."""

    block: Block
    quotation: bool = False
    occasion: Occasion | None = None
    """The occasion of a quotation, from its attribution line."""
    cited: list[tuple[int, Occasion]] = field(default_factory=list)
    """In a text: where citations go, in characters of the Markdown from 0, and the occasions that they cite."""
    marks: list[str] = field(default_factory=list)
    """Questions for a person, set as comments before the block."""
    anchor: str | None = None
    """The id that links lead to it by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its quotations and occasions found."""

    pieces: tuple[Piece, ...]
    occasions: tuple[Occasion, ...]
    """Every mention of an occasion, in the order of the document."""
    decisions: tuple[Decision, ...]


def find_quotations(blocks: Sequence[Block], document: Document) -> Reading:
    """Pair quotations with their attribution lines, and find the occasions that captions and sentences name."""
    reader = _Reader(document, _speakers(blocks))
    for block in blocks:
        reader.take(block)
    for piece in reader.pieces:
        if not piece.quotation and piece.block.kind is Kind.PARAGRAPH:
            reader.cite(piece)
    occasions = [one.occasion for one in reader.pieces if one.occasion]
    occasions += [occasion for piece in reader.pieces for _, occasion in piece.cited]
    occasions += reader.unquoted
    return Reading(tuple(reader.pieces), tuple(dict.fromkeys(occasions)), tuple(reader.decisions))


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """The names that attribution lines give."""
    names: Counter[str] = Counter()
    for block in blocks:
        for line in _attribution_lines(block):
            occasion = read_occasion(_unescaped(line), block.line)
            if occasion is not None and occasion.speaker and (occasion.date or MEETING.search(line)):
                names[occasion.speaker] += 1
    return frozenset(names)


def _attribution_lines(block: Block) -> Iterator[str]:
    """The line of a block that may be an attribution."""
    if block.kind is Kind.PARAGRAPH and is_attribution(_unescaped(block.text)):
        yield block.text
    elif block.kind is Kind.QUOTATION:
        last = block.markdown.rstrip().rpartition("\n")[2]
        if is_attribution(_unescaped(last)):
            yield last


def _unescaped(text: str) -> str:
    """Markdown without backslashes and emphasis, for reading."""
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])|(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text)


class _Reader:
    """Takes blocks one by one and finds what they quote."""

    def __init__(self, document: Document, speakers: frozenset[str]) -> None:
        self.pieces: list[Piece] = []
        self.unquoted: list[Occasion] = []
        self.decisions: list[Decision] = []
        self._document = document
        self._speakers = speakers

    def take(self, block: Block) -> None:
        """Add a block to the pieces; an attribution line belongs to the quotation above it."""
        lines = list(_attribution_lines(block))
        occasion = read_occasion(_unescaped(lines[0]), block.line, self._speakers) if lines else None
        if occasion is not None and not self._plausible(occasion):
            occasion = None
        if block.kind is Kind.QUOTATION:
            self._quotation(block, occasion, lines)
        elif occasion is not None:
            self._attribute(block, occasion)
        else:
            self.pieces.append(Piece(block, marks=[block.question] if block.question else []))
            if block.question:
                what = "kept as it is written"
                self.decisions.append(
                    Decision(Subject.STRUCTURE, what, self._document.path, block.line, block.text, 0.5, block.question)
                )

    def _plausible(self, occasion: Occasion) -> bool:
        """Whether a line that begins with a dash is an attribution, and not a line of dialogue."""
        return bool(occasion.date or occasion.speaker in self._speakers or (occasion.speaker or "").count(" "))

    def _quotation(self, block: Block, occasion: Occasion | None, lines: Sequence[str]) -> None:
        """Add a block quotation; its last line may say where it is from."""
        if occasion is not None:
            words = block.markdown.rstrip().removesuffix(lines[0]).rstrip("\n> ")
            block = replace(block, markdown=words)
            self._decide(Subject.QUOTATION, "a quotation and its attribution", block.line, occasion)
        self.pieces.append(Piece(block, quotation=True, occasion=occasion))

    def _attribute(self, block: Block, occasion: Occasion) -> None:
        """Make the paragraph above an attribution line its quotation."""
        above = self.pieces[-1] if self.pieces else None
        if above is None or not self._can_be_quoted(above):
            self._without_words(block, occasion)
            return
        self._join_above(above)
        above = self.pieces[-1]
        above.quotation, above.occasion = True, occasion
        named = bool(occasion.speaker and occasion.speaker in _unescaped(above.block.text))
        score = min(occasion.score, 0.6 if named else 0.95)
        question: str | None = None
        if occasion.doubt:
            question = f"{occasion.doubt[:1].upper()}{occasion.doubt[1:]}. Is the date right?"
        if named:
            question = "The paragraph names the speaker: is all of it a quotation?"
        if question:
            above.marks.append(question)
        what = "the paragraph above the attribution is its quotation"
        self._decide(Subject.QUOTATION, what, block.line, occasion, score, question)

    def _without_words(self, block: Block, occasion: Occasion) -> None:
        """Keep an attribution line above which no quotation stands as a line of text that cites its occasion."""
        self.unquoted.append(occasion)
        question = "No quotation stands above this line of attribution. Should one?"
        self._decide(Subject.QUOTATION, "an attribution without words", block.line, occasion, 0.6, question)
        words = _bare(block)
        line = replace(block, kind=Kind.PARAGRAPH, markdown=words)
        self.pieces.append(Piece(line, cited=[(len(words), occasion)], marks=[question]))

    def _can_be_quoted(self, piece: Piece) -> bool:
        """Whether the words above an attribution line can be a quotation: no heading, and no line about an occasion."""
        if piece.quotation:
            return piece.occasion is None
        if piece.block.kind is not Kind.PARAGRAPH:
            return False
        text = _unescaped(piece.block.text)
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

    def cite(self, piece: Piece) -> None:
        """Find the occasions that the sentences of a paragraph name, and where to cite them."""
        if piece.cited:
            return
        text = piece.block.markdown
        for begin, end in sentences(text):
            sentence = text[begin:end]
            occasion = read_sentence(" ".join(_unescaped(sentence).split()), piece.block.line, self._speakers)
            if occasion is None:
                continue
            quoted = _LAST_QUOTE.search(sentence)
            place = begin + (quoted.end() if quoted else len(sentence.rstrip().rstrip(".!?。！？")))
            piece.cited.append((place, occasion))
            what = f'"{occasion.title}" is cited in the sentence that names it'
            self._decide(Subject.CITATION, what, piece.block.line, occasion, occasion.score)

    def _decide(
        self, subject: Subject, what: str, line: int, occasion: Occasion, score: float | None = None,
        question: str | None = None,
    ) -> None:  # fmt: skip
        """Record a decision."""
        sure = occasion.score if score is None else score
        decision = Decision(subject, what, self._document.path, line, occasion.written, sure, question)
        self.decisions.append(decision)


def _bare(block: Block) -> str:
    """An attribution line without its dash and its last stop, as words of the text."""
    return re.sub(r"^\W+", "", block.text).rstrip(" .。")
