"""What a line has of the texts of its paragraph."""

from __future__ import annotations

from typing import NamedTuple

from book.pages.engine.typography.breaks import ADDED
from book.pages.engine.typography.glyphs import Shaped
from book.pages.engine.typography.paragraphs import NotPlannedError, Token
from book.pages.engine.typography.plans import Planned
from book.pages.engine.typography.slices import Piece, cut


class Slice(NamedTuple):
    """What a line has of a text."""

    text: str
    """With the hyphen that is added."""
    pieces: list[Piece]
    width: int
    spaces: int
    """How many spaces that can be widened are in it."""
    natural: int
    """How wide they are together."""
    parted: bool
    """Whether it ends with a hyphen that is added."""
    glyphs: int


def slice_of(token: Token, planned: Planned) -> Slice | None:
    """What a line has of a text; None if there are only spaces at its ends. Raises `NotPlannedError`."""
    whole: Shaped = token.shaped  # type: ignore[assignment]
    begin, stop = max(planned.begin, token.start) - token.start, min(planned.stop, token.end) - token.start
    if begin >= stop:
        return None
    ends = stop + token.start == planned.stop
    mark = token.box.style["hyphenate_character"] if ends and planned.kind == ADDED else ""
    if begin == 0 and stop == len(whole.data) and not ends:
        return _whole(whole)
    pieces = cut(whole, begin, stop, mark)
    if pieces is None:
        raise NotPlannedError
    width = spaces = natural = glyphs = 0
    for shaped, first, end in pieces:
        width += shaped.places[end] - shaped.places[first]
        glyphs += end - first
        among = shaped.spaces_between(first, end)
        if among:
            spaces += among
            natural += among * shaped.glyphs.widths[shaped.spaces[0]]
    if ends:
        shaped, _, end = pieces[-1]
        width += shaped.end(end) - shaped.places[end]
    return Slice(whole.data[begin:stop].decode() + mark, pieces, width, spaces, natural, len(mark) == 1, glyphs)


def _whole(shaped: Shaped) -> Slice:
    """What a line has of a text that does not end it, and is in it as a whole."""
    spaces, glyphs = len(shaped.spaces), len(shaped.glyphs.numbers)
    natural = spaces * shaped.glyphs.widths[shaped.spaces[0]] if spaces else 0
    return Slice(shaped.text, [(shaped, 0, glyphs)], shaped.places[-1], spaces, natural, False, glyphs)
