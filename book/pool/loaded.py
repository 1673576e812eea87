"""Imports and mends the layout engine; the fork server preloads this module, so that it happens once for all workers.

What every worker would read for its first section, whatever the book, is read here too: C types and English months.

An engine that cannot be used is not reported here, where nobody would see it, but by the first section that is to be
set.
"""

from contextlib import suppress

from book.pages.engine import mend
from book.pages.engine.speed.loading import know_types
from book.pages.engine.typography.together import months
from book.pages.press import press
from book.problem import BookError

with suppress(BookError, OSError):
    mend()
    know_types()
months("en")

__all__ = ["press"]
