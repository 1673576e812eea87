"""Returns freed memory to the system, so that the memory of long builds stays low."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def return_freed_memory() -> None:
    """Return freed memory to the system; by default glibc keeps much of it (8 MiB of a book of 700 pages)."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
