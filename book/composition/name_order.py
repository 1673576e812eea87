"""Names whose family name comes first, in citations formatted by Pandoc, whose citeproc leaves `static-ordering` out.

Their family names are marked before, and the given names moved behind them afterwards: `Xi Jinping`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from book.model.sources import Name, Source
from book.sources.csl_words import NAMES

_MARK = "\U0010fffd"
"""A character for private use behind such a family name."""


def mark(item: Mapping[str, object], source: Source) -> dict[str, object]:
    """A CSL item in which the family names are marked that come first."""
    static = {(name.family, name.given) for name in _static(source)}
    marked = dict(item)
    for role in NAMES:
        names = item.get(role)
        if static and isinstance(names, list):
            marked[role] = [
                {**name, "family": f"{name['family']}{_MARK}"}
                if isinstance(name, Mapping) and (_typographic(name, "family"), _typographic(name, "given")) in static
                else name
                for name in names
            ]
    return marked


def put_in_order(page: str, sources: Iterable[Source]) -> str:
    """A page with the given names behind the marked family names, and without marks."""
    if _MARK not in page:
        return page
    for family, given in sorted({(name.family, name.given) for source in sources for name in _static(source)}):
        first = re.escape(escape(family, quote=False) + _MARK)
        second = f"{re.escape(escape(given, quote=False))}|{re.escape(given[0])}\\.(?:[ -]?\\w\\.)*"
        page = re.sub(rf"({first}),\s+(?=(?:{second})(?!\w))", r"\1 ", page)
        page = re.sub(rf"(?<!\w)({second})\s+({first})", r"\2 \1", page)
    return page.replace(_MARK, "")


def _static(source: Source) -> list[Name]:
    """The names of a source whose family name comes first, in letters that have no such order of themselves."""
    names = (*source.authors, *(name for _, people in source.roles for name in people))
    return [name for name in names if name.static_ordering and name.given]


def _typographic(name: Mapping[str, object], part: str) -> str:
    """A part of a name as a source has it, with typographic apostrophes."""
    return str(name.get(part, "")).replace("'", "’")
