"""Adds a page list to the NCX, for devices that do not read the navigation document (DAISY 2005, Z39.86, 8.4.4)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from book.model.folios import Folio

NCX = "http://www.daisy.org/z3986/2005/ncx/"


def with_page_list(ncx: bytes, pages: Sequence[tuple[Folio, str]]) -> bytes:
    """Add a page list after the contents of an NCX; `pages` are folios and addresses, in reading order."""
    root = etree.fromstring(ncx)
    counts = {"dtb:totalPageCount": len(pages), "dtb:maxPageNumber": max(_numbers(pages), default=0)}
    for meta in root.iter(f"{{{NCX}}}meta"):
        if (name := meta.get("name")) in counts:
            meta.set("content", str(counts[name]))
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
