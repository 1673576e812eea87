from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from pathlib import Path
from unicodedata import category

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from book.language.faces import script_rules
from tests.pressed import press_html

BROKEN = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAADklEQVR42mNoYGhgIIgBAJUUAgGJyWPyAAAAAElFTkSuQmCC"
"""A PNG whose pixels are followed by garbage: its size can be read, its pixels cannot."""
LINES = "words that fill a line of the page from end to end, "


def said(folder: Path, body: str, css: str = "") -> list[str]:
    """The problems of a document as a terminal shows them, without hints."""
    problems = press_html(folder, body, css).problems
    return [f"{one.at}: {one.severity.value}[{one.code}]: {one.message}" for one in problems]


def links(pdf: bytes) -> list[dict[str, str]]:
    """Target and description of every link annotation, page by page."""
    pages = pikepdf.open(BytesIO(pdf)).pages
    found = (link for page in pages for link in page.obj.get("/Annots", ()))
    return [{"target": str(link.A.URI), "says": str(link.Contents)} for link in found]


def test_a_section_without_a_fault_is_pages_and_nothing_said(tmp_path: Path) -> None:
    fragment = press_html(tmp_path, f"<p>{LINES * 15}</p>")
    assert (fragment.slug, fragment.pages, fragment.problems) == ("section", 2, ())
    assert len(pikepdf.open(BytesIO(fragment.pdf)).pages) == 2


def test_the_same_job_gives_the_same_bytes(tmp_path: Path) -> None:
    body = f"<h1 id='a'>One</h1><p lang='fr'>{LINES * 15}<a href='book:x#y'>there</a></p>"
    assert press_html(tmp_path, body) == press_html(tmp_path, body)


def test_an_anchor_lies_where_its_element_begins(tmp_path: Path) -> None:
    fragment = press_html(tmp_path, f"<p id='first'>{LINES * 15}</p><p id='second'>Two.</p>")
    assert fragment.anchors["first"] == pytest.approx((0, 20, 180))
    assert fragment.anchors["second"].page == 1


def test_page_furniture_has_no_structure_tree(tmp_path: Path) -> None:
    tagged, bare = (press_html(tmp_path, "<p>One.</p>", tagged=tagged) for tagged in (True, False))
    assert "/StructTreeRoot" in pikepdf.open(BytesIO(tagged.pdf)).Root
    assert "/StructTreeRoot" not in pikepdf.open(BytesIO(bare.pdf)).Root


def test_the_whole_file_of_every_face_is_kept(tmp_path: Path) -> None:
    fragment = press_html(tmp_path, "<p>One <em>two</em></p>")
    assert [face.name.partition("+")[2] for face in fragment.faces] == ["Source-Serif-Pro", "Source-Serif-Pro-Italic"]
    assert all(Path(face.file).read_bytes()[:4] == b"OTTO" for face in fragment.faces)
    assert sorted(fragment.faces[1].texts.values()) == ["o", "t", "w"]


@pytest.mark.parametrize(
    ("link", "description"),
    [
        ("<a href='book:x#y'>14</a>", "14"),
        ("<a href='book:x#y' aria-label='page 14'>14</a>", "page 14"),
        ("<a href='book:x#y' title='The place'>14</a>", "The place"),
        ("<a href='book:x#y'><em>Two\n  </em> words</a>", "Two words"),
    ],
)
def test_a_link_says_in_words_what_it_is(tmp_path: Path, link: str, description: str) -> None:
    assert links(press_html(tmp_path, f"<p>{link}</p>").pdf) == [{"target": "book:x#y", "says": description}]


def test_a_character_that_no_font_has_is_an_error(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>Ꙃ</p>") == [
        "chapters/one.md: error[missing-glyph]: no font of the book has the character Ꙃ (U+A642)"
    ]


def test_what_a_stylesheet_gets_wrong_is_told_with_its_place_each_time(tmp_path: Path) -> None:
    css = "p {\n  colour: red; }"
    expected = ["own.css:2:3: warning[stylesheet]: Ignored `colour: red` at 2:3, unknown property"]
    assert said(tmp_path, "<p>One.</p>", css) == expected
    assert said(tmp_path, "<p>Two.</p>", css) == expected


def test_anything_else_that_the_engine_says_is_a_warning(tmp_path: Path) -> None:
    (problem,) = press_html(tmp_path, "<p><a href='#nowhere'>One</a></p>").problems
    assert (problem.code, problem.severity) == ("layout-engine", "warning")
    assert problem.message == "No anchor #nowhere for internal URI reference"
    assert str(problem.at) == "chapters/one.md"


@pytest.mark.parametrize("address", ["https://example.org/picture.png", "file:///etc/passwd", "../outside.png"])
def test_nothing_outside_the_project_is_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "project").mkdir()
    Image.new("L", (4, 4)).save(tmp_path / "outside.png")
    (message,) = said(tmp_path / "project", f"<p><img src='{address}' alt='One'/></p>")
    assert "error[unreadable-image]" in message


def test_an_image_with_broken_pixels_is_named(tmp_path: Path) -> None:
    Image.new("L", (4, 4)).save(tmp_path / "whole.png")
    (tmp_path / "broken.png").write_bytes(b64decode(BROKEN))
    body = "<p><img src='whole.png' alt='One'/><img src='broken.png' alt='Two'/></p>"
    message = 'chapters/one.md: error[unreadable-image]: the image "broken.png" cannot be read: it cannot be decoded'
    assert [text.partition(" (")[0] for text in said(tmp_path, body)] == [message]


def test_an_image_tells_the_resolution_that_it_is_printed_at(tmp_path: Path) -> None:
    Image.new("L", (100, 50)).save(tmp_path / "one.png")
    small, large = (f"<img src='one.png' alt='One' style='width: {width}in'/>" for width in (1, 2))
    assert press_html(tmp_path, f"<p>{small}{large}</p>").resolutions == {"one.png": pytest.approx(50)}


def test_copies_of_fonts_are_removed_when_their_stylesheets_are_no_longer_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gc
    import tempfile

    from book.model.fragments import Stylesheet
    from book.pages.stylesheets import parsed_stylesheets, stylesheet_problems

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    face = "@font-face { font-family: F; src: url(file:///no/such/font.otf) }"
    for number in range(24):
        sheet = Stylesheet(str(tmp_path / "a.css"), f"{face} p {{ margin: {number}px }}")
        stylesheet_problems((sheet,), str(tmp_path))
    gc.collect()
    kept = parsed_stylesheets.cache_info().maxsize
    assert kept is not None
    assert len(list(tmp_path.glob("weasyprint-*"))) <= kept


def test_a_word_longer_than_a_line_is_broken_between_characters_as_readers_see_them(tmp_path: Path) -> None:
    body = "<p lang='hi'>विश्वविद्यालयीनकिरणविज्ञानसंवादितपरिपूर्णता</p>"
    css = f"{script_rules(('hi',))} p {{ font-family: 'Noto Serif Devanagari'; width: 34pt; overflow-wrap: break-word;"
    fragment = press_html(tmp_path, body, f"{css} text-wrap: pretty; text-align: justify }}")
    lines = pypdfium2.PdfDocument(fragment.pdf)[0].get_textpage().get_text_range().splitlines()
    assert len(lines) == 5
    assert all(category(line[0]) != "Mn" for line in lines), "a mark above the line was parted from its letter"


def test_a_page_that_faces_a_large_hole_is_filled_all_the_same(tmp_path: Path) -> None:
    line = "<p>A line of text.</p>"
    body = line * 40 + "<div style='height: 350pt; break-inside: avoid'></div>" + line * 5
    fragment = press_html(tmp_path, body, "@page { size: 300pt 460pt; margin: 20pt }")
    assert fragment.problems == ()
    assert fragment.pages == 3, "the page with the block was made as short as the one before it"


def test_a_figure_keeps_its_caption_beside_a_page_with_a_hole(tmp_path: Path) -> None:
    line = "<p>A line of text.</p>"
    figure = "<figure class='here'><div style='height: 322pt'></div><figcaption>The caption.</figcaption></figure>"
    page = "@page { size: 300pt 460pt; margin: 20pt }"
    css = f"{page} figure {{ margin: 0; break-inside: avoid }} figcaption {{ break-before: avoid }}"
    fragment = press_html(tmp_path, line * 55 + figure + line * 5, css)
    assert fragment.problems == ()
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(fragment.pdf)]
    assert len(texts) == 3
    assert texts[2].startswith("The caption.")
    assert texts[2].count("A line") == 5
