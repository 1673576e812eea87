"""Memory that was freed serves whoever needs some next, or goes back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
"""Options of mallopt(3)."""

_LARGE = 256 * 1024
"""Bytes of a block that is a mapping of its own."""


def be_sparing() -> None:
    """Let threads that begin from now on use one heap, and large blocks go back to the system as soon as they are free.

    The C library (glibc) gives each thread a heap of its own, where what it freed lies unused beside what others
    allocate (the interpreter's lock keeps them from waiting for one another); and once a picture was freed, it
    keeps blocks as large as that.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return freed memory to the system, where the C library (glibc) would keep it."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
