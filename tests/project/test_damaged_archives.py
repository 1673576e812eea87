"""Files inside archives whose bytes are damaged are told, whatever compression they have."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from book.imports.importing import import_documents
from book.imports.reading import ImportFailedError
from book.verify.transcripts import read_transcript
from tests.imports.helpers import chapter

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
EPUB = {
    "META-INF/container.xml": '<container><rootfile full-path="p.opf"/></container>',
    "p.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/>'
        '<item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    ),
    "a.xhtml": "<html><body><p>The lake is dry.</p><p><img src='x.png' alt='A dry lake'/></p></body></html>",
    "b.xhtml": f"<html><body><p>{'Nobody came to the lake. ' * 40}</p></body></html>",
    "x.png": "0123456789abcdef" * 40,
}


def _damaged(path: Path, method: int, member: str, files: dict[str, str], *, begin: int = 0) -> Path:
    """An archive of some files; bytes of one of them are inverted, from a place in its packed data on."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        info = archive.getinfo(member)
    data = bytearray(path.read_bytes())
    first = info.header_offset + 30 + sum(struct.unpack_from("<HH", data, info.header_offset + 26))
    for place in range(first + begin, first + min(begin + 40, info.compress_size)):
        data[place] ^= 0xFF
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("begin", [0, 12])
@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_document_or_picture_of_an_epub_is_told_and_the_rest_is_imported(
    tmp_path: Path, method: int, begin: int
) -> None:
    found = import_documents([_damaged(tmp_path / "b.epub", method, "b.xhtml", EPUB, begin=begin)])
    assert "b.xhtml: the EPUB names it as a part, but it cannot be read (" in found.files["import-report.md"].decode()
    assert "The lake is dry." in chapter(found)
    assert "Nobody came" not in chapter(found)
    found = import_documents([_damaged(tmp_path / "x.epub", method, "x.png", EPUB, begin=begin)])
    assert "the picture x.png is not there" in found.files["import-report.md"].decode()
    assert "Nobody came" in chapter(found)
    assert not any(name.endswith(".png") for name in found.files)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("member", ["p.opf", "META-INF/container.xml"])
def test_an_epub_without_its_package_is_refused(tmp_path: Path, method: int, member: str) -> None:
    with pytest.raises(ImportFailedError, match=r"it cannot be read as an EPUB \(."):
        import_documents([_damaged(tmp_path / "a.epub", method, member, EPUB)])


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_docx_transcript_is_told(tmp_path: Path, method: int) -> None:
    _damaged(tmp_path / "a.docx", method, "word/document.xml", {"word/document.xml": "<w>The lake is dry.</w>" * 20})
    (problem,) = read_transcript(tmp_path, "a.docx").problems
    assert problem.code == "unreadable-transcript"
    assert "cannot be unpacked (" in problem.message
