"""Parses XHTML documents as XML, with Python's own parser, which takes a tenth of the time.

WeasyPrint 70.0 parses every document as HTML, in pure Python. Layouts compose XHTML, because the EPUB needs it; a
document that is not well-formed is still parsed as HTML. Names in the tree are those of the HTML parser.
"""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
PREFIXES = {"{http://www.idpf.org/2007/ops": "epub:", "{http://www.w3.org/XML/1998/namespace": "xml:"}
"""How the HTML parser names attributes of other namespaces: as they are written."""


def mend() -> None:
    """Read XHTML as XML, in this process."""
    import tinyhtml5

    tinyhtml5.parse = _as_xml_if_possible(tinyhtml5.parse)


def _as_xml_if_possible(parse: Any) -> Any:
    """Parse a document as XML; as HTML if it is not XHTML."""

    def parse_either(file: Any, *rest: Any, **named: Any) -> Any:
        content = file.read() if hasattr(file, "read") else file
        try:
            root = ET.fromstring(content)  # noqa: S314 - nobody else composes it
        except ET.ParseError:
            root = None
        if root is None or root.tag != f"{XHTML}html":
            return parse(StringIO(content) if isinstance(content, str) else BytesIO(content), *rest, **named)
        for element in root.iter():
            _rename(element)
        return root

    return parse_either


def _rename(element: ET.Element) -> None:
    """Rename an element and its attributes as the HTML parser does."""
    if not element.tag.startswith(XHTML):
        return  # a drawing, or a formula
    element.tag = element.tag[len(XHTML) :]
    for name in [name for name in element.attrib if name.startswith("{")]:
        space, _, local = name.rpartition("}")
        element.set(f"{PREFIXES.get(space, '')}{local}", element.attrib.pop(name))
