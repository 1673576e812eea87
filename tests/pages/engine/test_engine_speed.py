"""What the layout engine is spared, and that nothing is missing for it."""

from __future__ import annotations

import ctypes.util
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyphen
import pytest
import tinyhtml5
from pikepdf import Name, Pdf

import book
from book.language.fonts import local_rules
from book.model.fragments import Job, Stylesheet
from book.pages.engine import SLOWLY, SPEED, mend, slow_mends
from book.pages.engine.speed import parsing
from book.pages.engine.typography import hyphenation
from book.pages.press import press
from book.problem import BookError
from tests.pressed import PAGE, press_html
from tests.readers import PdfReader

READ_AT_ONCE = pyphen.HyphDict.__init__
"""As it is before anything is mended: tests in the same process may mend it later."""


@pytest.fixture(scope="module")
def slow_torture(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """Every edition of the torture book, set without any of the mends for speed."""
    output = tmp_path_factory.mktemp("slow")
    command = [sys.executable, "-m", "book", "build", "--quiet", "--output", str(output)]
    command += ["--project", str(sample / "tests" / "projects" / "torture")]
    subprocess.run(command, cwd=sample, env={**os.environ, SLOWLY: "all"}, check=True, capture_output=True)
    return output


def test_every_edition_is_the_same_without_the_mends_for_speed(built_torture: Path, slow_torture: Path) -> None:
    names = sorted(
        path.relative_to(slow_torture) for kind in ("pdf", "epub") for path in slow_torture.rglob(f"*.{kind}")
    )
    assert len(names) > 5
    for name in names:
        assert (slow_torture / name).read_bytes() == (built_torture / name).read_bytes(), name


@pytest.mark.parametrize(
    ("setting", "left_out"),
    [("", set()), ("all", set(SPEED)), ("parsing", {"parsing"}), ("parsing,loading", {"parsing", "loading"})],
)
def test_mends_for_speed_are_left_out_by_name_or_all(
    setting: str, left_out: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SLOWLY, setting)
    assert slow_mends() == left_out


@pytest.mark.parametrize("setting", ["parsin", "drawings", "all,parsing"])
def test_a_name_that_is_no_mend_for_speed_is_refused(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SLOWLY, setting)
    with pytest.raises(BookError, match=SLOWLY) as caught:
        slow_mends()
    assert [problem.code for problem in caught.value.problems] == ["unknown-mend"]


def test_margin_boxes_with_content_are_set(tmp_path: Path) -> None:
    css = "@page { @top-center { content: 'above' } @bottom-right-corner { content: counter(page) } }"
    assert _texts(press_html(tmp_path, "<p>Text.", css).pdf) == 3
    assert _texts(press_html(tmp_path, "<p>Text.").pdf) == 1


def _texts(pdf: bytes) -> int:
    """How many texts are drawn on a page."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        (page,) = opened.pages
        return page.Contents.read_bytes().count(b" Tf")


def test_strings_in_margin_boxes_are_printed(tmp_path: Path) -> None:
    css = "section { string-set: where attr(id) } @page { @bottom-left { content: 'In ' string(where) } }"
    (tmp_path / "printed.pdf").write_bytes(press_html(tmp_path, "<section id='first'><p>Text.</section>", css).pdf)
    assert any("In first" in text for text in PdfReader(tmp_path / "printed.pdf").texts)


VIEW = """
@page { size: 400px 300px; margin: 20px } @page wide { size: 900px 300px; margin: 20px }
.wide { page: wide } em { padding-left: 10vw } .wide p { color: #112233 } p[title] { color: #445566 }
"""
DOCUMENTS = {
    "narrow": "<p>One <em>two</em> three.</p>",
    "wide": "<div class='wide'><p>One <em>two</em> three.</p></div>",
    "narrow again": "<div><p style='color: #778899'>One <em>two</em> three.</p><p title='t' id='a'>Four.</p></div>",
    "attributes": "<p style='color: #778800'>One <em>two</em> three.</p><p title='t' id='b' lang='fr'>Quatre.</p>",
}


def test_a_document_does_not_depend_on_those_that_were_set_before_it(tmp_path: Path) -> None:
    def pressed(names: Iterable[str]) -> dict[str, bytes]:
        return {name: press_html(tmp_path, DOCUMENTS[name], VIEW).pdf for name in names}

    first, second = pressed(DOCUMENTS), pressed(reversed(DOCUMENTS))
    assert first == second
    assert len(set(first.values())) == len(DOCUMENTS)


@pytest.mark.parametrize("whole", [False, True])
def test_only_a_pdf_that_is_read_as_it_is_has_its_fonts(tmp_path: Path, whole: bool) -> None:
    sheets = (Stylesheet(str(tmp_path / "base.css"), local_rules() + PAGE),)
    job = Job("one", "<p>Text.", sheets, str(tmp_path), str(tmp_path / "faces"), "one.md", whole=whole)
    with Pdf.open(io.BytesIO(press(job).pdf)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        program = font.DescendantFonts[0].FontDescriptor.FontFile3
        assert program.Subtype == Name.OpenType
        assert (len(program.read_bytes()) > 1000) is whole


@pytest.mark.parametrize(
    "document",
    [
        (
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head><title>T</title></head>'
            '<body xmlns:epub="http://www.idpf.org/2007/ops"><section epub:type="chapter" class="a b">'
            "<p>One<!-- no --> <em>two</em> &amp; &#8212;<br/></p><table><tbody><tr><td>1</td></tr></tbody></table>"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Dot</title></svg></section></body></html>'
        ),
        "<!DOCTYPE html><html><head><title>T</title></head><body><p>Not <b>closed<br>&nbsp;here</body></html>",
        '<p xmlns="http://www.w3.org/1999/xhtml">No document</p>',
    ],
)
def test_a_document_has_the_same_tree_whether_it_is_read_as_xml_or_as_html(document: str) -> None:
    mend()
    read = parsing.read_document(document, "file:///", None).etree_element
    assert tree(read) == tree(tinyhtml5.parse(document, namespace_html_elements=False))


def test_addresses_of_a_document_are_relative_to_its_base() -> None:
    mend()
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>{}</head><body></body></html>'
    for base, address in (("", "file:///a/"), ('<base href="b/"/>', "file:///a/b/"), ("<base/>", "file:///a/")):
        for text in (page.format(base), page.format(base).replace("/>", ">")):
            assert parsing.read_document(text, "file:///a/", None).base_url == address


def tree(element: Any) -> list[Any]:
    """An element as a list, without declarations of namespaces, comments, and space where none is shown."""
    words = {name: value for name, value in element.attrib.items() if "xmlns" not in name}
    inside = [tree(child) for child in element if isinstance(child.tag, str)]
    texts = [" ".join((text or "").split()) for text in (element.text, *(child.tail for child in element))]
    return [element.tag, words, " ".join(filter(None, texts)), inside]


@pytest.mark.parametrize("language", ["en_US", "hu_HU", "el_GR", "ru_RU", "nl_NL"])
def test_patterns_of_hyphenation_are_those_that_pyphen_reads(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    whole = pyphen.HyphDict(path)
    spared = hyphenation._read(path)
    read = {
        letters: hyphenation._points(pattern) if isinstance(pattern, str) else pattern
        for letters, pattern in spared.patterns.items()
    }
    assert {letters: told(points) for letters, points in read.items() if points} == {
        letters: told(points) for letters, points in whole.patterns.items()
    }
    reach = {len(letters): len(letters) in spared.sizes[letters[:2]] for letters in whole.patterns}
    assert len(reach) > 3
    assert all(reach.values())


def told(points: tuple[int, tuple[int, ...]]) -> list[Any]:
    """The points of a pattern, with how a word is spelt that is parted there."""
    return [points[0], *((int(value), getattr(value, "data", None)) for value in points[1])]


PROGRAM = """
import sys
from book.pages.engine.speed.loading import load

load()
assert "fontTools.varLib" not in sys.modules, "the instancer is not loaded"
import weasyprint.pdf.fonts as fonts
options = fonts.subset.Options(retain_gids=True)
import fontTools.subset
assert type(options) is fontTools.subset.Options
from fontTools import subset
assert subset is fontTools.subset
import ctypes.util
print(ctypes.util.find_library("c"))
"""


def test_an_engine_that_was_loaded_fast_lacks_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(ctypes.util.find_library("c"))


SHARED = """
import json, os, sys
from book.language.fonts import local_rules
from book.pages.engine import apply
from book.pages.stylesheets import no_system_fonts

os.environ["FONTCONFIG_FILE"] = no_system_fonts()
apply(without=sys.argv[1:])
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
sheet = CSS(string=local_rules() + "html { font-family: 'Source Serif Pro' }", font_config=fonts)
body = "".join(
    f'<p id=p{n}>One <span class=c id=s{n}>(<a href="#p{n + 1}" name=n{n}>link {n}</a>)</span>' for n in range(5)
)
css = "a::after { content: attr(href) } #s3 { font-weight: bold } .c { color: blue } #s4 a { font-size: 30px }"
page = HTML(string=f"<html><head><style>{css}</style></head><body>{body}<p id=p5>").render(
    stylesheets=[sheet], font_config=fonts
).pages[0]
boxes = [
    (box.element_tag, getattr(box, "text", ""), box.style["font_weight"], str(box.style["color"]),
     box.style["font_size"], box.style["anchor"], str(box.link), round(box.position_y, 3))
    for box in page._page_box.descendants() if box.element is not None
]
print(json.dumps([boxes, sorted(page.anchors), [str(link[:3]) for link in page.links]]))
"""


def test_shared_styles_are_those_that_each_element_has() -> None:
    found = []
    for without in ([], ["shared_styles"]):
        command = [sys.executable, "-c", SHARED, *without]
        found.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    boxes, anchors, links = found[0]
    assert found[0] == found[1]
    assert len(boxes) > 30
    assert {"p0", "s3", "n2", "p5"} <= set(anchors)
    assert len(links) >= 5


def test_backgrounds_of_inline_elements_are_drawn(tmp_path: Path) -> None:
    """Only lines and texts themselves are passed over."""
    body = "<p style='text-wrap: pretty'>One <span style='background: #f00; border: 1pt solid #00f'>two</span> three."
    fragment = press_html(tmp_path, body)
    with Pdf.open(io.BytesIO(fragment.pdf)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"1 0 0 rg" in content
    assert b"0 0 1 " in content


WITHIN_ANCESTOR = re.compile(r":has\([^()]*\)\)*(?:\s*>|\s+[\w.#\[:])")
"""A `:has()` of something that what is styled lies in: it looks through all of that again for each element there."""


def test_no_stylesheet_takes_time_with_the_square_of_a_list() -> None:
    assert WITHIN_ANCESTOR.search(".contents > ol:has(.summary) > li { margin: 0 }")
    assert not WITHIN_ANCESTOR.search("li:has(ol) { margin: 0 } li:not(:has(ol)) + li:has(ol), p { margin: 0 }")
    sheets = sorted(Path(book.__file__).parent.rglob("*.css"))
    assert len(sheets) > 5
    assert not [path for path in sheets if WITHIN_ANCESTOR.search(path.read_text(encoding="utf-8"))]
