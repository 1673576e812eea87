"""How far punctuation at the ends of lines hangs into the margin, so that the edges of a text look straight.

After the values of microtype (R. Schlicht) for roman faces, in thousandths of a mark's own width.
"""

from __future__ import annotations

from collections.abc import Mapping

RIGHT: Mapping[str, int] = {
    "-": 600, "‐": 600, ".": 700, ",": 600, ":": 400, ";": 300, "!": 100, "?": 150, "’": 600, "”": 450, "'": 600,
    '"': 450, "»": 200, "›": 250, "“": 450, "‘": 600, "–": 250, "—": 150, ")": 100, "…": 200, "·": 400, "*": 200,
}  # fmt: skip
"""At the end of a line."""
LEFT: Mapping[str, int] = {
    "“": 450, "‘": 600, "”": 450, "’": 600, "„": 400, "‚": 500, '"': 450, "'": 600, "«": 200, "‹": 250, "»": 200,
    "(": 100, "–": 200, "—": 100, "*": 200,
}  # fmt: skip
"""At the beginning of a line."""
PARTS = 1000


def hang_right(char: str, width: int) -> int:
    """How far the last character of a line can hang, in the units of its width."""
    return width * RIGHT.get(char, 0) // PARTS


def hang_left(char: str, width: int) -> int:
    """How far the first character of a line can hang."""
    return width * LEFT.get(char, 0) // PARTS
