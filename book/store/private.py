"""Folders of this user alone, outside of projects: where other users of the machine can lay neither files nor links."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path


@cache
def private_folder(name: str) -> Path:
    """A folder in the user's cache folder (XDG Base Directory), which only this user can write to.

    Where there is none, or where it belongs to somebody else, it is a new temporary folder, which is removed when this
    process ends.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        cache_folder = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
        folder = cache_folder / "florilegium" / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if all(_is_private(one) for one in (folder.parent, folder)) and os.access(folder, os.W_OK | os.X_OK):
            return folder
    except (OSError, RuntimeError):  # no home folder
        pass
    folder = Path(tempfile.mkdtemp(prefix="florilegium-"))
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=0)
    return folder


def _is_private(folder: Path) -> bool:
    """Whether a folder is no link, belongs to this user, and nobody else may write to it."""
    status = folder.lstat()
    if not hasattr(os, "getuid"):
        return stat.S_ISDIR(status.st_mode)
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & others
