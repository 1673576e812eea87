from __future__ import annotations

import re
import subprocess
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import outloud
import page as page_validation
import pytest
from PIL import Image

from book.build import build_book
from tests.conftest import MakeBook
from tests.pdf_checks import faults
from tests.pdf_structure import Element, Structure, marked_contents
from tests.pressed import press_html

Tag = Callable[..., Structure]
LINES = "words that fill a line of the page from end to end, "
NOTE = ".footnote { float: footnote } .footnote::footnote-call { content: attr(data-number) }"


def png() -> str:
    """The address of a small image."""
    file = BytesIO()
    Image.new("L", (4, 4)).save(file, format="PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


PNG = png()


@pytest.fixture
def tag(tmp_path: Path) -> Tag:
    """A function that sets a body in pages and reads the structure of the PDF back."""

    def read(body: str, css: str = "") -> Structure:
        fragment = press_html(tmp_path, body, css)
        assert fragment.problems == ()
        path = tmp_path / "section.pdf"
        path.write_bytes(fragment.pdf)
        return Structure(path)

    return read


def pages(element: Element) -> set[int]:
    return {page for page, _ in element.all_contents}


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        ("<section><h1>One</h1><p>Two <em>three</em></p></section>", "Document(Sect(H1 P(Em)))"),
        ("<header><p>One</p></header><div></div>", "Document(P)"),
        ("<div>One <strong>two</strong> three<p>Four</p>five</div>", "Document(Div(P(Strong) P P))"),
        ("<blockquote>One</blockquote>", "Document(BlockQuote(P))"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "Document(L(LI(Lbl LBody) LI(Lbl LBody(P))))"),
        ("<ul><li>One<ol><li>Two</li></ol></li></ul>", "Document(L(LI(Lbl LBody(L(LI(Lbl LBody))))))"),
        ("<ul style='list-style: none'><li>One</li></ul>", "Document(L(LI(LBody)))"),
        (
            "<dl><dt>A</dt><dt>B</dt><dd>C</dd><dd><p>D</p></dd><dt>E</dt></dl>",
            "Document(L(LI(Lbl Lbl LBody LBody(P)) LI(Lbl)))",
        ),
        (
            "<nav><h1>Contents</h1><ol style='list-style: none'><li><a href='book:x'>One</a><p>Two</p></li></ol></nav>",
            "Document(Sect(H1 TOC(TOCI(Reference(Link) P))))",
        ),
        ("<pre><code>One\n  Two</code></pre>", "Document(P(Code))"),
        ("<p><span>One</span> <q>two</q> <abbr title='three'>3</abbr></p>", "Document(P(Quote Span))"),
        (
            f"<figure><img src='{PNG}' alt='One'/><figcaption>Two</figcaption></figure>",
            "Document(Div(Figure Caption(P)))",
        ),
        (f"<p>One <img src='{PNG}' alt='Two'/></p>", "Document(P(Figure))"),
        (f"<figure><img src='{PNG}' alt='1'/><img src='{PNG}' alt='2'/></figure>", "Document(Div(Figure Figure))"),
        (
            "<table><caption>One</caption><tr><th>A</th><td></td></tr></table>",
            "Document(Table(Caption(P) TBody(TR(TH TD))))",
        ),
    ],
)
def test_the_structure_is_that_of_the_document(tag: Tag, body: str, outline: str) -> None:
    assert tag(body).document.outline() == outline


def test_a_paragraph_over_a_page_break_is_one_element(tag: Tag) -> None:
    structure = tag(f"<p>{LINES * 15}</p><p>Another.</p>")
    first, second = structure.find("P")
    assert pages(first) == {0, 1}
    assert structure.text(first).endswith("end to end,")
    assert structure.text(second) == "Another."


def test_a_note_is_one_element_right_behind_its_call_whatever_page_it_is_on(tag: Tag) -> None:
    note = f'<span class="footnote" id="fn-1" data-number="1" data-href="book:x#fn-1">{LINES * 12}</span>'
    structure = tag(f"<p>{LINES * 2} called{note} here.</p><p>Next.</p>", NOTE)
    paragraph = structure.find("P")[0]
    assert [kid.type for kid in paragraph.elements] == ["Reference", "Note"]
    (found,) = structure.find("Note")
    assert found.elements[0].type == "Lbl"
    assert pages(found) == {0, 1}
    between = structure.text(paragraph)
    assert between.index("called") < between.index("fill", between.index("called")) < between.index("here.")
    (link,) = structure.find("Link")
    assert structure.text(link) == "1"
    assert str(link.annotations[0].A.URI) == "book:x#fn-1"


def test_the_note_of_a_heading_comes_behind_it(tag: Tag) -> None:
    note = '<span class="footnote" id="n" data-number="1" data-href="book:x#n" aria-label="Note 1">Said.</span>'
    structure = tag(f"<section><h1>One{note} two</h1><p>Three.</p></section>", NOTE)
    assert structure.document.outline() == "Document(Sect(H1(Reference(Link)) Note(Lbl) P))"
    assert structure.text(structure.find("H1")[0]) == "One 1 two"
    assert str(structure.find("Link")[0].annotations[0].Contents) == "Note 1"


def test_the_repeated_head_of_a_table_is_read_once(tag: Tag) -> None:
    rows = "".join(f"<tr><td>{number}</td><td>word</td></tr>" for number in range(20))
    head = "<thead><tr><th>Number</th><th><a href='book:x'>Word</a></th></tr></thead>"
    structure = tag(f"<table>{head}<tbody>{rows}</tbody></table>")
    assert [structure.text(one) for one in structure.find("TH")] == ["Number", "Word"]
    assert pages(structure.find("THead")[0]) == {0}
    assert pages(structure.find("TBody")[0]) == {0, 1, 2}
    assert "Artifact" in {name for name, _ in marked_contents(structure.pdf.pages[1])}
    assert len(structure.find("Link")[0].annotations) == 3


def test_cells_say_what_they_span_and_head(tag: Tag) -> None:
    structure = tag(
        "<table><tr><th rowspan='2'>A</th><th colspan='2'>B</th></tr><tr><td>C</td><td><p>D</p></td></tr></table>"
    )
    cells = structure.find("TH", "TD")
    assert [{key: str(value) for key, value in cell.object.get("/A", {}).items()} for cell in cells] == [
        {"/O": "/Table", "/RowSpan": "2", "/Scope": "/Column"},
        {"/ColSpan": "2", "/O": "/Table", "/Scope": "/Column"},
        {},
        {},
    ]


@pytest.mark.parametrize("body", ["<hr/>", f"<p><img src='{PNG}' alt=''/></p>", "<p aria-hidden='true'>Ornament</p>"])
def test_decoration_is_an_artifact(tag: Tag, body: str) -> None:
    structure = tag(f"<p>One.</p>{body}<p>Two.</p>", "hr { border: 0 } hr::before { content: '* * *' }")
    assert [structure.text(one) for one in structure.find("P")] == ["One.", "Two."]
    assert {name for name, _ in marked_contents(structure.pdf.pages[0])} == {"Span", "Artifact"}


def test_a_margin_box_is_an_artifact(tag: Tag) -> None:
    structure = tag("<p>One.</p>", "@page { @top-center { content: 'Head' } }")
    assert structure.document.outline() == "Document(P)"
    assert {name for name, _ in marked_contents(structure.pdf.pages[0])} == {"Span", "Artifact"}


def test_the_language_of_words_is_kept(tag: Tag) -> None:
    structure = tag("<p>One <span lang='fr'>deux</span> <em lang='de'>drei</em></p><p lang='la'>Quattuor</p>")
    found = {str(one.object.Lang): structure.text(one) for one in structure.find() if "/Lang" in one.object}
    assert found == {"en": "One deux drei Quattuor", "fr": "deux", "de": "drei", "la": "Quattuor"}


def test_a_link_broken_over_lines_is_one_element_with_a_rectangle_for_each_line(tag: Tag) -> None:
    structure = tag(f"<p>{LINES}<a href='https://example.org/'>{LINES}</a></p>")
    (link,) = structure.find("Link")
    assert len(link.annotations) == 2
    assert {str(one.Contents) for one in link.annotations} == {LINES.strip()}
    assert structure.text(link) == LINES.strip()


def test_a_link_without_a_place_on_the_page_is_not_called_a_link(tag: Tag) -> None:
    assert tag("<p>One <a>two</a></p>").document.outline() == "Document(P(Reference(Span)))"


def test_a_list_says_how_it_is_numbered(tag: Tag) -> None:
    structure = tag("<ol style='list-style-type: lower-alpha'><li>One</li></ol>")
    assert str(structure.find("L")[0].object.A.ListNumbering) == "/LowerAlpha"


def test_a_figure_says_where_it_is(tag: Tag) -> None:
    structure = tag(f"<p><img src='{PNG}' alt='One' style='width: 40px; height: 20px; display: block'/></p>")
    (figure,) = structure.find("Figure")
    assert str(figure.object.Alt) == "One"
    assert [float(corner) for corner in figure.object.A.BBox] == [20, 165, 50, 180]


def test_an_image_without_a_text_alternative_is_a_problem(tmp_path: Path) -> None:
    (problem,) = press_html(tmp_path, f"<p><img src='{PNG}'/></p>").problems
    assert problem.code == "layout-engine"
    assert "has no text alternative" in problem.message


# --- whole books --------------------------------------------------------------------------------

BOOKS = ["print.pdf", "handout/footnotes.pdf", "handout/tables.pdf"]


@pytest.mark.parametrize("name", BOOKS)
def test_the_structure_of_a_book_that_is_hard_to_tag_has_no_fault(built_torture: Path, name: str) -> None:
    assert faults(built_torture / name) == []


@pytest.mark.parametrize("name", ["print.pdf", "handout/precision.pdf"])
def test_the_structure_of_the_sample_book_has_no_fault(built_sample: Path, name: str) -> None:
    assert faults(built_sample / name) == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_that_is_hard_to_tag_conforms_to_pdf_ua(built_torture: Path, name: str) -> None:
    report = page_validation.validate_pdf(str(built_torture / name), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_a_second_validator_finds_no_error(built_sample: Path, built_torture: Path) -> None:
    for path in (built_sample / "print.pdf", built_torture / "print.pdf", built_torture / "handout" / "footnotes.pdf"):
        errors = [one for one in outloud.check(str(path)).findings if str(one.severity).endswith("error")]
        assert errors == [], path


def test_an_editors_note_on_a_quotation_is_no_part_of_it(tag: Tag) -> None:
    note = '<span class="footnote" id="n" data-number="1" data-href="book:x#n">The editor says.</span>'
    structure = tag(f"<div><blockquote><p>Quoted{note} words.</p></blockquote><p>Source</p></div>", NOTE)
    assert structure.document.outline() == "Document(Div(BlockQuote(P(Reference(Link))) Note(Lbl) P))"
    assert structure.text(structure.find("BlockQuote")[0]) == "Quoted 1 words."


@pytest.mark.parametrize("transform", ["uppercase", "lowercase", "capitalize"])
def test_letters_that_a_stylesheet_changes_are_read_as_they_were_written(tag: Tag, transform: str) -> None:
    structure = tag("<h2>The <em>Words</em> of Ann</h2><p>Others.</p>", f"h2 {{ text-transform: {transform} }}")
    (heading,) = structure.find("H2")
    assert str(heading.object.ActualText) == "The Words of Ann"
    assert "/ActualText" not in structure.find("P")[0].object


def test_small_capitals_are_read_as_they_were_written(tmp_path: Path) -> None:
    css = ".a { font-variant-caps: small-caps } .b { font-variant-caps: all-small-caps }"
    body = '<p class="a">Abc aBC abc</p><p class="b">Abc aBC ABC</p>'
    (tmp_path / "section.pdf").write_bytes(press_html(tmp_path, body, css).pdf)
    found = subprocess.run(["pdftotext", tmp_path / "section.pdf", "-"], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["Abc", "aBC", "abc", "Abc", "aBC", "ABC"]


def test_the_number_of_a_chapter_is_in_its_heading_and_page_numbers_stand_apart_in_contents(
    make_book: MakeBook, tmp_path: Path
) -> None:
    settings = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'
    build_book(make_book({"book.toml": settings}), output=tmp_path, jobs=1)
    structure = Structure(tmp_path / "print.pdf")
    assert "Chapter 1 First" in [structure.text(one) for one in structure.find("H1")]
    (first, *_) = structure.find("TOCI")
    assert structure.text(first).split() == ["1", "First", "1"]
    joined = "".join(structure.texts.get(key, "") for key in first.all_contents)
    assert re.fullmatch(r"1\s+First\s+1", joined.strip())
