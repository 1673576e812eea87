"""Writes dates in words in EDTF when a list of sources is converted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from book.dates.typed import suggest
from book.imports.dates_in_text import find_dates
from book.model.sources import Source
from book.problem import Problem
from book.sources.csl_words import DATES

_MOST = 0.6
"""Share of a text that has to be the date in it."""


def with_dates(sources: Iterable[Source]) -> Iterator[tuple[Source, tuple[Problem, ...]]]:
    """Sources whose dates in words are EDTF where they can be read in one way, and the problems that each still has.

    What can be read in several ways, or not at all, stays as it is written; its problem says so.
    """
    for source in sources:
        words = {name: text for name in DATES if (text := _words(source.item.get(name))) is not None}
        read = {name: found for name, text in words.items() if (found := _read(text)) is not None}
        told = tuple(f'"{words[name]}" ' for name in read)
        left = tuple(one for one in source.problems if one.code != "literal-date" or not one.message.startswith(told))
        yield replace(source, item={**source.item, **read}) if read else source, left


def _words(value: object) -> str | None:
    """The words of a CSL date that is a text, or None."""
    text = value.get("raw") or value.get("literal") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def _read(text: str) -> str | None:
    """The EDTF of a date in words, or None."""
    readings = suggest(text)
    if len(readings) == 1:
        return readings[0]
    dates = find_dates(text) if not readings else ()
    if len(dates) != 1 or dates[0].ambiguous or dates[0].doubt or dates[0].end - dates[0].begin < _MOST * len(text):
        return None
    return dates[0].edtf
