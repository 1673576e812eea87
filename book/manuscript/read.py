"""Markdown files → chapters, each with what it mentions and where."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import msgspec

from book.manuscript.syntax import parse, serialise
from book.manuscript.syntax.typography import smarten
from book.model.manuscript import Chapter, FrontMatter
from book.model.settings import Settings
from book.model.sources import RichText
from book.problem import Checked, Problem, Span, error, nearest
from book.project.characters import in_text
from book.project.files import file_names, is_file
from book.project.rich_text import from_markdown
from book.project.text_file import is_inside, read_text
from book.project.validate import decode
from book.project.yaml_source import parse as parse_yaml
from book.store.store import Store, key_of
from book.store.versions import engine_version

SETTINGS = "book.toml"
_SLUG = re.compile(r"\w[\w.-]*")
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True)
class _Text:
    """A chapter's file, its front matter still to be understood."""

    path: str
    """The file, relative to the project's folder."""
    front: str
    """The YAML between the fences."""
    body: str
    """The Markdown behind it."""
    body_line: int
    """The line that the body begins with, 1-based."""


def read_chapters(root: Path, settings: Settings, store: Store | None = None) -> Checked[tuple[Chapter, ...]]:
    """The chapters of the project in the folder `root`, in the order of the book.

    They are those that the settings name, or else all of `chapters/*.md` sorted by name. Every file
    is read before anything is judged. Those that the store knows already are taken from there.

    Problems: `missing-chapter`, `outside-project`, `empty-project`,
    `not-utf-8`, `unreadable-file`, `reserved-character`,
    `malformed-yaml`, `unknown-key`, `invalid-value`, `missing-title`, `duplicate-slug`,
    and what the syntax finds.
    """
    paths, problems = _paths(root, settings)
    texts = []
    for path in paths:
        text, found = _load(root, path)
        problems += found
        if text is not None:
            texts.append(text)
    chapters = []
    for text in texts:
        checked = _recall(text, settings.language, store)
        chapters.append(checked.value)
        problems += checked.problems
    problems += _same_slugs(chapters)
    return Checked(_numbered(chapters), tuple(problems))


def _paths(root: Path, settings: Settings) -> tuple[list[str], list[Problem]]:
    """The paths of the chapters that exist, relative to `root`."""
    if not settings.chapters:
        found = file_names(root / "chapters", "*.md")
        if found:
            return [f"chapters/{name}" for name in found], []
        hint = "write a first one, such as chapters/01-beginning.md"
        return [], [error("empty-project", "the book has no chapter", Span("chapters"), hint)]
    paths, problems = [], []
    for name in dict.fromkeys(posixpath.normpath(name) for name in settings.chapters):
        if not is_inside(root, name):
            message = f'the chapter "{name}" lies outside the project\'s folder'
            problems.append(error("outside-project", message, _listed(root, name)))
        elif not is_file(root / name):
            message = f'there is no file for the chapter "{name}"'
            problems.append(error("missing-chapter", message, _listed(root, name), _similar(root, name)))
        else:
            paths.append(name)
    return paths, problems


def _listed(root: Path, name: str) -> Span:
    """Where the settings name a chapter."""
    lines = (read_text(root, SETTINGS).value or "").splitlines()
    found = ((number, line.find(name)) for number, line in enumerate(lines, start=1))
    return next((Span(SETTINGS, line, column + 1) for line, column in found if column >= 0), Span(SETTINGS))


def _similar(root: Path, name: str) -> str | None:
    """A hint at a file with nearly that name."""
    return nearest(name, [path.relative_to(root).as_posix() for path in sorted((root / name).parent.glob("*.md"))])


def _load(root: Path, path: str) -> tuple[_Text | None, list[Problem]]:
    """A chapter's file, parted into front matter and body."""
    checked = read_text(root, path)
    text = checked.value
    if text is None:
        return None, list(checked.problems)
    problems = list(in_text(text, path))
    if problems:
        return None, problems
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return _Text(path, "", text, 1), []
    end = next((n for n, line in enumerate(lines[1:], start=1) if _END.fullmatch(line)), None)
    if end is None:
        message = "the front matter that begins here does not end"
        return None, [error("malformed-yaml", message, Span(path, 1, 1), "close it with a line of three hyphens")]
    return _Text(path, "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2), []


def _recall(text: _Text, language: str, store: Store | None) -> Checked[Chapter]:
    """A chapter from the store, or read."""
    if store is None:
        return _read(text, language)
    key = key_of(engine_version(), language, text.path, text.front, text.body, str(text.body_line))
    return store.get_or_make("chapters", key, Checked[Chapter], lambda: _read(text, language), label=text.path)


def _read(text: _Text, language: str) -> Checked[Chapter]:
    """A chapter; where its front matter is wrong, with what could be understood of it."""
    data, front, problems = _front(text)
    slug = front.slug or _slug(text.path)
    draft = parse(
        text.body,
        text.path,
        slug,
        title=str(from_markdown(front.title)) if "title" in data else None,
        language=front.language or language,
        first_line=text.body_line,
    )
    if "title" not in data:
        if draft.title:
            front = msgspec.structs.replace(front, title=RichText(draft.title, draft.title_markup or draft.title))
        else:
            hint = "give it one: a line `title: …` in its front matter, or a first line `# …`"
            problems.append(error("missing-title", "the chapter has no title", Span(text.path, 1), hint))
    body = serialise(draft)
    front, markup = _finished(front, front.language or language)
    chapter = Chapter(
        slug=slug,
        path=text.path,
        front=front,
        number=None,
        body=body,
        ids=frozenset(draft.ids),
        mentions=tuple(draft.mentions),
        headings=tuple(draft.headings),
        pictures=tuple(draft.pictures),
        references=tuple(draft.references),
        terms=tuple(draft.terms),
        quotations=tuple(draft.quotations),
        markup=markup,
    )
    return Checked(chapter, tuple(problems + draft.problems))


def _finished(front: FrontMatter, language: str) -> tuple[FrontMatter, dict[str, str]]:
    """Front matter whose texts have the quotation marks and dashes of the body, and the markup of those that have some.

    The texts themselves are without markup.
    """
    markup: dict[str, str] = {}

    def finished(text: str) -> str:
        rich = smarten(text if isinstance(text, RichText) else from_markdown(text), language)
        if isinstance(rich, RichText) and rich.html != escape(rich, quote=False):
            markup[str(rich)] = rich.html
        return str(rich)

    title, subtitle = finished(front.title), front.subtitle and finished(front.subtitle)
    summary, short = front.summary and finished(front.summary), front.short_title and finished(front.short_title)
    questions = tuple(map(finished, front.questions))
    texts = {"title": title, "subtitle": subtitle, "summary": summary, "short_title": short, "questions": questions}
    return msgspec.structs.replace(front, **texts), markup


def _front(text: _Text) -> tuple[Mapping[str, object], FrontMatter, list[Problem]]:
    """The front matter: as data, and decoded (with a title that stands in where there is none)."""
    stand_in = FrontMatter(title=_slug(text.path))
    parsed = parse_yaml(text.front, text.path, first_line=2)
    problems = list(parsed.problems)
    document = parsed.value
    if document is None:
        return {"title": None}, stand_in, problems
    data = document.data or {}
    if not isinstance(data, Mapping):
        problems.append(error("malformed-yaml", "the front matter is not a list of keys and values", document.at(())))
        return {"title": None}, stand_in, problems
    data = {key: value for key, value in data.items() if key != "title" or value}
    decoded = decode({"title": stand_in.title, **data}, FrontMatter, document.at)
    problems += decoded.problems
    front = decoded.value or stand_in
    if front.slug is not None and not _SLUG.fullmatch(front.slug):
        message = f'"{front.slug}" cannot be part of a file name and an address'
        hint = "use letters, digits and hyphens"
        problems.append(error("invalid-value", message, document.at(("slug",)), hint))
        front = msgspec.structs.replace(front, slug=None)
    return data, front, problems


def _slug(path: str) -> str:
    """The name of a chapter, from its file: without folder, ending and leading number."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    name = re.sub(r"^\d+[-_. ]+", "", stem) or stem
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "chapter"


def _same_slugs(chapters: Sequence[Chapter]) -> list[Problem]:
    """Chapters whose name another has already."""
    first: dict[str, str] = {}
    problems = []
    for chapter in chapters:
        other = first.setdefault(chapter.slug.casefold(), chapter.path)
        if other != chapter.path:
            message = f'the slug "{chapter.slug}" is that of {other} too'
            hint = "give one of them another: a line `slug: …` in its front matter"
            problems.append(error("duplicate-slug", message, Span(chapter.path, 1), hint))
    return problems


def _numbered(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The chapters, those that are numbered with their numbers."""
    count = 0
    numbered = []
    for chapter in chapters:
        proper = chapter.front.role == "chapter"
        count += proper
        numbered.append(replace(chapter, number=count) if proper else chapter)
    return tuple(numbered)
