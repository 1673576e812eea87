"""Reading finished editions back: the pages of a PDF, the documents of an EPUB."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"


def squeeze(text: str) -> str:
    """A text without white space, line-end hyphens and other things that typesetting changes."""
    text = re.sub(r"[\u00ad\u2010\ufffe-]\r?\n|\ufffe|\u00ad|\x02", "", text)
    return re.sub(r"[\s\u2010-]+", "", text)


def begins_on(words: str, page: str, following: str) -> bool:
    """Whether words are on a page, or begin there and continue on the next one."""
    splits = range(min(4, len(words)), len(words))
    return words in page or any(words[:at] in page and words[at:] in following for at in splits)


@dataclass(frozen=True)
class PdfLink:
    """A link of a PDF."""

    page: int
    """The page it is on, 0-based."""
    text: str
    """The text in its area."""
    target: str
    """The name of its destination, or its address."""


class PdfReader:
    """A finished PDF."""

    def __init__(self, path: Path) -> None:
        self.pdf = pikepdf.open(path)
        self.document = pypdfium2.PdfDocument(path)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page."""
        return [page.get_textpage().get_text_range() for page in self.document]

    @cached_property
    def labels(self) -> list[str]:
        """The page label of each page."""
        return [page.label for page in self.pdf.pages]

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The page, 0-based, of each named destination."""
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        names = list(self.pdf.Root.Names.Dests.Names)
        return {str(name): numbers[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}

    def links(self) -> Iterator[PdfLink]:
        """Every link, page by page."""
        for number, page in enumerate(self.pdf.pages):
            text = self.document[number].get_textpage()
            for annotation in page.obj.get("/Annots", ()):
                left, bottom, right, top = sorted_box([float(value) for value in annotation.Rect])
                words = text.get_text_bounded(left, bottom, right, top)
                target = annotation.Dest if "/Dest" in annotation else annotation.A.URI
                yield PdfLink(number, words, str(target))


def sorted_box(box: list[float]) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a rectangle given by any two corners."""
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


class EpubReader:
    """A finished EPUB."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def documents(self) -> dict[str, etree._Element]:
        """The content documents by their path in the package."""
        return {name: etree.fromstring(data) for name, data in self.files.items() if name.endswith(".xhtml")}

    def target(self, document: str, href: str) -> etree._Element | None:
        """The element that a relative address in a document points to; None if there is none."""
        path, _, fragment = href.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(document), unquote(path))) if path else document
        root = self.documents.get(name)
        if root is None or not fragment:
            return root
        return next((element for element in root.iter() if element.get("id") == unquote(fragment)), None)
