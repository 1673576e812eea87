"""Finds the least width of a text that may be broken anywhere in time that grows no faster than its length."""

from __future__ import annotations

from typing import Any

HEAD = 100
"""Characters among which the end of the first line is looked for, before all of a text is."""


def mend() -> None:
    """Find the least width of a text so in this process."""
    from weasyprint.layout import preferred

    preferred.split_first_line = _of_head(preferred.split_first_line)


def _of_head(split_first_line: Any) -> Any:
    """Break a text that has no width after its first line, without laying out all that is behind it.

    WeasyPrint 70.0 takes the first word of such a text; where it has no space (Chinese and Japanese, an address, words
    that no-break spaces join), it takes all of it for each of its lines, of a letter each.
    """

    def split(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        if max_width == 0 and len(text) > HEAD:
            found = split_first_line(text[:HEAD], style, context, max_width, *rest, **named)
            if found[2] is not None:
                return found
        return split_first_line(text, style, context, max_width, *rest, **named)

    return split
