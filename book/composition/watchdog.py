"""Stops a layout that goes on for too long, or needs too much memory: a thread looks after each.

A layout can count to any number by loops within loops, so that only its time bounds it. The exception is raised in the
thread that renders (`PyThreadState_SetAsyncExc`), because a signal would reach the main thread only.
"""

from __future__ import annotations

import ctypes
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_PERIOD = 0.05
"""Seconds between two looks."""
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss` (getrusage(2))."""


@dataclass(slots=True)
class _Rendering:
    """A rendering that is under way in a thread."""

    end: float
    """Processor time of the process, in seconds, after which it is stopped."""
    size: int
    """Size of the process, in bytes, above which it is stopped."""
    too_long: type[Exception]
    """What is raised in its thread when it takes too long."""
    too_much: type[Exception]
    """What is raised when it needs too much memory."""
    stopped: bool = False
    """Whether an exception was raised in its thread."""


_inside = threading.local()
"""Has `rendering` in a thread whose rendering is watched."""


@contextmanager
def watched(seconds: float, memory: int, too_long: type[Exception], too_much: type[Exception]) -> Iterator[None]:
    """Stop what is done meanwhile in this thread if it takes too long or too much; renderings inside it count with it.

    Args:
        seconds: Processor time that it may take.
        memory: Bytes by which it may make the process grow.
        too_long: What is raised when it takes longer.
        too_much: What is raised when it needs more.
    """
    if getattr(_inside, "rendering", False):
        yield
        return
    rendering = _Rendering(time.process_time() + seconds, _size() + memory, too_long, too_much)
    thread = threading.get_ident()
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(thread, rendering, done), name="layouts", daemon=True)
    watcher.start()
    _inside.rendering = True
    try:
        yield
    finally:
        try:
            done.set()
            watcher.join()
            if rendering.stopped:  # an exception that has not been raised yet is withdrawn
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)
        finally:
            _inside.rendering = False
            done.set()


def _watch(thread: int, rendering: _Rendering, done: threading.Event) -> None:
    """Look after the rendering of a thread until it is done, or stopped."""
    while not done.wait(1 if rendering.stopped else _PERIOD):
        if time.process_time() > rendering.end:
            _stop(thread, rendering, rendering.too_long)
        elif _size() > rendering.size:
            _stop(thread, rendering, rendering.too_much)


def _stop(thread: int, rendering: _Rendering, why: type[Exception]) -> None:
    """Raise an exception in a thread."""
    rendering.stopped = True
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(why))


def _size() -> int:
    """The largest size of this process until now, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
