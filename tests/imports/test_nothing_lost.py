"""What an import keeps as it was: pictures, code, formulas, links, sections, and the sentences around a quotation."""

from __future__ import annotations

import re
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from book.imports.epub import NotAnEpubError, read
from book.imports.importing import import_documents
from tests.imports.helpers import chapter, imported, sources


def test_two_documents_show_their_own_pictures_by_one_name(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.png").write_bytes(b"\x89PNG " + name.encode())
        paths.append(tmp_path / name / f"{name}.md")
        paths[-1].write_text(f"# {name}\n\nText of the first paragraph.\n\n![The plan](plan.png)\n")
    files = import_documents(paths).files
    assert files["chapters/images/plan.png"].endswith(b"one")
    assert files["chapters/images/plan-2.png"].endswith(b"two")
    assert "![The plan](images/plan.png)" in files["chapters/01-one.md"].decode()
    assert "![The plan](images/plan-2.png)" in files["chapters/02-two.md"].decode()


def test_a_citation_stands_behind_its_sentence_though_a_picture_before_it_got_another_name(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "the-old-harbour.png").write_bytes(b"\x89PNG")
    text = (
        "# Harbour\n\nSee ![](figures/the-old-harbour.png) here. On 3 May 1901 Ada Flint told the Harbour Congress: "
        '"We shall not build a wall here again." Nobody answered.\n'
    )
    assert 'a wall here again." [@' in chapter(imported(tmp_path, "in.md", text))


def test_a_sentence_ends_behind_the_closing_marks_of_every_language(tmp_path: Path) -> None:
    for name, said, after in (
        ("de.md", "Am 4. Juni 1954 sagte Anna Kern im Landtag: „Wir werden hier nie wieder bauen.“", "Alle gingen."),
        ("de2.md", "Am 4. Juni 1954 sagte Anna Kern im Landtag: »Wir werden hier nie wieder bauen.«", "Alle gingen."),
        ("fr.md", "Le 4 juin 1954, Anne Martin a dit au Sénat : « Nous ne bâtirons plus ici. »", "Tous partirent."),
    ):
        found = imported(tmp_path, name, f"# Title\n\n{said} {after}\n")
        (source,) = sources(found)
        assert after.split()[0] not in str(source["title"])
        assert f"] {after}" in chapter(found)


CODE = "<pre>sed 's/[^xyz]//' in</pre><p>And <code>[^k]</code>.</p>"


def test_brackets_in_code_of_a_page_are_no_calls_of_notes(tmp_path: Path) -> None:
    page = f"<html><body><h1>Title</h1><p>Some words of a text.</p>{CODE}</body></html>"
    found = imported(tmp_path, "in.html", page)
    assert "sed 's/[^xyz]//' in" in chapter(found)
    assert "`[^k]`" in chapter(found)
    assert not any("note" in one.what for one in found.decisions)


def test_notes_of_an_epub_are_named_after_their_file_and_code_is_not(tmp_path: Path) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Title</h1>'
        '<p>Words<a class="noteref" href="#n1">1</a>.</p>'
        f'{CODE}<aside class="footnote" id="n1"><p>A note.</p></aside></body></html>'
    )
    with zipfile.ZipFile(tmp_path / "in.epub", "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="one.xhtml"/>'
            '</manifest><spine><itemref idref="a"/></spine></package>',
        )
        archive.writestr("one.xhtml", page)
    written = chapter(import_documents([tmp_path / "in.epub"]))
    assert "Words[^one-1]." in written
    assert "[^one-1]: A note." in written
    assert "sed 's/[^xyz]//' in" in written


def test_double_brackets_of_a_link_of_markdown_are_no_link_of_a_vault(tmp_path: Path) -> None:
    written = chapter(
        imported(tmp_path, "in.md", "# T\n\nHe wrote[[3]](https://example.org/b), and [[x]][y].\n\n[y]: /z\n")
    )
    assert "wrote[[3]](https://example.org/b)," in written


def test_code_keeps_its_commands_labels_and_pictures(tmp_path: Path) -> None:
    text = (
        "# T\n\nWrite `\\label{tab:b}` or ``{#tbl-a}`` or `\\index{lake}` there.\n\n"
        "- item\n\n  ```md\n  ![alt](gone.png)\n  [@nobody-1999]\n  ```\n"
    )
    found = imported(tmp_path, "in.md", text)
    written = chapter(found)
    for code in ("`\\label{tab:b}`", "``{#tbl-a}``", "`\\index{lake}`", "  ![alt](gone.png)\n  [@nobody-1999]\n"):
        assert code in written
    assert "sources-missing.yaml" not in found.files
    assert "TODO" not in written


PIXELS = bytes(range(256))


def test_pictures_that_stand_in_their_address_are_kept(tmp_path: Path) -> None:
    address = f"data:image/png;base64,{b64encode(PIXELS).decode()}"
    for name, text in (
        ("in.md", f"# T\n\n![A lake]({address})\n"),
        ("in.html", f"<html><body><h1>T</h1><p>Words.</p><img src='{address}' alt='A lake'></body></html>"),
    ):
        found = imported(tmp_path, name, text)
        picture = f"images/picture-{sha256(PIXELS).hexdigest()[:8]}.png"
        assert found.files[f"chapters/{picture}"] == PIXELS
        assert f"![A lake]({picture})" in chapter(found)


def test_a_sign_in_a_value_is_no_id_of_a_picture(tmp_path: Path) -> None:
    (tmp_path / "lake.png").write_bytes(PIXELS)
    written = chapter(imported(tmp_path, "in.md", '# T\n\n![](lake.png){#fig-lake width=50% alt="Plate #7 of all"}\n'))
    assert 'width=50% alt="Plate #7 of all"}' in written


def test_a_power_behind_a_space_is_no_id_of_a_block(tmp_path: Path) -> None:
    written = chapter(imported(tmp_path, "in.md", "# T\n\nThe work is f s ^3\n\nA block. ^block-a1\n"))
    assert "f s ^3" in written.replace("\\^", "^")
    assert "block-a1" not in written


def test_a_picture_of_a_page_that_is_not_there_is_asked_for_in_its_place(tmp_path: Path) -> None:
    body = (
        "<h1>T</h1><p>Words of a text.</p><figure><img src='lost.png' alt='The old mill'>"
        "<figcaption>A mill.</figcaption></figure><img src='map.png'><p>Between.</p><p><a href='#x'><img src='x.png' "
        "alt=''></a></p><p><img src='y.png'><img src='z.png' alt='Z'></p><div>Loose <img src='w.png'> words.</div>"
        "<p>In <img src='sign.png' alt='a sign'> text. <img src='dot.png' alt=''></p><img src='one.gif' width='1'>"
    )
    found = imported(tmp_path, "in.html", f"<html><body>{body}</body></html>")
    written = chapter(found)
    mill = (
        "<!-- TODO (in.html, line 1): The picture lost.png is not there. Where is it? Put it into chapters/images, and "
        'write here: ![The old mill](images/lost.png "A mill.") -->'
    )
    assert f"Words of a text.\n\n{mill}\n\n<!-- TODO (in.html, line 1): The picture map.png is not there." in written
    for name in ("lost", "map", "x", "y", "z", "w"):
        assert written.count(f"The picture {name}.png is not there. Where is it?") == 1
    assert written.count("The old mill") == written.count("A mill.") == 1
    assert "In a sign<!-- TODO The picture sign.png is not there." in written
    assert "dot.png" not in written
    assert "one.gif" not in written
    assert [one.question for one in found.decisions if one.question and "lost.png" in one.question]


def test_all_pictures_of_a_figure_are_kept_in_order(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.png").write_bytes(PIXELS + name.encode())
    body = "<figure><img src='a.png' alt='A'><img src='b.png' alt='B'><figcaption>Both.</figcaption></figure>"
    written = chapter(imported(tmp_path, "in.html", f"<html><body><h1>T</h1><p>Words.</p>{body}</body></html>"))
    assert '![A](images/a.png)\n\n![B](images/b.png "Both.")' in written


def test_a_link_to_a_file_server_stays_a_link(tmp_path: Path) -> None:
    assert "[a list](ftp://example.org/l)" in chapter(
        imported(tmp_path, "in.md", "# T\n\nSee [a list](ftp://example.org/l).\n")
    )


def test_words_in_other_scripts_stay_in_their_pictures_links_and_lines(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(PIXELS)
    text = (
        "# A village\n\nThis is the village of those who came from the hills, and it has a map.\n\n![湘西](map.png)\n\n"
        "See [湘西] and [the map][花垣] and [花垣][] here.\n\n- one\n  湘西\n  花垣\n\n[湘西]: https://example.org/x\n"
        "[花垣]: https://example.org/h\n"
    )
    written = chapter(imported(tmp_path, "in.md", text))
    assert "![湘西](images/map.png)" in written
    assert "See [[湘西]{lang=zh-Hans}][湘西] and [the map][花垣] and [[花垣]{lang=zh-Hans}][花垣] here." in written
    assert "- one\n  [湘西]{lang=zh-Hans}\n  [花垣]{lang=zh-Hans}\n" in written


def _epub(folder: Path, listed: str, read: str, files: Mapping[str, str]) -> Path:
    """An EPUB whose manifest lists some documents (`a b`), whose spine names some, and that holds other ones."""
    manifest = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in listed.split())
    spine = "".join(f'<itemref idref="{name}"/>' for name in read.split())
    package = '<package xmlns="http://www.idpf.org/2007/opf">'
    with zipfile.ZipFile(folder / "a.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="p.opf"/></container>')
        archive.writestr("p.opf", f"{package}<manifest>{manifest}</manifest><spine>{spine}</spine></package>")
        for name, words in files.items():
            archive.writestr(f"{name}.xhtml", f"<html><body><p>{words}</p></body></html>")
    return folder / "a.epub"


def test_what_an_epub_names_and_does_not_hold_is_listed_and_the_rest_is_imported(tmp_path: Path) -> None:
    files = import_documents([_epub(tmp_path, "a b", "b a c", {"a": "Words."})]).files
    assert any(b"Words." in data for name, data in files.items() if name.startswith("chapters/"))
    report = files["import-report.md"].decode()
    assert "b.xhtml: the EPUB names it as a part, but it is not in it" in report
    assert "c: the EPUB names it as a part, but it is not in it" in report


def test_an_epub_none_of_whose_documents_is_there_is_refused_with_a_name(tmp_path: Path) -> None:
    path = _epub(tmp_path, "b", "b", {})
    with pytest.raises(NotAnEpubError, match=r"none of its 1 documents can be read; b\.xhtml: "):
        read(path, "a.epub")


def test_hyphens_in_a_question_do_not_end_its_comment(tmp_path: Path) -> None:
    for name, text in (
        ("in.md", '# T\n\nWords.\n\n![a ---> b](lost.png "cap --> tion")\n\nMore.\n'),
        ("in.html", "<h1>T</h1><p>Words.</p><p><img src='lost.png' alt='a ---> b'></p><p>More.</p>"),
    ):
        (comment,) = re.findall(r"<!-- TODO.*", chapter(imported(tmp_path, name, text)))
        assert comment.count("-->") == 1
        assert comment.endswith(" -->")
        assert "![a -" in comment
