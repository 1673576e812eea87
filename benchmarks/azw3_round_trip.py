"""Whether an e-book survives calibre's conversion to AZW3 (Kindle) and back: no chapter, index entry or link is lost.

    book build ebook
    python -m benchmarks.azw3_round_trip build/ebook.epub

Needs calibre (`apt-get install --no-install-recommends calibre`). What it runs, besides reading both books:

    ebook-convert build/ebook.epub there.azw3
    ebook-convert there.azw3 back.epub

The exit status is 1 where something is lost.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

WORDS = 6
"""How many words from a link's target on tell that it is the same place."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IDENTIFIER = "urn:oasis:names:tc:opendocument:xmlns:container"


@dataclass(slots=True)
class Book:
    """An EPUB as one run of words, with the places of its ids and links."""

    words: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    """`file#id`, and `file` alone, with the number of words before it."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """The words of each link inside the book, and its target."""
    entries: list[str] = field(default_factory=list)
    """The text of each list item."""
    headings: list[str] = field(default_factory=list)
    """The text of each heading."""

    def leads(self) -> Iterator[tuple[str, str]]:
        """The words of each link, with those at its target; `nowhere` where there is none."""
        for text, target in self.links:
            at = self.ids.get(target)
            yield text, "nowhere" if at is None else " ".join(self.words[at : at + WORDS])


def read(path: Path) -> Book:
    """The book in a package, in the order of its spine."""
    book = Book()
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        package_name = next(container.iter(f"{{{_IDENTIFIER}}}rootfile")).get("full-path", "")
        package = etree.fromstring(archive.read(package_name))
        names = {item.get("id"): item.get("href", "") for item in package.iterfind(".//{*}manifest/{*}item")}
        for reference in package.iterfind(".//{*}spine/{*}itemref"):
            name = posixpath.join(posixpath.dirname(package_name), unquote(names[reference.get("idref")]))
            document = etree.fromstring(archive.read(name))
            body = document.find("{*}body")
            if body is not None:
                _add(book, name, body)
    return book


def _add(book: Book, name: str, element: etree._Element) -> None:
    """Add an element of a file and all in it."""
    book.ids.setdefault(name, len(book.words))
    if (given := element.get("id")) is not None:
        book.ids[f"{name}#{given}"] = len(book.words)
    kind = etree.QName(element).localname
    href = element.get("href", "")
    if kind == "a" and href and ":" not in href.partition("#")[0]:
        path, _, fragment = href.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        book.links.append((_text(element), f"{target}#{unquote(fragment)}" if fragment else target))
    if kind == "li":
        book.entries.append(_text(element))
    if kind in HEADINGS:
        book.headings.append(_text(element))
    if kind == "svg":
        return  # calibre makes a picture of it, without words
    book.words += (element.text or "").split()
    for child in element:
        if isinstance(child.tag, str):
            _add(book, name, child)
        book.words += (child.tail or "").split()


def _text(element: etree._Element) -> str:
    """The words of an element, white space reduced."""
    return " ".join("".join(map(str, element.itertext())).split())


def lost(before: Iterable[object], after: Iterable[object]) -> list[object]:
    """What is there more often before than after."""
    return sorted((Counter(before) - Counter(after)).elements(), key=str)


def convert(source: Path, target: Path) -> None:
    """Let calibre convert a book."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(["ebook-convert", source, target], check=True, capture_output=True, env=environment)


def main(path: Path) -> int:
    """Compare a book with what comes back, and say what is lost; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        convert(path, folder / "there.azw3")
        convert(folder / "there.azw3", folder / "back.epub")
        before, after = read(path), read(folder / "back.epub")
    status = 0
    for what, one, other in (
        ("headings", before.headings, after.headings),
        ("list items (contents, index entries)", before.entries, after.entries),
        ("links with their targets", list(before.leads()), list(after.leads())),
    ):
        missing = lost(one, other)
        print(f"{what}: {len(one)} before, {len(missing)} lost")
        for item in missing[:20]:
            print(f"  {item}")
        status = status or int(bool(missing) or not one)
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
