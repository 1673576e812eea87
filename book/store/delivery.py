"""Writes the files of a build all or none: staged first, then renamed by a journal that a later build completes.

An output folder is changed in four steps. All new files are written into `.staged/` beside the old ones and forced onto
the disk; a full disk stops here, with the old files as they were. Then the journal is written, which names every
rename and every removal. These are done. Last, the journal and the folder are removed. A build that was stopped before
the journal was there has changed nothing; one that was stopped later is completed by the next build.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path, PurePosixPath

import msgspec

from book.store.store import FOLDER, write_atomically

_log = logging.getLogger(__name__)

STAGED = ".staged"
"""The name of the folder, in the output folder, in which new files wait."""
_JOURNAL = "journal.json"
_LONGEST_NAME = 255
"""Bytes of the longest name that common file systems know."""
_MARGIN = 64 * 1024
"""Bytes that must be free besides the files themselves: for folders, the journal and the record."""


class Journal(msgspec.Struct, frozen=True):
    """What has to be done when all new files are staged."""

    renames: dict[str, tuple[str, str]]
    """For each staged file: where it belongs in the output folder, and a hash of its content."""
    removals: tuple[str, ...]
    """Files of the output folder that no build makes any more."""


def deliver(folder: Path, files: Mapping[str, bytes], removals: Collection[str] = ()) -> None:
    """Write files into an output folder and remove others, all or none.

    Args:
        folder: The output folder; it is created if need be.
        files: The content of each new file, by its path in the folder.
        removals: The paths in the folder of files to remove.

    Raises:
        OSError: The disk is full, or the folder cannot be written; its files are as they were.
    """
    if not files and not removals:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _check_targets(folder, files)
    with locked(folder):
        _recover(folder)
        staged = folder / STAGED
        try:
            _check_room(folder, sum(map(len, files.values())))
            journal = _stage(staged, files, removals)
            write_atomically(staged / _JOURNAL, msgspec.json.encode(journal), durable=True)
        except BaseException as failure:
            shutil.rmtree(staged, ignore_errors=True)
            if isinstance(failure, OSError) and failure.filename is None:
                failure.filename = str(folder)
            raise
        _apply(folder, journal)


def recover(folder: Path) -> None:
    """Complete what an earlier build that was stopped had begun to write into a folder, or undo it."""
    if (folder / STAGED).is_dir():
        with suppress(OSError), locked(folder):  # a folder that cannot be written is not to be mended
            _recover(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let no other build write into the folder meanwhile, where the system has locks."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    lock = folder / FOLDER / "lock"
    lock.parent.mkdir(exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _check_targets(folder: Path, names: Collection[str]) -> None:
    """Raise OSError if a file cannot be put in its place: what would fail after the journal is written."""
    whole = folder.resolve()
    for name in names:
        target = folder / name
        if any(len(os.fsencode(part)) > _LONGEST_NAME for part in PurePosixPath(name).parts):
            raise OSError(errno.ENAMETOOLONG, "the name is longer than a file's may be", str(target))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where a file is to be written", str(target))
        if not target.parent.resolve().is_relative_to(whole):
            raise OSError(errno.EXDEV, f"a link leads to {target.parent.resolve()}", str(target.parent))
        for parent in PurePosixPath(name).parents:
            if (folder / parent).exists() and not (folder / parent).is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "a file stands where a folder is needed", str(folder / parent))


def _check_room(folder: Path, size: int) -> None:
    """Raise OSError if the disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if size + _MARGIN > free:
        needed = (size + _MARGIN) // 1000
        message = f"{needed} kB are to be written, and {free // 1000} kB are free; nothing was changed"
        raise OSError(errno.ENOSPC, message, str(folder))


def _stage(staged: Path, files: Mapping[str, bytes], removals: Collection[str]) -> Journal:
    """Write all files into the folder for new ones, and force them onto the disk.

    Raises:
        OSError: One cannot be written, which is named as it would have been called.
    """
    staged.mkdir()
    renames = {}
    for number, (name, data) in enumerate(files.items()):
        try:
            with (staged / str(number)).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, str(staged.parent / name)) from failure
        renames[str(number)] = (name, _digest(data))
    return Journal(renames, tuple(removals))


def _apply(folder: Path, journal: Journal) -> None:
    """Do what a journal says; what is done already is left out."""
    staged = folder / STAGED
    for number, (name, _) in journal.renames.items():
        if (staged / number).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (staged / number).replace(target)
    for name in journal.removals:
        path = folder / name
        with suppress(FileNotFoundError):
            path.unlink()
        with suppress(OSError):  # not empty
            while (path := path.parent) != folder:
                path.rmdir()
    (staged / _JOURNAL).unlink()
    shutil.rmtree(staged, ignore_errors=True)


def _recover(folder: Path) -> None:
    """Complete or undo what was begun."""
    staged = folder / STAGED
    if not staged.is_dir():
        return
    try:
        journal = msgspec.json.decode((staged / _JOURNAL).read_bytes(), type=Journal)
    except (OSError, msgspec.MsgspecError):
        journal = None
    if journal is not None and _is_sound(folder, journal):
        _log.debug("what a stopped build had begun to write is completed")
        _apply(folder, journal)
    else:
        _log.debug("what a stopped build had staged is removed")
        shutil.rmtree(staged)


def _is_sound(folder: Path, journal: Journal) -> bool:
    """Whether every file of a journal is staged, or at its place, as it was written, and none lies elsewhere."""
    whole = folder.resolve()
    names = (*(name for name, _ in journal.renames.values()), *journal.removals)
    if not all((folder / name).resolve().is_relative_to(whole) for name in names):
        return False
    for number, (name, digest) in journal.renames.items():
        path = folder / STAGED / number
        try:
            data = (path if path.exists() else folder / name).read_bytes()
        except OSError:
            return False
        if _digest(data) != digest:
            return False
    return True


def _digest(data: bytes) -> str:
    """A hash of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()
