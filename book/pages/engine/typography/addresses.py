"""Where addresses on the web may be broken: at the places of the Chicago Manual (7.46), without hyphens."""

from __future__ import annotations

import re

IN_ADDRESS = 4_000
"""Cost of breaking an address at one of its marks."""
WITHIN_ADDRESS = 10**13
"""Cost of breaking an address elsewhere, which is done only if a part of it is longer than a line."""
_MARKS = re.compile(r"(?<=//)(?=.)|(?<=[:=&])(?=[^/=&])|(?<=[^/:])(?=/[^/])|(?<=[^/])(?=[~.,_?#%=&@-])(?=.[^/.])")
"""In an address: after `:`, `//`, `=`, `&`; before a single `/` and other marks (Chicago Manual, 7.46)."""


def breaks_in_address(address: str) -> list[tuple[int, int]]:
    """The characters of an address before which it may be broken, with the cost."""
    marks = {one.start() for one in _MARKS.finditer(address) if 3 <= one.start() <= len(address) - 3}
    others = [place for place in range(4, len(address) - 3) if not any(abs(place - mark) < 4 for mark in marks)]
    return [*((place, IN_ADDRESS) for place in marks), *((place, WITHIN_ADDRESS) for place in others)]
