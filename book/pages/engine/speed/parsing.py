"""Parses XHTML documents as XML, with Python's own parser, which takes a tenth of the time.

WeasyPrint 70.0 parses every document as HTML, in pure Python. Layouts compose XHTML, because the EPUB needs it; a
document that is not well-formed is still parsed as HTML. Names in the tree are those of the HTML parser.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
PREFIXES = {"{http://www.idpf.org/2007/ops": "epub:", "{http://www.w3.org/XML/1998/namespace": "xml:"}
"""How the HTML parser names attributes of other namespaces: as they are written."""

_ways: set[str] = set()
"""`xml`, if documents are read as XML in this process."""


def mend() -> None:
    """Read XHTML as XML, in this process."""
    _ways.add("xml")


def read_document(text: str, base_url: str, url_fetcher: Any) -> Any:
    """The engine's `HTML` of a document: parsed as XML, or as HTML if it is not XHTML."""
    from weasyprint import HTML

    root = _xhtml(text) if "xml" in _ways else None
    html = HTML(string=text if root is None else "<html>", base_url=base_url, url_fetcher=url_fetcher)
    if root is not None:
        html.wrapper_element = type(html.wrapper_element).from_html_root(root, content_language=None)
        html.etree_element = html.wrapper_element.etree_element
        if (base := next(root.iter("base"), None)) is not None:
            html.base_url = urljoin(base_url, base.get("href", "").strip())
    return html


def _xhtml(text: str) -> ET.Element | None:
    """The root of an XHTML document, with names as the HTML parser gives them; None of any other."""
    try:
        root = ET.fromstring(text)  # noqa: S314 - nobody else composes it
    except ET.ParseError:
        return None
    if root.tag != f"{XHTML}html":
        return None
    for element in root.iter():
        _rename(element)
    return root


def _rename(element: ET.Element) -> None:
    """Rename an element and its attributes as the HTML parser does."""
    if not element.tag.startswith(XHTML):
        return  # a drawing, or a formula
    element.tag = element.tag[len(XHTML) :]
    for name in [name for name in element.attrib if name.startswith("{")]:
        space, _, local = name.rpartition("}")
        element.set(f"{PREFIXES.get(space, '')}{local}", element.attrib.pop(name))
