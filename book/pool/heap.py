"""How a process of this package's own deals with memory: what it gives back, and how often it looks for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

COLLECT_AFTER = 5_000
"""Python looks for garbage in cycles after so many new objects. By default these are 700, which takes a tenth of the
time of setting pages, whose boxes know their parents; this many take 3 MiB more."""

RARELY = 500_000
"""The same while a section is set: more than the boxes of two hundred pages."""


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


@contextmanager
def collected_at_the_end() -> Iterator[None]:
    """Look for garbage in cycles when the context ends; until then, only after `RARELY` new objects.

    The boxes of a section are all needed until it is set, and are garbage then: looking at them in between takes a
    twelfth of the time, of long sections a sixth, and finds nothing. Processes that are not our own stay as they are.
    """
    usual = gc.get_threshold()
    if usual[0] != COLLECT_AFTER:
        yield
        return
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.collect(1)
