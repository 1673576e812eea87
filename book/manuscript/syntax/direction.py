"""Sets the direction of text in languages that are written from right to left: `[…]{lang=ar}`."""

from __future__ import annotations

from lxml import etree

from book.language.scripts import direction
from book.manuscript.draft import Draft


def transform(draft: Draft) -> None:
    """Give each element with such a `lang` a `dir`, unless the author did (HTML, 3.2.6.4)."""
    for element in draft.root.iter(etree.Element):
        language = element.get("lang")
        if language and element.get("dir") is None and direction(language) == "rtl":
            element.set("dir", "rtl")
