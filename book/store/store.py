"""What was made before, kept in a folder under a hash of all that it was made from.

An entry is one file: a hash of its content, then the content (MessagePack). It is written beside its place and
renamed into it, so that any number of builds can share a store; it is checked when it is read. The
folder can be deleted at any time: everything in it can be made again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import Any, TypeVar

import msgspec

from book.problem import Problem, Span, warning

T = TypeVar("T")

FOLDER = ".store"
"""The store's name in the output folder."""

LIMIT = 512 * 2**20
"""How large a store may be after a build, in bytes."""

RECENT = 600
"""An entry that was used in the last so many seconds is never thrown away: another build may be reading it."""

_DIGEST = 16
"""Bytes of the hash before an entry's content, and of the hash that is a key."""


def key_of(*parts: str | bytes) -> str:
    """The key of what is made from these parts: the same for the same parts in the same order, else another."""
    digest = blake2b(digest_size=_DIGEST)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Store:
    """A store in a folder, which is made when something is put there.

    A folder that cannot be written to holds nothing, and nobody is troubled with it.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.damaged: list[Problem] = []
        """A warning `damaged-store` for each entry that was not as it had been written."""
        self._limit = limit
        self._grown = False

    def __reduce__(self) -> tuple[type[Store], tuple[Path, int]]:
        """A copy in another process has no warnings yet."""
        return Store, (self.folder, self._limit)

    def join(self, damaged: Sequence[Problem]) -> None:
        """Take over the warnings of a copy that was read and written in another process."""
        if damaged is not self.damaged:  # it was this process after all
            self.damaged += damaged
        self._grown = True

    @property
    def faces(self) -> Path:
        """The folder for whole font files, each named by the hash of its content."""
        return self.folder / "faces"

    def holds(self, kind: str, key: str) -> bool:
        """Whether there is an entry of a kind with a key, be it damaged or not."""
        return self._path(kind, key).exists()

    def get(self, kind: str, key: str, type_: Any) -> Any:
        """The entry of a kind with a key, or None where there is none, or it is damaged (and then removed)."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        try:
            value = _decoder(type_).decode(_checked(data))
        except (ValueError, msgspec.MsgspecError):
            self.drop(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return value

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a value; one that cannot be written is not kept."""
        data = _ENCODER.encode(value)
        with suppress(OSError):
            write_whole(self._path(kind, key), blake2b(data, digest_size=_DIGEST).digest() + data)
            self._grown = True

    def recall(self, kind: str, key: str, type_: Any, make: Callable[[], T]) -> T:
        """The entry with a key, or what `make` gives, which is kept. `type_` is the type of that."""
        found: T | None = self.get(kind, key, type_)
        if found is None:
            found = make()
            self.put(kind, key, found)
        return found

    def drop(self, path: Path) -> None:
        """Remove a damaged file of the store, and warn of it."""
        with suppress(OSError):
            path.unlink()
        name = path.relative_to(self.folder.parent).as_posix()
        message = "an entry of the store was damaged; it is made again"
        hint = "nothing is lost; if it happens again, examine the disk"
        self.damaged.append(warning("damaged-store", message, Span(name), hint))

    def trim(self) -> None:
        """Throw away what was not used for longest, until the store keeps its limit."""
        if not self._grown:
            return
        entries = sorted(self._entries())
        size = sum(entry[1] for entry in entries)
        newest = time() - RECENT
        for used, bytes_, path in entries:
            if size <= self._limit or used > newest:
                break
            with suppress(OSError):
                path.unlink()
                size -= bytes_

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Every file of the store: when it was last used (seconds since 1970), its size in bytes, its path."""
        for parent, _, names in os.walk(self.folder):
            for name in names:
                path = Path(parent, name)
                with suppress(OSError):
                    status = path.stat()
                    yield status.st_mtime, status.st_size, path

    def _path(self, kind: str, key: str) -> Path:
        """The file of an entry."""
        return self.folder / kind / key[:2] / key[2:]


NO_STORE = Store(Path(os.devnull))
"""A store that holds nothing."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it into it, so that nobody ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


_ENCODER = msgspec.msgpack.Encoder()


def _checked(data: bytes) -> memoryview:
    """The content of an entry. Raises ValueError if it is not what was written."""
    content = memoryview(data)[_DIGEST:]
    if data[:_DIGEST] != blake2b(content, digest_size=_DIGEST).digest():
        raise ValueError("the content is not what was written")
    return content


@cache
def _decoder(type_: Any) -> msgspec.msgpack.Decoder[Any]:
    """The decoder for a type."""
    return msgspec.msgpack.Decoder(type_)
