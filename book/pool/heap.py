"""How a process of this package's own deals with memory: what it gives back, and how often it looks for garbage."""

from __future__ import annotations

import gc
from contextlib import suppress

COLLECT_AFTER = 5_000
"""Python looks for garbage in cycles after so many new objects. By default these are 700, which takes a tenth of the
time of setting pages, whose boxes know their parents; this many take 3 MiB more."""


def return_freed_memory() -> None:
    """Return memory that is free, or is used by garbage, to the system; by default glibc keeps much of it.

    (8 MiB of a book of 700 pages.)
    """
    import ctypes

    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def collect_less_often() -> None:
    """Look for garbage in cycles less often, and not among what is loaded by now; for processes of our own only."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
