"""How long a call takes must not depend on how deep it stands: counted in pages that the system has to map."""

from __future__ import annotations

import resource
import sys

import pytest

from book.pages.frames import MOST_CALLS, deep_calls, with_preallocated_frames

CALLS = 500


def nothing(_a: int, _b: int, _c: int) -> None:
    """Take a frame."""


def calls_at(depth: int) -> int:
    """The page faults of many calls at some depth."""
    if depth:
        return calls_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        nothing(number, number, number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@with_preallocated_frames
def faults(depths: range, *, double: bool = False) -> list[int]:
    """The page faults at each depth."""
    return [calls_at(depth) * (1 + double) for depth in depths]


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="other interpreters keep frames otherwise")
def test_below_a_roomy_function_no_call_has_memory_mapped_for_it() -> None:
    assert max(faults(range(300))) < CALLS / 10


def test_a_roomy_function_is_called_like_any_other() -> None:
    assert faults(range(0)) == []
    assert faults.__name__ == "faults"
    assert len(faults(range(2), double=True)) == 2


def test_the_limit_of_calls_stays_raised_until_the_last_thread_is_done() -> None:
    before = sys.getrecursionlimit()
    one, other = deep_calls(), deep_calls()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert sys.getrecursionlimit() == MOST_CALLS
    other.__exit__(None, None, None)
    assert sys.getrecursionlimit() == before
