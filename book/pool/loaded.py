"""Imports and mends the layout engine; the fork server preloads this module, so that it happens once for all workers.

It also loads what is needed only later, because the first section is still being composed in the main process. An
engine that cannot be used is not reported here, where nobody would see it, but by the first section that is to be set.
"""

from contextlib import suppress

from book.pages.engine import mend
from book.pages.engine.speed import loading
from book.pages.press import press
from book.problem import BookError

with suppress(BookError, OSError):
    mend()
    loading.know_types()

__all__ = ["press"]
