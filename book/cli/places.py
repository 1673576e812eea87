"""Where a command works: the project's folder, found from where one stands or from what was named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

FILE = "book.toml"


def project_above(folder: Path) -> Path:
    """The nearest of a folder and those above it that has a `book.toml`, absolute; the folder itself if none has."""
    start = folder.absolute()
    return next((place for place in (start, *start.parents) if (place / FILE).is_file()), start)


def is_project(name: str) -> bool:
    """Whether an argument names a folder rather than an edition: one with a `book.toml`, or a path."""
    path = Path(name)
    return path.is_dir() and ((path / FILE).is_file() or name in (".", "..") or "/" in name or os.sep in name)


def within(root: Path, paths: Iterable[Path]) -> list[str]:
    """Files and folders named on the command line, as the project calls them: relative to its folder, with slashes.

    Raises UsageError for one that lies outside.
    """
    found = []
    for path in paths:
        place = path.absolute()
        if not place.is_relative_to(root):
            raise click.UsageError(f'"{path}" does not lie in the project {root}')
        found.append(place.relative_to(root).as_posix())
    return found


def is_among(path: str, chosen: Sequence[str]) -> bool:
    """Whether a file of the project is one of those chosen, or lies in one of the folders chosen; all if none is."""
    return not chosen or any(name == "." or path == name or path.startswith(f"{name}/") for name in chosen)


# --- completion in the shell --------------------------------------------------------------------

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_editions(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The editions of the project, and folders."""
    names = [name for name in _edition_names(_root(context)) if name.startswith(begun)]
    return [*map(CompletionItem, names), CompletionItem(begun, type="dir")]


def complete_chapters(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The chapters of the project, by their paths from where one stands; then whatever file there is."""
    root = _root(context)
    paths = sorted(os.path.relpath(path) for path in (root / "chapters").glob("*.md"))
    return [*(CompletionItem(path) for path in paths if path.startswith(begun)), CompletionItem(begun, type="file")]


def _root(context: click.Context) -> Path:
    """The project that the words so far are about."""
    named = context.params.get("root") or next(iter(context.params.get("projects") or ()), None) or "."
    return project_above(Path(named))


def _edition_names(root: Path) -> list[str]:
    """The names of a project's editions, as far as its `book.toml` can be read."""
    import tomllib

    try:
        tables = tomllib.loads((root / FILE).read_text(encoding="utf-8")).get("editions", {})
    except (OSError, ValueError):
        return []
    from book.project.config import EDITIONS

    return list(tables) if isinstance(tables, dict) and tables else [edition.name for edition in EDITIONS]
