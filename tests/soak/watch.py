"""Bounds for what is tried: time, and processes that are left behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class TooSlowError(Exception):
    """A trial takes too long."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TooSlowError in the main thread after so many seconds."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def processes_with(variable: str) -> list[int]:
    """The numbers of the processes (Linux) that have `NAME=value` in their environment; a zombie has ended."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with suppress(OSError):
                if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


def processes_left(variable: str, seconds: float) -> list[int]:
    """Those that are still there after a while."""
    until = time.monotonic() + seconds
    while (left := processes_with(variable)) and time.monotonic() < until:
        time.sleep(0.02)
    return left
