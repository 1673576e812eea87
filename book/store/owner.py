"""An output folder belongs to one project: two in one folder would overwrite each other's files.

The file `.project` in a folder outside of its project names the project. (A folder inside a project is that project's.)
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from book.problem import BookError, Span, error
from book.store.delivery import STAGED
from book.store.store import FOLDER, write_atomically

FILE = ".project"
"""The name of the file in the output folder."""
_SETTINGS = "book.toml"


def claim(folder: Path, root: Path) -> None:
    """Check that an output folder belongs to the project in `root` or to none, and make it that project's.

    A project that has been moved or deleted no longer owns a folder. A folder in the project that is a link to one
    elsewhere may have come with the project: whoever means that one names it.

    Raises:
        BookError: It belongs to another project (`foreign-output`), or a link leads elsewhere (`outside-project`).
        NotADirectoryError: It is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file stands where the folder of the editions is needed", str(folder))
    _check_links(folder, root)
    if folder.resolve().is_relative_to(root):
        return
    name = folder / FILE
    owner = ""
    with suppress(OSError, UnicodeDecodeError):
        owner = name.read_text(encoding="utf-8").strip()
    if owner == str(root):
        return
    if owner and (Path(owner) / _SETTINGS).is_file() and not _is_same(Path(owner), root):
        message = f'the folder "{folder}" has the editions of the project in "{owner}", not those of "{root}"'
        hint = "name another folder with --output, or empty this one"
        raise BookError([error("foreign-output", message, Span(_SETTINGS), hint)])
    write_atomically(name, f"{root}\n".encode("utf-8", "surrogateescape"))


def _check_links(folder: Path, root: Path) -> None:
    """Raise a BookError if an output folder in the project, or what is kept in one, is a link to somewhere else."""
    within = {folder / name: folder for name in (FOLDER, STAGED)}
    if Path(os.path.abspath(folder)).is_relative_to(root):  # noqa: PTH100 - without `..`, and links as they are
        within[folder] = root
    for place, outer in within.items():
        if not place.resolve().is_relative_to(outer.resolve()):
            message = f'"{place}" is a link to "{place.resolve()}": nothing is written there'
            hint = "delete the link; editions are written elsewhere with --output"
            raise BookError([error("outside-project", message, Span(_SETTINGS), hint)])


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder."""
    try:
        return one.samefile(other)
    except OSError:
        return False
