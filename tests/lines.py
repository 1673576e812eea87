"""Reads the lines of a finished PDF, with the structure elements that contain them, to test typography."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

BLOCKS = re.compile(r"P|H\d|LBody|LI|TD|TH|Note|Caption|BlockQuote|TOCI|Lbl")
TEXT = 1


@dataclass(slots=True)
class Line:
    """One line of a block."""

    page: int
    """Page, 0-based."""
    block: tuple[int, int]
    """The structure element it belongs to."""
    roles: tuple[str, ...]
    """The roles of that element and of those around it, outermost first."""
    baseline: float
    left: float
    right: float
    size: float
    text: str

    def reaches(self, other: Line) -> bool:
        """Whether a piece of text is on this line, even if raised or lowered."""
        return abs(self.baseline - other.baseline) < max(self.size, other.size) / 2

    @property
    def role(self) -> str:
        """The role of its block."""
        return self.roles[-1]


class TypeReader:
    """Reads the text of a tagged PDF line by line, without page furniture."""

    def __init__(self, path: Path, pages: int | None = None) -> None:
        self.pdf = pikepdf.open(path)
        self.document = pypdfium2.PdfDocument(path)
        self.pages = min(pages or len(self.document), len(self.document))

    @cached_property
    def lines(self) -> list[Line]:
        """Every line, from top to bottom, in the order of pages."""
        return [line for number in range(self.pages) for line in self.on_page(number)]

    @cached_property
    def blocks(self) -> dict[tuple[int, int], list[Line]]:
        """The lines of each block."""
        found: dict[tuple[int, int], list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.block, []).append(line)
        return found

    @cached_property
    def _parents(self) -> dict[int, pikepdf.Object]:
        return dict(pikepdf.NumberTree(self.pdf.Root.StructTreeRoot.ParentTree).items())

    def on_page(self, number: int) -> list[Line]:
        """The lines of a page."""
        lines: list[list[Line]] = []
        for run in sorted(self._runs(number), key=lambda run: (-run.baseline, run.left)):
            near = (line for line in lines if line[0].block == run.block and any(one.reaches(run) for one in line))
            line = next(near, None)
            if line is None:
                lines.append([run])
            else:
                line.append(run)
        return [_join(sorted(line, key=lambda run: run.left)) for line in lines]

    def _runs(self, number: int) -> Iterator[Line]:
        """Every piece of tagged text on a page."""
        page = self.document[number]
        elements = self._parents.get(int(self.pdf.pages[number].obj.get("/StructParents", -1)), ())
        text = page.get_textpage()
        for thing in page.get_objects(filter=[TEXT], max_depth=1):
            marked = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
            words = _text_of(thing, text)
            if marked < 0 or not words.strip():
                continue
            block, roles = _block(elements[marked])
            left, _, right, _ = thing.get_bounds()
            matrix = thing.get_matrix().get()
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
            yield Line(number, block, roles, matrix[5], left, right, abs(size.value * matrix[3]), words)


def _join(runs: list[Line]) -> Line:
    """One line of its pieces, which are in order; its baseline is that of the largest."""
    first, largest = runs[0], max(runs, key=lambda run: run.size)
    text, right = "".join(run.text for run in runs), max(run.right for run in runs)
    return Line(first.page, first.block, first.roles, largest.baseline, first.left, right, largest.size, text)


def _text_of(thing: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    """The text of a text object."""
    length = pdfium.FPDFTextObj_GetText(thing.raw, page.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(thing.raw, page.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16le").rstrip("\0")


def _block(element: pikepdf.Object) -> tuple[tuple[int, int], tuple[str, ...]]:
    """The block that contains an element, and the roles down to it."""
    roles: list[str] = []
    block = None
    while "/S" in element:
        role = str(element.S)[1:]
        if block is None and BLOCKS.fullmatch(role):
            block = element.objgen
        if block is not None:
            roles.append(role)
        element = element.P
    return block or (0, 0), tuple(reversed(roles)) or ("",)
