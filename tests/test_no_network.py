"""Nothing is fetched from a network, whatever documents, styles and sources from strangers ask for."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pypandoc
import pytest
from PIL import Image

from book.build import build_book
from book.imports.importing import import_documents
from book.problem import BookError
from tests.conftest import MakeBook


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that it is asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def document(folder: Path, suffix: str, member: str, pattern: str, replacement: str) -> Path:
    """A document of a word processor with a picture, in which something is replaced."""
    Image.new("RGB", (9, 9)).save(folder / "dot.png")
    whole = folder / f"whole.{suffix}"
    pypandoc.convert_text(f"# T\n\nWords. ![A dot]({folder}/dot.png)\n", suffix, "markdown", outputfile=str(whole))
    changed = folder / f"changed.{suffix}"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == member:
                text, count = re.subn(pattern, replacement, data.decode())
                assert count, "there is a picture"
                data = text.encode()
            new.writestr(name, data)
    return changed


def test_a_document_whose_picture_is_elsewhere_is_imported_without_it(
    tmp_path: Path, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    secret = tmp_path / "secret.png"
    Image.new("RGB", (3, 3)).save(secret)
    for place in (f"{address}/x.png", str(secret), secret.as_uri()):
        odt = document(tmp_path, "odt", "content.xml", r'xlink:href="Pictures/[^"]+"', f'xlink:href="{place}"')
        target = f'Target="{place}" TargetMode="External"'
        docx = document(tmp_path, "docx", "word/_rels/document.xml.rels", r'Target="media/[^"]+"', target)
        for path in (odt, docx):
            imported = import_documents([path])
            assert "Words." in imported.files["chapters/01-t.md"].decode()
            assert [name for name in imported.files if "images" in name] == []
    assert paths == []


def test_pictures_in_documents_of_word_processors_are_taken_over_with_their_alternatives(tmp_path: Path) -> None:
    for suffix, member in (("odt", "content.xml"), ("docx", "word/document.xml")):
        path = document(tmp_path, suffix, member, "Words", "Words")
        imported = import_documents([path])
        data = (tmp_path / "dot.png").read_bytes()
        picture = f"images/picture-{sha256(data).hexdigest()[:8]}.png"
        assert imported.files[f"chapters/{picture}"] == data
        assert picture in imported.files["chapters/01-t.md"].decode()


STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
  <info><title>D</title><id>d</id><link href="%s" rel="independent-parent"/>
    <updated>2014-01-01T00:00:00Z</updated></info>
</style>
"""


def test_a_style_that_names_another_is_that_one_if_it_is_here_and_else_a_problem(
    make_book: MakeBook, tmp_path: Path, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    settings = '[book]\ntitle = "B"\ncsl = "d.csl"\n\n[editions.ebook]\noutput = "epub"\n'
    root = make_book({"book.toml": settings, "d.csl": STYLE % f"{address}/styles/no-such-style"})
    with pytest.raises(BookError) as told:
        build_book(root, output=tmp_path / "out", jobs=1)
    (problem,) = told.value.problems
    assert (problem.code, problem.at.path) == ("broken-style", "d.csl")
    assert f'"{address}/styles/no-such-style", which is not here' in problem.message
    (root / "d.csl").write_text(STYLE % f"{address}/styles/apa", encoding="utf-8")
    build_book(root, output=tmp_path / "out", jobs=1)
    with zipfile.ZipFile(tmp_path / "out" / "ebook.epub") as book:
        chapter = next(name for name in book.namelist() if "first" in name and name.endswith("xhtml"))
        assert "2013" in book.read(chapter).decode(), "as APA cites"
    assert paths == []
