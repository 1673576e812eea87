"""What a process that sets pages has loaded: importing this module loads it.

The process that workers are forked from imports it, so that it is loaded once for all of them. It loads more
than the layout engine, because it has the time: the first section is still being composed elsewhere. An engine
that cannot be used is reported by the first section that is to be set: here, nobody would see it.
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
