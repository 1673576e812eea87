"""Runs an import: reads documents, cleans them, finds quotations and occasions, and makes the files of a project."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.imports import writing
from book.imports.bylines import take_bylines
from book.imports.cited_keys import unlisted
from book.imports.cleaning import clean
from book.imports.decisions import Decision, Subject
from book.imports.document import Document
from book.imports.figure_order import day_first, figures_read
from book.imports.foreign_words import marked_words
from book.imports.gathering import Gathering, gather
from book.imports.known import Existing, SettingsChange, read_existing, settings_of
from book.imports.language import language_of, same_language
from book.imports.linking import link_chapters
from book.imports.marking import ask, mark_doubts
from book.imports.outline import find_outline
from book.imports.pieces import Piece, Reading
from book.imports.placing import place_pictures
from book.imports.plain_lists import find_lists
from book.imports.quoting import find_quotations
from book.imports.reading import read_documents
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
    """New ones."""
    known: int = 0
    """Sources of the project that are cited."""
    settings: SettingsChange | None = None
    """What has to change in the `book.toml` of a project that is added to."""

    @property
    def summary(self) -> str:
        """How much was imported, in one sentence."""
        doubtful = sum(1 for one in self.decisions if one.asked)
        known = f" and {self.known} of the book's own" if self.known else ""
        return (
            f"{_count(self.chapters, 'chapter')}, {_count(self.quotations, 'attributed quotation')}, "
            f"{_count(self.sources, 'source')}{known}; {_count(doubtful, 'decision')} "
            f"{'waits' if doubtful == 1 else 'wait'} for a person."
        )


def _count(number: int, noun: str) -> str:
    """A number of things: `1 chapter`, `2 chapters`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def import_documents(
    paths: Sequence[Path], existing: Path | None = None, *, before: Sequence[str] | None = None
) -> Imported:
    """The project that some documents make.

    Args:
        paths: Files, or the folder of a book of another tool.
        existing: A project to add to: the documents become its next chapters, which cite its own sources where they
            mean these; new sources get a list of their own.
        before: Where the documents were added to it before, the names of the files of their chapters.

    Raises:
        ImportFailedError: A document cannot be read, or the settings of the project.
    """
    decisions: list[Decision] = []
    there = read_existing(existing) if existing else None
    if there and before is not None:
        there = replace(there, files=())
    documents, readings = [], []
    for path in paths:
        for document in read_documents(path):
            with figures_read(day_first=_day_first(document)):
                documents.append(_prepared(document, decisions))
                readings.append(_reading(documents[-1], decisions))
    occasions = [occasion for reading in readings for occasion in reading.occasions]
    gathering = gather(occasions, documents[0].path if documents else "", there.sources if there else ())
    decisions += gathering.decisions
    pictures = place_pictures(documents, readings, there.pictures if there else {}, decisions)
    language = there.language if there else _language_of_book(documents, readings)
    title, parts = _chapters(documents, readings, decisions, language, whole=there is None)
    ask(parts, gathering.questions)
    names = _names(parts, there, before)
    decisions += link_chapters(parts, names)
    chapters = dict(zip(names, parts, strict=True))
    files, lists = _files(title, language, documents, chapters, gathering, pictures, there, decisions)
    quotations = sum(1 for part in parts for piece in part.pieces if piece.quotation and piece.occasion)
    known = sum(1 for source in gathering.sources if source.known)
    imported = Imported(files, tuple(decisions), len(parts), quotations, len(gathering.new), known)
    if there:
        imported = replace(imported, settings=settings_of(there, lists, names, written=before is not None))
    report = {
        REPORT[0]: as_markdown(decisions, imported.summary).encode(),
        REPORT[1]: as_json(decisions).encode(),
    }
    return replace(imported, files={**files, **report})


def _names(parts: Sequence[Part], there: Existing | None, before: Sequence[str] | None) -> list[str]:
    """The names of the chapters' files: those that they had `before`, with the numbers that they have now."""
    if there is None:
        return writing.chapter_names(parts, 0 if parts and parts[0].role == "introduction" else 1)
    if before is None:
        return writing.chapter_names(parts, there.next_number, there.chapters)
    names = before if len(before) == len(parts) else writing.chapter_names(parts, 1)
    numbered = {name.lstrip("0123456789"): name for name in reversed(there.chapters)}
    return [name if name in there.chapters else numbered.get(name.lstrip("0123456789"), name) for name in names]


def _day_first(document: Document) -> bool:
    """Whether dates in figures in a document, that of its publication among them, have the day first."""
    text = "\n".join(block.markdown for block in document.blocks)
    return day_first(text, document.language or language_of(text))


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
        document = replace(document, blocks=tuple(find_lists(document.blocks)))
    blocks, dropped = clean(document)
    decisions += dropped
    return replace(document, blocks=blocks)


def _reading(document: Document, decisions: list[Decision]) -> Reading:
    """The quotations and occasions of a document."""
    for block in document.blocks:
        for comment in _COMMENT.findall(block.markdown):
            what = "a comment, kept in the chapter"
            decisions.append(
                Decision(Subject.NOTICE, what, document.path, block.line, block.text, 0.5, comment.strip())
            )
    reading = find_quotations(document.blocks, document)
    decisions += reading.decisions
    return reading


_COMMENT = re.compile(rf"<!-- {writing.MARK} (.*?)-->", re.DOTALL)
"""What a reader marked for a person: a comment of a word processor, a formula that cannot be read."""


def _chapters(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    decisions: list[Decision],
    language: str,
    *,
    whole: bool,
) -> tuple[str, list[Part]]:
    """The title of a book in a language, and its chapters; `whole` says whether they are a book, or added to one."""
    title: str | None = None
    parts: list[Part] = []
    for document, reading in zip(documents, readings, strict=True):
        if not reading.pieces:
            continue
        found, chapters, about = find_chapters(reading.pieces, document)
        title = title or found
        for part in chapters if not whole else ():
            if part.role == "introduction":
                part.role, part.title = None, found or part.title
        own = _language(document, reading, language)
        for part in chapters:
            part.language = own
        parts += chapters
        decisions += about
    if title is None and len(parts) == 1 and parts[0].titled:
        title = parts[0].title
        what = f'the book is called "{title}", as its only chapter'
        decisions += [Decision(Subject.STRUCTURE, what, documents[0].path, parts[0].line, title, 0.8)] if whole else []
    if title is None:
        path = documents[0].path if documents else "Untitled"
        stem = re.sub(r"[-_]+", " ", Path(path).stem).strip()
        title = stem[:1].upper() + stem[1:]
        if whole:
            question = "The document names no title. What is the book called?"
            what = f'the book is called "{title}"'
            decisions.append(Decision(Subject.STRUCTURE, what, path, 1, "", 0.5, question))
    return title, parts


def _language_of_book(documents: Sequence[Document], readings: Sequence[Reading]) -> str:
    """The language of a book that some documents make: the first that one of them names, else that of their text."""
    named = next((one.language for one in documents if one.language), None)
    return named or language_of(_text([piece for reading in readings for piece in reading.pieces]))


def _language(document: Document, reading: Reading, book: str) -> str:
    """The language of a document's chapters: that which it names, or its text is in; the book's if that is short."""
    text = _text(reading.pieces)
    language = document.language or (language_of(text, book) if len(text) >= _TOLD else book)
    return book if same_language(language, book) else language


def _text(pieces: Sequence[Piece]) -> str:
    """As much of a text as its language is guessed from."""
    return " ".join(piece.block.text for piece in pieces[:200])


_TOLD = 300
"""Characters of a text from which its language is guessed for sure."""


def _files(
    title: str, language: str, documents: Sequence[Document], parts: Mapping[str, Part], gathering: Gathering,
    pictures: Mapping[str, bytes], there: Existing | None, decisions: list[Decision],
) -> tuple[dict[str, bytes], list[str]]:  # fmt: skip
    """The files of the project, and the names of its new lists. The chapters are given by the names of their files."""
    path = documents[0].path if documents else ""
    lists: dict[str, bytes] = {}
    taken = dict.fromkeys(there.files if there else ())
    if gathering.new or not there:
        name = writing.picture_name(f"sources-{writing.slug_of(title)}.yaml", taken) if there else "sources.yaml"
        lists[name] = writing.write_sources(gathering, language).encode()
    for document in documents:
        used = {**taken, **lists}
        lists |= {writing.picture_name(name, used): data for name, data in document.bibliographies.items()}
    if missing := unlisted(parts.values(), lists, there.keys if there else (), path, decisions):
        name = writing.picture_name("sources-missing.yaml", {**taken, **lists})
        lists[name] = writing.write_unlisted(missing).encode()
    mark_doubts(list(parts.values()), decisions)
    written = {
        f"chapters/{name}": writing.write_chapter(part, gathering, part.language or language, language)
        for name, part in parts.items()
    }
    if foreign := list(dict.fromkeys(words for text in written.values() for words in marked_words(text))):
        what = f"{_count(len(foreign), 'run')} of words in other scripts were marked with their language"
        decisions.append(Decision(Subject.NOTICE, what, path, 1, ", ".join(foreign), 0.8))
    files = {path: text.encode() for path, text in written.items()}
    files |= {f"chapters/images/{name}": data for name, data in pictures.items()}
    files |= lists
    if there is not None:
        return files, list(lists)
    if len(lists) > 1 and not gathering.new:
        del files["sources.yaml"], lists["sources.yaml"]
    authors = next((one.authors for one in documents if one.authors), ())
    date = next((one.date for one in documents if one.date), None)
    files["book.toml"] = writing.write_settings(title, language, authors, date, list(lists)).encode()
    return files, list(lists)
