"""Recognises lines of attribution by what stands beside them: below a quotation, above one, or in its own paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from book.imports.back_references import SAME
from book.imports.dates_in_text import find_dates
from book.imports.document import Block, Kind
from book.imports.doubts import NO_SPEAKER
from book.imports.frames import GIVEN, SAID
from book.imports.occasions import DASHES, Occasion, is_attribution, read_occasion
from book.imports.people import PRONOUNS
from book.imports.quoted_words import length
from book.imports.sentence_ends import sentences
from book.verify.quoted import closing_marks, quoted_spans

_CALLS = re.compile(r"(?:\s*\[\^[^\]\s]+\])+\s*$")
LONGEST = 30
"""Maximum number of words of an attribution that no sign marks."""
SPEECH = re.compile(
    r"\b(?:speech|address|remarks?|lecture|sermon|testimony|evidence|interview|statement|rede|ansprache|"
    r"discours|allocution|"
    r"discurso|conferencia|alocuci\u00f3n)\b|讲话|演讲|发言|致辞",
    re.IGNORECASE,
)


def unescaped(text: str) -> str:
    """Markdown without backslashes, emphasis and tags, for reading."""
    text = re.sub(r"</?(?:cite|em|i|b|strong|small|span|footer|time|p|br)\b[^>]*>", "", text)
    text = re.sub(r"(?<!!)\[((?:[^\[\]\\]|\\.)*+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s\"[^\"]*\")?\)", r"\1", text)
    return re.sub(r"\\(?=[!-/:-@\[-`{-~]|\s|$)|(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text)


def is_quoted(text: str) -> bool:
    """Whether quotation marks stand around the whole of a paragraph; calls of notes may stand behind it."""
    bare = _CALLS.sub("", text.strip()).rstrip(".,")
    closing = closing_marks(bare[:1])
    if not closing or len(bare) < 3 or bare[-1] not in closing:
        return False
    return bare[0] not in bare[1:-1] or bare[0] != '"'


def opened_paragraphs(text: str) -> str | None:
    """The words of a quotation of several paragraphs of which each opens the quotation marks and the last closes them.

    None if it is none. The text is Markdown.
    """
    parts = text.strip().split("\n\n")
    opening = parts[0][:1]
    closing = closing_marks(opening)
    if len(parts) < 2 or not closing or not all(part.startswith(opening) for part in parts):
        return None
    last = parts[-1].rstrip()
    if last[-1:] not in closing or any(_closes(part) for part in parts[:-1]):
        return None
    return "\n\n".join(part[1:].strip() for part in [*parts[:-1], last[:-1]])


def _closes(paragraph: str) -> bool:
    """Whether a paragraph that opens quotation marks closes them."""
    if paragraph[:1] == '"':
        return paragraph.count('"') % 2 == 0
    return any(begin == 0 for begin, _ in quoted_spans(paragraph))


def with_whole_quotations(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the paragraphs of each quotation joined whose every paragraph opens the quotation marks."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and _opens(blocks[end], blocks[index]) and not _closes(blocks[end].markdown):
            end += 1
        if end > index and end < len(blocks) and _opens(blocks[end], blocks[index]):
            joined = "\n\n".join(block.markdown for block in blocks[index : end + 1])
            found.append(replace(blocks[index], markdown=joined))
            index = end + 1
        else:  # nor does a quotation begin with a later one of them
            end = max(end, index + 1)
            found += blocks[index:end]
            index = end
    return found


def _opens(block: Block, first: Block) -> bool:
    """Whether a paragraph begins with the quotation mark that the first paragraph of a quotation begins with."""
    mark = block.markdown[:1]
    return block.kind is Kind.PARAGRAPH and bool(closing_marks(mark)) and mark == first.markdown[:1]


def divide(text: str) -> tuple[str, str] | None:
    """The quotation and the attribution of a paragraph that holds both: `“…” — X, Y, 1908` or `“…” (X, Y, 1908)`.

    None if it is no such paragraph. The text is Markdown.
    """
    words, _, last = text.rpartition("\n")
    bare = words.rstrip("\\ ").strip()
    told = is_attribution(unescaped(last)) or ("\n" not in bare and below(last, 1, frozenset()))
    if bare and is_quoted(unescaped(bare)) and told:
        return unescaped(bare) if bare[0] in "*_" else bare, last
    if (slanted := _SLANTED.match(text)) is not None:
        text = f"{slanted['words']}{text[slanted.end() :]}"
    closing = closing_marks(text[:1])
    if not closing:
        return None
    for match in re.finditer(rf"[{re.escape(closing)}](?:\[\^[^\]\s]+\])?", text):
        rest = text[match.end() :].strip()
        marked = rest[:1] and (rest[0] in DASHES + "(\uff08[" or rest.startswith("\\-"))
        if marked and is_attribution(unescaped(re.sub(r"^\\?-(?=\s)", "\u2014", rest))):
            return text[: match.end()], rest
        if rest and _SPOKEN_BY.match(rest) and find_dates(rest) and length(rest) < LONGEST and not SAID.search(rest):
            return text[: match.end()], rest
    return None


_SLANTED = re.compile(
    r"(?P<mark>[*_]{1,2})(?P<words>[\"\u201c\u201e\u00ab][^*_\n]+[\"\u201d\u201c\u00bb])(?P=mark)(?=\s*\S)"
)
"""A quotation in italics at the beginning of a paragraph."""
_SPOKEN_BY = re.compile(rf"{GIVEN}\s+(?:by|of|from|von|de|del|di|d['\u2019])\s*[A-Z\u00c0-\u00de]", re.IGNORECASE)
"""What says without a dash before it whose words a quotation is: `Testimony of Hannah Pickles, 10 March 1891`."""


def below(text: str, line: int, speakers: frozenset[str]) -> Occasion | None:
    """The occasion of a line below a quotation that no sign marks as its attribution; None if it is none."""
    bare = unescaped(text).removeprefix("- ")
    if (
        bare.rstrip().endswith((":", "\uff1a"))
        or length(bare) > LONGEST
        or any(mark in bare for mark in '\u201c\u201e\u00ab"')
    ):
        return None
    marked = bare != unescaped(text)
    occasion = read_occasion(f"\u2014 {bare}" if marked else bare, line, speakers)
    if SAID.search(bare) or _SUBJECT.search(bare) or len(list(sentences(bare))) > 1:
        return None
    if occasion is None or occasion.sentence:
        return None
    if SAME.match(occasion.event or "") and occasion.speaker:
        return occasion
    if occasion.date and (occasion.speaker or marked):
        return occasion
    return _unsigned(occasion, bare)


def _unsigned(occasion: Occasion, text: str) -> Occasion | None:
    """The occasion of a short line that names no speaker and ends with its date, in doubt; None of any other."""
    dates = find_dates(text)
    ends = bool(dates) and not text[dates[-1].end :].strip(" .)]")
    if not ends or not occasion.title or length(text) > _WORDS_UNSIGNED:
        return None
    return replace(occasion, score=0.6, doubt=occasion.doubt or NO_SPEAKER)


_WORDS_UNSIGNED = 16
"""Maximum number of words of a line below a quotation that names an occasion, but no speaker."""
_SUBJECT = re.compile(rf"(?<!\w){PRONOUNS}\s+[a-z\u00df-\u00ff]")
"""A pronoun before a verb: what has one is a sentence."""


def above(text: str, line: int, speakers: frozenset[str]) -> Occasion | None:
    """The occasion of a line that ends with a colon above a quotation, if it is worded as an attribution."""
    return below(text.rstrip().rstrip(":\uff1a"), line, speakers)


def in_dialogue(blocks: Sequence[Block]) -> bool:
    """Whether a document writes dialogue with dashes: many of its lines with a dash stand below no quotation."""
    lines = below_quoted = 0
    for before, block in pairwise(blocks):
        if block.kind is Kind.PARAGRAPH and is_attribution(unescaped(block.text)):
            lines += 1
            below_quoted += before.kind is Kind.QUOTATION or is_quoted(unescaped(before.text))
    return below_quoted < _ATTRIBUTED * lines


_ATTRIBUTED = 0.7
"""Share of the lines with a dash that stand below quotations where such lines are attributions."""


def calls_at_end(text: str) -> list[str]:
    """The calls of notes at the end of a text."""
    match = _CALLS.search(text)
    return re.findall(r"\[\^[^\]\s]+\]", match[0]) if match else []
