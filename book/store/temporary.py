"""A folder for the temporary files of this process and of those that it starts; removed even if all of them are killed.

The folder is in the system's folder for temporary files. Its process holds a lock on a file in it as long as it lives,
however it ends, so another process can tell a folder in use from one that was left behind, and removes the latter.
Where there are no locks, age decides.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from time import time

from book.store.locks import is_free, lock

_log = logging.getLogger(__name__)

PREFIX = "florilegium-"
"""What the names of these folders begin with."""
_LOCK, _NEW_LOCK = "lock", "lock.new"
_own: list[Path] = []
"""The folder of this process, once there is one."""
KEEP_SECONDS = 24 * 3600
"""A folder that nobody can tell to be in use or not is kept so long."""
START_SECONDS = 60
"""A process has locked its folder at the latest so long after it made it, if there are locks."""


def use_own_folder() -> Path:
    """Let this process, and those that it starts from now on, put temporary files into a folder of their own.

    The folder is removed when the process ends. Folders of this user's earlier processes that were killed are removed
    now. This changes `TMPDIR` and `tempfile.tempdir`, so it is for a process that is ours, not for callers of the
    library. Called again, it changes nothing.
    """
    if _own:
        return _own[0]
    parent = Path(tempfile.gettempdir())
    clear_leftovers(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    handle = os.open(folder / _NEW_LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    if lock(handle):
        (folder / _NEW_LOCK).rename(folder / _LOCK)  # locked before it has the name that others look for
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    _own.append(folder)

    def leave() -> None:
        """Remove the folder, and let what is still to come use the system's."""
        tempfile.tempdir = str(parent)
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)

    atexit.register(leave)
    return folder


def system_folder() -> Path:
    """The system's folder for temporary files, whatever this process uses itself."""
    return _own[0].parent if _own else Path(tempfile.gettempdir())


def clear_leftovers(parent: Path) -> None:
    """Remove the folders of this user's processes that have ended without removing them."""
    try:
        with os.scandir(parent) as entries:
            folders = [Path(entry) for entry in entries if entry.name.startswith(PREFIX)]
    except OSError:
        return
    for folder in folders:
        with suppress(OSError):
            if _is_ours(folder) and _is_left(folder):
                _log.debug("left behind by a process that was killed, and removed: %s", folder)
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no link, and belongs to this user."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def _is_left(folder: Path) -> bool:
    """Whether the process whose folder this is has ended, as far as that can be known."""
    if (folder / _LOCK).exists():
        return is_free(folder / _LOCK)
    age = time() - folder.stat().st_mtime
    new = folder / _NEW_LOCK
    stopped_at_start = age > START_SECONDS and (is_free(new) or not any(folder.iterdir()))
    return stopped_at_start or age > KEEP_SECONDS
