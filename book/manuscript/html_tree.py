"""Makes the tree of a chapter of its HTML, within bounds."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree
from lxml.etree import _Element

from book.manuscript.draft import BLOCKS

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WBR = re.compile("(<wbr[^>]*>)")
"""An element without content that libxml2 does not know as such."""
_STRUCTURE = frozenset({"ul", "ol", "dl", "hr", "col", "colgroup", "tbody", "thead", "tfoot"})
"""Elements that contain no text directly, or are blocks of their own."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_OPEN_ENDED = frozenset(
    "br col hr img wbr p li dt dd td th tr thead tbody tfoot colgroup caption rt rp".split()  # noqa: SIM905
)
"""Elements that need no end tag (HTML, 13.1.2.4), or cannot have one."""


def bounded(html: str, most: int) -> str:
    """The HTML of a chapter, unless more elements in it stand open than may be nested.

    To close what raw HTML leaves open takes time that grows with the square of its number.

    Raises:
        RecursionError: It is nested too deeply.
    """
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2] not in _OPEN_ENDED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            if depth > most:
                raise RecursionError
    return html


def tree_of(html: str, most: int) -> _Element:
    """The tree of a chapter's clean HTML.

    Raises:
        RecursionError: It is nested too deeply.
    """
    whole = _WBR.sub(r"\1</wbr>", _CONTROLS.sub("", html))
    root: _Element = lxml.html.fragment_fromstring(whole, create_parent="div")
    wrap(root)
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            raise RecursionError
    return root


def wrap(root: _Element) -> None:
    """Wrap text outside any block, which raw HTML can leave, in paragraphs."""
    children = list(root)
    paragraph: _Element | None = None
    if (root.text or "").strip():
        paragraph = etree.Element("p")
        paragraph.text, root.text = root.text, None
        root.insert(0, paragraph)
    for child in children:
        inline = child.tag not in BLOCKS and child.tag not in _STRUCTURE and not _holds_blocks(child)
        tail = (child.tail or "").strip()
        if not inline:
            paragraph = None
        if inline or tail:
            if paragraph is None:
                paragraph = etree.Element("p")
                (child.addprevious if inline else child.addnext)(paragraph)
            if inline:
                paragraph.append(child)
            else:
                paragraph.text, paragraph.tail, child.tail = paragraph.tail or child.tail, None, "\n"


def _holds_blocks(element: _Element) -> bool:
    """Whether an element holds blocks where blocks stand: `a`, `del` and `ins` hold what is around them."""
    return element.tag in ("a", "del", "ins") and next(element.iterchildren(*BLOCKS), None) is not None
