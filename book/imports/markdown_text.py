"""Reads Markdown of other tools (Pandoc, mdBook, Quarto, bookdown, Obsidian): its blocks, as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import yaml
from markdown_it import MarkdownIt

from book.imports.directives import left_include, plain_chunks, with_includes
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
    reader = _Reader(resolve, offset)
    blocks = tuple(_whole_notes(reader.blocks(text)))
    lists = front.get("bibliography") or []
    named = [str(one) for one in (lists if isinstance(lists, list) else [lists])]
    authors = front.get("author") or front.get("authors") or ()
    return Document(
        path,
        blocks,
        title=_text(front.get("title")),
        authors=tuple(filter(None, map(_text, authors if isinstance(authors, list) else [authors]))),
        language=_text(front.get("lang") or front.get("language")),
        date=_day(front.get("date")),
        pictures=reader.pictures,
        bibliographies={PurePosixPath(name).name: data for name in named if (data := resolve(name)) is not None},
        notices=(
            *((1, f"{name}, which the front matter names, is not there") for name in named if resolve(name) is None),
            *reader.notices,
        ),
    )


def _whole_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each note with the indented ones below it, which are its further paragraphs."""
    note: Block | None = None
    for block in blocks:
        if note is not None and block.kind is Kind.OTHER and block.markdown.startswith(("    ", "\t")):
            note = replace(note, markdown=f"{note.markdown}\n\n{block.markdown}")
            continue
        if note is not None:
            yield note
        note = block if block.kind is Kind.NOTE else None
        if note is None:
            yield block
    if note is not None:
        yield note


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


class _Reader:
    """Reads the blocks of a file, and the files that they name."""

    def __init__(self, resolve: Callable[[str], bytes | None], offset: int) -> None:
        self.pictures: dict[str, bytes] = {}
        self.notices: list[tuple[int, str]] = []
        self._resolve = resolve
        self._offset = offset
        """Lines before the text."""
        self._chunks = 0

    def blocks(self, text: str) -> Iterator[Block]:
        """The blocks of the file, each as it is written."""
        lines, numbers = with_includes(text, self._resolve)
        for line, number in zip(lines, numbers, strict=True):
            if left_include(line):
                self.notices.append(
                    (number + self._offset + 1, f"the file of {line.strip()[:100]} is not in the folder")
                )
        level, done = 0, 0
        for token in MarkdownIt("commonmark").enable("table").parse("\n".join(lines)):
            if token.map is not None and level == 0 and token.nesting >= 0:
                begin, end = token.map
                yield from self._definitions(lines[done:begin], numbers[done:begin])
                block = _block(token, "\n".join(lines[begin:end]).rstrip(), numbers[begin] + self._offset + 1)
                self._find_pictures(block)
                yield from self._without_chunks(block)
                done = end
            level += token.nesting
        yield from self._definitions(lines[done:], numbers[done:])

    def _definitions(self, lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Block]:
        """The lines between two blocks that CommonMark takes for definitions of links; notes look like them."""
        for line, number in zip(lines, numbers, strict=True):
            if line.strip():
                kind = Kind.NOTE if _NOTE.match(line) else Kind.DEFINITION
                yield Block(kind, line.strip(), number + self._offset + 1)

    def _find_pictures(self, block: Block) -> None:
        """Keep the pictures of a block, and say which are not there."""
        for picture in _PICTURE.finditer(block.markdown) if block.kind is not Kind.OTHER else ():
            if re.match(r"[a-z][a-z0-9+.-]*:|//", picture[2], re.IGNORECASE):
                continue
            if (data := self._resolve(picture[2])) is None:
                self.notices.append((block.line, f"the picture {picture[2]} is not there"))
            else:
                self.pictures[picture[2]] = data

    def _without_chunks(self, block: Block) -> Iterator[Block]:
        """A block, in which chunks of code that another tool runs are plain code, without those that it hides."""
        written, chunks, hidden = plain_chunks(block.markdown)
        if hidden:
            self.notices.append((block.line, "left out code that the original runs, but does not show"))
        if not written.strip():
            return
        question = _RESULT if block.kind is Kind.PARAGRAPH and _INLINE_CHUNK.search(written) else ""
        if chunks > hidden and not self._chunks:
            question = _RESULTS
        self._chunks += chunks - hidden
        yield replace(block, markdown=written, question=question)


_INLINE_CHUNK = re.compile(r"(?<!`)`\{?(?:r|python|julia)\}? [^`\n]+`(?!`)")
_RESULT = "The original puts the result of a program here. What is it?"
_RESULTS = "The original runs this chunk and those below. Where in this chapter is what they print or draw needed?"


def _block(token: Any, written: str, line: int) -> Block:
    """One block."""
    if token.type == "heading_open":
        words = re.sub(r"^\s*#+\s*|\s*#*\s*$|\n\s*(?:=+|-+)\s*$", "", written)
        given = _ID.search(words)
        ids = tuple(re.findall(r"#([^\s}]+)", given[0])) if given else ()
        return Block(Kind.HEADING, _ID.sub("", words), line, int(token.tag[1:]), ids=ids)
    if token.type == "blockquote_open":
        return Block(Kind.QUOTATION, "\n".join(re.sub(r"^\s{0,3}> ?", "", one) for one in written.split("\n")), line)
    if token.type == "hr":
        return Block(Kind.BREAK, written.strip(), line)
    if token.type == "paragraph_open":
        if _NOTE.match(written):
            return Block(Kind.NOTE, written, line)
        return Block(Kind.PICTURE if _PICTURE.fullmatch(written.strip()) else Kind.PARAGRAPH, written, line)
    return Block(Kind.OTHER, written, line)
