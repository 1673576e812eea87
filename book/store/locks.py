"""Locks on files: held by a process until it closes the file or ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def lock(handle: int) -> bool:
    """Lock an open file; False if another process has locked it, or if the system or its disk has no locks."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Whether a file is there and no process has locked it; False if the system or its disk has no locks."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return lock(handle)
    finally:
        os.close(handle)
