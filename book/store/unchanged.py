"""Records what a build read and wrote, and finds out whether anything has changed since."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Protocol

from book.problem import Problem
from book.project.files import Reads, exists, file_names
from book.store.store import Store, key_of
from book.store.versions import whole_version

_log = logging.getLogger(__name__)

QUIET_SECONDS = 0.05
"""A build is recorded only if no file that it read was changed in the last so many seconds before it, or during it."""


class File(Protocol):
    """A file that a build wrote."""

    @property
    def path(self) -> Path:
        """Its absolute path."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def pages(self) -> int | None:
        """Number of pages of a PDF; None for other files."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as a build wrote it."""

    name: str
    """Its path in the output folder."""
    digest: str
    """A hash of its content."""
    size: int
    """Its size in bytes."""
    pages: int | None
    """Number of pages of a PDF; None for other files."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a successful build read and wrote."""

    opened: dict[str, str | None]
    """A hash of every file that it read, by path relative to the project; None for one that could not be read."""
    looked_for: dict[str, bool]
    """Whether each file or folder whose existence it checked existed, by path relative to the project."""
    listed: tuple[tuple[str, str, tuple[str, ...]], ...]
    """For each folder that it listed: the folder, a glob pattern, and the names that matched."""
    products: tuple[KeptFile, ...]
    """The files it wrote."""
    problems: tuple[Problem, ...]
    """Its warnings and notes, which are reported again."""


def find_unchanged_build(store: Store, root: Path, output: Path, editions: Sequence[str]) -> BuildRecord | None:
    """The record of the last build of these editions, if everything that it read and wrote is unchanged; else None."""
    found: BuildRecord | None = store.get("builds", _key(editions), BuildRecord)
    reason = _difference(found, root, output) if found else "no such build is recorded for this version and platform"
    _log.debug("last build: %s", f"not reused, because {reason}" if reason else "nothing changed since")
    return None if reason else found


def _difference(build: BuildRecord, root: Path, output: Path) -> str | None:
    """What has changed since a build, in words; None if nothing has."""
    for folder, pattern, names in build.listed:
        if tuple(file_names(root / folder, pattern)) != names:
            return f"files were added to or removed from {folder}/"
    for path, there in build.looked_for.items():
        if exists(root / path) is not there:
            return f"{path} was {'removed' if there else 'added'}"
    for path, known in build.opened.items():
        if _digest(root / path) != known:
            return f"{path} is not as it was"
    for file in build.products:
        if _digest(output / file.name) != file.digest:
            return f"{file.name} in the output folder is not as it was written"
    return None


def record_build(
    store: Store,
    output: Path,
    editions: Sequence[str],
    reads: Reads,
    written: Iterable[File],
    problems: Iterable[Problem],
    *,
    started: float,
) -> None:
    """Record a build that began at `started` (seconds since 1970), with everything that it read or looked for.

    It is not recorded if any of that has changed since, because the files may have been made from either state.
    """
    root = reads.root
    paths = (*reads.opened, *reads.looked_for)
    if fresh := next((path for path in paths if _change_time(root / path) > started - QUIET_SECONDS), None):
        _log.debug("build not recorded, because %s changed too shortly before its beginning, or since", fresh)
        return
    products = tuple(
        KeptFile(file.path.relative_to(output).as_posix(), _digest(file.path) or "", file.size, file.pages)
        for file in written
    )
    remembered = BuildRecord(
        opened={path: _digest(root / path) for path in sorted(reads.opened)},
        looked_for={path: exists(root / path) for path in sorted(reads.looked_for - reads.opened)},
        listed=tuple((*place, names) for place, names in sorted(reads.listed.items())),
        products=products,
        problems=tuple(problems),
    )
    if (changed := reads.changed()) is not None:  # also a file that is gone now
        _log.debug("build not recorded, because %s was changed meanwhile", changed)
        return
    store.put("builds", _key(editions), remembered)


def _key(editions: Sequence[str]) -> str:
    """The key of the record for builds of these editions with this version."""
    return key_of(whole_version(), *editions)


def _change_time(path: Path) -> float:
    """When a file was last changed or moved, in seconds since 1970; 0 if it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return max(status.st_mtime, status.st_ctime)


def _digest(path: Path) -> str | None:
    """A hash of a file's bytes; None if it does not exist."""
    try:
        with path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError:
        return None
