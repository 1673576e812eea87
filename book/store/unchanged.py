"""Whether anything changed since the last build into a folder: if not, nothing has to be made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Protocol

from book.model.manuscript import Manuscript
from book.problem import Problem
from book.project.references import digest
from book.store.store import Store, key_of
from book.store.versions import whole_version

SETTLED = 0.05
"""A file must have been left alone since so many seconds before a build began, or the build is not remembered."""

LISTED = (("chapters", "*.md"), ("layouts", "*"))
"""Folders of a project in which a build takes whatever it finds."""

USUAL = ("book.toml", "sources.yaml", "sources.yml", "sources.json")
"""Files that a build looks for by name."""


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
class Product:
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

    inputs: dict[str, str | None]
    """A digest of every file it read or looked for, by path relative to the project; None for an absent one."""
    listings: dict[str, list[str]]
    """The names in each folder it listed."""
    products: tuple[Product, ...]
    """The files it wrote."""
    problems: tuple[Problem, ...]
    """Its warnings, which are still true."""


def project_files(manuscript: Manuscript) -> set[Path]:
    """Every file of a project that its settings and chapters name, absolute."""
    project = manuscript.project
    names = [*project.settings.sources, *project.settings.chapters, project.settings.cover]
    names += [path for edition in project.editions for path in edition.styles]
    names += [edition.printing.profile for edition in project.editions if edition.printing]
    names += [chapter.path for chapter in manuscript.chapters]
    names += [picture.path for chapter in manuscript.chapters for picture in chapter.pictures]
    return {project.root / name for name in names if name}


def recall(store: Store, root: Path, output: Path, editions: Sequence[str]) -> Remembered | None:
    """The last build of these editions, if all that it read and all that it wrote is still the same."""
    found: Remembered | None = store.get("builds", _key(editions), Remembered)
    if found is None or found.listings != _listings(root):
        return None
    if any(_digest(root / path) != known for path, known in found.inputs.items()):
        return None
    if any(_bytes(output / product.name) != product.digest for product in found.products):
        return None
    return found


def remember(
    store: Store,
    root: Path,
    output: Path,
    editions: Sequence[str],
    inputs: Iterable[Path],
    written: Iterable[File],
    problems: Iterable[Problem],
    *,
    started: float,
) -> None:
    """Keep a build that began at `started` (seconds since 1970).

    It is not kept if an input was changed since: what was written may have been made from either state.
    """
    paths = {*inputs, *(root / name for name in USUAL)}
    listings = _listings(root)
    paths |= {root / folder / name for folder, names in listings.items() for name in names}
    within = sorted(path for path in paths if path.is_relative_to(root))
    if any(_changed(path) > started - SETTLED for path in within):
        return
    products = tuple(
        Product(file.path.relative_to(output).as_posix(), _bytes(file.path) or "", file.size, file.pages)
        for file in written
    )
    known = {path.relative_to(root).as_posix(): _digest(path) for path in within}
    store.put("builds", _key(editions), Remembered(known, listings, products, tuple(problems)))


def _key(editions: Sequence[str]) -> str:
    """The key of the builds of these editions with this program."""
    return key_of(whole_version(), *editions)


def _listings(root: Path) -> dict[str, list[str]]:
    """The names of the files in each folder of `LISTED`, sorted, relative to the folder."""
    return {
        folder: sorted(path.name for path in (root / folder).glob(pattern) if path.is_file())
        for folder, pattern in LISTED
    }


def _changed(path: Path) -> float:
    """When a file was last changed or moved to its place, in seconds since 1970; 0 for one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return max(status.st_mtime, status.st_ctime)


def _digest(path: Path) -> str | None:
    """A hash of what an input stands for; None where it is not there."""
    try:
        return digest(path)
    except OSError:
        return None


def _bytes(path: Path) -> str | None:
    """A hash of a file's bytes; None where it is not there."""
    try:
        with path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError:
        return None
