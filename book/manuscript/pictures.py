"""Finds the images of a chapter: relative to its file, else relative to the project, as other tools write them."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from html import escape
from pathlib import Path

from book.model.manuscript import Chapter
from book.project.files import is_file
from book.project.text_file import is_inside


def with_pictures(root: Path, chapter: Chapter) -> Chapter:
    """A chapter whose image paths are relative to the project's folder `root`."""
    moved = {}
    for picture in chapter.pictures:
        other = _from_root(chapter.path, picture.path)
        if other and not _exists(root, picture.path) and _exists(root, other):
            moved[picture.path] = other
    if not moved:
        return chapter
    body = chapter.body
    for path, other in moved.items():
        body = body.replace(f'src="{escape(path)}"', f'src="{escape(other)}"')
    pictures = tuple(replace(picture, path=moved.get(picture.path, picture.path)) for picture in chapter.pictures)
    return replace(chapter, body=body, pictures=pictures)


def _from_root(chapter: str, path: str) -> str | None:
    """The path of an image if it was written relative to the project's folder."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    folder = posixpath.dirname(chapter)
    inside = folder and path.startswith(f"{folder}/")
    return path.removeprefix(f"{folder}/") if inside else None


def _exists(root: Path, path: str) -> bool:
    """Whether there is such a file in the project."""
    return is_inside(root, path) and is_file(root / path)
