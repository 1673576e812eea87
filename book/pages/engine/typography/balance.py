"""Lines that are about equally long: for headings, and for text that is set so."""

from __future__ import annotations

from collections.abc import Sequence

from book.pages.engine.typography.breaks import ADDED, APART, Breaks
from book.pages.engine.typography.fit import Measure


def lines_of(breaks: Breaks, measure: Measure) -> list[int]:
    """The breaks if each line takes as much as it can (for balancing); only words longer than a line are parted."""
    found, begin, last, costs = [], 0, len(breaks.ends) - 1, breaks.costs
    while begin < last:
        width = measure.first if begin == 0 else measure.width
        end, within = None, begin + 1
        for one in range(begin + 1, last + 1):
            if breaks.ends[one] - breaks.begins[begin] > width:
                break
            if breaks.kinds[one] != ADDED and costs[one] < APART:
                end = one
            elif costs[one] >= APART and (within == begin + 1 or costs[one] <= costs[within]):
                within = one
        begin = within if end is None else end
        found.append(begin)
    return found


def balanced(breaks: Breaks, measure: Measure) -> Sequence[int]:
    """The breaks with which the minimum number of lines are about equally long."""
    fewest = len(lines_of(breaks, measure))
    low, high = 0, measure.width
    step = max(1, measure.em // 16)
    while high - low > step:
        middle = (low + high) // 2
        tried = Measure(middle, middle - (measure.width - measure.first), measure.em, 0, 0)
        if _fits(breaks, tried) and len(lines_of(breaks, tried)) <= fewest:
            high = middle
        else:
            low = middle
    return lines_of(breaks, Measure(high, high - (measure.width - measure.first), measure.em, 0, 0))


def _fits(breaks: Breaks, measure: Measure) -> bool:
    """Whether no line is longer than the measure."""
    begin = 0
    for end in lines_of(breaks, measure):
        if breaks.ends[end] - breaks.begins[begin] > (measure.first if begin == 0 else measure.width):
            return False
        begin = end
    return True
