"""Settings of the C library's memory allocator that keep the memory of long builds low."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
"""Options of mallopt(3)."""

_LARGE = 256 * 1024
"""Bytes of a block that is a mapping of its own."""


def use_one_heap() -> None:
    """Let all threads that start from now on share one heap, and return large blocks to the system when they are freed.

    By default glibc gives each thread a heap of its own, whose freed blocks other threads cannot use; a shared heap
    costs no time, because Python's lock lets one thread allocate at a time. And glibc raises the size from which blocks
    are returned to the system to that of the largest block freed so far, such as a picture.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)


def return_freed_memory() -> None:
    """Return freed memory to the system; by default glibc keeps much of it."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
