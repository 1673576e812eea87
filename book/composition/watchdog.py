"""Stops a layout that goes on for too long, or needs too much memory: a thread looks after the renderings of a process.

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
_PATIENCE = 2.0
"""Seconds that the thread waits for the next rendering before it ends."""
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


_active: dict[int, _Rendering] = {}
"""The renderings of this process, by the identifiers of their threads."""
_lock = threading.Lock()
_watcher: list[tuple[threading.Thread, threading.Event]] = []
"""The thread that looks after them, if there is one, and the event that ends it."""


@contextmanager
def watched(seconds: float, memory: int, too_long: type[Exception], too_much: type[Exception]) -> Iterator[None]:
    """Stop what is done meanwhile in this thread if it takes too long or too much; renderings inside it count with it.

    Args:
        seconds: Processor time that it may take.
        memory: Bytes by which it may make the process grow.
        too_long: What is raised when it takes longer.
        too_much: What is raised when it needs more.
    """
    thread = threading.get_ident()
    if thread in _active:
        yield
        return
    rendering = _Rendering(time.process_time() + seconds, _size() + memory, too_long, too_much)
    with _lock:
        _active[thread] = rendering
        if not _watcher or not _watcher[0][0].is_alive():
            over = threading.Event()
            _watcher[:] = [(threading.Thread(target=_watch, args=(over,), name="layouts", daemon=True), over)]
            _watcher[0][0].start()
    try:
        yield
    finally:
        try:
            with _lock:
                if rendering.stopped:  # an exception that has not been raised yet is withdrawn
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)
        finally:
            _active.pop(thread, None)


@contextmanager
def ending_with_it() -> Iterator[None]:
    """End the thread at the end, unless something is still being rendered; it would wait for the next rendering."""
    try:
        yield
    finally:
        with _lock:
            thread, over = (None, None) if _active or not _watcher else _watcher.pop()
        if thread and over:
            over.set()
            thread.join()


def _watch(over: threading.Event) -> None:
    """Look after the renderings until there have been none for a while, or it is over."""
    idle = 0.0
    while not over.wait(_PERIOD):
        with _lock:
            if over.is_set():
                return
            idle = 0.0 if _active else idle + _PERIOD
            if idle > _PATIENCE:
                _watcher.clear()
                return
            for thread, rendering in tuple(_active.items()):
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
