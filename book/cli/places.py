"""Finds the project that a command is about, from the current folder or from its arguments."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

FILE = "book.toml"


def project_above(folder: Path) -> Path:
    """The nearest folder at or above `folder` that has a `book.toml`, absolute; `folder` itself if none has."""
    start = folder.absolute()
    return next((place for place in (start, *start.parents) if (place / FILE).is_file()), start)


def is_project(name: str) -> bool:
    """Whether an argument is a folder, not the name of an edition: it has a `book.toml`, or looks like a path."""
    path = Path(name)
    return path.is_dir() and ((path / FILE).is_file() or name in (".", "..") or "/" in name or os.sep in name)


def within(root: Path, paths: Iterable[Path]) -> list[str]:
    """Files and folders given on the command line, relative to the project's folder, with forward slashes.

    Raises:
        UsageError: One of them is outside the project.
    """
    found = []
    for path in paths:
        place = path.absolute()
        if not place.is_relative_to(root):
            raise click.UsageError(f'"{path}" does not lie in the project {root}')
        found.append(place.relative_to(root).as_posix())
    return found


def is_among(path: str, chosen: Sequence[str]) -> bool:
    """Whether a file of the project is one of those chosen, or in a chosen folder; true if none is chosen."""
    return not chosen or any(name == "." or path == name or path.startswith(f"{name}/") for name in chosen)


# --- completion in the shell --------------------------------------------------------------------

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_editions(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Completions: the editions of the project, and folders."""
    names = [name for name in _edition_names(_root(context)) if name.startswith(begun)]
    return [*map(CompletionItem, names), CompletionItem(begun, type="dir")]


def complete_chapters(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Completions: the chapters of the project, relative to the current folder, and other files."""
    root = _root(context)
    paths = sorted(os.path.relpath(path) for path in (root / "chapters").glob("*.md"))
    return [*(CompletionItem(path) for path in paths if path.startswith(begun)), CompletionItem(begun, type="file")]


def complete_slugs(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Completions: the slugs of the project's chapters, behind those of a list that are typed already."""
    from book.manuscript.front_matter import default_slug

    typed, comma, last = begun.rpartition(",")
    paths = sorted((_root(context) / "chapters").glob("*.md"))
    slugs = (_slug_given(path) or default_slug(path.name) for path in paths if not path.name.startswith("_"))
    return [CompletionItem(f"{typed}{comma}{slug}") for slug in slugs if slug.startswith(last)]


def _slug_given(path: Path) -> str | None:
    """The slug in a chapter's front matter, if it has one there."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a link that leads nowhere, a folder
        return None
    block = re.match(r"---\n(.*?)\n---", text, re.DOTALL)
    given = re.search(r"^slug:\s*[\"']?([\w.-]+)", block[1], re.MULTILINE) if block else None
    return given[1] if given else None


def _root(context: click.Context) -> Path:
    """The project that the words typed so far are about."""
    named = context.params.get("root") or next(iter(context.params.get("projects") or ()), None) or "."
    return project_above(Path(named))


def _edition_names(root: Path) -> list[str]:
    """The names of a project's editions, if its `book.toml` can be read."""
    import tomllib

    try:
        tables = tomllib.loads((root / FILE).read_text(encoding="utf-8")).get("editions", {})
    except (OSError, ValueError):
        return []
    from book.project.config import EDITIONS

    return list(tables) if isinstance(tables, dict) and tables else [edition.name for edition in EDITIONS]
