"""Stops a layout that goes on for too long, or needs too much memory: a thread looks after those of a process.

A layout can count to any number by loops within loops, so that only its time bounds it. The exception is raised in the
thread that renders (`PyThreadState_SetAsyncExc`), because a signal would reach the main thread only.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

try:
    import resource
except ImportError:  # Windows does not tell the size of a process: there only time is bounded
    resource = None  # type: ignore[assignment]

_PERIOD = 0.05
"""Seconds between two looks."""
_AGAIN = 1.0
"""Seconds after which an exception that had no effect is raised again."""
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss` (getrusage(2))."""


@dataclass(slots=True)
class _Rendering:
    """A rendering that is under way in a thread."""

    clock: Callable[[], float]
    """Gives the processor time of its thread, in seconds, to any thread."""
    end: float
    """That time after which it is stopped."""
    size: int
    """Size of the process, in bytes, above which it is stopped; what other threads need counts too."""
    too_long: type[Exception]
    """What is raised in its thread when it takes too long."""
    too_much: type[Exception]
    """What is raised when it needs too much memory."""
    stopped: bool = False
    """Whether an exception was raised in its thread."""
    again: float = 0.0
    """When another is raised if that had no effect (`time.monotonic`)."""


@dataclass(slots=True)
class _Watch:
    """One thread that looks after the renderings of several threads."""

    users: int = 0
    """How many there are who want it."""
    over: threading.Event = field(default_factory=threading.Event)
    """Set when nobody wants it any more."""
    active: dict[int, _Rendering] = field(default_factory=dict)
    """The renderings that are under way, by the identifiers of their threads."""
    watcher: threading.Thread | None = None


class _Withdrawn(BaseException):
    """Raised and caught by `_withdraw` alone."""


_inside = threading.local()
"""Has `rendering` in a thread whose rendering is watched."""
_lock = threading.Lock()
_shared: list[_Watch] = []
"""The watch that renderings share, if there is one."""


@contextmanager
def one_watch() -> Iterator[None]:
    """Let one thread look after all renderings of this process meanwhile: to start one for each takes 0.15 ms.

    When the last of those who wanted it is done, the thread has ended.
    """
    with _lock:
        if not _shared:
            watch = _Watch()
            watch.watcher = threading.Thread(target=_watch_all, args=(watch,), name="layouts", daemon=True)
            watch.watcher.start()
            _shared.append(watch)
        watch = _shared[0]
        watch.users += 1
    try:
        yield
    finally:
        with _lock:
            watch.users -= 1
            ends = not watch.users
            if ends:
                _shared.clear()
        if ends:
            watch.over.set()
            if watch.watcher is not None:
                watch.watcher.join()


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
    clock = _clock()
    rendering = _Rendering(clock, clock() + seconds, _size() + memory, too_long, too_much)
    thread = threading.get_ident()
    with one_watch():
        watch = _shared[0]
        with _lock:
            watch.active[thread] = rendering
        _inside.rendering = True
        try:
            yield
        finally:
            try:
                with _lock:
                    watch.active.pop(thread, None)
                    if rendering.stopped:
                        _withdraw(thread)
            finally:
                _inside.rendering = False
                watch.active.pop(thread, None)


def _watch_all(watch: _Watch) -> None:
    """Look after renderings until nobody wants that any more."""
    while not watch.over.wait(_PERIOD):
        with _lock:
            for thread, rendering in tuple(watch.active.items()):
                if rendering.stopped and time.monotonic() < rendering.again:
                    continue
                if rendering.clock() > rendering.end:
                    _stop(thread, rendering, rendering.too_long)
                elif _size() > rendering.size:
                    _stop(thread, rendering, rendering.too_much)


def _stop(thread: int, rendering: _Rendering, why: type[Exception]) -> None:
    """Raise an exception in a thread."""
    rendering.stopped, rendering.again = True, time.monotonic() + _AGAIN
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(why))


def _withdraw(thread: int) -> None:
    """Take back an exception that was set for this thread and perhaps not raised yet, by raising another one.

    Without one to raise, CPython only forgets the exception and keeps the mark that there is one: the interpreter looks
    for it at each call from then on, and with a tracer (of coverage, of a debugger) never gets on in Python 3.11.
    """
    try:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Withdrawn))
        while True:
            pass
    except _Withdrawn:
        pass


def _clock() -> Callable[[], float]:
    """A clock of the processor time of this thread; of the whole process where the system has none for threads."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    number = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(number)


def _size() -> int:
    """The largest size of this process until now, in bytes; 0 where the system does not tell it."""
    measured = getattr(resource, "getrusage", None)
    return 0 if measured is None else int(measured(resource.RUSAGE_SELF).ru_maxrss) * _UNIT
