"""The manifest of a build: hashes of what it read and wrote, and the versions that its files depend on.

It says what is needed to make the same bytes again, and holds nothing of the machine: no path, no user, no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from sysconfig import get_path

import msgspec

from book import __version__
from book.model.editions import Artifact
from book.project.files import Reads, open_regular, resolved
from book.store.versions import dependency_versions, library_versions, source_date

FILE = "manifest.json"
"""The name of the manifest in the output folder."""


class Output(msgspec.Struct, frozen=True):
    """A file that a build wrote."""

    sha256: str
    """The hash of its content, 64 hexadecimal digits."""
    bytes: int
    """Its size."""


class Manifest(msgspec.Struct, frozen=True, rename="kebab"):
    """What a build was made from, with, and into."""

    florilegium: str
    """The version of this program."""
    editions: tuple[str, ...]
    """The names of the editions that were made."""
    source_date_epoch: str | None
    """The value of `SOURCE_DATE_EPOCH` (seconds since 1970), if it was set."""
    dependencies: Mapping[str, str]
    """The version of each Python distribution that takes part in making a book, by its normalised name."""
    libraries: Mapping[str, str]
    """The versions of the system's libraries that set text."""
    inputs: Mapping[str, str]
    """The SHA-256 of every file of the project that was read, by its path in the project."""
    outputs: Mapping[str, Output]
    """Every file that was written, by its path in the output folder."""
    only: tuple[str, ...] = ()
    """The chapters whose handouts alone were made, as they were named; empty if everything was."""


def hash_inputs(reads: Reads) -> dict[str, str]:
    """The SHA-256 of every file of a project that was read, by its path, sorted; missing files are left out.

    So are files of packages that are installed inside the project: their versions are known.
    """
    packages = Path(get_path("purelib"))
    inside = (name for name in sorted(reads.opened) if not (reads.root / name).is_relative_to(packages))
    found = ((name, hash_file(reads.root / name)) for name in inside)
    return {name: digest for name, digest in found if digest is not None}


def hash_file(path: Path) -> str | None:
    """The SHA-256 of a file; None if it cannot be read."""
    try:
        with open_regular(resolved(path)) as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def make_manifest(
    editions: Sequence[str], inputs: Mapping[str, str], artifacts: Iterable[Artifact], only: Sequence[str] = ()
) -> Artifact:
    """The manifest of a build.

    Args:
        editions: The names of the editions that were made.
        inputs: The hashes of what was read.
        artifacts: The files as they are written.
        only: The chapters whose handouts alone were made.
    """
    outputs = {one.name: Output(sha256(one.data).hexdigest(), len(one.data)) for one in artifacts}
    manifest = Manifest(
        florilegium=__version__,
        editions=tuple(editions),
        source_date_epoch=source_date(),
        dependencies=dependency_versions(),
        libraries=library_versions(),
        inputs=inputs,
        outputs=dict(sorted(outputs.items())),
        only=tuple(only),
    )
    return Artifact(FILE, "application/json", msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in an output folder; None if there is none.

    Raises:
        ValueError: There is one that cannot be understood.
    """
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return None
    return msgspec.json.decode(data, type=Manifest)
