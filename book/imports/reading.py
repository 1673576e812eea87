"""Reads documents of every known kind: files, and the folders of other tools' books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from book.imports import epub, html, markdown_text, plain_text, word_processor
from book.imports.addresses import PICTURES, is_absolute
from book.imports.decisions import WORD_PROCESSOR
from book.imports.document import Block, Document, Kind
from book.imports.folders import Folder, read_folder
from book.project.files import resolved

TEXT = (".txt", ".text")
MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")
HTML = (".html", ".htm", ".xhtml")
WORD = WORD_PROCESSOR
SUFFIXES = (*TEXT, *MARKDOWN, *HTML, ".epub", *WORD)
"""Suffixes of the documents that can be read."""

Beside = Callable[[Path], Callable[[str], bytes | None]]
"""Gives for a file the function that reads what it names."""


class ImportFailedError(Exception):
    """A document cannot be read; the message names it and says why."""


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file, or of the folder of a book.

    Raises:
        ImportFailedError: A document cannot be read.
    """
    if not path.is_dir():
        yield _read_file(path, path.name)
        return
    book = read_folder(path)
    if book is None:
        raise ImportFailedError(f"{path}: no document in this folder can be imported")
    vault = book.tool in ("Obsidian", "Markdown")
    beside = partial(_in_vault, lru_cache(partial(_pictures_of, path))) if vault else _beside
    for number, chapter in enumerate(book.chapters):
        document = _read_file(chapter, chapter.relative_to(path).as_posix(), beside)
        if part := book.parts.get(chapter):
            told = f'the part "{part}" begins with this chapter; a book here has chapters only'
            document = replace(document, notices=((1, told), *document.notices))
        yield _of_book(document, book) if number == 0 else _as_chapter(document)


def _of_book(document: Document, book: Folder) -> Document:
    """The first document of a book, which knows what the book's settings say."""
    lists = {path.name: path.read_bytes() for path in book.bibliographies}
    missing = tuple((1, f"{name}, which the book's settings name, is not there") for name in book.missing)
    return replace(
        _as_chapter(document),
        title=book.title or document.title,
        authors=book.authors or document.authors,
        language=book.language or document.language,
        bibliographies={**document.bibliographies, **lists},
        notices=(*missing, *document.notices),
    )


def _as_chapter(document: Document) -> Document:
    """A file of a book in many files as one chapter: its title is a heading, others stand below it."""
    blocks = list(document.blocks)
    first = next((block for block in blocks if block.kind is not Kind.BREAK), None)
    if first is None or first.kind is not Kind.HEADING:
        stem = re.sub(r"^\d+[-_. ]*", "", Path(document.path).stem).replace("-", " ").replace("_", " ")
        title = document.title or stem[:1].upper() + stem[1:]
        blocks.insert(0, Block(Kind.HEADING, title, 1, 1))
    else:
        blocks[blocks.index(first)] = replace(first, level=1)
    heads = [index for index, block in enumerate(blocks) if block.kind is Kind.HEADING]
    for index in heads[1:]:
        blocks[index] = replace(blocks[index], level=max(2, blocks[index].level))
    return replace(document, blocks=tuple(blocks), title=None, chapter=True)


def _read_file(path: Path, name: str, beside: Beside | None = None) -> Document:
    """One file as a document, whose blocks know the file that they are from."""
    document = _parsed(path, name, beside or _beside)
    blocks = (
        replace(one, file=one.file or name, markdown=one.markdown.translate(_CONTROLS)) for one in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


_CONTROLS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
"""Control characters that stand where a page of Windows' Western encoding was taken for another (HTML, 13.2.5.80)."""


def _parsed(path: Path, name: str, beside: Beside) -> Document:
    """One file, read by the reader for its suffix."""
    suffix = path.suffix.lower()
    try:
        if suffix in WORD:
            return word_processor.read(path, name)
        if suffix == ".epub":
            return epub.read(path, name)
        if suffix in HTML:
            return html.read(path.read_bytes(), name, beside(path))
        if suffix in MARKDOWN:
            document = markdown_text.read(_decoded(path.read_bytes()), name, beside(path))
            return replace(document, site=name == path.name)
        if suffix in TEXT:
            return plain_text.read(_decoded(path.read_bytes()), name)
    except (OSError, ValueError, word_processor.PandocMissingError) as failure:
        raise ImportFailedError(f"{path}: {failure}") from failure
    raise ImportFailedError(f'{path}: no reader for "{suffix or path.name}"; known are {", ".join(SUFFIXES)}')


def _decoded(data: bytes) -> str:
    """A text in UTF-8 or, where it is none, in UTF-16 with a mark or in Windows' Western encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", text)
    return clean.replace("\r\n", "\n").replace("\r", "\n")


def _beside(path: Path) -> Callable[[str], bytes | None]:
    """A function that reads pictures beside a file; nothing outside its folder's parent, and nothing from a network."""

    def resolve(address: str) -> bytes | None:
        from urllib.parse import unquote

        if is_absolute(address):
            return None
        for folder in (path.parent, path.parent.parent):
            target = resolved(folder / unquote(address).lstrip("/"))
            if target.is_file() and target.is_relative_to(resolved(path.parent.parent)):
                return target.read_bytes()
        return None

    return resolve


def _in_vault(pictures: Callable[[], Mapping[str, Path]], path: Path) -> Callable[[str], bytes | None]:
    """The same in a folder of notes, where a file is named by its name alone, wherever in the folder it is."""
    beside = _beside(path)

    def resolve(address: str) -> bytes | None:
        found = beside(address)
        if found is not None or is_absolute(address):
            return found
        target = pictures().get(Path(address).name.casefold())
        return target.read_bytes() if target else None

    return resolve


def _pictures_of(root: Path) -> Mapping[str, Path]:
    """The pictures in a folder by their names in lower case; of two with one name the first in the order of paths.

    Links that lead out of the folder are left out.
    """
    found = (one for one in sorted(root.rglob("*")) if one.suffix.lower() in PICTURES and one.is_file())
    inside = [one for one in found if resolved(one).is_relative_to(resolved(root))]
    return {one.name.casefold(): one for one in reversed(inside)}
