"""Slices of shaped text: the glyphs between two places in it, shaped again only where that changes them."""

from __future__ import annotations

from book.pages.engine.typography.glyphs import Shaped

Piece = tuple[Shaped, int, int]
"""A range of glyphs of a text: the first, and the one after the last."""


def cut(shaped: Shaped, begin: int, stop: int, mark: str) -> list[Piece] | None:
    """The glyphs between two bytes of a text, followed by a hyphen (or nothing, if `mark` is empty).

    They are slices of the shaped text, except where a ligature is cut, or the hyphen changes what precedes it: there,
    words are shaped again. None if the result is unusual.
    """
    first, last = shaped.index.get(begin), shaped.index.get(stop)
    if first is not None and last is not None:
        if not mark:
            return [(shaped, first, last)]
        pair = with_hyphen(shaped, last, mark)
        if pair is not None and last > first:
            return [(shaped, first, last - 1), (pair, 0, len(pair.glyphs.numbers))]
    return _shaped_again(shaped, begin, stop, mark)


def with_hyphen(shaped: Shaped, last: int, mark: str) -> Shaped | None:
    """The last letter before a hyphen, with the hyphen; None if it looks different without it."""
    begin, end = shaped.offsets[last - 1], shaped.offsets[last]
    letter = shaped.data[begin:end].decode()
    pair = shaped.typeface.shape(letter + mark) if len(letter) == 1 else None
    if (
        pair is None
        or pair.glyphs.numbers[0] != shaped.glyphs.numbers[last - 1]
        or shaped.font_of(last - 1) is not pair.fonts[0][1]
    ):
        return None
    return pair


def _shaped_again(shaped: Shaped, begin: int, stop: int, mark: str) -> list[Piece] | None:
    """A slice whose first or last word is shaped again."""
    data, shape = shaped.data, shaped.typeface.shape
    head = begin if begin in shaped.index else word_end(shaped, begin)
    tail = stop
    if mark or stop not in shaped.index:
        tail = max(data.rfind(b" ", begin, stop) + 1, begin)
    if head >= tail:
        whole = shape(data[begin:stop].decode() + mark)
        return None if whole is None else [(whole, 0, len(whole.glyphs.numbers))]
    texts = (data[begin:head].decode(), data[tail:stop].decode() + mark if tail < stop or mark else "")
    before, behind = (shape(text) if text else None for text in texts)
    if (texts[0] and before is None) or (texts[1] and behind is None):
        return None
    found: list[Piece] = [(before, 0, len(before.glyphs.numbers))] if before is not None else []
    if tail > head:
        found.append((shaped, shaped.index[head], shaped.index[tail]))
    return [*found, (behind, 0, len(behind.glyphs.numbers))] if behind is not None else found


def width_of(piece: Piece) -> int:
    """The width of a slice in the middle of a line."""
    shaped, first, end = piece
    return shaped.places[end] - shaped.places[first]


def word_end(shaped: Shaped, byte: int) -> int:
    """The end of the word that contains a byte."""
    space = shaped.data.find(b" ", byte)
    return len(shaped.data) if space < 0 else space
