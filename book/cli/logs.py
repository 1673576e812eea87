"""Prints the log on stderr for `-vv`. The only module that configures logging."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import time

from book.problems.printable import printable


class _Formatter(logging.Formatter):
    """Formats a record as seconds since the start, module and message, on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._start = time()

    def format(self, record: logging.LogRecord) -> str:
        """`   0.42 s  pages.paginate: print: pass 1 …`; safe for a terminal."""
        module = record.name.removeprefix("book.")
        return f"{record.created - self._start:7.2f} s  {module}: {printable(record.getMessage())}"


@contextmanager
def log_to_stderr() -> Iterator[None]:
    """Print all log records of the package on stderr, those of worker processes too, until the context ends."""
    logger = logging.getLogger("book")
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
