"""Finds the quotations of a manuscript: block quotations, and text in quotation marks beside a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from book.model.manuscript import Chapter, Manuscript, Mention
from book.model.verification import Quoted

_PAIRS: Mapping[str, str] = {
    "\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u300c": "\u300d",
    "\u300e": "\u300f", '"': '"', "\u2018": "\u2019", "\u201a": "\u2018\u2019", "\u2039": "\u203a", "\u203a": "\u2039",
}  # fmt: skip
"""For each opening quotation mark, the marks that can close it."""
_TYPED = "\u201e\u201c"
"""Opening marks that a straight one may close."""
_TEXT_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "figcaption", "h2", "h3", "h4", "h5", "h6")
_PLACE = "\ufffc"
"""The character that stands for a citation in the text of a block."""
_SENTENCE_END = re.compile(r"[.?!\u3002\uff1f\uff01](?:[\u201d\u00bb\"\u2019)\]]*\s|$)|[\u3002\uff1f\uff01]")


def quotations_of(manuscript: Manuscript) -> Iterator[Quoted]:
    """Every quotation of the manuscript, in the order of the book."""
    for chapter in manuscript.chapters:
        if chapter.mentions or chapter.quotations:
            yield from _in_chapter(chapter)


def _in_chapter(chapter: Chapter) -> Iterator[Quoted]:
    """The quotations of a chapter."""
    mentions = {mention.anchor: mention for mention in chapter.mentions}
    blocks = {quotation.anchor: quotation for quotation in chapter.quotations}
    root = etree.fromstring(f"<body>{chapter.body}</body>")
    introduction: Mention | None = None
    for element in root.iter(etree.Element):
        anchor = f"{chapter.slug}#{element.get('id')}"
        if (block := blocks.get(anchor)) is not None:
            inside = [found for one in element.iter(etree.Element) if (found := _mention(one, chapter, mentions))]
            cited = [one for one in inside if one.form == "attribution"] or inside
            source = cited[0] if cited else introduction
            yield Quoted(
                anchor=anchor,
                citation=source.anchor if source else None,
                key=source.key if source else None,
                locator=source.locator if source else None,
                text=block.text,
                block=True,
                at=block.at,
                alteration=block.alteration,
            )
        elif element.tag in _TEXT_BLOCKS and next(element.iterancestors("blockquote"), None) is None:
            text = _flatten(element, chapter, mentions)
            introduction = text.mentions[-1] if text.mentions and text.written.rstrip().endswith((":", "：")) else None
            if element.get("class") != "attribution":
                yield from _inline(text)


def _mention(element: etree._Element, chapter: Chapter, mentions: Mapping[str, Mention]) -> Mention | None:
    """The citation that an element represents; None if it is none."""
    name = element.get("id")
    return mentions.get(f"{chapter.slug}#{name}") if name else None


@dataclass(slots=True)
class _BlockText:
    """The text of one block, with a placeholder for each citation."""

    parts: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def written(self) -> str:
        """The whole text."""
        return "".join(self.parts)


def _flatten(block: etree._Element, chapter: Chapter, mentions: Mapping[str, Mention]) -> _BlockText:
    """The text of a block without nested blocks and note calls."""
    found = _BlockText()

    def walk(element: etree._Element) -> None:
        found.parts.append(element.text or "")
        for child in element:
            if (mention := _mention(child, chapter, mentions)) is not None:
                found.parts.append(_PLACE)
                found.mentions.append(mention)
            elif child.tag not in _NESTED and child.get("class") != "noteref":
                walk(child)
            found.parts.append(child.tail or "")

    walk(block)
    return found


_NESTED = frozenset({*_TEXT_BLOCKS, "ul", "ol", "dl", "table", "blockquote", "div", "section", "aside"})


def _inline(block: _BlockText) -> Iterator[Quoted]:
    """The texts in quotation marks in a block that have a citation in the same sentence."""
    if not block.mentions:
        return
    text = block.written
    places = [match.start() for match in re.finditer(_PLACE, text)]
    for begin, end in quoted_spans(text):
        mention = _beside(text, places, block.mentions, begin, end)
        words = " ".join(text[begin + 1 : end].replace(_PLACE, "").split())
        if mention and words:
            yield Quoted(
                mention.anchor, mention.anchor, mention.key, mention.locator, words, block=False, at=mention.at
            )


def closing_marks(opening: str) -> str:
    """The marks that can close a quotation which a mark opens; none if it opens none."""
    return _PAIRS.get(opening, "") + ('"' if opening and opening in _TYPED else "")


def quoted_spans(text: str) -> Iterator[tuple[int, int]]:
    """The positions of the outermost opening and closing quotation marks, 0-based."""
    closing: dict[str, Mapping[int, int]] = {}
    position = 0
    for mark in _OPENING.finditer(text):
        begin, sign = mark.start(), mark[0]
        if begin < position or not _opens(text, begin):
            continue
        if sign not in closing:
            closing[sign] = _closing(text, sign)
        if (end := _end(text, begin, closing[sign].get(begin))) is not None:
            yield begin, end
            position = end + 1


_OPENING = re.compile(f"[{''.join(_PAIRS)}]")


def _opens(text: str, position: int) -> bool:
    """Whether the mark at a position can open a quotation: no letter precedes it directly."""
    return position == 0 or not text[position - 1].isalnum() or "\u3000" <= text[position - 1] <= "\uffef"


def _end(text: str, opening: int, end: int | None) -> int | None:
    """The position of the mark that closes a quotation: `end`, or a straight one where the quotation has no other.

    A low opening mark with a straight one behind is how German is typed where a program makes only the first.
    """
    straight = text.find('"', opening, end) if text[opening] in _TYPED else -1
    again = text.find(text[opening], opening + 1, end) if straight >= 0 else -1
    if straight < 0 or (end is not None and again < 0):
        return end
    return straight if again < 0 or straight < again else end


def _closing(text: str, sign: str) -> Mapping[int, int]:
    """Where the mark is that closes each quotation which a sign opens; an apostrophe inside a word closes none."""
    marks = _PAIRS[sign]
    found: dict[int, int] = {}
    open_: list[int] = []
    for match in re.finditer(f"[{sign}{marks}]", text):
        position = match.start()
        apostrophe = (
            match[0] == "\u2019" and text[position + 1 : position + 2].isalpha() and text[position - 1].isalpha()
        )
        if match[0] in marks and open_ and not apostrophe:
            found[open_.pop()] = position
        if match[0] == sign:
            open_.append(position)
    return found


def _beside(text: str, places: list[int], mentions: list[Mention], begin: int, end: int) -> Mention | None:
    """The citation in the sentence of a quotation: the next one after it, else the last one before it."""
    for place, mention in zip(places, mentions, strict=True):
        if place > begin:
            if not _SENTENCE_END.search(text, end + 1, place):
                return mention
            break
    for place, mention in zip(reversed(places), reversed(mentions), strict=True):
        if place < begin:
            return None if _SENTENCE_END.search(text, place + 1, begin) else mention
    return None
