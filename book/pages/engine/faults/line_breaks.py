"""Breaks lines correctly before inline elements."""

from __future__ import annotations

from typing import Any


def mend() -> None:
    """Mend the breaking of lines in this process."""
    from weasyprint.layout import inline

    inline.split_first_line = _keep_last_word(inline.split_first_line)


def _keep_last_word(split_first_line: Any) -> Any:
    """Break a line correctly if all of a text fits except the space at its end.

    Pango (seen in 1.50.12, no longer in 1.56.3) then breaks such a text after any word, even the first. This happens
    before every inline element that begins a line, and leaves a single word on the line above.
    """

    def split(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        found = split_first_line(text, style, context, max_width, *rest, **named)
        resume_at = found[2]
        if resume_at is None or max_width is None or not text.endswith(" ") or style["white_space"] != "normal":
            return found
        if len(text) * style["font_size"] > 4 * max_width:  # it cannot fit: the engine's own estimate
            return found
        trimmed = split_first_line(text.rstrip(" "), style, context, max_width, *rest, **named)
        if trimmed[2] is not None:
            return found
        return split_first_line(text, style, context, max_width + style["font_size"], *rest, **named)

    return split
