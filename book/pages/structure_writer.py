"""Writes the structure tree of a section to its PDF (ISO 32000-1, 14.7.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from book.pages.structure_elements import Content, Node


class StructureWriter:
    """Writes a finished tree to a PDF."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._contents: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._annotations: list[Any] = []
        self._ids: list[tuple[Any, Any]] = []

    def write(self, document: Node) -> None:
        """Add the structure tree, and the trees that lead from content numbers and identifiers to its elements."""
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(root)
        root["K"] = pydyf.Array([self._element(document, root.reference)])
        numbers = pydyf.Array()
        for page, found in enumerate(self._contents):
            elements = pydyf.Array([found.get(number, "null") for number in range(max(found, default=-1) + 1)])
            numbers += [page, elements]
        for key, element in enumerate(self._annotations, start=len(self._contents)):
            numbers += [key, element]
        root["ParentTree"] = pydyf.Dictionary({"Nums": numbers})
        if self._ids:
            pairs = sorted(self._ids, key=lambda pair: pair[0].string)
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array([part for pair in pairs for part in pair])})
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, node: Node, parent: bytes) -> bytes:
        """Add an element with everything in it; return its reference."""
        type_ = "Span" if node.type == "Link" and not any(_is_annotation(kid) for kid in node.kids) else node.type
        element = _Written()
        self._pdf.add_object(element)
        reference: bytes = element.reference
        first = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if "ID" in node.properties:
            self._ids.append((node.properties["ID"], reference))
        entries = [b"/%s %s" % (name.encode(), value.data) for name, value in node.properties.items()]
        if first is not None:
            entries.append(b"/Pg %s" % self._pages[first])
        kids = b" ".join(self._kids(node, reference, first))
        element.data = b"<</Type /StructElem/S /%s/P %s%s/K [%s]>>" % (
            type_.encode(), parent, b"".join(entries), kids,
        )  # fmt: skip
        return reference

    def _kids(self, node: Node, reference: bytes, first: int | None) -> Iterator[bytes]:
        """The entries for an element's kids; numbers without a page refer to page `first`."""
        for kid in node.kids:
            if isinstance(kid, Node):
                yield self._element(kid, reference)
            elif kid.annotation is not None:
                kid.annotation["StructParent"] = len(self._contents) + len(self._annotations)
                self._annotations.append(reference)
                yield b"<</Type /OBJR/Obj %s/Pg %s>>" % (kid.annotation.reference, self._pages[kid.page])
            elif kid.number is not None:
                self._contents[kid.page][kid.number] = reference
                yield (
                    b"%d" % kid.number
                    if kid.page == first
                    else b"<</Type /MCR/Pg %s/MCID %d>>" % (self._pages[kid.page], kid.number)
                )


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object that is kept as bytes: there are several for each link, and a dictionary takes ten times as much."""

    data = b""


def _is_annotation(kid: Node | Content) -> bool:
    """Whether a kid is an annotation."""
    return isinstance(kid, Content) and kid.annotation is not None
