"""Reads the structure of a tagged PDF (ISO 32000-1, 14.7)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name, Object

Key = tuple[int, int]
"""A marked-content sequence: page (0-based) and number on the page."""

PAINTS = frozenset(
    {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI", "EI", "INLINE IMAGE", "Tj", "TJ", "'", '"'}
)
"""Operators that paint on the page."""


@dataclass
class Element:
    """A structure element."""

    type: str
    """Its type, as written."""
    object: Object
    """The dictionary."""
    parent: Element | None = None
    """The element that contains it."""
    kids: list[Element | Key | Object] = field(default_factory=list)
    """What it contains: elements, marked content, annotations."""

    @property
    def elements(self) -> list[Element]:
        """The elements in it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def contents(self) -> list[Key]:
        """The marked content directly in it."""
        return [kid for kid in self.kids if isinstance(kid, tuple)]

    @property
    def annotations(self) -> list[Object]:
        """The annotations directly in it."""
        return [kid for kid in self.kids if isinstance(kid, Object)]

    @property
    def all_contents(self) -> Iterator[Key]:
        """The marked content in it at any depth, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all_contents
            elif isinstance(kid, tuple):
                yield kid

    def find(self, *types: str) -> Iterator[Element]:
        """The elements of some types (of all, if none is named) in it, including itself, in order."""
        if not types or self.type in types:
            yield self
        for element in self.elements:
            yield from element.find(*types)

    def outline(self) -> str:
        """Its type and those in it, in one line: `Sect(H1 P(Em))`."""
        inner = " ".join(element.outline() for element in self.elements)
        return f"{self.type}({inner})" if inner else self.type


class Structure:
    """The structure of a PDF."""

    def __init__(self, path: Path) -> None:
        self.pdf = pikepdf.open(path)
        self._path = path
        self.root = self.pdf.Root.StructTreeRoot
        self._pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.document = self._element(self.root.K[0], None)

    def _element(self, found: Any, parent: Element | None) -> Element:
        element = Element(str(found.S)[1:], found, parent)
        kids = found.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.kids.append((self._pages[found.Pg.objgen], kid))
            elif kid.get("/Type") == Name.MCR:
                element.kids.append((self._pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == Name.OBJR:
                element.kids.append(kid.Obj)
            else:
                element.kids.append(self._element(kid, element))
        return element

    def find(self, *types: str) -> list[Element]:
        """The elements of some types, in order."""
        return list(self.document.find(*types))

    @cached_property
    def texts(self) -> dict[Key, str]:
        """The text of each marked-content sequence."""
        found: dict[Key, str] = {}
        document = pypdfium2.PdfDocument(self._path)
        for number, page in enumerate(document):
            texts = page.get_textpage()
            for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
                key = number, pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
                length = pdfium.FPDFTextObj_GetText(item.raw, texts.raw, None, 0)
                buffer = ctypes.create_string_buffer(length)
                pdfium.FPDFTextObj_GetText(
                    item.raw, texts.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
                )
                found[key] = found.get(key, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
        return found

    def text(self, element: Element) -> str:
        """The text of an element in structure order, without surrounding white space."""
        return " ".join(" ".join(self.texts.get(key, "") for key in element.all_contents).split())

    def parents(self) -> dict[int, Object]:
        """The parent tree; each key is looked up as a PDF reader does, by the limits of the nodes."""
        tree = pikepdf.NumberTree(self.root.ParentTree)
        return {key: tree[key] for key in tree}


def marked_contents(page: Any) -> Iterator[tuple[str, int | None]]:
    """For each painting operator of a page or form, the tag (`` if none) and number of the marked content around it.

    A form that is painted outside of marked content is looked into.
    """
    own = page.obj if isinstance(page, pikepdf.Page) else page
    forms = own.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    stack: list[tuple[str, int | None]] = []
    for operation in pikepdf.parse_content_stream(page):
        operands: Any = operation.operands
        name = str(operation.operator)
        if name in ("BDC", "BMC"):
            number = operands[1].get("/MCID") if name == "BDC" and isinstance(operands[1], Dictionary) else None
            stack.append((str(operands[0])[1:], None if number is None else int(number)))
        elif name == "EMC":
            stack.pop()
        elif name in PAINTS:
            inner = [one for one in stack if one[0] == "Artifact" or one[1] is not None]
            form = forms.get(str(operands[0])) if name == "Do" else None
            if form is not None and not inner and form.get("/Subtype") == pikepdf.Name.Form:
                yield from marked_contents(form)
            else:
                yield inner[-1] if inner else ("", None)
    assert not stack, "marked content is closed on its page"
