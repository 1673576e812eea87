"""What is exported: a text, and what its format could not take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Export:
    """A list of sources in some format."""

    text: str
    """The whole file."""
    lost: tuple[tuple[str, int], ...] = ()
    """The keys that the format cannot take, each with the number of sources that have it."""


def count_lost(keys: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Keys that are lost, one for each source that has it, counted in the order of the alphabet."""
    return tuple(sorted(Counter(keys).items()))
