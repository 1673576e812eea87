"""Runs an import: reads documents, cleans them, finds quotations and occasions, and makes the files of a project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.imports import epub, html, markdown_text, plain_text, word_processor, writing
from book.imports.cleaning import clean
from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind
from book.imports.folders import read_folder
from book.imports.gathering import Gathering, gather
from book.imports.language import language_of
from book.imports.quoting import Piece, Reading, find_quotations
from book.imports.report import as_json, as_markdown
from book.imports.structure import Part, find_chapters

TEXT = (".txt", ".text")
MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")
HTML = (".html", ".htm", ".xhtml")
WORD = (".docx", ".odt", ".rtf")
REPORT = ("import-report.md", "import-report.json")


class ImportFailedError(Exception):
    """A document cannot be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made. Nothing is written yet."""

    files: Mapping[str, bytes]
    """The files of the project by their paths."""
    decisions: tuple[Decision, ...]
    chapters: int
    quotations: int
    sources: int

    @property
    def summary(self) -> str:
        """How much was imported, in one sentence."""
        doubtful = sum(1 for one in self.decisions if one.doubtful or one.question)
        return (
            f"{self.chapters} chapters, {self.quotations} attributed quotations, {self.sources} sources; "
            f"{doubtful} decisions wait for a person."
        )


def import_documents(paths: Sequence[Path], existing: Path | None = None) -> Imported:
    """The project that some documents make.

    Args:
        paths: Files, or the folder of a book of another tool.
        existing: A project to add to: the documents become its next chapters, new sources a list of their own.

    Raises:
        ImportFailedError: A document cannot be read.
    """
    documents = [document for path in paths for document in _read(path)]
    decisions: list[Decision] = []
    readings = [_reading(document, decisions) for document in documents]
    taken = _taken_ids(existing) if existing else ()
    occasions = [occasion for reading in readings for occasion in reading.occasions]
    gathering = gather(occasions, documents[0].path if documents else "", taken)
    decisions += gathering.decisions
    title, parts = _chapters(documents, readings, decisions)
    pictures = _place_pictures(documents, parts)
    files = _files(title, documents, parts, gathering, pictures, existing)
    quotations = sum(1 for part in parts for piece in part.pieces if piece.quotation and piece.occasion)
    imported = Imported(files, tuple(decisions), len(parts), quotations, len(gathering.sources))
    report = {
        REPORT[0]: as_markdown(decisions, imported.summary).encode(),
        REPORT[1]: as_json(decisions).encode(),
    }
    return replace(imported, files={**files, **report})


def _read(path: Path) -> Iterator[Document]:
    """The documents of a file or of a folder."""
    if not path.is_dir():
        yield _read_file(path, path.name)
        return
    book = read_folder(path)
    if book is None:
        raise ImportFailedError(f"{path}: no document in this folder can be imported")
    for number, chapter in enumerate(book.chapters):
        document = _read_file(chapter, chapter.relative_to(path).as_posix())
        document = _as_chapter(document)
        if number == 0:
            document = replace(
                document,
                title=book.title,
                authors=book.authors or document.authors,
                language=book.language or document.language,
            )
        yield document


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


def _read_file(path: Path, name: str) -> Document:
    """One file as a document."""
    suffix = path.suffix.lower()
    try:
        if suffix in WORD:
            return word_processor.read(path, name)
        if suffix == ".epub":
            return epub.read(path, name)
        if suffix in HTML:
            return html.read(path.read_bytes(), name, _beside(path))
        if suffix in MARKDOWN:
            return markdown_text.read(_decoded(path.read_bytes()), name, _beside(path))
        if suffix in TEXT:
            return plain_text.read(_decoded(path.read_bytes()), name)
    except (OSError, ValueError, word_processor.PandocMissingError) as failure:
        raise ImportFailedError(f"{path}: {failure}") from failure
    known = ", ".join((*TEXT, *MARKDOWN, *HTML, ".epub", *WORD))
    raise ImportFailedError(f'{path}: no reader for "{suffix or path.name}"; known are {known}')


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

        if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
            return None
        for folder in (path.parent, path.parent.parent):
            target = (folder / unquote(address).lstrip("/")).resolve()
            if target.is_file() and target.is_relative_to(path.parent.parent.resolve()):
                return target.read_bytes()
        return None

    return resolve


def _reading(document: Document, decisions: list[Decision]) -> Reading:
    """A document cleaned, its quotations and occasions found."""
    decisions += (Decision(Subject.NOTICE, what, document.path, line, "") for line, what in document.notices)
    blocks, dropped = clean(document)
    reading = find_quotations(blocks, document)
    decisions += dropped
    decisions += reading.decisions
    return reading


def _chapters(
    documents: Sequence[Document], readings: Sequence[Reading], decisions: list[Decision]
) -> tuple[str, list[Part]]:
    """The title of the book and its chapters."""
    title: str | None = None
    parts: list[Part] = []
    for document, reading in zip(documents, readings, strict=True):
        if not reading.pieces:
            continue
        found, chapters, about = find_chapters(reading.pieces, document)
        title = title or found
        parts += chapters
        decisions += about
    if title is None:
        path = documents[0].path if documents else "Untitled"
        stem = re.sub(r"[-_]+", " ", Path(path).stem).strip()
        title = parts[0].title if len(parts) == 1 and parts[0].titled else stem[:1].upper() + stem[1:]
        question = "The document names no title. What is the book called?"
        decisions.append(Decision(Subject.STRUCTURE, f'the book is called "{title}"', path, 1, "", 0.5, question))
    return title, parts


def _place_pictures(documents: Iterable[Document], parts: Sequence[Part]) -> dict[str, bytes]:
    """The pictures by their names in `chapters/images/`; the chapters' addresses are changed to these."""
    found: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for document in documents:
        for address, data in document.pictures.items():
            same = next((name for name, known in found.items() if known == data), None)
            names[address] = same or writing.picture_name(address, found)
            found[names[address]] = data
    for part in parts:
        for piece in part.pieces:
            written = piece.block.markdown
            for address, name in names.items():
                written = written.replace(f"]({address}", f"](images/{name}")
            if written != piece.block.markdown:
                piece.block = replace(piece.block, markdown=written)
    return found


def _files(
    title: str, documents: Sequence[Document], parts: Sequence[Part], gathering: Gathering,
    pictures: Mapping[str, bytes], existing: Path | None,
) -> dict[str, bytes]:  # fmt: skip
    """The files of the project."""
    first = _next_number(existing) if existing else 0 if parts and parts[0].role == "introduction" else 1
    paths = writing.chapter_paths(parts, first)
    files = {path: writing.write_chapter(part, gathering).encode() for path, part in zip(paths, parts, strict=True)}
    files |= {f"chapters/images/{name}": data for name, data in pictures.items()}
    sources = writing.write_sources(gathering).encode()
    if existing is not None:
        if gathering.sources:
            files[f"sources-{writing.slug_of(title)}.yaml"] = sources
        return files
    pieces: list[Piece] = [piece for part in parts for piece in part.pieces]
    language = next((one.language for one in documents if one.language), None)
    language = language or language_of(" ".join(piece.block.text for piece in pieces[:200]))
    authors = next((one.authors for one in documents if one.authors), ())
    date = next((one.date for one in documents if one.date), None)
    files["sources.yaml"] = sources
    files["book.toml"] = writing.write_settings(title, language, authors, date).encode()
    return files


def _next_number(project: Path) -> int:
    """The number of a project's next chapter."""
    numbers = [int(match[0]) for path in (project / "chapters").glob("*.md") if (match := re.match(r"\d+", path.name))]
    return max(numbers, default=0) + 1


def _taken_ids(project: Path) -> tuple[str, ...]:
    """The ids of a project's sources."""
    from book.project.config import load_project
    from book.sources import read_sources

    loaded = load_project(project)
    if loaded.value is None:
        raise ImportFailedError(f"{project}: {loaded.problems[0]}")
    return tuple(read_sources(project, loaded.value.settings).value)
