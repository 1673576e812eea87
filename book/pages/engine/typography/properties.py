"""Line-breaking properties: CSS `text-wrap`, which the layout engine does not know, and three custom properties.

With `text-wrap: pretty` (CSS Text 4, 6.4) the breaks of a paragraph are chosen together; `balance` makes its lines
about equally long, for headings; `wrap` leaves them to the engine. `--hanging` is the share of hanging punctuation that
is used in justified lines (100 % is the list in `hanging`, 0 % none), `--expansion` the maximum by which letters of a
justified line may be wider or narrower (at most 5 %, 0 % none), `--tracking` the maximum space, as a share of the size
of the type, that is put between the letters of a line which would be loose otherwise (at most 3 %, 0 % none).

For WeasyPrint 70.0. Private names used: the tables of properties and shorthands of its `css` package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

WRAPS = ("auto", "pretty", "balance", "stable")
"""Values of `text-wrap-style`; `stable` is what the engine does anyway."""
MOST_EXPANSION = 50
"""Maximum expansion in per mille; beyond it, letters look like those of another face."""
NARROW = 0.5
"""The width of a margin, in em, in which nothing hangs."""
MOST_TRACKING = 30
"""Maximum tracking in per mille of the size of the type; beyond it, words look spaced out."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the lines of a paragraph are broken and filled."""

    wrap: str
    """One of `WRAPS`."""
    align: str
    """`justify`, `start`, `end` or `center`, for all lines but the last."""
    align_last: str
    """The same for the last line."""
    hanging: int
    """Share of the hanging in `hanging` that is used, in per cent."""
    expansion: int
    """Maximum expansion of letters, in per mille."""
    tracking: int
    """Maximum space added between letters of loose lines, in per mille of the size of the type."""


def add_text_wrap() -> None:
    """Add `text-wrap` and `text-wrap-style` to the engine in this process."""
    from weasyprint.css import properties
    from weasyprint.css.validation import expanders
    from weasyprint.css.validation import properties as validation

    if "text_wrap_style" in properties.INITIAL_VALUES:
        return
    properties.INITIAL_VALUES["text_wrap_style"] = "auto"
    properties.KNOWN_PROPERTIES.add("text-wrap-style")
    properties.INHERITED.add("text_wrap_style")
    validation.property("text-wrap-style")(_wrap_style)
    expanders.expander("text-wrap")(expanders.generic_expander("text-wrap-style")(_expand_wrap))


def _wrap_style(tokens: Any) -> str | None:
    """The value of `text-wrap-style`; None if it is invalid."""
    from weasyprint.css.tokens import get_single_keyword

    keyword = get_single_keyword(tokens)
    return keyword if keyword in WRAPS else None


def _expand_wrap(tokens: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Expand the shorthand `text-wrap`; whether lines wrap at all is left to `white-space`."""
    from weasyprint.css.tokens import get_keyword

    style = [token for token in tokens if get_keyword(token) != "wrap"]
    if style:
        yield f"{name}-style", style


def manner_of(style: Any) -> Manner:
    """How a paragraph with this computed style is broken and filled."""
    found: Manner | None = style.__dict__.get("manner")
    if found is None:
        found = style.manner = _manner(style)
    return found


def manner_within(style: Any, margin: float) -> Manner:
    """The same on a page with a margin of some px: where it is hardly wider than what hangs, nothing does."""
    manner = manner_of(style)
    if not manner.hanging or margin >= NARROW * style["font_size"]:
        return manner
    found: Manner | None = style.__dict__.get("manner_in_narrow_margins")
    if found is None:
        found = style.manner_in_narrow_margins = replace(manner, hanging=0)
    return found


def _manner(style: Any) -> Manner:
    align = style["text_align_all"]
    last = style["text_align_last"]
    return Manner(
        style["text_wrap_style"],
        _side(align),
        _side(align if last == "auto" else last),
        max(0, min(200, _share(style["__hanging"], 0, 1))),
        max(0, min(MOST_EXPANSION, _share(style["__expansion"], 0, 10))),
        max(0, min(MOST_TRACKING, _share(style["__tracking"], 0, 10))),
    )


def _side(align: str) -> str:
    """A side of left-to-right text, by the direction of the text."""
    return {"left": "start", "right": "end"}.get(align, align)


def _share(tokens: Any, default: int, parts: int) -> int:
    """The percentage in a custom property, in so many parts of a per cent; `default` if it has none."""
    values = list(_percentages(tokens or ()))
    return round(values[0] * parts) if values else default


def _percentages(tokens: Any) -> Iterator[float]:
    for token in tokens:
        if token.type == "percentage":
            yield token.value
        elif token.type == "number" and token.value == 0:
            yield 0
