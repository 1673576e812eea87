"""Finds tables whose columns are so narrow that their words are broken between letters, without a hyphen.

`tables` lets the words of a table break so where nothing else keeps it on its page. That is right for an address or one
long name, not for all words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from book.pages.tables import LONG_WORD
from book.problem import Problem, Span, warning

_LETTERS = "\u0590"
"""Before this character are the scripts whose words are not broken at any letter: Latin, Greek, Cyrillic, Armenian."""
_HYPHEN = "\N{HYPHEN}"
"""What is added to a line that ends within a word."""
_HINT = "take fewer columns, or shorter words; or make two tables of it, or the page wider"


def torn_words(pages: Sequence[Any], path: str) -> Iterator[Problem]:
    """A warning for each table whose words are broken between letters."""
    found: dict[Any, list[str]] = {}
    for page in pages:
        for table in page._page_box.descendants():  # noqa: SLF001 - there is no public way to the boxes
            element = table.element
            if (
                hasattr(table, "column_groups")
                and element is not None
                and "breaking" in element.get("class", "").split()
            ):
                found.setdefault(element, []).extend(_torn(table))
    for words in found.values():
        if words:
            more = f", and {len(words) - 1} more like it" if words[1:] else ""
            message = f'columns of a table are too narrow for its words: "{words[0]}" is broken between letters{more}'
            yield warning("torn-words", message, Span(path), _HINT)


def _torn(table: Any) -> Iterator[str]:
    """The words in the box of a table that are broken without a hyphen."""
    for cell in table.descendants():
        if not hasattr(cell, "colspan") or cell.element is None:
            continue
        words = "".join(cell.element.itertext()).split()
        lines = [_text(box).split() for box in cell.descendants() if type(box).__name__ == "LineBox"]
        begun, is_torn = "", False
        for before, line in pairwise([*filter(None, lines), [""]]):
            if len(before) > 1:
                begun, is_torn = "", False
            is_torn |= not before[-1].endswith(_HYPHEN)
            begun += before[-1].removesuffix(_HYPHEN)
            whole = next((word for word in words if word.startswith(begun) and word != begun), None)
            if whole is None or not _is_inside(begun, line[0]):
                begun, is_torn = "", False
            elif is_torn and whole == begun + line[0] and len(whole) <= LONG_WORD:
                yield whole


def _text(line: Any) -> str:
    """The text of a line."""
    return "".join(getattr(box, "text", "") for box in line.descendants())


def _is_inside(before: str, behind: str) -> bool:
    """Whether a line that ends so and one that begins so part a word of a script with spaces."""
    return before[-1:].isalnum() and behind[:1].isalnum() and before[-1] < _LETTERS
