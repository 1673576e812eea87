"""The languages of chapters, pictures in addresses and with spaces in their names, and code, which cites nothing."""

from __future__ import annotations

import tomllib
import zipfile
from base64 import b64encode
from pathlib import Path

import pytest
import yaml

from book.imports.importing import import_documents
from book.imports.language import language_of
from tests.conftest import MakeBook
from tests.imports.helpers import chapter, imported, sources

ENGLISH = "The lake was dry, and it was not the first time that the people of the town had to go to the hills. "
GERMAN = "Der Kanal ist nicht voll, und das wird er auch nie sein, weil die Stadt kein Geld für das Wasser hat. "


def languages(files: dict[str, bytes]) -> list[str | None]:
    """The languages that the chapters say they are in."""
    names = sorted(name for name in files if name.startswith("chapters/") and name.endswith(".md"))
    return [yaml.safe_load(files[name].decode().split("---")[1]).get("language") for name in names]


@pytest.mark.parametrize("added", [False, True])
def test_each_document_of_an_import_has_the_language_of_its_own_text(
    make_book: MakeBook, tmp_path: Path, *, added: bool
) -> None:
    texts = {"a.md": ENGLISH * 5, "b.md": GERMAN * 5, "c.md": GERMAN, "d.md": f"---\nlang: fr\n---\n\n{ENGLISH * 5}"}
    for name, text in texts.items():
        head, _, rest = text.rpartition("---\n\n")
        (tmp_path / name).write_text(f"{head}{'---' if head else ''}\n\n# {name[0]}\n\n{rest}\n".lstrip())
    root = make_book({}) if added else None
    files = dict(import_documents([tmp_path / name for name in texts if added or name != "d.md"], root).files)
    assert languages(files) == ([None, "de", None, "fr"] if added else [None, "de", None])


def test_a_related_language_is_no_guess_against_the_one_expected() -> None:
    danish = "Og det er en by som har været der for længe siden, men vi har ikke set den."
    assert language_of(danish, "nb") == "nb"
    assert language_of(danish, "en") == "da"


def test_an_expected_language_whose_words_are_not_known_is_taken_for_text_in_its_script() -> None:
    welsh = "Mae'r llyn yn sych ac nid oes neb yn dod i'r dref. Y mae hi yn hen ac o hyd yn un ei gwlad."
    for tag in ("cy", "cy-GB", "ga"):
        assert language_of(welsh, tag) == tag
    finnish = "Järvi on kuiva, eikä kukaan tule sen rannalle, koska se ei ole enää mitä se oli."
    assert (language_of(finnish, "fi"), language_of(ENGLISH * 5, "fi")) == ("fi", "en")
    ukrainian = "Озеро висохло, і ніхто не приходить на його берег."
    assert (language_of(ukrainian, "uk"), language_of(ukrainian, "cy"), language_of(welsh, "uk") == "uk") == (
        "uk", "ru", False,
    )  # fmt: skip


def test_pictures_in_the_addresses_of_two_documents_of_an_epub_are_two(tmp_path: Path) -> None:
    pictures = [bytes([number]) * 200 for number in (1, 2)]
    with zipfile.ZipFile(tmp_path / "in.epub", "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        items = "".join(f'<item id="i{n}" href="c{n}.xhtml"/>' for n in (1, 2))
        archive.writestr(
            "OEBPS/book.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{items}</manifest>'
            '<spine><itemref idref="i1"/><itemref idref="i2"/></spine></package>',
        )
        for number, data in enumerate(pictures, 1):
            archive.writestr(
                f"OEBPS/c{number}.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>C{number}</h1><p>Words of the text.</p>'
                f'<img alt="A" src="data:image/png;base64,{b64encode(data).decode()}"/>'
                f'<p>A <img alt="mill" src="old%20mill.png"/> and <img alt="B" src="a (1).png"/>.</p></body></html>',
            )
        archive.writestr("OEBPS/old mill.png", b"mill")
        archive.writestr("OEBPS/a (1).png", b"one")
    found = import_documents([tmp_path / "in.epub"])
    assert sorted(data for name, data in found.files.items() if "images/" in name) == sorted(
        [*pictures, b"mill", b"one"]
    )
    assert chapter(found).count("![A](images/picture-") == 2
    assert chapter(found).count("A ![mill](images/old-mill.png) and ![B](images/a-1.png).") == 2


def test_a_picture_whose_address_has_a_space_is_a_picture(tmp_path: Path) -> None:
    (tmp_path / "old mill.png").write_bytes(b"mill")
    page = "<html><body><h1>T</h1><p>Words of a text.</p>{}</body></html>"
    for body in ("<img src='old mill.png' alt='E'>", "<p>See <img src='old mill.png' alt='E'> here.</p>"):
        found = imported(tmp_path, "in.html", page.format(body))
        assert "![E](images/old-mill.png)" in chapter(found)
        assert found.files["chapters/images/old-mill.png"] == b"mill"


QUOTED = "On 3 May 1901 Ada Flint told the Harbour Congress: “We shall not build a wall here.”"


@pytest.mark.parametrize("code", [f"`{QUOTED}`", f"<code>{QUOTED}</code>", f"<pre>{QUOTED}</pre>"])
def test_nothing_is_cited_in_code(tmp_path: Path, code: str) -> None:
    found = imported(tmp_path, "in.md", f"# T\n\nWrite {code} there.\n")
    assert code in chapter(found)
    assert sources(found) == []


def test_a_citation_stands_behind_the_code_at_the_end_of_its_sentence(tmp_path: Path) -> None:
    text = f"# T\n\nWith `code. Like this` before, {QUOTED[0].lower()}{QUOTED[1:]} And more.\n"
    assert "wall here.” [@" in chapter(imported(tmp_path, "in.md", text))
    code = "“We shall not build it (Ada Flint, Speech at the Forum, 3 May 1901)”"
    assert f"`{code}`" in chapter(imported(tmp_path, "in.md", f"# T\n\nWrite `{code}` there.\n"))


def test_a_document_without_an_author_gives_the_book_none(tmp_path: Path) -> None:
    page = f"<html><body><h1>T</h1><p>{ENGLISH}</p></body></html>"
    for name, text in (("in.md", f"# T\n\n{ENGLISH}\n"), ("in.txt", f"T\n\n{ENGLISH}\n"), ("in.html", page)):
        assert "authors" not in tomllib.loads(imported(tmp_path, name, text).files["book.toml"].decode())["book"]
    named = imported(tmp_path, "in.md", f"---\nauthor: Ada Flint\n---\n\n# T\n\n{ENGLISH}\n")
    assert tomllib.loads(named.files["book.toml"].decode())["book"]["authors"] == ["Ada Flint"]
