"""Reads Markdown of other tools (Pandoc, mdBook, Quarto, bookdown, Obsidian): its blocks, as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from markdown_it import MarkdownIt

from book.imports.document import Block, Document, Kind

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s>)]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)(?:\{[^}]*\})?")
_EMBED = re.compile(r"!\[\[([^\]|]+)(?:\|([^\]]*))?\]\]")
_WIKI = re.compile(r"(?<!!)\[\[([^\]|#]+)?(?:#[^\]|]*)?(?:\|([^\]]*))?\]\]")
_ID = re.compile(r"\s*\{[#.][^}]*\}\s*$")


def read(text: str, path: str, resolve: Callable[[str], bytes | None] = lambda _address: None) -> Document:
    """A Markdown file as a document; the arguments are those of `html.read`."""
    front: dict[str, Any] = {}
    offset = 0
    if match := _FRONT.match(text):
        front = _mapping(match[1])
        offset = match[0].count("\n")
        text = text[match.end() :]
    text = _WIKI.sub(lambda one: one[2] or one[1] or "", _EMBED.sub(r"![\2](\1)", text))
    pictures: dict[str, bytes] = {}
    notices: list[tuple[int, str]] = []
    blocks = tuple(_blocks(text, offset))
    for block in blocks:
        for picture in _PICTURE.finditer(block.markdown):
            data = resolve(picture[2])
            if data is None:
                notices.append((block.line, f"the picture {picture[2]} is not there"))
            else:
                pictures[picture[2]] = data
    authors = front.get("author") or front.get("authors") or ()
    return Document(
        path,
        blocks,
        title=_text(front.get("title")),
        authors=tuple(filter(None, map(_text, authors if isinstance(authors, list) else [authors]))),
        language=_text(front.get("lang") or front.get("language")),
        date=_day(front.get("date")),
        pictures=pictures,
        notices=tuple(notices),
    )


def _mapping(front: str) -> dict[str, Any]:
    """The front matter; nothing where it is no mapping."""
    try:
        found = yaml.safe_load(front)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str | None:
    """A value of the front matter as text; of a mapping its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("literal")
    return str(value).strip() or None if value not in (None, "") else None


def _day(value: object) -> str | None:
    """A date of the front matter, if it is one."""
    match = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", str(value or ""))
    return match[0] if match else None


def _blocks(text: str, offset: int) -> Iterator[Block]:
    """The blocks of the file, each as it is written."""
    lines = text.split("\n")
    level = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.map is not None and level == 0 and token.nesting >= 0:
            begin, end = token.map
            yield _block(token, "\n".join(lines[begin:end]).rstrip(), begin + offset + 1)
        level += token.nesting


def _block(token: Any, written: str, line: int) -> Block:
    """One block."""
    if token.type == "heading_open":
        words = re.sub(r"^\s*#+\s*|\s*#*\s*$|\n\s*(?:=+|-+)\s*$", "", written)
        return Block(Kind.HEADING, _ID.sub("", words), line, int(token.tag[1:]))
    if token.type == "blockquote_open":
        return Block(Kind.QUOTATION, "\n".join(re.sub(r"^\s{0,3}> ?", "", one) for one in written.split("\n")), line)
    if token.type == "hr":
        return Block(Kind.BREAK, "", line)
    if token.type == "paragraph_open":
        if _NOTE.match(written):
            return Block(Kind.NOTE, written, line)
        return Block(Kind.PICTURE if _PICTURE.fullmatch(written.strip()) else Kind.PARAGRAPH, written, line)
    return Block(Kind.OTHER, written, line)
