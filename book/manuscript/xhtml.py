"""XHTML that XML and HTML parsers read alike."""

from __future__ import annotations

from lxml import etree

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
"""Elements that never have content, and no end tag (HTML, 13.1.2)."""


def keep_end_tags(root: etree._Element) -> None:
    """Give all elements without content an empty text, so that those that may have content are written with an end tag.

    An HTML parser takes `<i/>` for the beginning of an element. Elements may be in a namespace.
    """
    for element in root.iter(etree.Element):
        if element.text is None and not len(element) and str(element.tag).rpartition("}")[2] not in VOID:
            element.text = ""
