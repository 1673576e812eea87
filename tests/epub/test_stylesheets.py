"""A project's stylesheets in a package."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.composition.styles import LAYOUTS
from book.epub.stylesheets import Styles, pack_stylesheets
from book.model.fragments import Stylesheet
from book.problem import Checked
from book.project.files import recording
from tests.conftest import MakeBook
from tests.readers import EpubReader


def packed(root: Path, text: str, **files: bytes) -> Checked[Styles]:
    """What becomes of `styles/my style.css` with this text, in a project with some files besides."""
    for name, data in {"styles/my style.css": text.encode(), **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    base = Stylesheet(str(LAYOUTS / "epub.css"), "p { margin: 0 }")
    return pack_stylesheets((base, Stylesheet(str(root / "styles" / "my style.css"), text)), root)


def own(checked: Checked[Styles]) -> str:
    """The project's stylesheet in the package."""
    assert checked.problems == ()
    return list(checked.value.linked.values())[-1].decode()


def test_stylesheets_keep_their_order_under_names_without_spaces_or_accents(tmp_path: Path) -> None:
    names = list(packed(tmp_path, "").value.linked)
    assert names[0] == "styles/0-epub.css"
    assert names[1].startswith("styles/1-styles-my-style-")
    assert names[1].endswith(".css")


@pytest.mark.parametrize(
    "written", ["url(rule.svg)", "url( 'rule.svg' )", 'URL("rule.svg")', "url(../styles/rule.svg)", "url(rule%2Esvg)"]
)
def test_a_picture_that_a_stylesheet_names_goes_along(tmp_path: Path, written: str) -> None:
    with recording(tmp_path) as reads:
        checked = packed(tmp_path, f"hr {{ background: {written} }}", **{"styles/rule.svg": b"<svg/>"})
    assert "../images/styles-rule.svg" in own(checked)
    assert checked.value.images == ("styles/rule.svg",)
    assert reads.looked_for == {"styles/rule.svg"}


def test_what_is_not_an_address_stays_as_it_was(tmp_path: Path) -> None:
    text = '/* url(no.png) */ q::before { content: "url(no.png)" } a { b: url(data:,x) url(#f) format("otf") }'
    assert own(packed(tmp_path, text)) == text


def test_addresses_in_nested_blocks_are_found(tmp_path: Path) -> None:
    text = "@media print { @supports (a: b) { p { c: image-set(url(r.png) 1x) } } }"
    assert packed(tmp_path, text, **{"styles/r.png": b""}).value.images == ("styles/r.png",)


def test_a_font_goes_along_whole(tmp_path: Path) -> None:
    checked = packed(tmp_path, '@font-face { src: url("f.otf#x") }', **{"styles/f.otf": b"OTTO"})
    assert 'url("../fonts/styles-f.otf#x")' in own(checked)
    assert checked.value.fonts == {"fonts/styles-f.otf": b"OTTO"}


def test_an_imported_stylesheet_goes_along_with_what_it_names_even_in_a_circle(tmp_path: Path) -> None:
    more = b'@import "my%20style.css"; @import url(deep/deeper.css); h1 { a: url(r.png) }'
    deeper = b"h2 { a: url(../r.png) }"
    files = {"styles/more.css": more, "styles/deep/deeper.css": deeper, "styles/r.png": b""}
    checked = packed(tmp_path, '@import "more.css" screen;', **files)
    assert own(checked) == '@import "../styles/styles-more.css" screen;'
    assert checked.value.imported["styles/styles-deep-deeper.css"] == b'h2 { a: url("../images/styles-r.png") }'
    assert checked.value.images == ("styles/r.png",)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("gone.png", "broken-url"),
        ("notes.txt", "broken-url"),
        ("https://example.org/a.png", "outside-project"),
        ("//example.org/a.png", "outside-project"),
        ("../../a.png", "outside-project"),
        ("/etc/hosts", "outside-project"),
    ],
)
def test_an_address_that_leads_nowhere_useful_is_a_problem_at_its_place(tmp_path: Path, url: str, code: str) -> None:
    checked = packed(tmp_path, f"p {{ margin: 0 }}\nh1 {{ a: url({url}) }}", **{"styles/notes.txt": b""})
    assert [(problem.code, str(problem.at)) for problem in checked.problems] == [(code, "styles/my style.css:2:9")]


@pytest.mark.parametrize(
    ("line", "css", "way"),
    [
        ("", "", None),
        ('writing = "vertical"', "", "rtl"),
        ('styles = ["own.css"]', "html { -epub-writing-mode: vertical-rl; writing-mode: vertical-rl }", "rtl"),
        ('styles = ["own.css"]', ".aside { writing-mode: vertical-rl }", None),
    ],
)
def test_a_vertical_book_is_leafed_through_from_right_to_left(
    make_book: MakeBook, tmp_path: Path, line: str, css: str, way: str | None
) -> None:
    settings = f'[book]\ntitle = "Vertical"\nlanguage = "en"\n[editions.ebook]\noutput = "epub"\n{line}\n'
    build_book(make_book({"book.toml": settings, "own.css": css}), output=tmp_path / "out", jobs=1)
    book = EpubReader(tmp_path / "out" / "ebook.epub")
    spine = next(etree.fromstring(book.files["EPUB/content.opf"]).iter("{http://www.idpf.org/2007/opf}spine"))
    assert spine.get("page-progression-direction") == way
    assert any("vertical.css" in name for name in book.files) is line.startswith("writing")


def test_what_no_address_may_hold_is_coded_in_addresses_of_data(tmp_path: Path) -> None:
    css = '@import "data:text/css,p{}";\nq { background: url(\'data:image/svg+xml,<svg xmlns="x"/>#a\') }\n'
    written = own(packed(tmp_path, css))
    assert "data:text/css,p%7B%7D" in written
    assert "data:image/svg+xml,%3Csvg%20xmlns=%22x%22/%3E#a" in written


def test_scripts_without_italics_have_none_whatever_the_design_says_and_vertical_lines_keep_apart(
    make_book: MakeBook, tmp_path: Path
) -> None:
    settings = '[book]\ntitle = "V"\nlanguage = "en"\n[editions.ebook]\noutput = "epub"\nwriting = "vertical"\n'
    build_book(make_book({"book.toml": settings}), output=tmp_path / "out", jobs=1)
    files = EpubReader(tmp_path / "out" / "ebook.epub").files
    order = sorted((name for name in files if name.endswith(".css")), key=lambda one: int(re.findall(r"\d+", one)[0]))
    names = [re.sub(r".*/\d+-", "", name) for name in order]
    assert names.index("upright.css") == len(names) - names[::-1].index("epub.css")  # behind the sheet of the design
    upright = next(files[name].decode() for name in order if name.endswith("upright.css"))
    assert ".epub :lang(ja)" in upright
    assert "font-style: normal" in upright
    vertical = next(files[name].decode() for name in order if name.endswith("vertical.css"))
    assert re.search(r"body \{ line-height: 1\.75; \}\s+h1.*\{ line-height: 1\.5; \}", vertical)


PLACES = """
import json, sys
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import BlockBox

(page,) = HTML(filename=sys.argv[1]).render().pages
blocks = [box for box in page._page_box.descendants() if isinstance(box, BlockBox) and box.element is not None]
places = {
    "".join(box.element.itertext()): (box.position_x, box.content_box_y()) for box in blocks if not list(box.element)
}
print(json.dumps(places))
"""
"""Prints where each paragraph and line stands, in px, in an engine as it comes: that of this process may be mended."""


def test_verse_stands_apart_from_the_text_and_is_indented(make_book: MakeBook, tmp_path: Path) -> None:
    verse = "::: verse\nLine one\\\nLine two\n:::\n\nText between.\n\n| Line three\n| Line four"
    chapter = f"---\ntitle: First\n---\n\nText before.\n\n{verse}\n\nText behind.\n"
    toml = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'
    build_book(make_book({"book.toml": toml, "chapters/01-first.md": chapter}), output=tmp_path, jobs=1)
    with zipfile.ZipFile(tmp_path / "ebook.epub") as book:  # with the fonts that the sheets name
        book.extractall(tmp_path / "book")
    (page,) = (tmp_path / "book").rglob("first.xhtml")
    command = [sys.executable, "-c", PLACES, str(page)]
    places = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for around, lines in (
        (("Text before.", "Text between."), ("Line one", "Line two")),
        (("Text between.", "Text behind."), ("Line three", "Line four")),
    ):
        before, first, last, behind = (places[words] for words in (around[0], *lines, around[1]))
        line = last[1] - first[1]
        assert first[0] == last[0] > before[0]
        assert first[1] - before[1] > 1.5 * line
        assert behind[1] - last[1] > 1.5 * line
