"""Writes the package into a zip file; its bytes depend only on the package. The only module that uses EbookLib."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ebooklib import epub
from lxml import etree

from book.epub.markup import XML_LANG
from book.epub.metadata import Meta
from book.epub.navigation import Entry, depth
from book.epub.ncx import complete
from book.epub.resources import Resource
from book.model.folios import Folio
from book.project.archive import Archive


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that is written into the container."""

    title: str
    """The book's title, for the NCX."""
    language: str
    """BCP 47 tag of the book's language."""
    identifier: str
    """The book's identifier."""
    right_to_left: bool
    """Whether its pages follow one another from right to left."""
    modified: datetime
    """The modification date, in UTC."""
    metadata: tuple[Meta, ...]
    """The package's metadata, including `identifier`."""
    resources: tuple[Resource, ...]
    """Its files, in the order of the manifest."""
    spine: tuple[str, ...]
    """File names of the content documents, in reading order."""
    contents: tuple[Entry, ...]
    """The table of contents, for the NCX."""
    pages: tuple[tuple[Folio, str], ...] = ()
    """The pages of a print edition, each with the address where it begins, for the NCX."""


def pack(package: Package) -> bytes:
    """Write an EPUB file; equal packages give equal bytes."""
    writer = _Writer(package)
    writer.process()
    writer.write()
    return bytes(writer.out.close())


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, with a package language, a page list and our own archive."""

    def __init__(self, package: Package) -> None:
        options = {"mtime": package.modified, "epub2_guide": False, "epub3_landmark": False, "epub3_pages": False}
        super().__init__("", _book(package), options)
        self.out = Archive()
        self.language = package.language
        self.pages = package.pages
        self.depth = depth(package.contents)

    def _write_opf_file(self, root: etree._Element) -> None:
        """Write the package document with a language, which EbookLib leaves out (EPUB 3.3, 5.3.2)."""
        root.set(XML_LANG, self.language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        """The NCX with its depth and a page list, which EbookLib leaves out (OPF 2.0.1, 2.4.1.2)."""
        return complete(super()._get_ncx(), self.depth, self.pages)

    def write(self) -> None:
        """Write all files, `mimetype` first and uncompressed (EPUB 3.3, 4.2.6)."""
        self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        self._write_container()
        self._write_opf()
        self._write_items()


def _book(package: Package) -> epub.EpubBook:
    """Convert a package to EbookLib's classes."""
    book = epub.EpubBook()
    book.IDENTIFIER_ID = "identifier"
    book.metadata = {}
    book.uid, book.title, book.language = package.identifier, package.title, package.language
    if package.right_to_left:
        book.set_direction("rtl")
    for item in package.metadata:
        book.add_metadata(None if item.name == "meta" else "DC", item.name, item.value, dict(item.attributes))
    for resource in package.resources:
        if "cover-image" in resource.properties:  # as EPUB 2 says it: devices and shops still look for it
            book.add_metadata(None, "meta", None, {"name": "cover", "content": resource.id})
    ids = {resource.name: resource.id for resource in package.resources}
    for resource in package.resources:
        book.add_item(_item(resource))
    book.add_item(epub.EpubNcx())
    book.spine = [ids[name] for name in package.spine]
    book.toc = _toc(package.contents)
    return book


def _item(resource: Resource) -> epub.EpubItem:
    """Convert a file to EbookLib's class for finished bytes, which it does not change."""
    item = epub.EpubItem(resource.id, resource.name, resource.media_type, resource.data)
    item.properties = list(resource.properties)
    return item


def _toc(contents: Sequence[Entry], above: str = "toc-") -> list[Any]:
    """Convert the contents to EbookLib's classes: links, or pairs of a link and the links below it.

    `above` is what the ids of the links begin with.
    """
    found: list[Any] = []
    for number, entry in enumerate(contents, 1):
        link = epub.Link(entry.href, entry.label, f"{above}{number}")
        found.append((link, _toc(entry.children, f"{above}{number}.")) if entry.children else link)
    return found
