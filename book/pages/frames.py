"""Keeps deep call stacks fast: preallocates memory for Python's stack frames."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

STACK_SLOTS = 140_000
"""Stack slots that a function claims to need: 1.1 MB, for which CPython maps 2 MB; calls below it use the rest."""


MOST_CALLS = 10_000
"""Calls inside one another while pages are set: the engine makes some twelve for each element in another one."""
_lock = threading.Lock()
_before: list[int] = []
"""The limit of this process before it was raised, once for each thread that sets pages now."""


@contextmanager
def deep_calls() -> Iterator[None]:
    """Allow for calls deep enough for elements nested as deep as chapters may nest them.

    The limit is one for all threads: the last that sets pages puts back what was there before the first.
    """
    with _lock:
        _before.append(_before[0] if _before else sys.getrecursionlimit())
        sys.setrecursionlimit(max(_before[0], MOST_CALLS))
    try:
        yield
    finally:
        with _lock:
            before = _before.pop()
            if not _before:
                sys.setrecursionlimit(before)


def with_preallocated_frames(function: F) -> F:
    """Decorate a function so that the frames of all calls below it fit into one chunk of memory.

    CPython keeps frames in chunks of 16 kB (`push_chunk` and `_PyThreadState_PopFrame` in Python/pystate.c), and unmaps
    a chunk when its first frame is popped. A loop whose calls cross the end of a chunk maps and unmaps the next one
    with each call: setting pages took up to a third longer, depending only on the number of callers above. A function
    that claims to need a large frame gets a chunk of twice its size. Memory that no frame uses is never touched.
    """
    if sys.implementation.name == "cpython":
        function.__code__ = function.__code__.replace(co_stacksize=STACK_SLOTS)
    return function
