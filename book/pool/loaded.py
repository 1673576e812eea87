"""Imports and mends the layout engine; the fork server preloads this module, so that it happens once for all workers.

An engine that cannot be used is not reported here, where nobody would see it, but by the first section that is to be
set.
"""

from contextlib import suppress

from book.pages.engine import mend
from book.pages.press import press
from book.pool.orphans import silence_orphaned_starts
from book.pool.processes import timed_press
from book.problem import BookError

with suppress(BookError, OSError):
    mend()
silence_orphaned_starts()

__all__ = ["press", "timed_press"]
