"""Reads the YAML block at the top of a chapter: our keys strictly, those of other tools as far as they are known."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from html import escape

import msgspec

from book.manuscript.syntax.typography import smarten
from book.model.manuscript import FrontMatter
from book.model.sources import RichText
from book.problem import Problem, Span, error, note, warning
from book.project.rich_text import from_markdown, unread
from book.project.validate import decode, fields_of
from book.project.yaml_source import YamlDocument
from book.project.yaml_source import parse as parse_yaml

_SLUG = re.compile(r"\w[\w.-]*")
_OTHER_NAMES = {"lang": "language", "authors": "author"}
"""Keys of other tools, with our names for them."""
_SURE = 0.75
"""Minimum similarity (`difflib`'s ratio) of a misspelt key to one of ours."""


def read_front_matter(text: str, path: str, stand_in: str) -> tuple[Mapping[str, object], FrontMatter, list[Problem]]:
    """Read the front matter of the chapter at `path`, as data and decoded.

    `stand_in` is the title if there is none. Problems: `malformed-yaml`, `unknown-key` for a probable misspelling of
    one of our keys, `invalid-value`, and a note `ignored-key` for every other key.
    """
    nothing = FrontMatter(title=stand_in)
    parsed = parse_yaml(text, path, first_line=2)
    problems = list(parsed.problems)
    document = parsed.value
    if document is None:
        return {"title": None}, nothing, problems
    data = document.data or {}
    if not isinstance(data, Mapping):
        hint = "write each as a key, a colon and a value: title: …"
        message = "the front matter is not a list of keys and values"
        problems.append(error("malformed-yaml", message, document.at(()), hint))
        return {"title": None}, nothing, problems
    data, names, ignored = _known(data, document)
    problems += ignored
    decoded = decode({"title": stand_in, **data}, FrontMatter, lambda at: document.at(_original(at, names)))
    problems += decoded.problems
    front = decoded.value or nothing
    problems += _unread_markup(front, document, names)
    if front.slug is not None and not _SLUG.fullmatch(front.slug):
        message = f'"{front.slug}" cannot be part of a file name and an address'
        hint = "use letters, digits and hyphens"
        problems.append(error("invalid-value", message, document.at(("slug",)), hint))
        front = msgspec.structs.replace(front, slug=None)
    return data, front, problems


def _unread_markup(front: FrontMatter, document: YamlDocument, names: Mapping[str, str]) -> list[Problem]:
    """The problems `markup-in-title` of markup of chapters in texts of the front matter, which are words alone."""
    found: list[Problem] = []
    for name in ("title", "short_title", "subtitle", "summary", "questions", "author"):
        value = getattr(front, name)
        key = name.replace("_", "-")
        texts = (
            [((key,), value)] if isinstance(value, str) else [((key, at), one) for at, one in enumerate(value or ())]
        )
        for path, text in texts:
            for what in unread(text):
                shown = "left out" if what == "a link" else "shown as it is written"
                message = f'{what} in the "{key}" of a chapter is {shown}'
                at = document.at(_original(path, names))
                found.append(warning("markup-in-title", message, at, "these are words: put it into the chapter itself"))
    return found


def finish_texts(front: FrontMatter, language: str) -> tuple[FrontMatter, dict[str, str]]:
    """Apply typography and inline markup to the texts of the front matter, as in the body."""
    markup: dict[str, str] = {}

    def finished(text: str) -> str:
        rich = smarten(text if isinstance(text, RichText) else from_markdown(text), language)
        if isinstance(rich, RichText) and rich.html != escape(rich, quote=False):
            markup[str(rich)] = rich.html
        return str(rich)

    title, subtitle = finished(front.title), front.subtitle and finished(front.subtitle)
    summary, short = front.summary and finished(front.summary), front.short_title and finished(front.short_title)
    questions, author = tuple(map(finished, front.questions)), tuple(map(finished, front.author))
    return msgspec.structs.replace(
        front,
        title=title,
        subtitle=subtitle,
        summary=summary,
        short_title=short,
        questions=questions,
        author=author,
    ), markup


def _shows(text: str) -> bool:
    """Whether anything of a text can be seen: a character that is no space, control or format character."""
    return any(unicodedata.category(one)[0] not in "ZC" for one in text)


def _known(
    data: Mapping[str, object], document: YamlDocument
) -> tuple[dict[str, object], dict[str, str], list[Problem]]:
    """The data to decode under our names, the original name of each key, and notes about ignored keys."""
    ours = [info.encode_name for info in fields_of(FrontMatter)]
    kept: dict[str, object] = {}
    names: dict[str, str] = {}
    notes: list[Problem] = []
    for key, value in data.items():
        name = _OTHER_NAMES.get(key, key)
        if name == "title" and (not value or (isinstance(value, str) and not _shows(str(from_markdown(value))))):
            continue
        if name in ours and name not in kept:
            kept[name] = _plain(name, value)
            names[name] = key
        elif _is_misspelt(key, ours):
            kept[key] = value
        else:
            message = f'the key "{key}" of the front matter is not read'
            notes.append(note("ignored-key", message, document.at((key,))))
    return kept, names, notes


def _is_misspelt(key: str, ours: list[str]) -> bool:
    """Whether a key is probably a misspelling of one of ours."""
    folded = key.casefold().replace("_", "-")
    return folded in ours or bool(get_close_matches(folded, ours, n=1, cutoff=_SURE))


def _plain(name: str, value: object) -> object:
    """A value of another tool in our form: one author or several, as names or as tables."""
    if name not in ("author", "tags"):
        return value
    many = value if isinstance(value, (list, tuple)) else [value]
    if name == "tags" and isinstance(value, str):
        many = [part.strip() for part in value.split(",")]
    return [one.get("name", "") if isinstance(one, Mapping) else one for one in many if one]


def _original(at: tuple[str | int, ...], names: Mapping[str, str]) -> tuple[str | int, ...]:
    """The path of a value under the names in the file."""
    first = at[0] if at else None
    return (names.get(first, first), *at[1:]) if isinstance(first, str) else at


def default_slug(path: str) -> str:
    """The slug of a chapter from its file name: without folder, suffix and leading number."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    if stem.lower() in ("index", "readme") and "/" in folder:  # the page of its folder
        stem = folder.rpartition("/")[2]
    name = re.sub(r"^\d+[-_. ]+", "", stem) or stem
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "chapter"


def default_slugs(paths: Sequence[str]) -> dict[str, str]:
    """The default slugs of some chapters: files of one name in several folders are told apart by their folders.

    `chapters/east/intro.md` and `chapters/west/intro.md` become `east-intro` and `west-intro`; a file directly in the
    common folder keeps its name. Files of one folder that would get the same slug do get it: that is an error.
    """
    alike: dict[str, list[str]] = {}
    for path in paths:
        alike.setdefault(default_slug(path).casefold(), []).append(path)
    slugs = {path: default_slug(path) for path in paths}
    for same in alike.values():
        folders = [posixpath.dirname(path) for path in same]
        if len(set(folders)) < 2:
            continue
        common = posixpath.commonpath(folders) if all(folders) else ""
        for path, folder in zip(same, folders, strict=True):
            inner = posixpath.relpath(folder or ".", common or ".")
            parts = [] if inner == "." else [part for part in inner.split("/") if part != slugs[path]]
            slugs[path] = "-".join([*(re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in parts), slugs[path]])
    return slugs


def missing_title(path: str) -> Problem:
    """The problem of a chapter without a title."""
    hint = "give it one: a line `title: …` in its front matter, or a first line `# …`"
    return error("missing-title", "the chapter has no title", Span(path, 1), hint)
