"""Reads Markdown of other tools (Pandoc, mdBook, Quarto, bookdown, Obsidian): its blocks, as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import yaml
from markdown_it import MarkdownIt

from book.imports.addresses import embedded_picture, is_absolute, written_address
from book.imports.directives import left_include, plain_chunks, with_includes
from book.imports.document import Block, Document, Kind
from book.imports.html_pictures import missing_picture, picture
from book.imports.labels import LABEL, labelled
from book.imports.markdown_code import CODE, FLAGS, is_code, outside_code
from book.imports.plain_text import escape_words
from book.imports.vaults import BLOCK_ID, plain_markdown

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_PICTURE = re.compile(
    rf"{CODE}|!\["
    r"(?P<alt>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\](?:\([^)]*\))?)*+)\]"
    r"\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<bare>[^\s<>()]+(?:\([^()\s]*\)[^\s<>()]*)*))(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"(?P<braces>\{[^}]*\})?",
    FLAGS,
)
_ID = re.compile(r"\s*\{(?:-|[#.][^}]*|[\w-]+=[^}]*)\}\s*$")
"""The attributes of a heading in Pandoc's form; `{-}` is one without a number."""
_OWN_ID = re.compile(r"(?P<value>\"(?:\\.|[^\"\\])*\"|'[^']*')|(?<!\S)#[\w:.-]+\s*")
"""A quoted value in braces, or the id in them."""
_RUNNABLE = (".qmd", ".rmd")
"""Suffixes of files in whose pictures what stands in brackets is the caption, as in Pandoc."""
_LATEX = re.compile(
    r"^[ \t]*\\(?:mainmatter|frontmatter|backmatter|appendix|newpage|clearpage|cleardoublepage|pagebreak|noindent|"
    r"tableofcontents|listoffigures|listoftables|printindex)(?:\{\})?[ \t]*$"
    r"|\\(?:index|label)\{(?:[^{}]|\{[^{}]*\})*\}",
    re.MULTILINE,
)
"""Commands of LaTeX that print nothing where they stand."""
_EQUATION = re.compile(
    r"\\begin\{(?P<name>equation|align|gather)\*?\}(?P<inner>(?:(?!\\begin\{(?:equation|align|gather)).)*)\\end\{(?P=name)\*?\}",
    re.DOTALL,
)
"""A formula as LaTeX writes it, without dollar signs."""


def read(text: str, path: str, resolve: Callable[[str], bytes | None] = lambda _address: None) -> Document:
    """A Markdown file as a document; the arguments are those of `html.read`."""
    front: dict[str, Any] = {}
    offset = 0
    if match := _FRONT.match(text):
        front = _mapping(match[1])
        offset = match[0].count("\n")
        text = text[match.end() :]
    text, told = plain_markdown(text)
    reader = _Reader(resolve, offset, brackets=path.lower().endswith(_RUNNABLE))
    reader.notices += ((line + offset + 1, what) for line, what in told)
    blocks = tuple(_whole_notes(reader.blocks(text)))
    lists = front.get("bibliography") or []
    named = [str(one) for one in (lists if isinstance(lists, list) else [lists])]
    authors = front.get("author") or front.get("authors") or []
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

    def __init__(self, resolve: Callable[[str], bytes | None], offset: int, *, brackets: bool) -> None:
        self.pictures: dict[str, bytes] = {}
        self.notices: list[tuple[int, str]] = []
        self._resolve = resolve
        self._offset = offset
        """Lines before the text."""
        self._brackets = brackets
        self._described: set[str] = set()
        """Pictures of ours, whose brackets hold no caption, but what they show."""
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
                for one in chain.from_iterable(map(self._without_chunks, _notes(self._without_commands(block)))):
                    yield labelled(self._find_pictures(one))
                done = end
            level += token.nesting
        yield from self._definitions(lines[done:], numbers[done:])

    def _definitions(self, lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Block]:
        """The lines between two blocks that CommonMark takes for definitions of links; notes look like them."""
        for line, number in zip(lines, numbers, strict=True):
            if line.strip():
                kind = Kind.NOTE if _NOTE.match(line) else Kind.DEFINITION
                yield Block(kind, line.strip(), number + self._offset + 1)

    def _without_commands(self, block: Block) -> Block:
        """A block without commands of LaTeX that print nothing."""
        if block.kind is Kind.OTHER or "\\" not in block.markdown:
            return block
        if formula := _EQUATION.fullmatch(block.markdown.strip()):
            inner = re.sub(r"\\(?:notag|nonumber)\b[ \t]*", "", formula["inner"]).strip()
            if formula["name"] != "equation":
                inner = f"\\begin{{aligned}}\n{inner}\n\\end{{aligned}}"
            return replace(block, markdown=f"$$\n{inner}\n$$")
        found: list[str] = []

        def without(part: str, _begin: int) -> str:
            found.extend(_LATEX.findall(part))
            return _LATEX.sub("", part)

        written = outside_code(block.markdown, without).strip()
        if not found:
            return block
        self.notices.append((block.line, f"left out commands of LaTeX: {', '.join(map(str.strip, found))[:100]}"))
        return replace(block, markdown=written)

    def _find_pictures(self, block: Block) -> Block:
        """Keep the pictures of a block; one that is not there becomes a question, in running text also words."""
        if "![" not in block.markdown or is_code(block.markdown):
            return block
        questions: list[str] = []

        def kept(match: re.Match[str]) -> str:
            if match["code"]:
                return match[0]
            address = match["angled"] or match["bare"]
            if embedded := embedded_picture(address):
                address, self.pictures[embedded[0]] = embedded
            elif (data := None if is_absolute(address) else self._resolve(address)) is not None:
                self.pictures[address] = data
            else:
                alone = block.kind is Kind.PICTURE
                caption = (match["title"] or "").strip()[1:-1]
                words = (match["alt"], caption) if alone else ()
                questions.append(missing_picture(address, *words))
                self.notices.append((block.line, f"the picture {address[:100]} is not there"))
                if alone:
                    return ""
                linked = address.startswith("http") and is_absolute(address)
                return f"[{match['alt'] or 'picture'}]({address})" if linked else match["alt"]
            captioned = block.kind is Kind.PICTURE and block.markdown not in self._described
            braces = self._braces(match, whole=captioned)
            return f"![{match['alt']}]({written_address(address)}{match['title'] or ''}){braces}"

        written = _PICTURE.sub(kept, block.markdown)
        kind = block.kind if not questions or block.kind is not Kind.PICTURE else Kind.PARAGRAPH
        asked = " ".join(filter(None, [block.question, *questions]))
        label = LABEL.search(block.markdown) if block.kind is Kind.PICTURE else None
        ids = (*block.ids, label["id"]) if label and label["id"] else block.ids
        return replace(block, kind=kind, markdown=written, question=asked, ids=ids)

    def _braces(self, match: re.Match[str], *, whole: bool) -> str:
        """The attributes of a picture, without its label; a caption in its brackets is its text alternative too."""
        inside = _OWN_ID.sub(lambda one: one["value"] or "", (match["braces"] or "")[1:-1]).strip()
        if whole and self._brackets and match["alt"] and not match["title"] and "alt=" not in inside:
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`\"\[\]{}]", r"\1", match["alt"])
            inside = f'{inside} alt="{plain}"'.strip()
        return f"{{{inside}}}" if inside else ""

    def _without_chunks(self, block: Block) -> Iterator[Block]:
        """A block, in which chunks of code that another tool runs are plain code, without those that it hides.

        A chunk that shows a picture, and does nothing else, is the picture.
        """
        chunks = plain_chunks(block.markdown)
        if chunks.picture and self._resolve(chunks.picture) is not None:
            alt = chunks.alt or chunks.caption
            written = picture(escape_words(alt), chunks.picture, chunks.caption)
            self._described.add(written)
            yield replace(block, kind=Kind.PICTURE, markdown=written, ids=chunks.labels, caption=chunks.caption)
            return
        if chunks.hidden:
            what = f", which draws {chunks.labels[0]}" if chunks.labels and chunks.caption else ""
            self.notices.append((block.line, f"left out code that the original runs, but does not show{what}"))
        if not chunks.markdown.strip():
            if chunks.caption and chunks.labels:
                asked = f"The original draws something here with a program: {chunks.caption[:200]} Where is it?"
                yield Block(Kind.PARAGRAPH, f"*{escape_words(chunks.caption)}*", block.line, ids=chunks.labels,
                            question=asked, caption=chunks.caption)  # fmt: skip
            return
        question = _RESULT if block.kind is Kind.PARAGRAPH and _INLINE_CHUNK.search(chunks.markdown) else ""
        if chunks.count > chunks.hidden and not self._chunks:
            question = _RESULTS
        self._chunks += chunks.count - chunks.hidden
        yield replace(
            block, markdown=chunks.markdown, question=question, ids=(*block.ids, *chunks.labels), caption=chunks.caption
        )


def _notes(block: Block) -> Iterator[Block]:
    """The notes of a block that holds several, each on lines of its own; any other block as it is."""
    if block.kind is not Kind.NOTE:
        yield block
        return
    line = block.line
    for note in re.split(r"\n(?=\[\^[^\]\s]+\]:)", block.markdown):
        yield replace(block, markdown=note, line=line)
        line += note.count("\n") + 1


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
        if named := BLOCK_ID.search(written):
            return Block(Kind.PARAGRAPH, written[: named.start()], line, ids=(named["id"],))
        shown = _PICTURE.fullmatch(written.strip())
        return Block(Kind.PICTURE if shown and not shown["code"] else Kind.PARAGRAPH, written, line)
    return Block(Kind.OTHER, written, line)
