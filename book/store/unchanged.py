"""Whether anything changed since the last build into a folder: if not, nothing has to be made again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Protocol

from book.problem import Problem
from book.project.files import Reads, file_names
from book.store.store import Store, key_of
from book.store.versions import whole_version

_log = logging.getLogger(__name__)

SETTLED = 0.05
"""A file must have been left alone since so many seconds before a build began, or the build is not remembered."""


class File(Protocol):
    """A file that a build wrote."""

    @property
    def path(self) -> Path:
        """Where, absolute."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def pages(self) -> int | None:
        """Pages, for a PDF."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as a build left it."""

    name: str
    """Its path in the output folder."""
    digest: str
    """A hash of its content."""
    size: int
    """Bytes."""
    pages: int | None
    """Pages, for a PDF."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A build that ended well."""

    opened: dict[str, str | None]
    """A digest of every file that it read, by path relative to the project; None for one that could not be read."""
    looked_for: dict[str, bool]
    """Whether there was what it looked for, a file or a folder, by path relative to the project."""
    listed: tuple[tuple[str, str, tuple[str, ...]], ...]
    """A folder, a pattern, and the names that it found there."""
    products: tuple[KeptFile, ...]
    """The files it wrote."""
    problems: tuple[Problem, ...]
    """Its warnings, which are still true."""


def recall(store: Store, root: Path, output: Path, editions: Sequence[str]) -> Remembered | None:
    """The last build of these editions, if all that it read and all that it wrote is still the same."""
    found: Remembered | None = store.get("builds", _key(editions), Remembered)
    reason = _difference(found, root, output) if found else "no such build is recorded for this version and platform"
    _log.debug("last build: %s", f"not reused, because {reason}" if reason else "nothing changed since")
    return None if reason else found


def _difference(build: Remembered, root: Path, output: Path) -> str | None:
    """What has changed since a build, in words; None if nothing has."""
    for folder, pattern, names in build.listed:
        if tuple(file_names(root / folder, pattern)) != names:
            return f"files were added to or removed from {folder}/"
    for path, there in build.looked_for.items():
        if (root / path).exists() is not there:
            return f"{path} was {'removed' if there else 'added'}"
    for path, known in build.opened.items():
        if _digest(root / path) != known:
            return f"{path} is not as it was"
    for file in build.products:
        if _digest(output / file.name) != file.digest:
            return f"{file.name} in the output folder is not as it was written"
    return None


def remember(
    store: Store,
    output: Path,
    editions: Sequence[str],
    reads: Reads,
    written: Iterable[File],
    problems: Iterable[Problem],
    *,
    started: float,
) -> None:
    """Keep a build that began at `started` (seconds since 1970), and all that it read or looked for.

    It is not kept if any of that was changed since: what was written may have been made from either state.
    """
    root = reads.root
    paths = (*reads.opened, *reads.looked_for)
    if fresh := next((path for path in paths if _changed(root / path) > started - SETTLED), None):
        _log.debug("build not recorded, because %s changed too shortly before its beginning, or since", fresh)
        return
    products = tuple(
        KeptFile(file.path.relative_to(output).as_posix(), _digest(file.path) or "", file.size, file.pages)
        for file in written
    )
    remembered = Remembered(
        opened={path: _digest(root / path) for path in sorted(reads.opened)},
        looked_for={path: (root / path).exists() for path in sorted(reads.looked_for - reads.opened)},
        listed=tuple((*place, names) for place, names in sorted(reads.listed.items())),
        products=products,
        problems=tuple(problems),
    )
    store.put("builds", _key(editions), remembered)


def _key(editions: Sequence[str]) -> str:
    """The key of the builds of these editions with this program."""
    return key_of(whole_version(), *editions)


def _changed(path: Path) -> float:
    """When a file was last changed or moved to its place, in seconds since 1970; 0 for one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return max(status.st_mtime, status.st_ctime)


def _digest(path: Path) -> str | None:
    """A hash of a file's bytes; None where it is not there."""
    try:
        with path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError:
        return None
