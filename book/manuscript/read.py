"""Reads Markdown files into chapters, with everything that they mention and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from book.manuscript.chapter_files import find_chapters
from book.manuscript.front_matter import default_slugs, finish_texts, missing_title, read_front_matter
from book.manuscript.handles import cites, handles
from book.manuscript.pictures import with_pictures
from book.manuscript.syntax import parse, serialise
from book.model.manuscript import Chapter
from book.model.settings import Limits, Settings
from book.model.sources import RichText
from book.problem import BookError, Checked, Problem, Severity, Span, error
from book.problems.defects import told_as_problem
from book.project.characters import in_text
from book.project.limits import too_large
from book.project.rich_text import from_markdown
from book.project.text_file import read_text
from book.store.store import Store, key_of
from book.store.versions import engine_version

_FENCE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"[A-Za-z][\w-]*:(?:[ \t]|$)")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True)
class _Text:
    """A chapter's file, split into front matter and body."""

    path: str
    """The file, relative to the project's folder."""
    front: str
    """The YAML between the fences."""
    body: str
    """The Markdown after it."""
    body_line: int
    """The line on which the body begins, 1-based."""
    slug: str
    """The chapter's slug, if its front matter gives none."""


def read_chapters(
    root: Path,
    settings: Settings,
    store: Store | None = None,
    names: Collection[str] | None = None,
    limits: Limits | None = None,
) -> Checked[tuple[Chapter, ...]]:
    """Read the chapters of the project in the folder `root`, in the order of the book.

    Every file is read before anything is judged. Chapters that the store contains are taken from it.

    `names` are the keys of the sources: in running text, `@word` is a citation only if it is similar to one of them.
    Without a list it always is; with an empty list, only if some chapter cites something in brackets.

    `limits` say what is refused because it is too large; by default those of a project that sets none.

    Problems: those of `find_chapters` and `read_front_matter`; `not-utf-8`, `unreadable-file`, `reserved-character`,
    `too-large`, `malformed-yaml`, `missing-title`, `duplicate-slug`, and those of the syntax.
    """
    limits = limits or Limits()
    paths, problems = find_chapters(root, settings)
    texts = []
    for path, slug in default_slugs(paths).items():
        text, found = _load(root, path, slug, limits)
        problems += found
        if text is not None:
            texts.append(text)
    if not names and any(cites(text.body) for text in texts):
        names = None
    chapters = []
    for text in texts:
        others = handles(text.body, names)
        try:
            with told_as_problem("read this chapter", text.path):
                checked = _recall(text, settings, others, limits, store)
        except BookError as failure:
            problems += failure.problems
            continue
        chapters.append(with_pictures(root, checked.value))
        problems += checked.problems
    problems += _same_slugs(chapters)
    return Checked(_numbered(chapters), tuple(_said_once(problems)))


def _said_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without notes that repeat an earlier one for another place."""
    said = set()
    for problem in problems:
        fact = (problem.code, problem.message)
        if problem.severity is not Severity.NOTE or fact not in said:
            yield problem
        said.add(fact)


def _load(root: Path, path: str, slug: str, limits: Limits) -> tuple[_Text | None, list[Problem]]:
    """Split a chapter's file into front matter and body."""
    checked = read_text(root, path)
    text = checked.value
    if text is None:
        return None, list(checked.problems)
    if len(text) > limits.characters:
        return None, [too_large(f"the file has {len(text)} characters", "characters", limits.characters, Span(path))]
    problems = list(in_text(text, path))
    if problems:
        return None, problems
    lines = text.split("\n")
    begin = _front(lines)
    if begin is None:
        return _Text(path, "", text, 1, slug), []
    end = next((n for n, line in enumerate(lines[begin + 1 :], start=begin + 1) if _END.fullmatch(line)), None)
    if end is None:
        message = "the front matter that begins here does not end"
        at = Span(path, begin + 1, 1)
        return None, [error("malformed-yaml", message, at, "close it with a line of three hyphens")]
    front = "\n" * begin + "\n".join(lines[begin + 1 : end])
    return _Text(path, f"{front}\n", "\n".join(lines[end + 1 :]), end + 2, slug), []


def _front(lines: Sequence[str]) -> int | None:
    """The line (0-based) of the fence that front matter begins with; behind empty lines, only if a key follows."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or not _FENCE.fullmatch(lines[first]):
        return None
    follows = lines[first + 1] if first + 1 < len(lines) else ""
    return first if first == 0 or _KEY.match(follows) else None


def _recall(
    text: _Text, settings: Settings, others: Collection[str], limits: Limits, store: Store | None
) -> Checked[Chapter]:
    """Take a chapter from the store, or read it."""
    if store is None:
        return _read(text, settings, others, limits.depth)
    ways = (settings.language, settings.captions, str(limits.depth), *sorted(others))
    key = key_of(engine_version(), *ways, text.path, text.front, text.body, str(text.body_line), text.slug)
    return store.get_or_make(
        "chapters", key, Checked[Chapter], lambda: _read(text, settings, others, limits.depth), label=text.path
    )


def _read(text: _Text, settings: Settings, others: Collection[str], depth: int) -> Checked[Chapter]:
    """Read a chapter; if its front matter has errors, with what could be understood."""
    data, front, problems = read_front_matter(text.front, text.path, text.slug)
    slug = front.slug or text.slug
    language = front.language or settings.language
    draft = parse(
        text.body,
        text.path,
        slug,
        title=str(from_markdown(front.title)) if "title" in data else None,
        language=language,
        first_line=text.body_line,
        captions=settings.captions,
        handles=others,
        depth=depth,
    )
    if "title" not in data and draft.title:
        title = RichText(draft.title, draft.title_markup or draft.title)
        front = msgspec.structs.replace(front, title=title, numbered=front.numbered and not draft.unnumbered)
    elif "title" not in data:
        problems.append(missing_title(text.path))
    body = serialise(draft)
    front, markup = finish_texts(front, language)
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
        formulas=tuple(draft.formulas),
        slips=tuple(draft.slips),
        bracketed=tuple(draft.bracketed),
        markup=markup,
    )
    return Checked(chapter, tuple(problems + draft.problems))


def _same_slugs(chapters: Sequence[Chapter]) -> list[Problem]:
    """Errors for chapters whose slug another chapter has already."""
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
    """The chapters with their numbers, where they are numbered."""
    count = 0
    numbered = []
    for chapter in chapters:
        proper = chapter.front.role == "chapter" and chapter.front.numbered
        count += proper
        numbered.append(replace(chapter, number=count) if proper else chapter)
    return tuple(numbered)
