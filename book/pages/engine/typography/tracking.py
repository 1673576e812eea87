"""Tracks the letters of loose lines: a little space is put between them, so that less is left for the spaces.

This is the last means, after expansion: a line whose spaces are not wide keeps its letters as they are. Letters that
are joined in their script are never tracked.
"""

from __future__ import annotations

import re

from book.pages.engine.typography.paragraphs import Paragraph

STEPS = 64
"""Steps of a ratio of 1, by which a line's spaces are stretched: spaces twice as wide as they are."""
LOOSE = 8
"""The ratio beyond which the letters of a line are tracked."""
_SEPARATE = re.compile(r"[\0-\u0530\u1e00-\u2e7f\ufb00-\ufb06\ufffc]*")
"""Latin, Greek, Cyrillic, and marks."""


def share_of(paragraph: Paragraph, most: int) -> int:
    """By how much a line can be tracked, in per mille of the width of its letters.

    Args:
        paragraph: The paragraph of the line.
        most: What may be put between two letters, in per mille of the size of the type. Letters are narrower than
            that, so that the same share of their width is less.
    """
    return most if is_tracked(paragraph) else 0


def is_tracked(paragraph: Paragraph) -> bool:
    """Whether the letters of a paragraph may be tracked."""
    known: bool | None = paragraph.kept.get("tracked")
    if known is None:
        known = paragraph.kept["tracked"] = _SEPARATE.fullmatch(paragraph.text) is not None
    return known


def taken(excess: int, room: int, most: int) -> int:
    """What tracking takes of the excess width of a line, whose spaces are `room` wide together; `most` at the most."""
    loose = excess - room * LOOSE // STEPS
    return min(loose // 2, most) if loose > 0 else 0
