"""Reads an EPUB: the documents of its spine, in reading order, as one document."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from book.imports import html
from book.imports.addresses import readdressed
from book.imports.document import Block, Document, Kind
from book.imports.formulas import read_formulas
from book.imports.html_page import parse_page
from book.project.members import DamagedMemberError, read_member

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LARGEST = 64 * 1024 * 1024
"""Maximum size in bytes of a file in an EPUB that is read."""
_SKIPPED = frozenset({"nav", "cover-image"})


class NotAnEpubError(ValueError):
    """The file is no EPUB; the message says why."""


def read(path: Path, name: str) -> Document:
    """An EPUB as a document. The line of a block is that in its own file.

    Raises:
        NotAnEpubError: The container, the package or the spine cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, name)
    except (zipfile.BadZipFile, KeyError, DamagedMemberError, etree.XMLSyntaxError, StopIteration) as failure:
        raise NotAnEpubError(f"it cannot be read as an EPUB ({failure})") from failure


def _read(archive: zipfile.ZipFile, name: str) -> Document:
    """The documents of the spine, one behind the other."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    container = etree.fromstring(read_member(archive, _CONTAINER, _LARGEST), parser)
    package_path = next(element.get("full-path", "") for element in container.iter("{*}rootfile"))
    package = etree.fromstring(read_member(archive, package_path, _LARGEST), parser)
    folder = posixpath.dirname(package_path)
    blocks: list[Block] = []
    pictures: dict[str, bytes] = {}
    notices: list[tuple[int, str]] = []
    pages: dict[str, bytes] = {}
    for address in _spine(package, folder):
        try:
            pages[address] = read_member(archive, address, _LARGEST)
        except (KeyError, DamagedMemberError) as failure:
            reason = "is not in it" if isinstance(failure, KeyError) else f"cannot be read ({failure})"
            notices.append(
                (1, f"{address or 'a document without a name'}: the EPUB names it as a part, but it {reason}")
            )
    if notices and not pages:
        raise NotAnEpubError(f"none of its {len(notices)} documents can be read; {notices[0][1]}")
    formulas = read_formulas(parse_page(data) for data in pages.values() if b"math" in data)
    for address, page in pages.items():
        resolve = partial(_beside, archive, address)
        stem = re.sub(r"\W+", "-", posixpath.splitext(posixpath.basename(address))[0])
        part = html.read(page, address, resolve, site=False, formulas=formulas, notes=f"{stem}-")
        beside = posixpath.dirname(address)
        renamed = {source: posixpath.normpath(posixpath.join(beside, source)) for source in part.pictures}
        blocks += (replace(block, markdown=readdressed(block.markdown, renamed), file=address) for block in part.blocks)
        pictures |= {renamed[source]: data for source, data in part.pictures.items()}
        notices += ((line, f"{address}: {what}") for line, what in part.notices)
        blocks.append(Block(Kind.BREAK, "", 1))
    return Document(
        name, tuple(blocks), _metadata(package, "title"), tuple(_all_metadata(package, "creator")),
        _metadata(package, "language"), _day(_metadata(package, "date")), pictures, notices=tuple(notices),
    )  # fmt: skip


def _spine(package: etree._Element, folder: str) -> Iterator[str]:
    """The addresses of the documents that are read one after the other."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            yield str(reference.get("idref", ""))  # there is no such file, which is said
            continue
        if _SKIPPED & set((item.get("properties") or "").split()) or reference.get("linear") == "no":
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _day(written: str | None) -> str | None:
    """A date of the metadata, as far as it is one."""
    match = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", written or "")
    return match[0] if match else None


def _beside(archive: zipfile.ZipFile, address: str, source: str) -> bytes | None:
    """A picture by its address in a document; None of one that is not there or cannot be unpacked."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(source.partition("#")[0])))
    try:
        return read_member(archive, target, _LARGEST)
    except (KeyError, DamagedMemberError):
        return None


def _metadata(package: etree._Element, name: str) -> str | None:
    """The first value of a Dublin Core element."""
    return next(iter(_all_metadata(package, name)), None)


def _all_metadata(package: etree._Element, name: str) -> list[str]:
    """All values of a Dublin Core element."""
    return [" ".join(element.text.split()) for element in package.iter(f"{_DC}{name}") if element.text]
