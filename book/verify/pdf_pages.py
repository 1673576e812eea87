"""Takes running heads and folios out of the pages of a PDF, and finds the numbers that are printed on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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
    at least three pages; it is a folio if it is nothing but a number.
    """
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    tops = Counter(_plain(page[0]) for page in lines if len(page) > 1)
    feet = Counter(_plain(page[-1]) for page in lines if len(page) > 1)
    texts: list[str] = []
    folios: list[str | None] = []
    for page in lines:
        kept, folio = list(page), None
        for at, often in ((0, tops), (-1, feet), (0, tops), (-1, feet)):
            if len(kept) > 1 and (_FOLIO.fullmatch(kept[at].strip()) or _is_head(kept[at], often)):
                folio = folio or _number(kept[at].strip())
                del kept[at]
        texts.append("\n".join(kept))
        folios.append(folio)
    return texts, folios


def _is_head(line: str, often: Counter[str]) -> bool:
    """Whether a line at an edge of a page is a running head: it has words, and stands there on several pages."""
    plain = _plain(line)
    return bool(plain) and often[plain] >= _OFTEN


def _plain(line: str) -> str:
    """A line as it is compared: without numbers, punctuation and case."""
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
