"""Builds a book again, from nothing, and compares the files with those that its manifest names."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from book.build import build_book
from book.problem import UsageError
from book.store.manifest import FILE, Manifest, hash_file, read_manifest
from book.store.written import written_files
from book.trade.concordance import CONCORDANCE
from book.trade.record import RECORD

if TYPE_CHECKING:
    from book.make import Progress

_PLACES = 5
"""How many parts of an e-book are named that are not the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found about one file."""

    name: str
    """Its path in the output folder."""
    difference: str | None
    """What is not as the manifest says, in words; None if all is."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What a book that was built again has in common with its last build."""

    files: tuple[Comparison, ...]
    """Each file that the manifest names, or that only the new build made."""
    conditions: tuple[str, ...]
    """What it was built with and from then and now, where that differs, in words."""
    left_out: tuple[str, ...] = ()
    """Files that earlier builds wrote, and that the last one, of some editions or chapters only, did not make."""


def changed_inputs(root: Path, manifest: Manifest) -> list[str]:
    """The files of a project that are not as they were when it was built, in words."""
    now = {name: hash_file(root / name) for name in manifest.inputs}
    return [
        f"{name} {'was changed' if now[name] else 'is gone'} since"
        for name, digest in manifest.inputs.items()
        if now[name] != digest
    ]


def rebuild(
    root: Path, folder: Path, *, jobs: int | None = None, progress: Progress | None = None
) -> tuple[Manifest, Rebuild | None]:
    """Build a project again in a temporary folder, without anything that is cached, and compare.

    Args:
        root: The project's folder, absolute.
        folder: The output folder with the files and their manifest.
        jobs: Number of processes; None for one for each core.
        progress: Is told of each step.

    Returns:
        The manifest; and the comparison, None if files of the project were changed since (see `changed_inputs`).

    Raises:
        UsageError: There is no manifest, or none that can be read.
        BookError: The book cannot be built any more.
        OSError: Something cannot be read or written.
    """
    try:
        manifest = read_manifest(folder)
    except ValueError as failure:
        raise UsageError(f"{folder / FILE} is damaged ({failure}): build the book again") from failure
    if manifest is None:
        raise UsageError(f"there is no {FILE} in {folder}: build the book first")
    if changed_inputs(root, manifest):
        return manifest, None
    with TemporaryDirectory(prefix="florilegium-") as name:
        fresh = Path(name) / "build"
        fresh.mkdir()
        for record in (RECORD, CONCORDANCE):  # in which folios of editions that were not made then are kept
            if (folder / record).is_file():
                shutil.copyfile(folder / record, fresh / record)
        build_book(root, manifest.editions, only=manifest.only, output=fresh, jobs=jobs, progress=progress)
        made = read_manifest(fresh)
        assert made is not None, "every build writes one"
        left_out = sorted(written_files(folder).keys() - {*manifest.outputs, *made.outputs, FILE})
        compared = tuple(_compare(manifest, made, folder, fresh))
        return manifest, Rebuild(compared, tuple(_conditions(manifest, made)), tuple(left_out))


def _conditions(then: Manifest, now: Manifest) -> Iterator[str]:
    """What was read or installed at one build and not, or in another version, at the other."""
    pairs = ((then.dependencies, now.dependencies), (then.libraries, now.libraries))
    for before, after in pairs:
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                yield f"{name}: version {before.get(name, 'none')} then, {after.get(name, 'none')} now"
    if then.florilegium != now.florilegium:
        yield f"florilegium: version {then.florilegium} then, {now.florilegium} now"
    if then.source_date_epoch != now.source_date_epoch:
        yield f"SOURCE_DATE_EPOCH: {then.source_date_epoch or 'none'} then, {now.source_date_epoch or 'none'} now"
    for name in sorted(then.inputs.keys() ^ now.inputs.keys()):
        yield f"{name}: read {'then, but not now' if name in then.inputs else 'now, but not then'}"


def _compare(then: Manifest, now: Manifest, folder: Path, fresh: Path) -> Iterator[Comparison]:
    """Each file of either build, and what is not the same about it."""
    for name in sorted(then.outputs.keys() | now.outputs.keys()):
        before, after = then.outputs.get(name), now.outputs.get(name)
        if before is None:
            difference = "made now, but not then"
        elif (there := hash_file(folder / name)) is None:
            difference = "is gone"
        elif there != before.sha256:
            difference = "was changed after it was built"
        elif after is None:
            difference = "made then, but not now"
        elif after != before:
            difference = _where((folder / name).read_bytes(), (fresh / name).read_bytes())
        else:
            difference = None
        yield Comparison(name, difference)


def _where(one: bytes, other: bytes) -> str:
    """Where two contents of a file differ: the parts of a zip file, or the first byte."""
    if zipfile.is_zipfile(io.BytesIO(one)) and zipfile.is_zipfile(io.BytesIO(other)):
        first, second = (_parts(content) for content in (one, other))
        parts = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
        if parts:
            more = f" and {len(parts) - _PLACES} more" if len(parts) > _PLACES else ""
            return f"not the same: {', '.join(parts[:_PLACES])}{more}"
    place = next((at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) == 2), None)
    place = min(len(one), len(other)) if place is None else place
    return f"not the same from byte {place + 1} on ({len(one)} bytes then, {len(other)} now)"


def _parts(content: bytes) -> dict[str, int]:
    """The checksum of each part of a zip file, by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {part.filename: part.CRC for part in file.infolist()}
