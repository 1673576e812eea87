"""A content-addressed cache: results in a folder, each under a hash of everything that it was made from.

An entry is one file: a hash of its kind, its key and its content, then the content (MessagePack). It is written
atomically, so that any number of builds can share a store, and verified when it is read: an entry that is damaged, or
that stands in the place of another, is made again. The folder can be deleted at any time, because
everything in it can be made again.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import Any, TypeVar

import msgspec

from book.problem import Problem, Span, warning
from book.store.locks import is_free, lock

T = TypeVar("T")

_log = logging.getLogger(__name__)

FOLDER = ".store"
"""The store's name in the output folder."""

LIMIT = 512 * 2**20
"""Maximum size of a store after a build, in bytes."""

KEEP_SECONDS = 600
"""Entries used in the last so many seconds are never deleted, because another build may be reading them."""

_DIGEST = 16
"""Length in bytes of the hash before an entry's content, and of the hash that is a key."""


def key_of(*parts: str | bytes) -> str:
    """The key for a result made from these parts; other parts, or another order, give another key."""
    digest = blake2b(digest_size=_DIGEST)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Store:
    """A store in a folder, which is created when the first entry is put.

    If the folder is not writable, nothing is stored, and nothing is reported.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.damaged: list[Problem] = []
        """A warning `damaged-store` for each entry whose content was not what had been written."""
        self._limit = limit
        self._written = False
        self._new: list[Path] = []

    def __reduce__(self) -> tuple[type[Store], tuple[Path, int]]:
        """Pickle without warnings: a copy in another process collects its own."""
        return Store, (self.folder, self._limit)

    def merge_copy(self, damaged: Sequence[Problem]) -> None:
        """Add the warnings of a copy that was used in another process."""
        if damaged is not self.damaged:  # it was this process after all
            self.damaged += damaged
        self._written = True

    @property
    def faces(self) -> Path:
        """The folder of whole font files, each named by the hash of its content."""
        return self.folder / "faces"

    def contains(self, kind: str, key: str) -> bool:
        """Whether there is an entry with this kind and key; it may be damaged."""
        return self._path(kind, key).exists()

    def get(self, kind: str, key: str, type_: Any) -> Any:
        """The entry with this kind and key; None if there is none, or if it is damaged (it is then deleted)."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        try:
            value = _decoder(type_).decode(_verified_content(kind, key, data))
        except (ValueError, msgspec.MsgspecError):
            self.discard_damaged(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return value

    def put(self, kind: str, key: str, value: object) -> None:
        """Save a value; if it cannot be written, it is not saved and no error is raised."""
        data, path = _ENCODER.encode(value), self._path(kind, key)
        with suppress(OSError):
            write_atomically(path, _seal(kind, key, data) + data)
            self._written = True
            self._new.append(path)

    def keep_new(self) -> None:
        """Keep the entries that were put until now, whatever happens later."""
        self._new.clear()

    def forget_new(self) -> None:
        """Delete the entries that were put since they were last kept, because their inputs changed meanwhile."""
        while self._new:
            with suppress(OSError):
                self._new.pop().unlink()

    def get_or_make(self, kind: str, key: str, type_: Any, make: Callable[[], T], *, label: str = "") -> T:
        """The entry with this kind and key; if there is none, `make` is called and its result saved.

        Args:
            kind: The folder of the entry.
            key: Its key.
            type_: The type of the value.
            make: Makes the value.
            label: What to call the value in the log.
        """
        found: T | None = self.get(kind, key, type_)
        _log.debug("%s/%s: %s", kind, label or key, "not in the store, made" if found is None else "from the store")
        if found is None:
            found = make()
            self.put(kind, key, found)
        return found

    def discard_damaged(self, path: Path) -> None:
        """Delete a damaged file of the store, and add a warning."""
        _log.debug("damaged, deleted: %s", path)
        with suppress(OSError):
            path.unlink()
        name = path.relative_to(self.folder.parent).as_posix()
        message = "an entry of the store was damaged; it is made again"
        hint = "nothing is lost; if it happens again, examine the disk"
        self.damaged.append(warning("damaged-store", message, Span(name), hint))

    def trim(self) -> None:
        """Delete the least recently used entries until the store is within its limit."""
        if not self._written:
            return
        entries = sorted(self._entries())
        clear_leftovers((*(path for _, _, path in entries), *self.folder.parent.glob(f"{_TEMPORARY[0]}*")))
        size = sum(entry[1] for entry in entries)
        newest = time() - KEEP_SECONDS
        for used, bytes_, path in entries:
            if size <= self._limit or used > newest:
                break
            with suppress(OSError):
                path.unlink()
                size -= bytes_

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """For every file of the store: when it was last used (seconds since 1970), its size in bytes, its path."""
        for parent, _, names in os.walk(self.folder):
            for name in names:
                path = Path(parent, name)
                with suppress(OSError):
                    status = path.stat()
                    yield status.st_mtime, status.st_size, path

    def _path(self, kind: str, key: str) -> Path:
        """The path of an entry's file."""
        return self.folder / kind / key[:2] / key[2:]


NO_STORE = Store(Path(os.devnull))
"""A store that never contains anything."""


_TEMPORARY = (".florilegium-", ".tmp")
"""How the names of temporary files begin and end."""


def write_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file under a temporary name beside it, then rename it, so that readers never see an incomplete file.

    Args:
        path: The file.
        content: Its content.
        durable: Whether to wait until the disk has it.

    Raises:
        OSError: It cannot be written; it names the file, which is as it was.
    """
    for is_last in (False, True):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_and_rename(path, content, durable=durable)
        except FileNotFoundError as failure:  # its folder, or the temporary file before it was locked, was cleared away
            if is_last:
                raise OSError(failure.errno, failure.strerror, str(path)) from failure
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, str(path)) from failure
        else:
            return


def _write_and_rename(path: Path, content: bytes, *, durable: bool) -> None:
    """Write a file under a temporary name, which is locked meanwhile, then rename it."""
    prefix, suffix = _TEMPORARY
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=prefix, suffix=suffix, delete=False) as file:
        temporary = Path(file.name)
        try:
            lock(file.fileno())
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            if os.name == "nt":  # where an open file cannot be renamed
                file.close()
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            raise


def clear_leftovers(paths: Iterable[Path]) -> None:
    """Delete those of some files that are temporary ones of builds that were stopped: by their names, and unlocked.

    Where the system has no locks, age decides.
    """
    prefix, suffix = _TEMPORARY
    for path in paths:
        if path.name.startswith(prefix) and path.name.endswith(suffix):
            with suppress(OSError):
                if is_free(path) or path.stat().st_mtime < time() - KEEP_SECONDS:
                    path.unlink()


_ENCODER = msgspec.msgpack.Encoder()


def _seal(kind: str, key: str, content: bytes | memoryview) -> bytes:
    """A hash of an entry's kind, key and content."""
    digest = blake2b(f"{kind}/{key}\0".encode(), digest_size=_DIGEST)
    digest.update(content)
    return digest.digest()


def _verified_content(kind: str, key: str, data: bytes) -> memoryview:
    """The content of an entry's file.

    Raises:
        ValueError: It is not what was written.
    """
    content = memoryview(data)[_DIGEST:]
    if data[:_DIGEST] != _seal(kind, key, content):
        raise ValueError("the content is not what was written under this key")
    return content


@cache
def _decoder(type_: Any) -> msgspec.msgpack.Decoder[Any]:
    """The decoder for a type."""
    return msgspec.msgpack.Decoder(type_)
