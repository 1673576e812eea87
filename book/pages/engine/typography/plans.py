"""The plan of a paragraph: which lines it is broken into for a width, from which place on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from book.pages.engine.typography.breaks import Breaks, find_breaks
from book.pages.engine.typography.fit import Measure, balanced, fit
from book.pages.engine.typography.paragraphs import Paragraph
from book.pages.engine.typography.properties import Manner
from book.pages.engine.typography.shaping import UNITS

TOLERANCE = 0.02
"""A text that is wider than its box by so many px fits: boxes that shrink to their text are measured by Pango."""


@dataclass(slots=True)
class Planned:
    """One line of a plan."""

    begin: int
    """The byte of the paragraph's text at which it begins."""
    stop: int
    """The byte behind its last character."""
    next: int
    """The byte at which the next line begins."""
    kind: int
    """How it ends: one of the kinds of `breaks`."""
    place: int
    """The break that it ends at."""
    first: bool
    last: bool
    indent: int
    """How far it is moved to the right, in units."""
    width: int
    """How wide it can be, in units."""
    hang_left: int
    hang_right: int
    """By how much its first and last characters hang out of that, if it is full."""


def plan_of(paragraph: Paragraph, manner: Manner, width: float, indent: float, begin: int) -> Planned | None:
    """The line of a paragraph that begins at a byte; None if the paragraph cannot be broken so.

    `width` and `indent` are in px.
    """
    key = (round(width * UNITS), manner)
    lines: dict[Any, Planned] = paragraph.kept.setdefault(key, {})
    at = (begin, round(indent * UNITS))
    if at not in lines:
        made = make_plan(paragraph, manner, width, indent, begin)
        if made is None:
            return None
        lines.update({(line.begin, line.indent): line for line in made})
    return lines.get(at)


def make_plan(
    paragraph: Paragraph, manner: Manner, width: float, indent: float, begin: int, forbidden: Collection[int] = ()
) -> list[Planned] | None:
    """The lines of a paragraph from a byte on; None if it cannot be broken so."""
    breaks = find_breaks(paragraph)
    try:
        first = breaks.starts.index(begin)
    except ValueError:
        return None
    full = round((width + TOLERANCE) * UNITS)
    justified = manner.wrap == "pretty" and manner.align == "justify"
    measure = Measure(
        full,
        full - round(indent * UNITS),
        round(paragraph.box.style["font_size"] * UNITS),
        manner.hanging if justified else 0,
        manner.expansion if justified else 0,
        not justified,
    )
    chosen = _choose(breaks, measure, first, manner, forbidden)
    return None if chosen is None else _lines(breaks, measure, first, chosen)


def _choose(
    breaks: Breaks, measure: Measure, first: int, manner: Manner, forbidden: Collection[int]
) -> Sequence[int] | None:
    last = len(breaks.ends) - 1
    if breaks.ends[last] - breaks.begins[first] <= (measure.first if first == 0 else measure.width):
        return [last]
    if manner.wrap == "balance" and first == 0 and (found := balanced(breaks, measure)) is not None:
        return found
    return fit(breaks, measure, first, forbidden)


def _lines(breaks: Breaks, measure: Measure, first: int, chosen: Sequence[int]) -> list[Planned]:
    """The lines that end at some breaks."""
    found, begin, last = [], first, len(breaks.ends) - 1
    for end in chosen:
        opening = begin == 0
        found.append(
            Planned(
                breaks.starts[begin], breaks.stops[end], breaks.starts[end], breaks.kinds[end], end, opening, end == last,
                measure.width - measure.first if opening else 0, measure.first if opening else measure.width,
                breaks.hangs_before[begin] * measure.hanging // 100, breaks.hangs[end] * measure.hanging // 100,
            )  # fmt: skip
        )
        begin = end
    return found
