"""Room for the calls below a function, so that none of them is slow for where it happens to stand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

ROOM = 140_000
"""Slots that a function pretends to need: 1.1 MB, so that CPython maps 2 MB, of which the calls below get the rest."""


def roomy(function: F) -> F:
    """The function, below which calls find room for their frames in one piece of memory.

    CPython keeps frames in pieces of 16 kB (`push_chunk` and `_PyThreadState_PopFrame` in Python/pystate.c), and gives
    each back to the system with the first frame in it. A loop that calls across the end of a piece has the next one
    mapped and unmapped with each call: pages took up to a third longer to be set, depending on nothing but the number
    of functions above. A function that says it needs much gets a piece of its own size, doubled up. Memory that no
    frame uses is never touched.
    """
    if sys.implementation.name == "cpython":
        function.__code__ = function.__code__.replace(co_stacksize=ROOM)
    return function
