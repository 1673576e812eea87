"""Elements of a chapter that editions finish in their own ways: formulas, and divisions that a layout decides about."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from book.composition.wide_formulas import parts_of
from book.manuscript.formulas import FormulaError, available, drawing, mathml

Lay = Callable[[tuple[str, ...], str, str], str | None]
"""Classes, id and finished content of a division → XHTML that takes its place; None where no layout is about it."""


def part_links(root: etree._Element) -> None:
    """Let no link stand in another, which HTML does not allow: an author's link may have a note or a citation in it.

    The call of a note moves behind the link, so that it leads to the note; any other link inside becomes plain words.
    """
    moved = set()
    for link in list(root.iter("a")):
        outer = next(link.iterancestors("a"), None)
        if outer is None:
            continue
        if link.get("data-note") is None:
            link.tag = "span"
            for name in ("href", "role", "data-epub-type"):
                link.attrib.pop(name, "")
            continue
        _take_out(link)
        while (behind := outer.getnext()) is not None and behind in moved:
            outer = behind
        link.tail, outer.tail = outer.tail, None
        outer.addnext(link)
        moved.add(link)


def _take_out(element: etree._Element) -> None:
    """Take an element out of its parent, without the text behind it, which stays."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None, "the root is no link"
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def set_formulas(root: etree._Element, *, paged: bool) -> None:
    """Write every formula: as a drawing on pages, as MathML elsewhere, as its source where nothing can set it."""
    for element in list(root.iterfind(".//*[@data-math]")):
        tex, display = element.get("data-math", ""), element.get("data-display") is not None
        for name in ("data-math", "data-display"):
            element.attrib.pop(name, "")
        try:
            written = (drawing if paged else mathml)(tex, display=display) if available() else None
        except FormulaError:
            written = None  # an error, which stops the outputs
        if written and paged:
            element.append(etree.fromstring(written))
        elif written:
            parts = parts_of(etree.fromstring(written))
            element.extend(parts)
            for part in parts[:-1]:
                part.tail = " "
        else:
            etree.SubElement(element, "code").text = tex


def _as_text(element: etree._Element) -> str:
    """An element and what follows it, as XHTML."""
    return etree.tostring(element, encoding="unicode")


def lay_out_divisions(root: etree._Element, lay: Lay) -> None:
    """Put what layouts make of divisions in their place, the innermost first."""
    for division in reversed(list(root.iterfind(".//*[@data-division]"))):
        del division.attrib["data-division"]
        inner = (division.text or "") + "".join(map(_as_text, division))
        html = lay(tuple((division.get("class") or "").split()), division.get("id", ""), inner)
        parent = division.getparent()
        if html is None or parent is None:
            continue
        pieces = etree.fromstring(f"<div>{html}</div>")
        index = parent.index(division)
        pieces[-1].tail = division.tail
        parent.remove(division)
        parent[index:index] = list(pieces)
