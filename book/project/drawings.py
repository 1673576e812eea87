"""Cleans SVG drawings: what can run, animate, or refer to other files is left out.

A drawing comes from wherever it was drawn or found. What is kept are the static elements and attributes of SVG 1.1 and
SVG 2, so that e-readers and the layout engine show the same and neither runs nor fetches anything. A drawing that
contains nothing else is kept byte for byte.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from book.project.drawing_names import ATTRIBUTES, ELEMENTS
from book.project.drawing_styles import RASTER, clean_style, fetches, is_inside, is_readable, shortened
from book.project.selectors import Shape, cost

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

MOST_ELEMENTS = 200_000
"""Elements that may be drawn, those counted that `use` repeats; filter primitives count as `_FILTER_COST`."""
MOST_STEPS = 50_000_000
"""Steps that finding what the rules of its stylesheets are for may take."""
_FILTER_COST = 100
_LARGEST_EFFECT = 1000
"""Largest number in an attribute of a filter whose cost grows with it."""

_COSTLY = frozenset({"numOctaves", "stdDeviation", "radius", "order"})
_NUMBER = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?")


class DrawingError(ValueError):
    """A file is no drawing, or one that would take too long; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing without what it may not have."""

    data: bytes
    """Its content."""
    left_out: tuple[str, ...]
    """What was left out and might have been seen or heard, each once, as written in the drawing."""


def clean_drawing(data: bytes) -> Drawing:
    """The drawing in an SVG file without what it may not have.

    Raises:
        DrawingError: It is not SVG, or it is too large.
    """
    root = _parse(data)
    _check_size(root)
    cleaner = _Cleaner()
    cleaner.clean(root)
    tree = root.getroottree()
    for node in _siblings(root):
        if node.tag is etree.ProcessingInstruction:
            cleaner.left_out[f"<?{node.target}?>"] += 1
    if not cleaner.left_out and not cleaner.silent and not tree.docinfo.doctype:
        return Drawing(data, ())
    written = etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False)
    return Drawing(written + b"\n", tuple(sorted(cleaner.left_out)))


def _parse(data: bytes) -> Any:
    """The root element of a drawing. Entities of the file itself are replaced, as far as they stay small."""
    internal: Any = "internal"  # the types of lxml lag behind
    parser = etree.XMLParser(resolve_entities=internal, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as failure:
        start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith((b"<!doctype html", b"<html")):
            raise DrawingError("it is HTML, not SVG") from failure
        line = getattr(failure, "lineno", None)
        reason = str(failure).partition(", line ")[0]
        raise DrawingError(f"it is not well-formed XML: {reason}{f' (its line {line})' if line else ''}") from failure
    name = etree.QName(root)
    if name.localname == "html":
        raise DrawingError("it is HTML, not SVG")
    if name.localname != "svg":
        raise DrawingError(f"its root element is {name.localname}, not svg")
    if name.namespace != SVG:
        raise DrawingError(f'its root element lacks xmlns="{SVG}"')
    return root


def _siblings(root: Any) -> Iterator[Any]:
    """What stands before and after the root element: comments and processing instructions."""
    yield from root.itersiblings(preceding=True)
    yield from root.itersiblings()


def _check_size(root: Any) -> None:
    """Raise DrawingError for a drawing of too many elements, those counted that are repeated by reference."""
    targets = {element.get("id"): element for element in root.iter("{*}*") if element.get("id")}
    known: dict[Any, int] = {}
    open_: set[Any] = set()

    def size(element: Any) -> int:
        if element in known:
            return known[element]
        if element in open_:
            raise DrawingError("what a use element repeats contains that element")
        open_.add(element)
        own = _FILTER_COST if etree.QName(element).localname.startswith("fe") else 1
        total = own + sum(size(child) for child in element if isinstance(child.tag, str))
        total += sum(size(targets[name]) for name in _used(element) if name in targets)
        open_.discard(element)
        if total > MOST_ELEMENTS:
            raise DrawingError(f"more than {MOST_ELEMENTS} elements are to be drawn, repeated ones included")
        known[element] = total
        return total

    try:
        size(root)
    except RecursionError:
        raise DrawingError("its elements are nested too deep") from None


def _used(element: Any) -> Iterator[str]:
    """The ids of the elements that are drawn again where this one is."""
    if etree.QName(element).localname == "use":
        yield next((value for key in ("href", f"{{{_XLINK}}}href") if (value := element.get(key))), "").lstrip("#")
    for key in ("filter", "fill", "stroke", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end"):
        for found in re.finditer(r"url\(\s*[\"']?#([^\"')]+)", element.get(key, "") + element.get("style", "")):
            yield found[1].strip()


class _Cleaner:
    """Removes what a drawing may not have, and counts it."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.silent = 0
        """Number of things removed that no program shows: what drawing programs note for themselves."""
        self._ids: set[str | None] = set()
        """The ids of the drawing's elements."""
        self._shape: Shape | None = None
        """The measures of the drawing's tree, once a stylesheet needs them."""
        self._steps = 0
        """Steps that the rules of its stylesheets take."""

    def clean(self, root: Any) -> None:
        """Clean a drawing in place."""
        self._ids = {element.get("id") for element in root.iter("{*}*")}
        elements: list[Any] = list(root.iter())
        for element in elements:
            if element is not root and element.getparent() is None:
                continue  # it was in something that is gone
            if not isinstance(element.tag, str):
                if element.tag is etree.ProcessingInstruction:
                    self._remove(element, f"<?{element.target}?>")
                continue
            name = etree.QName(element)
            if name.namespace != SVG or name.localname == "metadata":
                seen = name.namespace in (SVG, "http://www.w3.org/1999/xhtml") and name.localname != "metadata"
                self._remove(element, f"<{name.localname}>" if seen else None)
            elif name.localname not in ELEMENTS:
                self._remove(element, f"<{name.localname}>")
            else:
                self._clean_attributes(element, name.localname)
                if name.localname == "image" and not {"href", f"{{{_XLINK}}}href"} & set(element.attrib):
                    self._remove(element, None)  # nothing is left to be shown
                elif name.localname == "style":
                    try:
                        self._clean_style(element)
                    except RecursionError:
                        raise DrawingError("its stylesheet is nested too deep") from None

    def _remove(self, element: Any, name: str | None) -> None:
        """Remove an element with all that is in it, but not the text behind it."""
        if name is None:
            self.silent += 1
        else:
            self.left_out[name] += 1
        parent, before, tail = element.getparent(), element.getprevious(), element.tail
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        element.tail = None
        parent.remove(element)

    def _clean_attributes(self, element: Any, name: str) -> None:
        """Remove the attributes of an element that it may not have."""
        for key, value in list(element.attrib.items()):
            attribute: Any = etree.QName(key)
            local, space = attribute.localname, attribute.namespace
            if space == _XLINK and local not in ("href", "title", "type"):
                self.silent += 1
                del element.attrib[key]
            elif space == _XLINK or (space is None and local == "href"):
                if local == "href" and not (is_inside(name, value.strip()) and self._leads_somewhere(value.strip())):
                    self.left_out[f'{local}="{shortened(value)}"'] += 1
                    del element.attrib[key]
                elif local == "href" and RASTER.match(value.strip()):
                    _check_raster(value.strip())
            elif space == _XML:
                if local == "base":
                    self.left_out["xml:base"] += 1
                    del element.attrib[key]
            elif space is not None:
                self.silent += 1
                del element.attrib[key]
            elif not _is_allowed(local):
                self.left_out[local] += 1
                del element.attrib[key]
            elif fetches(value) or not is_readable(local, value) or (local in _COSTLY and _is_costly(value)):
                self.left_out[f'{local}="{shortened(value)}"'] += 1
                del element.attrib[key]

    def _leads_somewhere(self, address: str) -> bool:
        """Whether an address is none in the drawing itself, or that of one of its elements (EPUBCheck, RSC-012)."""
        return not address.startswith("#") or unquote(address[1:]) in self._ids

    def _clean_style(self, element: Any) -> None:
        """Clean a stylesheet in a drawing."""
        style = clean_style("".join(element.itertext()))
        if style.selectors:
            self._shape = self._shape or Shape.of(element.getroottree().getroot())
            self._steps += sum(cost(selector, self._shape) for selector in style.selectors)
            if self._steps > MOST_STEPS:
                raise DrawingError("the selectors of its stylesheet would take too long")
        self.left_out += style.left_out
        self.silent += style.silent
        if style.text is not None:
            for child in list(element):
                element.remove(child)
            element.text = style.text


def _check_raster(address: str) -> None:
    """Raise DrawingError for a picture in a `data:` URL that cannot be decoded."""
    from book.project.pictures import raster_fault

    head, _, body = address.partition(",")
    data = unquote_to_bytes(body)
    try:
        data = b64decode(data) if head.rstrip().lower().endswith(";base64") else data
    except ValueError as failure:
        raise DrawingError("a picture in it is not valid base64") from failure
    if fault := raster_fault(data):
        raise DrawingError(f"a picture in it cannot be read: {fault}")


def _is_allowed(name: str) -> bool:
    """Whether an attribute without a namespace is kept."""
    return name in ATTRIBUTES or name.startswith(("aria-", "data-"))


def _is_costly(value: str) -> bool:
    """Whether a number in an attribute of a filter is larger than anybody draws."""
    try:
        return any(abs(float(number)) > _LARGEST_EFFECT for number in _NUMBER.findall(value))
    except ValueError:
        return True
