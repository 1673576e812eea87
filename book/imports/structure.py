"""Divides a document into chapters: by its headings, else by its breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind
from book.imports.language import language_of
from book.imports.pieces import Piece

_SHORT = 60
"""Number of words below which a part without a heading is no chapter."""
_TITLE = 60
"""Maximum length in characters of a title made from a chapter's first words."""


@dataclass(slots=True)
class Part:
    """A future chapter."""

    title: str
    pieces: list[Piece] = field(default_factory=list)
    line: int = 1
    role: str | None = None
    titled: bool = True
    """Its title stands in the document."""
    file: str = ""
    """The file that its title stands in."""
    ids: tuple[str, ...] = ()
    """The ids of its title."""
    language: str | None = None
    """BCP 47 tag of its language; None for that of the book."""


def find_chapters(pieces: Sequence[Piece], document: Document) -> tuple[str | None, tuple[Part, ...], list[Decision]]:
    """The title of a document, if it has one, its chapters, and the decisions about both."""
    levels = Counter(piece.block.level for piece in pieces if piece.block.kind is Kind.HEADING)
    title = document.title
    rest = list(pieces)
    if document.chapter:
        levels = Counter({1: 1})
    elif levels.get(1) == 1 and len(levels) > 1 and pieces[0].block.kind is Kind.HEADING and pieces[0].block.level == 1:
        title = title or plain_title(pieces[0].block.text)
        rest = list(pieces[1:])
        del levels[1]
    chapter_level = min((level for level, count in levels.items() if count > 1), default=min(levels, default=0))
    decisions: list[Decision] = []
    parts = _by_headings(rest, chapter_level) if chapter_level else _by_breaks(rest, document, decisions)
    _move_notes(parts)
    for part in parts:
        if not part.titled:
            _entitle(part, parts, document, decisions)
    return title, tuple(parts), decisions


def _move_notes(parts: Sequence[Part]) -> None:
    """Put the text of each note, and the address of each link, into all chapters that name it."""
    apart = (Kind.NOTE, Kind.DEFINITION)
    found = [(part, piece) for part in parts for piece in part.pieces if piece.block.kind in apart]
    for part, piece in found:
        block = piece.block
        label = f"{block.markdown.partition(']')[0]}]".casefold()
        callers = [other for other in parts if any(_names(one, label, block) for one in other.pieces)]
        if callers or block.kind is Kind.DEFINITION:
            part.pieces.remove(piece)
        for other in callers:
            other.pieces.append(replace(piece, cited=list(piece.cited), marks=list(piece.marks)))


def _names(piece: Piece, label: str, block: Block) -> bool:
    """Whether a piece calls a note, or uses the address of a link, of its own file."""
    one = piece.block
    return one is not block and one.file == block.file and label in one.markdown.casefold()


def _by_headings(pieces: Sequence[Piece], level: int) -> list[Part]:
    """A part for each heading of a level, and one for what stands before the first."""
    parts: list[Part] = []
    for piece in pieces:
        block = piece.block
        if block.kind is Kind.HEADING and block.level <= level:
            parts.append(_titled(piece))
        elif block.kind is not Kind.BREAK or block.markdown:
            if not parts:
                parts.append(Part("", [], block.line, titled=False))
            parts[-1].pieces.append(piece)
    for part in parts:
        _trim_breaks(part.pieces)
    return [part for part in parts if part.pieces or part.titled]


def _titled(piece: Piece) -> Part:
    """A chapter that begins with a heading. A title is words: calls of notes and comments in it go into the text."""
    block = piece.block
    part = Part(plain_title(block.text), [], block.line, file=block.file, ids=block.ids)
    calls = "".join(re.findall(r"\[\^[^\]\s]+\]", block.text))
    comments = "".join(_COMMENT.findall(block.text))
    if calls or comments:
        kept = Block(Kind.PARAGRAPH, f"{comments}{calls}", block.line, file=block.file)
        question = "This stood in the chapter's title, which can hold words alone. Where does it belong?"
        part.pieces.append(Piece(kept, marks=[question]))
    return part


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def plain_title(text: str) -> str:
    """A heading as a title: emphasis stays, links become words, calls of notes, pictures and comments are left out."""
    text = _COMMENT.sub("", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]\s]+\]", "", text)
    text = re.sub(r"\[((?:[^\[\]\\]|\\.)*+)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"\\(?=\s|$)", " ", text).split()).strip()


def _trim_breaks(pieces: list[Piece]) -> None:
    """Remove breaks at either end, before headings, and behind other breaks."""
    kept: list[Piece] = []
    apart = [piece for piece in pieces if piece.block.kind in (Kind.NOTE, Kind.DEFINITION)]
    for piece in (piece for piece in pieces if piece not in apart):
        if piece.block.kind is Kind.BREAK and (not kept or kept[-1].block.kind in (Kind.BREAK, Kind.HEADING)):
            continue
        if piece.block.kind is Kind.HEADING and kept and kept[-1].block.kind is Kind.BREAK:
            kept.pop()
        kept.append(piece)
    while kept and kept[-1].block.kind is Kind.BREAK:
        kept.pop()
    pieces[:] = [*kept, *apart]


def _by_breaks(pieces: Sequence[Piece], document: Document, decisions: list[Decision]) -> list[Part]:
    """A part between each two breaks; a short one without a quotation goes with the one before."""
    parts = [Part("", [], 1, titled=False)]
    for piece in pieces:
        if piece.block.kind is Kind.BREAK:
            parts.append(Part("", [], piece.block.line, titled=False))
        else:
            parts[-1].pieces.append(piece)
    found: list[Part] = []
    for part in _at_refrains([part for part in parts if part.pieces], document, decisions):
        part.line = part.pieces[0].block.line
        words = sum(len(piece.block.text.split()) for piece in part.pieces)
        if found and all(piece.block.kind in (Kind.NOTE, Kind.DEFINITION) for piece in part.pieces):
            found[-1].pieces += part.pieces
        elif found and words < _SHORT and not any(piece.quotation for piece in part.pieces):
            found[-1].pieces += part.pieces
            evidence = part.pieces[0].block.text
            question = "Is this a chapter of its own?"
            what = f"{words} words behind a break go with the chapter before"
            decisions.append(Decision(Subject.STRUCTURE, what, document.path, part.line, evidence, 0.7, question))
            part.pieces[0].marks.append(question)
        else:
            found.append(part)
    return found


def _at_refrains(parts: Sequence[Part], document: Document, decisions: list[Decision]) -> Iterator[Part]:
    """The parts, divided further where a paragraph behind a quotation begins as other parts do."""
    counts = Counter(_beginning(part.pieces[0]) for part in parts)
    refrains = {words for words, count in counts.items() if count > 1 and words}
    for part in parts:
        current = Part("", [], part.line, titled=False)
        for before, piece in zip([None, *part.pieces], part.pieces, strict=False):
            if before is not None and before.occasion is not None and _beginning(piece) in refrains:
                yield current
                current = Part("", [], piece.block.line, titled=False)
                question = "Does a chapter begin here, as others do with the same words?"
                what = "a chapter begins, with the words that others begin with, though there is no break"
                line, evidence = piece.block.line, piece.block.text
                decisions.append(Decision(Subject.STRUCTURE, what, document.path, line, evidence, 0.65, question))
                piece.marks.append(question)
            current.pieces.append(piece)
        yield current


def _beginning(piece: Piece) -> str:
    """The first two words of a paragraph of running text; empty for other blocks."""
    if piece.quotation or piece.block.kind is not Kind.PARAGRAPH:
        return ""
    words = piece.block.text.casefold().split()
    return " ".join(words[:2]) if len(words) > _SHORT // 4 else ""


def _entitle(part: Part, parts: Sequence[Part], document: Document, decisions: list[Decision]) -> None:
    """Give a part without a heading a title: the first is an introduction if only the others quote."""
    evidence = next(filter(first_words, (piece.block.text for piece in part.pieces)), "")
    first = part is parts[0] and len(parts) > 1
    others = parts[1:]
    words = " ".join(piece.block.text for piece in part.pieces)
    text = len(words.split()) >= _SHORT and all(one.titled for one in others)
    if first and not any(piece.occasion for piece in part.pieces) and (text or any(map(_quotes, others))):
        language = (document.language or language_of(words)).partition("-")[0].lower()
        part.title, part.role = _INTRODUCTIONS.get(language, "Introduction"), "introduction"
        what = "what stands before the first theme is an introduction"
        decisions.append(Decision(Subject.STRUCTURE, what, document.path, part.line, evidence, 0.85))
        return
    if len(parts) == 1 and document.title:
        part.title = document.title
        return
    part.title = first_words(evidence) or f"Part {parts.index(part) + 1}"
    question = "The chapter has no heading in the original. What is its title?"
    what = f'a chapter begins; it is called "{part.title}" after its first words'
    decisions.append(Decision(Subject.STRUCTURE, what, document.path, part.line, evidence, 0.6, question))
    if part.pieces:
        part.pieces[0].marks.insert(0, question)


_INTRODUCTIONS = {
    "ar": "مقدمة", "de": "Einleitung", "es": "Introducción", "it": "Introduzione", "nl": "Inleiding", "pl": "Wstęp",
    "pt": "Introdução", "ru": "Введение", "sv": "Inledning", "zh": "引言", "ja": "はじめに", "ko": "머리말",
}  # fmt: skip
"""What an introduction is called in the language of a document; elsewhere as in English and French."""


def _quotes(part: Part) -> bool:
    """Whether a part has a quotation with an attribution."""
    return any(piece.occasion is not None for piece in part.pieces)


def first_words(text: str) -> str:
    """The first clause of a text, as a title."""
    text = plain_title(text)
    plain = re.sub(r"[\\*_`\[\]]|[\u201c\u201d\"\u201e\u00ab\u00bb]", "", text)
    ends = r"(?:[,;:!?\u2014]|(?<=[^\W\d][^\W\d])\.)(?:\s|$)|[\u3002\uff0c]"
    clause = re.split(ends, plain, maxsplit=1)[0].strip() or plain
    if len(clause) <= _TITLE:
        return clause
    return clause[:_TITLE].rsplit(" ", 1)[0]
