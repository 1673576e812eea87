"""Documents that are XHTML are read as XML, by the parser that comes with Python, which takes a tenth of the time.

WeasyPrint 70.0 reads every document as HTML, with a parser in Python. What a layout composes is XHTML, for the EPUB
needs it so; a document that is not well-formed is read as before. In the tree, names are those of the HTML parser.
"""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
PREFIXES = {"{http://www.idpf.org/2007/ops": "epub:", "{http://www.w3.org/XML/1998/namespace": "xml:"}
"""How the HTML parser writes attributes of other namespaces: just as they are written."""


def mend() -> None:
    """Read XHTML as XML, in this process."""
    import tinyhtml5

    tinyhtml5.parse = _as_xml_if_possible(tinyhtml5.parse)


def _as_xml_if_possible(parse: Any) -> Any:
    """Read a document as XML; as HTML, where it is not XHTML."""

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
    """Give an element, and its attributes, the names that the HTML parser gives them."""
    if not element.tag.startswith(XHTML):
        return  # a drawing, or a formula
    element.tag = element.tag[len(XHTML) :]
    for name in [name for name in element.attrib if name.startswith("{")]:
        space, _, local = name.rpartition("}")
        element.set(f"{PREFIXES.get(space, '')}{local}", element.attrib.pop(name))
