"""Finds where the lines of a paragraph may end, and how wide the text between is.

Break opportunities are those of UAX 14, as Pango finds them in the whole paragraph; hyphenation points and soft hyphens
in words; in web addresses, the places of the Chicago Manual (7.46), without hyphens. Lengths are in Pango units.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from book.pages.engine.typography.addresses import breaks_in_address
from book.pages.engine.typography.glyphs import Shaped
from book.pages.engine.typography.hanging import PARTS, RIGHT, hang_left, hang_right
from book.pages.engine.typography.hyphenation import points
from book.pages.engine.typography.paragraphs import Paragraph, Token, character_breaks, line_breaks
from book.pages.engine.typography.properties import manner_of
from book.pages.engine.typography.shaping import typeface_of
from book.pages.engine.typography.slices import cut, width_of, with_hyphen, word_end
from book.pages.engine.typography.together import ADDRESS, GENTLY, STRICTLY, korean_words, together

PLAIN, ADDED, TYPED = 0, 1, 2
"""Kinds of line ends: between words; with an added hyphen; after a hyphen in the text."""
APART = 10**13
"""What it costs to part what belongs together, more than any line costs: it is done where there is no other way."""
_PARTING = {STRICTLY: APART, GENTLY: 4 * 10**6}
BESIDE_HYPHEN = 250**2
"""Cost of hyphenating a word that contains a hyphen."""
_ANYWHERE = frozenset({"anywhere", "break-word"})
"""Values of `overflow-wrap` that let a word be broken that is longer than a line."""
_SOFT_HYPHEN = "\xad"
_HYPHENS = frozenset("-‐")
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(slots=True)
class Breaks:
    """All possible line ends, in order, as parallel lists; the last is the end of the paragraph."""

    stops: list[int] = field(default_factory=list)
    """The byte after the last character of a line that ends here, without spaces after it."""
    starts: list[int] = field(default_factory=list)
    """The byte at which the next line begins."""
    ends: list[int] = field(default_factory=list)
    """The position where a line that ends here ends, with its hyphen, if the whole paragraph were on one line."""
    begins: list[int] = field(default_factory=list)
    """The position where the next line begins."""
    hangs: list[int] = field(default_factory=list)
    """How far the line's last character can hang into the margin."""
    hangs_before: list[int] = field(default_factory=list)
    """How far the next line's first character can hang."""
    spaces: list[int] = field(default_factory=list)
    """Total width of the spaces from the beginning of the paragraph to the end of the line."""
    spaces_before: list[int] = field(default_factory=list)
    """The same up to the beginning of the next line."""
    kinds: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    """Additional cost of ending a line here."""
    reshaped: int = 0
    """Number of breaks within ligatures, or that change adjacent glyphs."""

    def fill(self, rows: Iterable[tuple[int, ...]]) -> None:
        """Set all breaks, each given as its places in the lists."""
        (
            self.stops, self.starts, self.ends, self.begins, self.hangs, self.hangs_before, self.spaces,
            self.spaces_before, self.kinds, self.costs,
        ) = map(list, zip(*rows, strict=True))  # fmt: skip

    def longer_than(self, width: int) -> list[tuple[int, int]]:
        """The parts between two breaks that do not fit on a line of a width: their first byte, and the one behind."""
        begins, ends = self.begins, self.ends
        return [
            (self.starts[place - 1], self.stops[place])
            for place in range(1, len(ends))
            if ends[place] - begins[place - 1] > width
        ]


def find_breaks(paragraph: Paragraph, width: int) -> Breaks:
    """The breaks of a paragraph; they depend on the width only where a word is longer than a line."""
    found: Breaks | None = paragraph.kept.get("breaks")
    if found is None:
        found = paragraph.kept["breaks"] = _Finder(paragraph).find()
    longer = found.longer_than(width) if paragraph.box.style["overflow_wrap"] in _ANYWHERE else []
    if not longer:
        return found
    key = ("breaks", *longer)
    if key not in paragraph.kept:
        paragraph.kept[key] = _Finder(paragraph, longer).find()
    broken: Breaks = paragraph.kept[key]
    return broken


class _Finder:
    """Finds the breaks of one paragraph."""

    def __init__(self, paragraph: Paragraph, longer: Sequence[tuple[int, int]] = ()) -> None:
        """`longer` are the parts that are broken because they are longer than a line, as bytes."""
        self._paragraph, self._text, self._data = paragraph, paragraph.text, paragraph.data
        self._longer = longer
        self._language = paragraph.box.style["lang"]
        plain = len(self._text) == len(self._data)
        self._bytes = range(len(self._text) + 1) if plain else _offsets(self._text)
        self._found = Breaks()
        self._space_places, self._space_widths = _spaces(paragraph)
        self._pairs: dict[tuple[int, str], tuple[int, int] | None] = {}

    def find(self) -> Breaks:
        """All breaks; the first is the beginning of the paragraph."""
        text, length = self._text, len(self._text)
        first = length - len(text.lstrip(" "))
        self._add([(first, PLAIN, 0), *sorted(self._chances(first)), (length, PLAIN, 0)])
        return self._found

    def _chances(self, first: int) -> Iterable[tuple[int, int, int]]:
        """Characters at which a line may begin, the kind of the line end before them, and its cost."""
        text = self._text
        apart = together(text, self._language)
        if (self._language or "")[:2] == "ko" and manner_of(self._paragraph.box.style).align != "justify":
            apart.update(korean_words(text))
        addresses = [one.span() for one in ADDRESS.finditer(text)] if "/" in text or "@" in text else []
        places: Iterable[int] = line_breaks(self._paragraph, self._language, first)
        if any(token.box.style["white_space"] == "nowrap" for token in self._paragraph.texts) or _SOFT_HYPHEN in text:
            places = [place for place in places if not self._unbroken(place)]
        if addresses:
            places = [place for place in places if not any(a < place < b for a, b in addresses)]
        found = {place: (place, PLAIN if text[place - 1] == " " else _kind(text[place - 1]), 0) for place in places}
        for place in apart.keys() & found.keys():
            found[place] = (place, found[place][1], _PARTING[apart[place]])
        for place, cost in self._parted_words(addresses):
            found.setdefault(place, (place, ADDED, APART if place in apart else cost))
        for begin, end in addresses:
            for place, cost in breaks_in_address(text[begin:end]):
                found.setdefault(begin + place, (begin + place, PLAIN, cost))
        for place, kind, cost in self._within_long_words():
            found.setdefault(place, (place, kind, cost))
        return found.values()

    def _within_long_words(self) -> Iterator[tuple[int, int, int]]:
        """The places in what is longer than a line: where it is hyphenated, and between all its characters."""
        within = character_breaks(self._paragraph, self._language) if self._longer else frozenset[int]()
        for start, stop in self._longer:
            style = self._paragraph.token_at(start).box.style
            first, end = (bisect_left(self._bytes, byte) for byte in (start, stop))
            if style["hyphens"] != "none" and style["lang"]:
                total, left, right = style["hyphenate_limit_chars"]
                for word in _long_words(max(total, left + right)).finditer(self._text, first, end):
                    for place in points(word[0], style["lang"], total, left, right):
                        yield word.start() + place, ADDED, APART
            for place in range(first + 1, end):
                if place in within and not self._unbroken(place):
                    yield place, PLAIN, 10 * APART

    def _unbroken(self, place: int) -> bool:
        """Whether `white-space: nowrap`, or `hyphens: none`, forbids a break before a character."""
        before, behind = (self._paragraph.token_at(self._bytes[one]) for one in (place - 1, place))
        styles = before.box.style, behind.box.style
        if all(style["white_space"] == "nowrap" for style in styles):
            return True
        return self._text[place - 1] == _SOFT_HYPHEN and styles[0]["hyphens"] == "none"

    def _parted_words(self, addresses: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Characters before which words can be hyphenated, with the cost."""
        text = self._text
        for token in self._paragraph.texts:
            style = token.box.style
            if token.kind != "text" or style["hyphens"] != "auto" or style["white_space"] != "normal":
                continue
            if not (language := style["lang"]):
                continue
            total, left, right = style["hyphenate_limit_chars"]
            begin = bisect_left(self._bytes, token.start)
            for word in _long_words(max(total, left + right)).finditer(token.box.text):
                places = points(word[0], language, total, left, right)
                if places:
                    a, b = begin + word.start(), begin + word.end()
                    if _goes_on(text, a, b) or any(one < b and a < other for one, other in addresses):
                        continue
                    cost = BESIDE_HYPHEN if text[a - 1 : a] in _HYPHENS or text[b : b + 1] in _HYPHENS else 0
                    yield from ((a + place, cost) for place in places)

    # --- measures ---

    def _add(self, chances: Sequence[tuple[int, int, int]]) -> None:
        """Add breaks, in order."""
        text, places = self._text, self._bytes
        spaces, widths = self._space_places, self._space_widths
        rows: list[tuple[int, ...]] = []
        for place, kind, cost in chances:
            end = place
            while end and text[end - 1] == " ":
                end -= 1
            stop, start = places[end], places[place]
            ending = self._end(stop, end, kind) if stop else (0, 0)
            beginning = self._begin(start)
            if ending is None or beginning is None:
                continue
            before = bisect_left(spaces, stop)
            behind = before if stop == start else bisect_left(spaces, start, before)
            ends, hangs = ending
            begins, hangs_before = beginning
            rows.append((stop, start, ends, begins, hangs, hangs_before, widths[before], widths[behind], kind, cost))
        if rows:
            self._found.fill(rows)

    def _end(self, stop: int, end: int, kind: int) -> tuple[int, int] | None:
        """Where a line ends, and how far it can hang; None if it cannot end there."""
        token = self._paragraph.token_at(stop - 1)
        shaped = token.shaped
        if shaped is None:
            return token.place + token.width, 0
        glyph = shaped.index.get(stop - token.start)
        if kind == ADDED:
            return self._parted(token, shaped, stop, glyph)
        if glyph is None:
            return None
        place, before = shaped.end(glyph), RIGHT.get(self._text[end - 1], 0)
        return token.place + place, (place - shaped.places[glyph - 1]) * before // PARTS if before else 0

    def _parted(self, token: Token, shaped: Shaped, stop: int, glyph: int | None) -> tuple[int, int] | None:
        """Where a line with a hyphen ends."""
        mark = token.box.style["hyphenate_character"]
        if glyph is not None:
            key = shaped.glyphs.numbers[glyph - 1], mark
            if key not in self._pairs:
                pair = with_hyphen(shaped, glyph, mark)
                self._pairs[key] = None if pair is None else (pair.width, hang_right(mark[-1:], pair.glyphs.widths[-1]))
            known = self._pairs[key]
            if known is not None:
                return token.place + shaped.places[glyph - 1] + known[0], known[1]
        local = stop - token.start
        begin = max(0, shaped.data.rfind(b" ", 0, local) + 1)
        pieces = cut(shaped, begin, local, mark)
        if pieces is None:
            return None
        self._found.reshaped += 1
        place = token.place + shaped.places[shaped.index[begin]] + sum(map(width_of, pieces))
        return place, hang_right(mark[-1:], pieces[-1][0].glyphs.widths[-1])

    def _begin(self, start: int) -> tuple[int, int] | None:
        """Where a line begins, and how far it can hang; None if it cannot begin there."""
        if start >= len(self._data):
            last = self._paragraph.texts[-1]
            return last.place + (last.shaped.width if last.shaped else last.width), 0
        token = self._paragraph.token_at(start)
        shaped = token.shaped
        if shaped is None:
            return token.place, 0
        local = start - token.start
        glyph = shaped.index.get(local)
        if glyph is None:  # within a ligature
            end = word_end(shaped, local)
            rest = typeface_of(token.box.style).shape(shaped.data[local:end].decode())
            return None if rest is None else (token.place + shaped.places[shaped.index[end]] - rest.width, 0)
        first = shaped.data[local : local + 3]
        hung = (
            hang_left(first.decode(errors="ignore")[:1], shaped.glyphs.widths[glyph]) if first[0] not in _LETTERS else 0
        )
        return token.place + shaped.places[glyph], hung


def _kind(char: str) -> int:
    """The kind of a line end after a character."""
    return ADDED if char == _SOFT_HYPHEN else TYPED if char in _HYPHENS else PLAIN


@lru_cache(maxsize=16)
def _long_words(letters: int) -> re.Pattern[str]:
    """Words with at least so many letters."""
    return re.compile(rf"[^\W\d_]{{{max(letters, 1)},}}")


def _offsets(text: str) -> list[int]:
    """The byte offset of each character, and of the end of the text."""
    return [0, *accumulate(1 if char < "\x80" else len(char.encode()) for char in text)]


def _spaces(paragraph: Paragraph) -> tuple[list[int], list[int]]:
    """The spaces of a paragraph, and the total width of all before each."""
    places, widths = [], []
    for token in paragraph.texts:
        if (shaped := token.shaped) is not None:
            places += [token.start + shaped.offsets[glyph] for glyph in shaped.spaces]
            widths += [shaped.glyphs.widths[glyph] for glyph in shaped.spaces]
    return places, list(accumulate(widths, initial=0))


def _goes_on(text: str, begin: int, end: int) -> bool:
    """Whether a word is only a part of one: it has soft hyphens, or continues in another element."""
    return any(
        char == _SOFT_HYPHEN or char.isalnum() for char in (text[begin - 1 : begin], text[end : end + 1]) if char
    )
