"""Prepares a chapter's body for reflowable text, beyond what every edition needs.

Blocks get ids of their own, so that bookmarks and highlights keep their place in a new edition: e-readers store a place
as a path from the nearest id (EPUB Canonical Fragment Identifiers 1.1, 3.1.3). Languages are also given as `xml:lang`
(EPUB 3.3, 6.1.2). Tables are prepared for screens that are too narrow for them (`book/composition/records.py`).
"""

from __future__ import annotations

import hashlib
from collections import Counter

from lxml import etree

from book.composition.records import prepare_table
from book.manuscript.draft import plain_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def make_reflowable(root: etree._Element) -> None:
    """Change the tree of a body in place; called before anything is written into it that differs between editions."""
    _name_blocks(root)
    for element in root.iterfind(".//*[@lang]"):
        element.set(_XML_LANG, element.get("lang", ""))
    for table in list(root.iter("table")):
        prepare_table(table)


def _name_blocks(root: etree._Element) -> None:
    """Give each block without an id one that depends only on its text: `p-` and eight hexadecimal digits.

    So it stays the same when other blocks change. Blocks with the same text are numbered.
    """
    taken = {element.get("id") for element in root.iterfind(".//*[@id]")}
    alike: Counter[str] = Counter()
    for block in root.iterchildren(etree.Element):
        words = plain_text(block)
        if block.get("id") is not None or not words or block.tag == "section":
            continue
        stem = f"p-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        name = stem
        while name in taken:
            alike[stem] += 1
            name = f"{stem}-{alike[stem] + 1}"
        taken.add(name)
        block.set("id", name)
