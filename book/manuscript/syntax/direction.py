"""Sets the direction of text in languages that are written the other way than the chapter: `[…]{lang=ar}`."""

from __future__ import annotations

from lxml import etree

from book.language.direction import direction
from book.manuscript.draft import Draft


def transform(draft: Draft) -> None:
    """Give each element with such a `lang` a `dir`, unless the author did (HTML, 3.2.6.4)."""
    for element in draft.root.iter(etree.Element):
        language = element.get("lang")
        if not language or element.get("dir") is not None:
            continue
        way = direction(language)
        if way == "rtl" or way != direction(draft.language):
            element.set("dir", way)
