"""Whatever a document holds, an import ends with a project that can be checked, or with a message."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from book.check import check_book
from book.imports.importing import import_documents
from book.imports.reading import ImportFailedError
from tests.soak.campaigns.mutations import WAYS
from tests.soak.trial import Campaign

CASES = Path(__file__).parent.parent.parent / "cases" / "imports"


def run(chance: random.Random, folder: Path) -> None:
    """Damage a document, import it, and check the project that comes of it."""
    document = chance.choice(sorted(CASES.glob("*/in.*")))
    data = document.read_bytes()
    path = folder / document.name
    if document.suffix == ".html" and chance.random() < _IN_AN_EPUB:
        path = folder / "in.epub"
        _write_epub(chance, path, data)
    else:
        path.write_bytes(_damaged(chance, data))
    try:
        imported = import_documents([path])
    except ImportFailedError:
        return
    root = folder / "book"
    for name, content in imported.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    check_book(root)


_IN_AN_EPUB = 0.5
"""Share of the trials with web pages in which these are the chapter of an EPUB."""
_CONTAINER = b'<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'
_PACKAGE = (
    b'<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    b"<dc:title>T</dc:title><dc:date>2001-02-03</dc:date></metadata><manifest>"
    b'<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="a"/></spine></package>'
)


def _write_epub(chance: random.Random, path: Path, page: bytes) -> None:
    """Write a page as an EPUB of which one file is damaged."""
    files = {"META-INF/container.xml": _CONTAINER, "OPS/p.opf": _PACKAGE, "OPS/a.xhtml": page}
    bad = chance.choice(sorted(files))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, _damaged(chance, data) if name == bad else data)


def _damaged(chance: random.Random, data: bytes) -> bytes:
    """Some bytes after some random changes."""
    for _ in range(chance.choice([1, 2, 5, 20])):
        data = chance.choice(WAYS)(chance, data)
    return data


CAMPAIGN = Campaign(
    "A damaged document is imported into a project that can be checked, or refused with a message.",
    run,
    sample=(0, 1, 2, 3, 4, 5),
    seconds=20,
)
