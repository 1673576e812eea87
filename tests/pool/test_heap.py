"""When a process of this package's own looks for garbage in cycles."""

from __future__ import annotations

import gc
import subprocess
import sys

SCRIPT = """
import gc
from book.pool import heap
class Box: pass
def cycle():
    one, other = Box(), Box()
    one.other, other.one = other, one
def boxes(): return sum(isinstance(item, Box) for item in gc.get_objects())
heap.collect_less_often()
with heap.collected_at_the_end():
    for _ in range(2000): cycle()
    within = boxes()
print(within, boxes(), gc.get_threshold()[0] == heap.COLLECT_AFTER)
"""


def test_garbage_of_a_section_goes_when_it_is_set() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["4000", "0", "True"]


def test_other_processes_stay_as_they_are() -> None:
    from book.pool import heap

    before = gc.get_threshold()
    with heap.collected_at_the_end():
        assert gc.get_threshold() == before
    assert gc.get_threshold() == before
