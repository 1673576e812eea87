"""Limits for trials: time, and processes that they leave behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class TooSlowError(Exception):
    """A trial takes too long."""


WAITING = 10
"""How many times longer than its processor time a trial may wait for the disk, other processes or a busy machine."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TooSlowError in the main thread after so many seconds of processor time, or `WAITING` times as many."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlowError

    handlers = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, WAITING * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in handlers.items():
            signal.signal(number, handler)


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
