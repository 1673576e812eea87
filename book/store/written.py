"""Records which files in an output folder were written by builds, so that obsolete ones can be removed.

The record is `.written.json` in the folder: for each file, the edition that it belongs to and a hash of its content. A
file that somebody has changed since is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

FILE = ".written.json"
"""The name of the record in the output folder."""


class WrittenFile(msgspec.Struct, frozen=True):
    """A file that a build wrote."""

    edition: str
    """The edition that it belongs to; empty for a file of the whole book, such as `index.json`."""
    digest: str
    """A hash of its content, 32 hexadecimal digits."""


def written_files(folder: Path) -> dict[str, WrittenFile]:
    """The files that builds wrote into a folder, by their paths in it; none where that is not known."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, WrittenFile])
    except (OSError, msgspec.MsgspecError):
        return {}


def plan_record(
    folder: Path,
    made: Mapping[str, bytes],
    chosen: Collection[str],
    known: Collection[str],
    partly: Collection[str] = (),
) -> tuple[bytes | None, tuple[str, ...]]:
    """The record of the files in a folder, and files that earlier builds wrote and this one no longer makes.

    Args:
        folder: The output folder.
        made: The content of every file that belongs there now, if this build made it, by its path in the folder.
        chosen: The names of the editions that it made.
        known: The names of all editions of the book.
        partly: The names of editions of which it made some files and left the others as they were.

    Returns:
        The content of the record, None if it stays as it is; the paths in the folder of the files to remove, sorted.
    """
    before = written_files(folder)
    gone = {file.edition for file in before.values()} - {"", *known}
    done = {*chosen, *gone, *([""] if set(known) <= set(chosen) else [])}
    stale = {name: file for name, file in before.items() if name not in made and file.edition in done}
    removed = tuple(sorted(name for name, file in stale.items() if _is_unchanged(folder, name, file)))
    kept = {name: file for name, file in before.items() if name not in stale}
    now = kept | {name: WrittenFile(owner(name, (*chosen, *partly)), _digest(data)) for name, data in made.items()}
    content = msgspec.json.format(msgspec.json.encode(dict(sorted(now.items()))), indent=1) + b"\n"
    return content if now != before else None, removed


def has_stale(folder: Path, made: Collection[str], chosen: Collection[str]) -> bool:
    """Whether there may be files to remove, where a build of some editions (or, without names, all) makes `made`."""
    files = written_files(folder).items()
    return any(name not in made and (not chosen or file.edition in chosen) for name, file in files)


def owner(name: str, editions: Iterable[str]) -> str:
    """The edition that a file belongs to, by its path in the output folder; empty for a file of the whole book."""
    for edition in sorted(editions, key=len, reverse=True):
        behind = name.removeprefix(edition)
        if behind != name and (behind[0] == "/" or (behind[0] == "." and behind.count(".") == 1)):
            return edition
    return ""


def _is_unchanged(folder: Path, name: str, file: WrittenFile) -> bool:
    """Whether a file is still as a build wrote it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return False  # the record was changed by somebody
    try:
        return _digest(path.read_bytes()) == file.digest
    except OSError:
        return False


def _digest(data: bytes) -> str:
    """A hash of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()
