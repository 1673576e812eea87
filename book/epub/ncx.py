"""Completes the NCX, for devices that do not read the navigation document (DAISY 2005, Z39.86, 8.4)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from book.model.folios import Folio

NCX = "http://www.daisy.org/z3986/2005/ncx/"


def complete(ncx: bytes, depth: int, pages: Sequence[tuple[Folio, str]]) -> bytes:
    """State the depth of the contents of an NCX, and add a page list after them.

    Args:
        ncx: The NCX.
        depth: The number of levels of its contents.
        pages: Folios and addresses of pages, in reading order.
    """
    root = etree.fromstring(ncx)
    highest = max(_numbers(pages), default=0)
    counts = {"dtb:depth": depth, "dtb:totalPageCount": len(pages), "dtb:maxPageNumber": highest}
    for meta in root.iter(f"{{{NCX}}}meta"):
        if (name := meta.get("name")) in counts:
            meta.set("content", str(counts[name]))
    if not pages:
        etree.indent(root)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
    listing = etree.SubElement(root, f"{{{NCX}}}pageList")
    for order, (folio, address) in enumerate(pages, 1):
        kind = "normal" if folio.matter else "front"
        value = {"value": str(folio.number)} if folio.matter else {}
        target = etree.SubElement(listing, f"{{{NCX}}}pageTarget", {"id": f"page-{order}", "type": kind, **value})
        label = etree.SubElement(target, f"{{{NCX}}}navLabel")
        etree.SubElement(label, f"{{{NCX}}}text").text = str(folio)
        etree.SubElement(target, f"{{{NCX}}}content", {"src": address})
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _numbers(pages: Sequence[tuple[Folio, str]]) -> list[int]:
    """The arabic page numbers."""
    return [folio.number for folio, _ in pages if folio.matter]
