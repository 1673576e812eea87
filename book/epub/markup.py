"""Builds XHTML elements."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from book.language.direction import direction
from book.manuscript.xhtml import keep_end_tags

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{EPUB}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NAMESPACES: Mapping[str | None, str] = {None: XHTML, "epub": EPUB}


def element(name: str, attributes: dict[str, str], *children: str | etree._Element) -> etree._Element:
    """An XHTML element with attributes and children, in order."""
    # The stubs do not know that the default namespace has no prefix.
    made = etree.Element(f"{{{XHTML}}}{name}", attributes, nsmap=NAMESPACES)  # type: ignore[arg-type]
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def language(tag: str | None) -> dict[str, str]:
    """The attributes that declare an element's language (BCP 47); none if it is not known."""
    turned = {"dir": "rtl"} if tag and direction(tag) == "rtl" else {}
    return {"lang": tag, XML_LANG: tag, **turned} if tag else {}


def document(root: etree._Element) -> bytes:
    """Serialise a whole XHTML document in UTF-8, with a line break after each list item and head element."""
    for part in root.iter(*(f"{{{XHTML}}}{name}" for name in ("head", "link", "li", "ol", "nav"))):
        part.tail = "\n"
    return etree.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n"


def serialise(root: etree._Element) -> str:
    """A document as text; empty elements that may have content get an end tag, for HTML parsers."""
    keep_end_tags(root)
    return etree.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
