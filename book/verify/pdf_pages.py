"""Takes running heads and folios out of the pages of a PDF, and finds the numbers that are printed on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from book.model.folios import Folio

_FOLIO = re.compile(
    r"\W*(?:page|seite|p\.|s\.|\u7b2c)?\s*(?P<number>\d{1,4}|[ivxlc]{1,7})\s*(?:(?:/|of|von|sur|de)\s*\d{1,4}|\u9875|\u9801|\u30da\u30fc\u30b8)?\W*",
    re.IGNORECASE,
)
"""A line that is nothing but a page number."""
_ENDS = re.compile(r"^(?P<before>\d{1,4}|[ivxlc]{1,7})\s+\S|\S\s+(?P<behind>\d{1,4}|[ivxlc]{1,7})$")
"""A page number at either end of a running head."""
_OFTEN = 3
"""Minimum number of pages on which a line stands at the same edge to be a running head."""
_NUMBERED = 0.5
"""Minimum share of the pages whose printed numbers count on from each other."""


def without_furniture(pages: Sequence[str]) -> tuple[list[str], list[str | None]]:
    """The texts of some pages without running heads and folios, and the number that is printed on each, or None.

    A line at the top or the foot of a page is a running head if the same line, whatever its number, stands there on
    at least three pages. It is a folio if it says so (`Page 3 of 9`), or is nothing but a number that counts on with
    the pages; other numbers, such as a year that ends a page, are text.
    """
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    often = (Counter(_plain(page[0]) for page in lines if len(page) > 1),
             Counter(_plain(page[-1]) for page in lines if len(page) > 1))  # fmt: skip
    found = (_series(_outermost(page, edge, often[edge]), at) for at, page in enumerate(lines) for edge in _EDGES)
    counts = Counter(filter(None, found))
    most = max(counts.values(), default=0)
    counting = {one for one, count in counts.items() if count >= _OFTEN or (count == most > 1) or one[1] == 1}
    texts: list[str] = []
    folios: list[str | None] = []
    for index, page in enumerate(lines):
        kept, folio = list(page), None
        numbered: set[int] = set()
        for edge in (*_EDGES, *_EDGES):
            line = kept[edge].strip() if len(kept) > 1 else ""
            bare = bool(_BARE.fullmatch(line))
            if bare and (edge in numbered or _series(line, index) not in counting):
                continue
            if line and (_FOLIO.fullmatch(line) or _is_head(line, often[edge])):
                folio = folio or _number(line)
                numbered |= {edge} if bare else set()
                del kept[edge]
        texts.append("\n".join(kept))
        folios.append(folio)
    return texts, folios


_EDGES = (0, -1)
"""The indexes of the first and the last line of a page."""
_BARE = re.compile(r"\W*(?P<number>\d{1,4}|[ivxlc]{1,7})\W*", re.IGNORECASE)
"""A line that is nothing but a number."""
_ROMAN = {str(Folio(0, number)): number for number in range(1, 400)}


def _outermost(page: Sequence[str], edge: int, often: Counter[str]) -> str:
    """The line at an edge of a page, or the next one if that is a running head; empty if both are."""
    nearest = page[:2] if edge == 0 else page[:-3:-1]
    return next((line for line in nearest if not _is_head(line, often)), "")


def _series(line: str, index: int) -> tuple[bool, int] | None:
    """Of a line that is a number: whether it is Arabic, and by how much it exceeds the page's index; else None."""
    match = _BARE.fullmatch(line.strip())
    number = match["number"].casefold() if match else ""
    value = int(number) if number.isdecimal() else _ROMAN.get(number)
    return (number.isdecimal(), value - index) if value is not None else None


def _is_head(line: str, often: Counter[str]) -> bool:
    """Whether a line at an edge of a page is a running head: it has words, and stands there on several pages."""
    plain = _plain(line)
    return bool(plain) and often[plain] >= _OFTEN


def _plain(line: str) -> str:
    """A line with its letters alone, in lower case, so that running heads of many pages compare equal."""
    return "".join(re.findall(r"[^\W\d_]+", re.sub(r"^[ivxlc]+\s|\s[ivxlc]+$", "", line.strip().casefold())))


def _number(line: str) -> str | None:
    """The page number in a line."""
    if match := _FOLIO.fullmatch(line):
        return match["number"]
    found = _ENDS.search(line)
    return (found["before"] or found["behind"]) if found else None


def printed_labels(folios: Sequence[str | None]) -> list[str] | None:
    """The number of each page as it is printed, where most pages have one that counts on; None if they do not.

    Pages that print none get the number that they have in the count; those before the first page, in brackets, their
    position in the file.
    """
    offsets = Counter(int(folio) - index for index, folio in enumerate(folios) if folio and folio.isdigit())
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    if count < _OFTEN or count < _NUMBERED * len(folios):
        return None
    labels = []
    for index, folio in enumerate(folios):
        roman = folio if folio and not folio.isdigit() else None
        labels.append(str(index + offset) if index + offset > 0 and not roman else roman or f"[{index + 1}]")
    return labels
