"""Tracks the letters of loose lines: a little space is put between them, so that less is left for the spaces.

This is the last means, after expansion: a line whose spaces are not wide keeps its letters as they are. Letters that
are joined in their script are never tracked.
"""

from __future__ import annotations

import re

from book.pages.engine.typography.paragraphs import Paragraph

LOOSE = 8
"""The stretch of a line's spaces, as a multiple of their width in 64ths, beyond which its letters are tracked."""
_STEPS = 64
_SEPARATE = re.compile(r"[\0-\u0530\u1e00-\u2e7f\ufb00-\ufb06\ufffc]*")
"""Latin, Greek, Cyrillic, and marks."""


def share_of(paragraph: Paragraph, most: int) -> int:
    """By how much a line can be tracked, in per mille of its width.

    Args:
        paragraph: The paragraph of the line.
        most: What may be put between two letters, in per mille of the size of the type. A line has more letters than
            it is ems wide, so that the same share of its width is less.
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
    loose = excess - room * LOOSE // _STEPS
    return min(loose // 2, most) if loose > 0 else 0
