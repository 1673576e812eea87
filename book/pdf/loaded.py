"""Imports what binding a PDF needs; the fork server preloads this module, so that it happens once for all workers.

What cannot be loaded is not reported here, where nobody would see it, but by the first PDF that is bound.
"""

from contextlib import suppress

from book.pdf.bind import bind, preload
from book.problem import BookError

with suppress(BookError, OSError):
    preload()

__all__ = ["bind"]
