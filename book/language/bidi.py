"""Keeps words of one direction from reordering those around them (Unicode Standard Annex 9)."""

from __future__ import annotations

import unicodedata
from html import escape

from book.language.direction import direction

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
"""The direction of characters by their bidirectional class; others take that of what is around them."""


def isolated(text: str, html: str, around: str) -> str:
    """A text as XHTML, in a `bdi` if it has characters that run against the language around it.

    Args:
        text: The text without markup.
        html: The same as XHTML.
        around: The language (BCP 47) that it stands in.
    """
    if (text.isascii() and direction(around) == "ltr") or " dir=" in html:  # its parts are isolated
        return html
    ways = [way for character in text if (way := _STRONG.get(unicodedata.bidirectional(character)))]
    if all(way == direction(around) for way in ways):
        return html
    return f'<bdi dir="{ways[0]}">{html}</bdi>'


def attributes(tag: str | None, around: str) -> dict[str, str]:
    """The attributes that declare the language (BCP 47) of an element, and its direction where that has to be said.

    Args:
        tag: Its language; None if it is not known.
        around: The language that it stands in.
    """
    if not tag:
        return {}
    way = direction(tag)
    turned = {"dir": way} if way == "rtl" or way != direction(around) else {}
    return {"lang": tag, "xml:lang": tag, **turned}


def written_attributes(tag: str | None, around: str) -> str:
    """The same as they are written in a start tag, with a space before each."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes(tag, around).items())
