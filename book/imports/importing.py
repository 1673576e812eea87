"""Runs an import: reads documents, cleans them, finds quotations and occasions, and makes the files of a project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.imports import writing
from book.imports.bylines import take_bylines
from book.imports.cleaning import clean
from book.imports.decisions import Decision, Subject
from book.imports.document import Document
from book.imports.gathering import Gathering, gather
from book.imports.language import language_of
from book.imports.linking import link_chapters
from book.imports.outline import find_outline
from book.imports.pieces import Piece, Reading
from book.imports.quoting import find_quotations
from book.imports.reading import ImportFailedError, read_documents
from book.imports.report import as_json, as_markdown
from book.imports.structure import Part, find_chapters

REPORT = ("import-report.md", "import-report.json")


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
    decisions: list[Decision] = []
    documents = [_prepared(document, decisions) for path in paths for document in read_documents(path)]
    readings = [_reading(document, decisions) for document in documents]
    taken = _taken_ids(existing) if existing else ()
    occasions = [occasion for reading in readings for occasion in reading.occasions]
    gathering = gather(occasions, documents[0].path if documents else "", taken)
    decisions += gathering.decisions
    title, parts = _chapters(documents, readings, decisions)
    pictures = _place_pictures(documents, parts)
    first = _next_number(existing) if existing else 0 if parts and parts[0].role == "introduction" else 1
    names = writing.chapter_names(parts, first, _chapters_of(existing) if existing else ())
    decisions += link_chapters(parts, names)
    files = _files(title, documents, dict(zip(names, parts, strict=True)), gathering, pictures, existing)
    quotations = sum(1 for part in parts for piece in part.pieces if piece.quotation and piece.occasion)
    imported = Imported(files, tuple(decisions), len(parts), quotations, len(gathering.sources))
    report = {
        REPORT[0]: as_markdown(decisions, imported.summary).encode(),
        REPORT[1]: as_json(decisions).encode(),
    }
    return replace(imported, files={**files, **report})


def _prepared(document: Document, decisions: list[Decision]) -> Document:
    """A document with its outline found, and without what belongs to no book."""
    decisions += (Decision(Subject.NOTICE, what, document.path, line, "") for line, what in document.notices)
    document, about = take_bylines(document)
    decisions += about
    if document.bare:
        document, about = find_outline(document)
        decisions += about
        document, about = take_bylines(document)
        decisions += about
    blocks, dropped = clean(document)
    decisions += dropped
    return replace(document, blocks=blocks)


def _reading(document: Document, decisions: list[Decision]) -> Reading:
    """The quotations and occasions of a document."""
    reading = find_quotations(document.blocks, document)
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
    title: str, documents: Sequence[Document], parts: Mapping[str, Part], gathering: Gathering,
    pictures: Mapping[str, bytes], existing: Path | None,
) -> dict[str, bytes]:  # fmt: skip
    """The files of the project. The chapters are given by the names of their files."""
    files = {f"chapters/{name}": writing.write_chapter(part, gathering).encode() for name, part in parts.items()}
    files |= {f"chapters/images/{name}": data for name, data in pictures.items()}
    lists: dict[str, bytes] = {}
    if gathering.sources or not existing:
        name = f"sources-{writing.slug_of(title)}.yaml" if existing else "sources.yaml"
        lists[name] = writing.write_sources(gathering).encode()
    for document in documents:
        lists |= {writing.picture_name(name, lists): data for name, data in document.bibliographies.items()}
    files |= lists
    if existing is not None:
        return files
    if len(lists) > 1 and not gathering.sources:
        del files["sources.yaml"], lists["sources.yaml"]
    pieces: list[Piece] = [piece for part in parts.values() for piece in part.pieces]
    language = next((one.language for one in documents if one.language), None)
    language = language or language_of(" ".join(piece.block.text for piece in pieces[:200]))
    authors = next((one.authors for one in documents if one.authors), ())
    date = next((one.date for one in documents if one.date), None)
    files["book.toml"] = writing.write_settings(title, language, authors, date, list(lists)).encode()
    return files


def _chapters_of(project: Path) -> list[str]:
    """The names of the chapters' files of a project."""
    return sorted(path.name for path in (project / "chapters").glob("*.md"))


def _next_number(project: Path) -> int:
    """The number of a project's next chapter."""
    numbers = [int(match[0]) for name in _chapters_of(project) if (match := re.match(r"\d+", name))]
    return max(numbers, default=0) + 1


def _taken_ids(project: Path) -> tuple[str, ...]:
    """The ids of a project's sources."""
    from book.project.config import load_project
    from book.sources import read_sources

    loaded = load_project(project)
    if loaded.value is None:
        raise ImportFailedError(f"{project}: {loaded.problems[0]}")
    return tuple(read_sources(project, loaded.value.settings).value)
