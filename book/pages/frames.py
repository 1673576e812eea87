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
_raised: dict[str, int] = {"by": 0, "from": 0}
"""How many threads set pages now, and the limit of this process before the first of them raised it."""


@contextmanager
def deep_calls() -> Iterator[None]:
    """Allow for calls deep enough for elements nested as deep as chapters may nest them.

    The limit is one for all threads: the last that sets pages puts back what was there before the first.
    """
    with _lock:
        if not _raised["by"]:
            _raised["from"] = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_raised["from"], MOST_CALLS))
        _raised["by"] += 1
    try:
        yield
    finally:
        with _lock:
            _raised["by"] -= 1
            if not _raised["by"]:
                sys.setrecursionlimit(_raised["from"])


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
