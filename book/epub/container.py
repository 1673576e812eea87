"""The container: one zip file whose bytes depend on nothing but what is put in it. Only here EbookLib is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ebooklib import epub
from lxml import etree

from book.epub.markup import XML_LANG
from book.epub.metadata import Meta
from book.epub.navigation import Entry
from book.epub.ncx import with_page_list
from book.epub.resources import Resource
from book.model.pages import Folio

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest that zip can say."""

COMPRESSED = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp", ".woff", ".woff2"})
"""Suffixes of files that would not become smaller."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})
"""Primary languages whose books open from the right."""


@dataclass(frozen=True, slots=True)
class Package:
    """All that is written into the container."""

    title: str
    """The book's title, for the NCX."""
    language: str
    """BCP 47 tag of the book's language."""
    identifier: str
    """The book's identifier."""
    modified: datetime
    """When it counts as modified, in UTC."""
    metadata: tuple[Meta, ...]
    """The package's metadata, `identifier` included."""
    resources: tuple[Resource, ...]
    """Its files, in the order of the manifest."""
    spine: tuple[str, ...]
    """Names of the content documents, in reading order."""
    contents: tuple[Entry, ...]
    """The contents, for the NCX."""
    pages: tuple[tuple[Folio, str], ...] = ()
    """The pages of a print edition, each with the address of its beginning, for the NCX."""


def pack(package: Package) -> bytes:
    """The EPUB file. Equal packages give equal bytes."""
    writer = _Writer(package)
    writer.process()
    writer.write()
    return bytes(writer.out.close())


class _Archive:
    """What EbookLib writes to: a zip file without times, owners or systems."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w")

    def writestr(self, name: str, data: str | bytes, compress_type: int = zipfile.ZIP_DEFLATED) -> None:
        """Adds a file."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_STORED if PurePosixPath(name).suffix in COMPRESSED else compress_type
        info.create_system = 3
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)

    def close(self) -> bytes:
        """The finished archive."""
        self._zip.close()
        return self._buffer.getvalue()


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, with a language for the package and an archive of our own."""

    def __init__(self, package: Package) -> None:
        options = {"mtime": package.modified, "epub2_guide": False, "epub3_landmark": False, "epub3_pages": False}
        super().__init__("", _book(package), options)
        self.out = _Archive()
        self.language = package.language
        self.pages = package.pages

    def _write_opf_file(self, root: etree._Element) -> None:
        """Writes the package document; EbookLib gives it no language (EPUB 3.3, 5.3.2)."""
        root.set(XML_LANG, self.language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        """The NCX; EbookLib gives it no page list (OPF 2.0.1, 2.4.1.2)."""
        ncx: bytes = super()._get_ncx()
        return with_page_list(ncx, self.pages) if self.pages else ncx

    def write(self) -> None:
        """Writes all files; `mimetype` first and stored (EPUB 3.3, 4.2.6)."""
        self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        self._write_container()
        self._write_opf()
        self._write_items()


def _book(package: Package) -> epub.EpubBook:
    """The package in EbookLib's terms."""
    book = epub.EpubBook()
    book.IDENTIFIER_ID = "identifier"
    book.metadata = {}
    book.uid, book.title, book.language = package.identifier, package.title, package.language
    if package.language.split("-")[0].lower() in RIGHT_TO_LEFT:
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
    """A file in EbookLib's terms: finished bytes, which it leaves alone."""
    item = epub.EpubItem(resource.id, resource.name, resource.media_type, resource.data)
    item.properties = list(resource.properties)
    return item


def _toc(contents: Sequence[Entry]) -> list[epub.Link | tuple[epub.Link, list[epub.Link]]]:
    """The contents in EbookLib's terms: links, or pairs of a link and what stands below it."""

    def link(entry: Entry, uid: str) -> epub.Link:
        return epub.Link(entry.href, entry.label, uid)

    def below(entries: Iterable[Entry], uid: str) -> list[epub.Link]:
        return [link(entry, f"{uid}.{number}") for number, entry in enumerate(entries, 1)]

    return [
        (link(entry, f"toc-{number}"), below(entry.children, f"toc-{number}"))
        if entry.children
        else link(entry, f"toc-{number}")
        for number, entry in enumerate(contents, 1)
    ]
