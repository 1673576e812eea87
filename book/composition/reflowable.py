"""What the body of a chapter needs on a screen, beside what every edition shows.

Blocks have ids of their own, so that bookmarks and highlights keep their place in a new edition:
readers note a place as a path of steps from the nearest id (EPUB Canonical Fragment Identifiers 1.1, 3.1.3).
Languages are said in XML's way too (EPUB 3.3, 6.1.2), and tables stand in a frame that can be moved sideways.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from lxml import etree

from book.manuscript.draft import plain_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def make_reflowable(root: etree._Element) -> None:
    """Change the tree of a body, as `read` made it: before anything is written into it that editions differ in."""
    _name_blocks(root)
    for element in root.iterfind(".//*[@lang]"):
        element.set(_XML_LANG, element.get("lang", ""))
    for table in list(root.iter("table")):
        _frame(table)


def _name_blocks(root: etree._Element) -> None:
    """Give each block without an id one that depends on its words alone: `p-` and eight hexadecimal digits.

    It stays the same when anything is inserted or changed elsewhere. Blocks with the same words are numbered.
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


def _frame(table: etree._Element) -> None:
    """Put a division round a table."""
    parent = table.getparent()
    assert parent is not None, "a table stands in a body"
    frame = etree.Element("div", {"class": "table"})
    parent.replace(table, frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)
