"""Writes new files, all or none: `book new` and `book import` leave no half of a project behind."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_new(contents: Mapping[Path, bytes], within: Path) -> None:
    """Write files that are not there yet, with the folders that they need.

    Args:
        contents: What each file holds.
        within: The folder that they belong into; a link in it to somewhere else may have come with it.

    Raises:
        OSError: One cannot be written; it is named. Those before it, and new folders, are gone again, as they are
            when the program is interrupted.
    """
    for path in contents:
        if not (place := path.parent.resolve()).is_relative_to(within.resolve()):
            raise OSError(errno.EXDEV, f"a link leads to {place}; nothing was written", str(path.parent))
    files: list[Path] = []
    folders: list[Path] = []
    path = Path()
    try:
        for path, data in contents.items():
            folders += reversed([one for one in path.parents if not one.exists()])
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:  # `x`: not even a file that appeared just now is overwritten
                files.append(path)
                file.write(data)
    except BaseException as failure:
        if isinstance(failure, OSError):
            failure.filename = failure.filename or str(path)
        for one in files:
            with suppress(OSError):
                one.unlink()
        for one in reversed(folders):
            with suppress(OSError):
                one.rmdir()
        raise
