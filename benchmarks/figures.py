"""Means and shares."""

from __future__ import annotations

from collections.abc import Sequence


def mean_gap(gaps: Sequence[tuple[float, float]]) -> float:
    """How wide some spaces are on the average."""
    return sum(right - left for left, right in gaps) / len(gaps)


def share(part: float, whole: float) -> float:
    """A part in per cent, to two places; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which a part of some values lies; 0 if there are none."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0
