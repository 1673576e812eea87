"""Finds the files that are chapters, their order, and files beside them that are ignored."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from book.model.settings import Settings
from book.problem import Problem, Span, error, nearest, note, warning
from book.project.files import file_names, is_file, is_odd
from book.project.text_file import is_inside, read_text

SETTINGS = "book.toml"
FOLDER = "chapters"
_TEXTS = frozenset({
    ".adoc", ".doc", ".docx", ".epub", ".htm", ".html", ".markdown", ".md", ".mdown", ".mkd", ".odt", ".org", ".pages",
    ".qmd", ".rmd", ".rst", ".rtf", ".tex", ".text", ".txt",
})  # fmt: skip
"""Suffixes of files that somebody may expect to be chapters, in lower case."""
_SUMMARY = "SUMMARY.md"
_MARKDOWN = frozenset({".markdown", ".md", ".mdown", ".mkd", ".qmd", ".rmd", ".text", ".txt"})
_IMPORTED = frozenset({".doc", ".docx", ".epub", ".htm", ".html", ".odt", ".rtf"})


def find_chapters(root: Path, settings: Settings) -> tuple[list[str], list[Problem]]:
    """The paths of the chapters that exist, relative to `root`, in the order of the book.

    They are those that the settings name, or else `chapters/*.md` in natural order: `9-` before `10-`. Files whose
    names begin with an underscore or a dot are left out, and so is `README.md`.

    Problems: `missing-chapter`, `outside-project`, `empty-project`, `ignored-file`.
    """
    if settings.chapters:
        return _listed_chapters(root, settings)
    names = file_names(root / FOLDER, "*")
    chapters = sorted((name for name in names if name.endswith(".md") and not _left_out(name)), key=natural)
    problems = [*_ignored(names), *_ignored_folders(root), *_no_files(root)]
    if not chapters:
        hint = f"write a first one, such as {FOLDER}/01-beginning.md"
        problems.append(error("empty-project", "the book has no chapter", Span(FOLDER), hint))
    return [f"{FOLDER}/{name}" for name in chapters], problems


def natural(name: str) -> list[tuple[int, str]]:
    """A sort key that compares numbers in names by value."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name)]


def _left_out(name: str) -> bool:
    """Whether a file is not a chapter because of its name: a draft, a hidden file, a README."""
    return name.startswith(("_", ".")) or name.lower() == "readme.md" or name == _SUMMARY


def _ignored(names: list[str]) -> Iterator[Problem]:
    """The ignored files of the folder that somebody may expect to be chapters."""
    for name in names:
        stem, suffix = posixpath.splitext(name)
        at = Span(f"{FOLDER}/{name}")
        if name.startswith(".") or (suffix == ".md" and not _left_out(name)):
            continue
        if name == _SUMMARY:
            hint = f'list the chapters in {SETTINGS}: [book] chapters = ["{FOLDER}/….md"]'
            yield warning("ignored-file", f'"{name}" is mdBook\'s list of chapters, and none itself', at, hint)
        elif suffix == ".md" or name.startswith("~$") or name.endswith(("~", ".bak", ".orig")):
            yield note("ignored-file", f'"{name}" is no chapter, by its name', at)
        elif suffix.lower() in _TEXTS:
            yield warning("ignored-file", f'"{name}" is not read: chapters end in ".md"', at, _remedy(stem, suffix))


def _no_files(root: Path) -> Iterator[Problem]:
    """What has the name of a chapter and is no file: a link that leads nowhere, a pipe, a device."""
    folder = root / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix == ".md" and not _left_out(path.name) and is_odd(path):
            message = f'"{path.name}" is no file that can be read: a link that leads nowhere, or a device'
            yield error(
                "missing-chapter", message, Span(f"{FOLDER}/{path.name}"), "put the chapter there, or delete it"
            )


def _remedy(stem: str, suffix: str) -> str:
    """How to make a file a chapter."""
    if suffix.lower() in _MARKDOWN:
        return f'name it "{stem}.md"'
    if suffix.lower() in _IMPORTED:
        return f"turn it into a chapter: book import {FOLDER}/{stem}{suffix}"
    return "turn it into Markdown, or move it out of the folder"


def _ignored_folders(root: Path) -> Iterator[Problem]:
    """Folders inside the chapters' folder that contain Markdown, or have the name of a chapter."""
    folder = root / FOLDER
    inner = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    for name in inner:
        if name.endswith(".md") and not _left_out(name):
            at = Span(f"{FOLDER}/{name}")
            yield warning("ignored-file", f'"{name}" is a folder, and no chapter', at, "rename it")
        if not name.startswith(("_", ".")) and file_names(folder / name, "*.md"):
            hint = f'list the chapters in their order: [book] chapters = ["{FOLDER}/{name}/….md"]'
            at = Span(f"{FOLDER}/{name}")
            yield warning("ignored-file", f'the chapters in "{FOLDER}/{name}" are not read', at, hint)


def _listed_chapters(root: Path, settings: Settings) -> tuple[list[str], list[Problem]]:
    """The chapters that the settings name; other files in their folder get a note."""
    paths: list[str] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(posixpath.normpath(name) for name in settings.chapters):
        if not is_inside(root, name):
            message = f'the chapter "{name}" lies outside the project\'s folder'
            problems.append(error("outside-project", message, _place(root, name)))
        elif not is_file(root / name):
            message = f'there is no file for the chapter "{name}"'
            problems.append(error("missing-chapter", message, _place(root, name), _similar(root, name)))
        else:
            paths.append(name)
    for name in file_names(root / FOLDER, "*.md"):
        if f"{FOLDER}/{name}" not in paths and not _left_out(name):
            message = f'"{name}" is not among the chapters that {SETTINGS} lists'
            problems.append(note("ignored-file", message, Span(f"{FOLDER}/{name}")))
    return paths, problems


def _place(root: Path, name: str) -> Span:
    """Where the settings name a chapter."""
    lines = (read_text(root, SETTINGS).value or "").splitlines()
    found = ((number, line.find(name)) for number, line in enumerate(lines, start=1))
    return next((Span(SETTINGS, line, column + 1) for line, column in found if column >= 0), Span(SETTINGS))


def _similar(root: Path, name: str) -> str | None:
    """A hint that names a file with a similar name."""
    return nearest(name, [path.relative_to(root).as_posix() for path in sorted((root / name).parent.glob("*.md"))])
