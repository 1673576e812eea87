"""The files of a project, read so that what a build depends on is known.

Whatever reads a file of a project, or looks whether there is one, does it through this module. A build that is being
recorded then knows every file that it depends on, also those that were not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Reads:
    """What was read of one project. Paths are relative to its folder, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The project's folder, absolute."""
        self.opened: set[str] = set()
        """Files whose content was read."""
        self.looked_for: set[str] = set()
        """Files and folders that were looked for, whether they were there or not."""
        self.listed: dict[tuple[str, str], tuple[str, ...]] = {}
        """The names of the files that were found, sorted, by folder and pattern."""

    def relative(self, path: Path) -> str | None:
        """A path relative to the project's folder; None for one that lies elsewhere."""
        whole = os.path.normpath(path)
        prefix = f"{self.root}{os.sep}"
        return whole.removeprefix(prefix).replace(os.sep, "/") if whole.startswith(prefix) else None

    def merge(self, other: Reads) -> None:
        """Take over what was read in another process."""
        self.opened |= other.opened
        self.looked_for |= other.looked_for
        self.listed |= other.listed


_recorders: list[Reads] = []
"""The recorders that are at work in this process, for whatever projects."""


@contextmanager
def recording(root: Path) -> Iterator[Reads]:
    """Record what is read of the project in the folder `root` (absolute) by any thread of this process."""
    reads = Reads(root)
    _recorders.append(reads)
    try:
        yield reads
    finally:
        _recorders.remove(reads)


def report(reads: Reads) -> None:
    """Note what was read in another process."""
    for other in tuple(_recorders):
        if other.root == reads.root and other is not reads:
            other.merge(reads)


def opened(path: Path) -> None:
    """Note that a file is read, for one that a library opens."""
    for reads in tuple(_recorders):
        if (name := reads.relative(path)) is not None:
            reads.opened.add(name)


def _looked_for(path: Path) -> None:
    """Note that a file or folder is looked for."""
    for reads in tuple(_recorders):
        if (name := reads.relative(path)) is not None:
            reads.looked_for.add(name)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises OSError where it cannot be read."""
    opened(path)
    return path.read_bytes()


def is_file(path: Path) -> bool:
    """Whether there is a file."""
    _looked_for(path)
    return path.is_file()


def is_dir(path: Path) -> bool:
    """Whether there is a folder."""
    _looked_for(path)
    return path.is_dir()


def file_names(folder: Path, pattern: str) -> list[str]:
    """The names of the files in a folder that match a pattern, sorted; none where there is no folder."""
    found = sorted(path.name for path in folder.glob(pattern) if path.is_file())
    for reads in tuple(_recorders):
        if (name := reads.relative(folder)) is not None:
            reads.listed[name, pattern] = tuple(found)
    return found
