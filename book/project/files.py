"""Reads the files of a project, and records what was read or looked for.

Whatever reads a file of a project, or looks whether it exists, does so through this module. So a recorded build knows
every file that it depends on, including files that did not exist, and no link leads a build to other files: what is
read is what the path was resolved to, and that lies inside the project.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

State = tuple[int, int, int, int] | None
"""When a file was last written and last changed (ns since 1970), its size in bytes and its inode; None for no file."""


class Reads:
    """What was read of one project. Paths are relative to its folder, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The project's folder, absolute."""
        self.opened: set[str] = set()
        """Files whose content was read."""
        self.looked_for: set[str] = set()
        """Files and folders whose existence was checked, whether they existed or not."""
        self.listed: dict[tuple[str, str], tuple[str, ...]] = {}
        """The names of files that were found, sorted, by folder and glob pattern."""
        self._states: dict[str, State] = {}
        self._existed: dict[str, bool] = {}
        self._unsteady: set[str] = set()
        """What was in one state in one process, or at one time, and in another at another."""

    def changed(self) -> str | None:
        """A file or folder that is not as it was when it was first read or looked for; None if all are."""
        found = set(self._unsteady)
        found |= {name for name, state in self._states.items() if _state(self.root / name) != state}
        found |= {name for name, there in self._existed.items() if exists(self.root / name) is not there}
        found |= {name for (name, pattern), names in self.listed.items() if _names(self.root / name, pattern) != names}
        return min(found, default=None)

    def open(self, name: str) -> None:
        """Record that a file is read, and its state when that happens for the first time."""
        self.opened.add(name)
        if name not in self._states:
            self._states[name] = _state(self.root / name)

    def look_for(self, name: str, *, there: bool) -> None:
        """Record whether a file or folder exists."""
        self.looked_for.add(name)
        if self._existed.setdefault(name, there) is not there:
            self._unsteady.add(name)

    def list(self, name: str, pattern: str, names: tuple[str, ...]) -> None:
        """Record the files that were found in a folder."""
        if self.listed.setdefault((name, pattern), names) != names:
            self._unsteady.add(name)

    def relative(self, path: Path) -> str | None:
        """A path relative to the project's folder; None for a path outside it."""
        whole = os.path.normpath(path)
        prefix = f"{self.root}{os.sep}"
        return whole.removeprefix(prefix).replace(os.sep, "/") if whole.startswith(prefix) else None

    def merge(self, other: Reads) -> None:
        """Add what was read in another process."""
        self.opened |= other.opened
        self._unsteady |= other._unsteady
        for name, state in other._states.items():
            if self._states.setdefault(name, state) != state:
                self._unsteady.add(name)
        for name, there in other._existed.items():
            self.look_for(name, there=there)
        for (name, pattern), names in other.listed.items():
            self.list(name, pattern, names)


_recorders: list[Reads] = []
"""The active recorders of this process, of all projects."""


@contextmanager
def recording(root: Path) -> Iterator[Reads]:
    """Record what any thread of this process reads of the project in the folder `root` (absolute)."""
    reads = Reads(root)
    _recorders.append(reads)
    try:
        yield reads
    finally:
        _recorders.remove(reads)


def report(reads: Reads) -> None:
    """Record what was read in another process."""
    for other in tuple(_recorders):
        if other.root == reads.root and other is not reads:
            other.merge(reads)


def opened(path: Path) -> None:
    """Record that a file is read, before a library opens it."""
    for reads in tuple(_recorders):
        if (name := reads.relative(path)) is not None:
            reads.open(name)


def _looked_for(path: Path, *, there: bool) -> None:
    """Record that the existence of a file or folder was checked."""
    for reads in tuple(_recorders):
        if (name := reads.relative(path)) is not None:
            reads.look_for(name, there=there)


def _state(path: Path) -> State:
    """What changes when a file is written, moved or replaced."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _names(folder: Path, pattern: str) -> tuple[str, ...]:
    """The names of the files in a folder that match a glob pattern, sorted."""
    return tuple(sorted(path.name for path in folder.glob(pattern) if path.is_file()))


class OutsideError(OSError):
    """A file lies outside the project, after links are followed."""


def inside(root: Path, path: Path | str) -> Path:
    """The file that a path leads to, after links are followed; it is recorded as read.

    Args:
        root: The project's folder.
        path: A path relative to it, or one that begins with it.

    Raises:
        OutsideError: It lies outside the project.
    """
    opened(root / path)
    whole = resolved(root / path)
    if not whole.is_relative_to(resolved(root)):
        raise OutsideError(errno.EACCES, "it lies outside the project", str(path))
    return whole


def resolved(path: Path) -> Path:
    """Where a path leads, after links are followed; itself where links lead in a circle, which is then no file.

    Raises:
        OSError: No file can have such a name.
    """
    try:
        return Path(os.path.realpath(path))
    except ValueError as failure:
        raise OSError(errno.ENOENT, "no file can have this name", str(path)) from failure


def is_odd(path: Path) -> bool:
    """Whether there is something that is neither a file nor a folder: a link that leads nowhere, a device, a pipe."""
    return os.path.lexists(path) and not is_file(path) and not is_dir(path)


def read_bytes(root: Path, path: Path | str) -> bytes:
    """Read a file of the project in `root`; paths as in `inside`.

    Raises:
        OutsideError: It lies outside the project.
        OSError: It cannot be read.
    """
    whole = inside(root, path)
    with open_regular(whole) as file:
        return file.read()


def open_regular(path: Path) -> BufferedReader:
    """Open a file at a resolved path for reading.

    Raises:
        OSError: It is a link, or no regular file: what is none may never end (a device), or never begin (a pipe).
    """
    return open(path, "rb", opener=_without_links)


def _without_links(path: str, flags: int) -> int:
    """Open a regular file at a resolved path; a link that was put there since is not followed."""
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no regular file", path)
    return handle


def is_file(path: Path) -> bool:
    """Whether a file exists."""
    found = _safely(path.is_file)
    _looked_for(path, there=found or exists(path))
    return found


def is_dir(path: Path) -> bool:
    """Whether a folder exists."""
    found = _safely(path.is_dir)
    _looked_for(path, there=found or exists(path))
    return found


def exists(path: Path) -> bool:
    """Whether there is a file or a folder; nothing is recorded."""
    return _safely(path.exists)


def _safely(ask: Callable[[], bool]) -> bool:
    """The answer of a question to the file system; False where it cannot even be asked, as for a name of 300 bytes."""
    try:
        return ask()
    except OSError:
        return False


def file_names(folder: Path, pattern: str) -> list[str]:
    """The names of the files in a folder that match a glob pattern, sorted; none if the folder does not exist."""
    found = _names(folder, pattern)
    for reads in tuple(_recorders):
        if (name := reads.relative(folder)) is not None:
            reads.list(name, pattern, found)
    return list(found)
