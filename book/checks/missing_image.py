"""Every image must be a file of the project; builds read nothing else and fetch nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from book.model.manuscript import Manuscript, Picture
from book.problem import Problem, error, nearest
from book.project.files import is_dir, is_file, resolved

_EMPTY = "write the file's name between the parentheses: ![what it shows](images/hill.jpg)"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `missing-image` or an `outside-project` for each image that is not a file of the project."""
    root = resolved(manuscript.project.root)
    for chapter in manuscript.chapters:
        for picture in chapter.pictures:
            problem = _problem(root, picture)
            if problem:
                yield problem


def _problem(root: Path, picture: Picture) -> Problem | None:
    """The problem with an image's file; None if there is none."""
    if _ADDRESS.match(picture.path):
        message = f'the image "{picture.path[:60]}" is not a file of the project'
        return error("outside-project", message, picture.at, "save it in the project's folder and name it from there")
    try:
        file = resolved(root / picture.path)
    except OSError:
        return error("missing-image", f'there is no image "{picture.path}"', picture.at)
    if not file.is_relative_to(root):
        message = f'the image "{picture.path}" lies outside the project\'s folder'
        return error("outside-project", message, picture.at, "copy it into the project's folder")
    if is_dir(file) or picture.path.rpartition("/")[2][:1] in ('"', "'"):  # `![words]()` is the chapter's folder
        return error("missing-image", "the image names no file", picture.at, _EMPTY)
    if not is_file(file):
        return error("missing-image", f'there is no image "{picture.path}"', picture.at, _similar(root, file))
    return None


def _similar(root: Path, file: Path) -> str | None:
    """A hint that names a file with a similar name in the same folder."""
    if not is_dir(file.parent):
        return None
    names = {path.name: path for path in sorted(file.parent.iterdir()) if path.is_file()}
    folded = {name.casefold(): name for name in names}
    same = folded.get(file.name.casefold())
    hint = f'did you mean "{same}"?' if same else nearest(file.name, names)
    folder = file.parent.relative_to(root).as_posix()
    return f'{hint[:-2]}" in {folder}?' if hint and folder != "." else hint
