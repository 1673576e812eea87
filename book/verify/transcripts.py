"""Finds and reads the transcripts of sources.

A source's transcript is the file that its item names (`transcript`), else `transcripts/<id>` with one of the suffixes
of `READERS`, else the book's (`transcript` in `book.toml`). A new format is a function and its suffix in `READERS`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from book.model.manuscript import Manuscript
from book.model.sources import Source
from book.problem import Checked, Problem, Span, error, warning
from book.project.files import file_names, inside, is_dir, is_file
from book.project.members import DamagedMemberError, read_member
from book.project.text_file import html_encoding, is_inside, read_text

FOLDER = "transcripts"
"""The project's folder of transcripts that are named by the ids of sources."""
_UNSEEN = ("script", "style", "template", "noscript", "head")
"""HTML elements whose text is not displayed."""
_BLOCKS = (
    "p", "li", "br", "div", "td", "th", "dt", "dd", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "section",
)  # fmt: skip
"""HTML elements that end a line."""
_NOTE_CALLS = frozenset({"doc-noteref", "doc-backlink", "noteref", "footnote-ref", "footnote-back", "footnote-backref"})
"""Roles, types (EPUB) and classes (of Pandoc, Python-Markdown, markdown-it) of the calls of notes."""
_CALL = 4
"""Maximum length of the call of a note, in characters."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = frozenset({f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"})
_LARGEST = 256 * 1024 * 1024
"""Maximum size of the text of a DOCX file when unpacked, in bytes."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of a source."""

    path: str
    """The file, relative to the project's folder."""
    text: str
    """Its text, without markup."""
    pages: tuple[tuple[int, str], ...] = ()
    """For a file with pages: where each begins, in characters of the text, and its label."""


class UnreadableError(Exception):
    """A transcript that cannot be read; the message says why."""


def has_transcripts(manuscript: Manuscript) -> bool:
    """Whether the project has or names a transcript of any source."""
    named = manuscript.settings.transcript or any(source.transcript for source in manuscript.sources.values())
    return bool(named) or is_dir(manuscript.project.root / FOLDER)


def find_transcripts(manuscript: Manuscript) -> Checked[Mapping[str, str]]:
    """The path of each source's transcript by the source's id; sources without one are left out.

    Problems: `missing-transcript` and `outside-project`, at the place that names the file; `unused-transcript` of files
    in the folder of transcripts that belong to no source.
    """
    root, settings = manuscript.project.root, manuscript.settings
    problems: list[Problem] = []
    whole = _named(root, settings.transcript, Span("book.toml"), problems) if settings.transcript else None
    found: dict[str, str] = {}
    for source in manuscript.sources.values():
        own = _named(root, source.transcript, source.at, problems) if source.transcript else _by_id(root, source)
        if path := own or whole:
            found[source.id] = path
    used = {*found.values(), settings.transcript}
    return Checked(found, (*problems, *_unused(root, used)))


def _unused(root: Path, used: Container[str | None]) -> Iterator[Problem]:
    """The problems of files in the folder of transcripts that are not read."""
    for name in file_names(root / FOLDER, "*"):
        path = f"{FOLDER}/{name}"
        if path in used or name.startswith(".") or name.casefold() == "readme.md":
            continue
        stem = PurePosixPath(name).stem
        other = next((one for suffix in READERS if (one := f"{FOLDER}/{stem}{suffix}") in used), None)
        if PurePosixPath(name).suffix.lower() in READERS and other:
            message = f"this transcript is not read: {other} is, which is named by the same id"
            yield warning("unused-transcript", message, Span(path), "delete one of them, or let its source name it")
        elif PurePosixPath(name).suffix.lower() in READERS:
            message = f'no source has the id "{stem}", nor names this transcript'
            yield warning("unused-transcript", message, Span(path), "name the file by the id of its source")
        else:
            message = f"this transcript is not read: transcripts are {', '.join(READERS)}"
            yield warning("unused-transcript", message, Span(path), "save it as text")


def _named(root: Path, path: str, at: Span, problems: list[Problem]) -> str | None:
    """The file that the project names; None, with a problem, if it cannot be used."""
    if not is_inside(root, path):
        problems.append(error("outside-project", f'the transcript "{path}" lies outside the project', at))
    elif not is_file(root / path):
        hint = "the path is relative to the project's folder"
        problems.append(error("missing-transcript", f'there is no transcript "{path}"', at, hint))
    else:
        return path
    return None


def _by_id(root: Path, source: Source) -> str | None:
    """The file in the folder of transcripts that is named by the source's id."""
    if "/" in source.id or "\\" in source.id or source.id in ("", ".", ".."):
        return None
    paths = (f"{FOLDER}/{source.id}{suffix}" for suffix in READERS)
    return next((path for path in paths if is_inside(root, path) and is_file(root / path)), None)


def read_transcript(root: Path, path: str) -> Checked[Transcript | None]:
    """The text of a transcript.

    None with `unreadable-transcript`, or with what `read_text` reports.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in (".txt", ".md"):
        text = read_text(root, path)
        if text.value is None:
            return Checked(None, text.problems)
    reader = READERS.get(suffix)
    if reader is None:
        return Checked(None, (_unreadable(path, f"transcripts are read from {', '.join(READERS)}"),))
    try:
        return Checked(reader(inside(root, path), path))
    except UnreadableError as failure:
        return Checked(None, (_unreadable(path, str(failure)),))
    except OSError as failure:
        return Checked(None, (_unreadable(path, failure.strerror or "the system refused"),))


def _unreadable(path: str, reason: str) -> Problem:
    """The problem of a transcript that cannot be read."""
    return error("unreadable-transcript", f"the transcript cannot be read: {reason}", Span(path))


def _plain(file: Path, path: str) -> Transcript:
    """A text file."""
    return Transcript(path, file.read_text(encoding="utf-8-sig"))


def _markdown(file: Path, path: str) -> Transcript:
    """A Markdown file, its markup, front matter and the calls of its notes taken away."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    reader = MarkdownIt().enable("table").use(front_matter_plugin).use(footnote_plugin)
    return Transcript(path, _text_of_html(reader.render(file.read_text(encoding="utf-8-sig"))))


def _html(file: Path, path: str) -> Transcript:
    """An HTML page."""
    data = file.read_bytes()
    return Transcript(path, _text_of_html(data.decode(html_encoding(data), errors="replace")))


def _text_of_html(data: str | bytes) -> str:
    """The text that an HTML page shows, a line for each block."""
    from lxml import etree, html

    if not data.strip():
        return ""
    try:
        whole = data.encode("utf-8", errors="replace") if isinstance(data, str) else data
        root = html.document_fromstring(whole, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as failure:
        raise UnreadableError(f"this is not HTML ({failure})") from failure
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    calls: list[Any] = [*filter(_calls_note, root.iter("sup", "a"))]
    for call in calls:
        call.drop_tree()
    for element in root.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    return "".join(str(part) for part in root.itertext())


def _calls_note(element: Any) -> bool:
    """Whether an element is the call of a note, or leads back to one: none of these are words of the text."""
    marks = f"{element.get('role', '')} {element.get('epub:type', '')} {element.get('class', '')}".split()
    if not _NOTE_CALLS.isdisjoint(marks):
        return True
    number = "".join(element.itertext()).strip("[]() \u00a0")
    links = [element] if element.tag == "a" else list(element.iter("a"))
    inside = any(str(link.get("href", "")).startswith("#") for link in links)
    raised = "sup" in (element.tag, element.getparent().tag) or element.find("sup") is not None
    return inside and raised and len(number) <= _CALL


def _pdf(file: Path, path: str) -> Transcript:
    """A PDF with text in it."""
    import pypdfium2

    from book.verify.pdf_pages import printed_labels, without_furniture
    from book.verify.words import without_line_ends

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as failure:
        raise UnreadableError(f"this PDF cannot be opened ({failure})") from failure
    with document:
        written = [_lines(page.get_textpage().get_text_range()) for page in document]
        given = [document.get_page_label(number) for number in range(len(document))]
    texts, folios = without_furniture(written)
    labels = given if any(given) else printed_labels(folios)
    parts: list[str] = []
    pages: list[tuple[int, str]] = []
    length = 0
    for number, page in enumerate(texts):
        if parts and page[:1].isalpha() and re.search(r"[^\W\d_][-\u2010]\n$", parts[-1]):
            parts[-1], length = parts[-1][:-2], length - 2  # a word that is divided between two pages
        pages.append((length, labels[number] if labels and labels[number] else str(number + 1)))
        parts.append(without_line_ends(page) + "\n")
        length += len(parts[-1])
    text = "".join(parts)
    if not text.strip():
        raise UnreadableError("this PDF holds no text, only pictures of it; run a text recognition over it")
    return Transcript(path, text, tuple(pages))


def _lines(text: str) -> str:
    """The lines of a page: PDFium joins those of a divided word with U+FFFE in place of hyphen and line end."""
    return text.replace("\r\n", "\n").replace("\ufffe", "-\n")


def _docx(file: Path, path: str) -> Transcript:
    """A DOCX document: its text with all tracked changes accepted."""
    from lxml import etree

    try:
        with zipfile.ZipFile(file) as archive:
            data = read_member(archive, "word/document.xml", _LARGEST)
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as failure:
        raise UnreadableError("this is not a DOCX document") from failure
    except DamagedMemberError as failure:
        raise UnreadableError(f"the text in this DOCX document cannot be unpacked ({failure})") from failure
    return Transcript(path, "".join(_runs(root)))


def _runs(root: Any) -> Iterator[str]:
    """The pieces of text of a DOCX document, a line for each paragraph; deleted text is left out."""
    for element in root.iter(f"{_WORD}t", f"{_WORD}p", *_BREAKS):
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag == f"{_WORD}p":
            yield "\n"
        else:
            yield " "


READERS: Mapping[str, Callable[[Path, str], Transcript]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
"""The reader for each suffix: absolute path, and path relative to the project's folder -> transcript."""
