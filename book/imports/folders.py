"""Reads the folders of other tools' books: which files are chapters, in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from book.project.files import resolved

_LINK = re.compile(r"\]\(\s*<?([^)#>]+\.md)>?(?:#[^)]*)?\s*\)")
_NATURAL = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Folder:
    """A book as a folder."""

    tool: str
    """The tool that it was made for."""
    chapters: tuple[Path, ...]
    """Its chapters, in order."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    bibliographies: tuple[Path, ...] = ()
    """Its lists of sources."""
    missing: tuple[str, ...] = ()
    """What its settings name and is not there, or lies outside the folder."""
    parts: Mapping[Path, str] = field(default_factory=dict)
    """The titles of its parts, by the chapter with which each begins."""


def read_folder(folder: Path) -> Folder | None:
    """The book in a folder: of a known tool, or loose files; None if there is no chapter in it."""
    for reader in _READERS.values():
        found = reader(folder)
        if found is not None and found.chapters:
            return found
    return None


def _mdbook(folder: Path) -> Folder | None:
    """An mdBook: `SUMMARY.md` lists the chapters; `book.toml` has a title and authors."""
    settings: dict[str, Any] = {}
    source = folder / "src"
    if (folder / "book.toml").is_file():
        import tomllib

        try:
            table = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8")).get("book")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            table = None
        settings = table if isinstance(table, dict) else {}
        source = folder / str(settings.get("src", "src"))
    summary = next((one for one in (source / "SUMMARY.md", folder / "SUMMARY.md") if one.is_file()), None)
    if summary is None:
        return None
    written = summary.read_text(encoding="utf-8", errors="replace")
    chapters, missing = _existing(folder, [summary.parent / unquote(link) for link in _LINK.findall(written)])
    authors = settings.get("authors")
    return Folder(
        "mdBook", chapters, _text(settings.get("title")), tuple(_names(authors)), _text(settings.get("language")),
        missing=missing, parts=_parts_of_summary(written, summary.parent),
    )  # fmt: skip


def _parts_of_summary(written: str, folder: Path) -> dict[Path, str]:
    """The titles of the parts in a `SUMMARY.md`: its headings, but for one at the top, which is the file's own."""
    found: dict[Path, str] = {}
    title: str | None = None
    begun = False
    for line in written.splitlines():
        if heading := re.match(r"#+[ \t]+(?P<title>.*?)[ \t#]*$", line):
            title = heading["title"] if begun else None
            begun = True
        elif links := _LINK.findall(line):
            begun = True
            if title:
                found.setdefault(folder / unquote(links[0]), title)
            title = None
    return found


def _quarto(folder: Path) -> Folder | None:
    """A Quarto book: `_quarto.yml` lists the chapters, by parts if it has any."""
    settings = _yaml(folder / "_quarto.yml")
    book = settings.get("book") if isinstance(settings.get("book"), dict) else None
    if book is None:
        return None
    listed = [*_entries(book.get("chapters")), *_entries(book.get("appendices"))]
    chapters, missing = _existing(folder, [folder / one for one in listed])
    lists, missing_lists = _lists(folder, settings.get("bibliography", book.get("bibliography")))
    return Folder(
        "Quarto", chapters, _text(book.get("title")), tuple(_names(book.get("author"))), _text(settings.get("lang")),
        lists, (*missing, *missing_lists),
        {folder / name: title for name, title in (*_parts(book.get("chapters")), *_parts(book.get("appendices")))},
    )  # fmt: skip


def _bookdown(folder: Path) -> Folder | None:
    """A bookdown book: `_bookdown.yml` may list the files; else all `.Rmd` files in order, `index.Rmd` first."""
    if not (folder / "_bookdown.yml").is_file() and not (folder / "index.Rmd").is_file():
        return None
    settings = _yaml(folder / "_bookdown.yml")
    listed = settings.get("rmd_files")
    if isinstance(listed, dict):
        listed = next(iter(listed.values()), None)
    if isinstance(listed, list):
        paths = [folder / str(one) for one in listed]
    else:
        paths = sorted((path for path in folder.glob("*.Rmd") if not path.name.startswith("_")), key=_natural)
        paths.sort(key=lambda path: path.name != "index.Rmd")
    chapters, missing = _existing(folder, paths)
    return Folder("bookdown", chapters, missing=missing)


def _loose(folder: Path) -> Folder | None:
    """An Obsidian vault or loose files: all Markdown files, in natural order."""
    hidden = (".obsidian", ".git", ".trash", "node_modules")
    found = [
        path
        for path in folder.rglob("*.md")
        if not any(part in hidden or part.startswith(".") for part in path.relative_to(folder).parts)
        and path.name.lower() != "readme.md"
    ]
    tool = "Obsidian" if (folder / ".obsidian").is_dir() else "Markdown"
    return Folder(tool, _existing(folder, sorted(found, key=_natural))[0])


_READERS: Mapping[str, Callable[[Path], Folder | None]] = {
    "quarto": _quarto,
    "bookdown": _bookdown,
    "mdbook": _mdbook,
    "loose": _loose,
}
"""The tools whose folders are known, the most specific first."""


def _entries(listed: object) -> Iterator[str]:
    """The files of a list of chapters and parts."""
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            part = entry.get("part") or entry.get("file") or entry.get("href")
            if isinstance(part, str) and re.search(r"\.\w?md$", part):
                yield part
            yield from _entries(entry.get("chapters"))


def _parts(listed: object) -> Iterator[tuple[str, str]]:
    """The first file of each part of a list of chapters that has a title and no file of its own, and the title."""
    for entry in listed if isinstance(listed, list) else ():
        title = entry.get("part") if isinstance(entry, dict) else None
        first = next(_entries([entry]), None)
        if isinstance(title, str) and first and first != title:
            yield first, title


def _names(value: object) -> Iterator[str]:
    """The names in a list of authors, which may be texts or mappings."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name")  # noqa: PLW2901 - the name in the mapping
        if isinstance(one, str) and one.strip():
            yield one.strip()


def _existing(folder: Path, paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files among some paths that are there, inside the folder, each once; and the names of the others."""
    root = folder.resolve()
    inside = [path for path in paths if path.is_file() and resolved(path).is_relative_to(root)]
    missing = (path.as_posix().removeprefix(f"{folder.as_posix()}/") for path in paths if path not in inside)
    return tuple(dict.fromkeys(inside)), tuple(dict.fromkeys(missing))


def _lists(folder: Path, named: object) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The lists of sources that a setting names, and the names of those that are not there."""
    names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return _existing(folder, [folder / str(name) for name in names])


def _text(value: object) -> str | None:
    """A value of the settings as text."""
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def _yaml(path: Path) -> dict[str, Any]:
    """A YAML file as a mapping; an empty one where it is none."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _natural(path: Path) -> list[tuple[int, str]]:
    """What paths are sorted by: numbers by their value."""
    parts = _NATURAL.split(path.as_posix().casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
