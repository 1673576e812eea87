"""Reads HTML pages: the blocks of their main part, with inline markup as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lxml import html as lxml_html
from markdownify import MarkdownConverter

from book.imports.document import Block, Document, Kind
from book.imports.formulas import Reading, mark_formulas, written
from book.imports.html_mends import CALL, call_of, even_table, with_known_notes, without_heads_of_notes
from book.imports.html_notes import mark_notes
from book.imports.html_page import drop_furniture, is_byline, left_outside, main_part, mark_attributions, parse_page
from book.imports.html_pictures import keep_pictures, missing_picture, picture, shown
from book.imports.html_tables import prepare_tables
from book.imports.plain_text import escape_starts, escape_words, in_comment

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset({"div", "section", "article", "main", "body", "header", "center", "span", "hgroup", "details"})
_KEPT = frozenset({"ul", "ol", "dl", "table", "pre", "address", "summary"})


class _Converter(MarkdownConverter):
    """Inline HTML as Markdown, with the characters escaped that our chapters read as markup."""

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A text as Markdown."""
        return escape_words(text)

    def convert_sub(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A subscript: raw HTML, which every reader of Markdown knows."""
        return f"<sub>{text}</sub>" if text.strip() else ""

    def convert_sup(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A superscript; one that holds nothing but the call of a note is the call."""
        return text if CALL.fullmatch(text.strip()) else f"<sup>{text}</sup>" if text.strip() else ""

    def convert_ruby(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Characters with their reading: raw HTML, or the reading would stand behind them as text."""
        return f"<ruby>{text}</ruby>" if element.find("rt") else text

    def convert_rt(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A reading."""
        return f"<rt>{text}</rt>"

    def convert_rp(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A bracket for programs that know no readings: left out."""
        return ""

    def convert_span(self, element: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A span: its words; a comment of a word processor becomes one of the chapter, a formula one in TeX."""
        if (formula := written(element)) is not None:
            return formula
        comment = element.get("data-comment")
        return f"<!-- TODO {in_comment(str(comment))} -->" if comment else text

    def convert_a(self, element: Any, text: str, parent_tags: set[str]) -> str:
        """A link; that of a note's call becomes the call, one within the page its words."""
        if note := element.get("data-note"):
            return call_of(str(note))
        if not element.get("href") or not text.strip():
            return text
        if re.match(r"\s*(?:javascript|data|vbscript|about):", element["href"], re.IGNORECASE):
            return text
        return str(super().convert_a(element, text, parent_tags))  # type: ignore[misc]


def read(
    data: bytes | str,
    path: str,
    resolve: Callable[[str], bytes | None] = lambda _address: None,
    *,
    site: bool = True,
    formulas: Reading | None = None,
    notes: str = "",
) -> Document:
    """An HTML page as a document.

    Args:
        data: The page.
        path: Its name, for messages.
        resolve: The bytes of a picture by its address in the page, or None where it cannot be had.
        site: It comes from a web site, which may have put something around it.
        formulas: Its formulas, where those of many pages were read at once.
        notes: What the labels of its notes begin with.
    """
    if not data.strip():
        return Document(path, ())
    root = parse_page(data)
    reader = _Reader()
    main = main_part(root)
    mark_notes(main, notes)
    prepare_tables(main)
    notices = (*mark_formulas(main, formulas), *((*left_outside(main), *drop_furniture(main)) if site else ()))
    mark_attributions(main)
    pictures = keep_pictures(main, resolve, reader.notices)
    found = without_heads_of_notes(list(reader.blocks(main)), reader.notices)
    blocks = tuple(with_known_notes(found, reader.notices))
    return Document(
        path, blocks, _title(root), _authors(root), root.get("lang") or None, _date(root), pictures,
        site=site, notices=(*notices, *reader.notices),
    )  # fmt: skip


class _Reader:
    """Walks through a page and gives its blocks."""

    def __init__(self) -> None:
        self.notices: list[tuple[int, str]] = []
        self._ids: list[str] = []
        """Ids that the next block gets: its own, and those of elements that begin with it."""

    def blocks(self, element: Any) -> Iterator[Block]:
        """The blocks in an element."""
        loose: list[str] = [_escaped(element.text)]
        for child in element:
            if self._is_inline(child):
                self._ids += _ids(child, deep=True)
                loose += [_markdown(child), _escaped(child.tail)]
                continue
            yield from map(self._with_ids, self._loose(loose, child))
            self._ids += _ids(child, deep=child.tag not in _CONTAINERS)
            yield from map(self._with_ids, self._block(child))
            loose = [_escaped(child.tail)]
        yield from map(self._with_ids, self._loose(loose, element))

    def _with_ids(self, block: Block) -> Block:
        """A block with the ids that lead to it."""
        ids, self._ids = tuple(self._ids), []
        return replace(block, ids=(*ids, *block.ids)) if ids else block

    def _is_inline(self, child: Any) -> bool:
        """Whether an element stands in running text."""
        if (
            child.tag in _HEADINGS
            or child.tag in _KEPT
            or child.tag in ("p", "blockquote", "hr", "figure", "img", "li")
        ):
            return False
        if child.get("data-note-text") or child.tag in _CONTAINERS - {"span"}:
            return False
        return not any(one.tag in ("p", "div", "img", *_HEADINGS, *_KEPT) for one in child.iterdescendants())

    def _loose(self, parts: list[str], element: Any) -> Iterator[Block]:
        """A paragraph of text that stands in no element of its own."""
        text = " ".join("".join(parts).split())
        if text:
            yield Block(Kind.PARAGRAPH, escape_starts(text), element.sourceline or 1)

    def _block(self, element: Any) -> Iterator[Block]:
        """The blocks that one element makes."""
        tag, line = element.tag, element.sourceline or 1
        if (block := _prepared(element, line)) is not None:
            yield block
        elif tag in _HEADINGS:
            words = " ".join(_converted_inside(element).split())
            if words:
                yield Block(Kind.HEADING, words, line, _HEADINGS[tag])
        elif is_byline(element):
            yield Block(Kind.BYLINE, " ".join(element.text_content().split()), line)
        elif tag == "p" or (tag == "li" and not len(element)):
            yield from self._paragraph(element, line)
        elif tag == "blockquote":
            yield Block(Kind.QUOTATION, _quotation(element), line)
        elif tag == "hr":
            yield Block(Kind.BREAK, "* * *", line)
        elif tag in ("figure", "img"):
            yield from self._picture(element, line)
        elif tag in _KEPT:
            written = _markdown(element).strip("\n")
            if tag == "table":
                written = even_table(written)
            if written:
                yield Block(Kind.OTHER, written, line)
        else:
            yield from self.blocks(element)

    def _paragraph(self, element: Any, line: int) -> Iterator[Block]:
        """A paragraph; one that holds nothing but a picture is a picture."""
        pictures = shown(element)
        if pictures and not "".join(element.itertext()).strip():
            for one in pictures:
                yield from self._picture(one, line)
        else:
            text = re.sub(r"[ \t]*\n[ \t]*", "\n", _markdown(element)).strip()
            if text:
                yield Block(Kind.PARAGRAPH, escape_starts(text), line)

    def _picture(self, element: Any, line: int) -> Iterator[Block]:
        """A picture; the pictures of a figure, of which the last has the caption."""
        found = shown(element) if element.tag == "figure" and not len(element.findall(".//figure")) else [element]
        if not found:
            yield from self.blocks(element)
            return
        caption = element.find(".//figcaption")
        words = " ".join(_markdown(caption).split()) if caption is not None else ""
        apart = bool(CALL.search(words)) and found[-1].tag != "img"
        for one in found:
            inside = words if one is found[-1] and not apart else ""
            if one.tag == "img":
                alt = escape_words(" ".join((one.get("alt") or "").split()))
                yield Block(Kind.PICTURE, picture(alt, one.get("src"), inside), line)
            else:
                yield _missing(one, line, inside)
        if apart:
            yield Block(Kind.PARAGRAPH, words, line)


def _missing(element: Any, line: int, caption: str = "") -> Block:
    """The place of a picture that is not there: an empty paragraph with a question."""
    asked = missing_picture(element.get("data-missing"), escape_words(element.get("alt") or ""), caption)
    return Block(Kind.PARAGRAPH, "", line, question=asked)


def _prepared(element: Any, line: int) -> Block | None:
    """The block of an element that was prepared: the text of a note, the caption of a table, a missing picture."""
    if element.tag == "p" and element.get("data-missing") is not None:
        return _missing(element, line)
    if label := element.get("data-note-text"):
        text = _converted_inside(element).strip()
        return Block(Kind.NOTE, f"[^{label}]: " + text.replace("\n", "\n    "), line)
    if element.get("data-table-caption") is not None:
        return Block(Kind.PARAGRAPH, f"Table: {' '.join(_converted_inside(element).split())}", line)
    return None


def _ids(element: Any, *, deep: bool) -> list[str]:
    """The ids of an element, and of those in it."""
    elements = element.iter() if deep else (element,)
    return [name for one in elements for name in (one.get("id"), one.get("name") if one.tag == "a" else None) if name]


def _escaped(text: str | None) -> str:
    """Loose text as Markdown."""
    return escape_words(text) if text else ""


_OPTIONS: dict[str, Any] = {"bullets": "-", "newline_style": "BACKSLASH", "wrap": False}


def _markdown(element: Any) -> str:
    """An element as Markdown, without what stands behind it."""
    tail, element.tail = element.tail, None
    try:
        page = lxml_html.tostring(element, encoding="unicode")
    finally:
        element.tail = tail
    return str(_Converter(**_OPTIONS).convert(page)).strip("\n")


def _converted_inside(element: Any) -> str:
    """What an element holds as Markdown, whatever the element itself is."""
    tag, element.tag = element.tag, "div"
    try:
        return _markdown(element)
    finally:
        element.tag = tag


def _quotation(element: Any) -> str:
    """The words of a block quotation, without the marks of Markdown."""
    text = _markdown(element)
    return "\n".join(re.sub(r"^\s*> ?", "", line) for line in text.strip().split("\n")).strip()


def _title(root: Any) -> str | None:
    """The title of a page."""
    for query in (".//meta[@property='og:title']", ".//meta[@name='title']", ".//meta[@name='dc.title']"):
        if (found := root.find(query)) is not None and found.get("content"):
            return " ".join(str(found.get("content")).split())
    heading, title = root.find(".//h1"), root.find(".//title")
    for element in (heading, title):
        if element is not None and (words := " ".join(element.text_content().split())):
            return words
    return None


def _authors(root: Any) -> tuple[str, ...]:
    """The authors that a page names."""
    found = [meta.get("content", "").strip() for meta in root.iter("meta") if meta.get("name", "").lower() == "author"]
    return tuple(name for name in found if name)


def _date(root: Any) -> str | None:
    """When a page was published, as a day."""
    for meta in root.iter("meta"):
        if meta.get("property") == "article:published_time" or meta.get("name", "").lower() in ("date", "dc.date"):
            match = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", meta.get("content", ""))
            if match:
                return match[0]
    return None
