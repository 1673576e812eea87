"""`book new`: writes a small project that builds at once and shows each construct in use."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from book.cli.new_files import write_new


def create(directory: Path, design: str | None = None) -> tuple[Path, ...]:
    """Write the starter project into a folder, which may exist already.

    Args:
        directory: The folder; it is made where it is missing.
        design: The name of the design that its `book.toml` names; None to name none.

    Returns:
        The files written, in alphabetical order.

    Raises:
        FileExistsError: One of the files is there already; nothing was written. The message names them.
        OSError: One cannot be written; none is left.
    """
    from book.reference.schema import FOLDER, shipped

    contents = {directory / _name(path): data for path, data in _files(files("book.cli") / "starter", PurePosixPath())}
    settings = directory / "book.toml"
    this_year = f'date = "{datetime.now(UTC).year}"'.encode()
    contents[settings] = contents[settings].replace(b'date = "2026"', this_year, 1)
    if design:
        line = f'\ndesign = "{design}"\nlanguage ='.encode()
        contents[settings] = contents[settings].replace(b"\nlanguage =", line, 1)
    contents |= {directory / FOLDER / name: data for name, data in shipped().items()}
    occupied = sorted(path for path in contents if path.exists() or path.is_symlink())
    if directory.is_symlink() and not directory.exists():
        raise FileExistsError(f"nothing was written: {directory} is a link that leads nowhere")
    if occupied:
        raise FileExistsError(f"not overwritten, nothing was written: {', '.join(map(str, occupied))}")
    write_new(contents, directory)
    return tuple(sorted(contents))


def _files(folder: Traversable, below: PurePosixPath) -> list[tuple[PurePosixPath, bytes]]:
    """Every file in a folder of the package, with its path below that folder."""
    found = []
    for entry in folder.iterdir():
        path = below / entry.name
        found += _files(entry, path) if entry.is_dir() else [(path, entry.read_bytes())]
    return found


def _name(path: PurePosixPath) -> PurePosixPath:
    """A file's path in the project; the starter contains `gitignore` without a dot, so that git does not obey it."""
    return path.with_name(".gitignore") if path.name == "gitignore" else path
