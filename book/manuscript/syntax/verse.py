r"""Verse: a quotation whose every line ends in a hard break (a backslash, as on GitHub, or two spaces).

    > Tiger, tiger, burning bright\
    > In the forests of the night,
    >
    > — [@blake-1794]

The blockquote gets the class `verse`, and each line becomes `<span class="line">…</span>`, so that a line
too long for the page is turned over under itself; the `<br/>` between lines stays.
"""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor

from book.manuscript.draft import Draft
from book.manuscript.marks import MARK


class VerseExtension(Extension):
    """Reads a backslash at a line's end as a hard break; takes the place of Python-Markdown's, with its priority."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processor."""
        md.inlinePatterns.register(SubstituteTagInlineProcessor(rf"(?: {{2,}}|\\){MARK}*\n", "br"), "linebreak", 100)


def transform(draft: Draft) -> None:
    """Set the lines of every quotation in verse apart."""
    for quote in draft.root.iter("blockquote"):
        stanzas = [block for block in quote if block.get("class") != "attribution"]
        if any(_is_verse(block) for block in stanzas) and all(_is_verse(block) or _is_line(block) for block in stanzas):
            quote.set("class", f"{quote.get('class', '')} verse".strip())
            for stanza in stanzas:
                _set_lines(stanza)


def _is_verse(block: _Element) -> bool:
    """Whether a paragraph has several lines, each but the last ending in a hard break."""
    texts = [(text, _is_behind_break(text)) for text in _texts(block)]
    broken = block.find("br") is not None and all(br.getparent() is block for br in block.iter("br"))
    return (
        block.tag == "p" and broken and not any("\n" in (text[1:] if after else text).strip() for text, after in texts)
    )


def _is_behind_break(text: etree._ElementUnicodeResult) -> bool:
    """Whether a piece of text stands behind a hard break."""
    before = text.getparent() if text.is_tail else None
    return before is not None and before.tag == "br"


def _is_line(block: _Element) -> bool:
    """Whether a paragraph is a single line."""
    return block.tag == "p" and block.find(".//br") is None and not any("\n" in text.strip() for text in _texts(block))


def _texts(block: _Element) -> list[etree._ElementUnicodeResult]:
    """The pieces of text in a paragraph."""
    return block.xpath(".//text()")  # type: ignore[return-value]


def _set_lines(stanza: _Element) -> None:
    """Put each line of a stanza into an element of its own."""
    pieces: list[_Element] = list(stanza)
    line = etree.Element("span", {"class": "line"})
    line.text, stanza.text = (stanza.text or "").lstrip("\n"), None
    lines = [line]
    for piece in pieces:
        if piece.tag == "br":
            line = etree.Element("span", {"class": "line"})
            line.text, piece.tail = (piece.tail or "").lstrip("\n"), "\n"
            lines += [piece, line]
        else:
            line.append(piece)
    stanza[:] = lines
