"""Formulas of HTML pages, e-books and word processors become formulas, and never loose text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book.build import build_book
from book.check import check_book
from book.imports.importing import import_documents
from tests.imports.test_importing import run

FRACTION = "<mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mrow><mo>|</mo><mi>y</mi><mo>|</mo></mrow></mfrac>"
PAGE = f"""<html><head><title>Formulas</title></head><body><h1>Formulas</h1>
<p>Once <math>{FRACTION}</math> there was.</p>
<math display="block"><msqrt><mi>a</mi></msqrt></math>
<p>Marked <span class="math inline">\\(a_1 * b_2 * c\\)</span>, <script type="math/tex">z^2</script>,
<span class="katex">
<math><semantics><mi>k</mi><annotation encoding="application/x-tex">k_{{9}}</annotation></semantics></math
><span class="katex-html">k9</span></span>.</p>
<table><tr><th>A</th></tr><tr><td><m:math><m:msqrt><m:mn>2</m:mn></m:msqrt></m:math></td></tr></table>
<p>Broken: <math><mfrac><mi>q</mi></mfrac></math>.</p></body></html>
"""


def test_formulas_of_a_page_become_tex(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc")
    document = tmp_path / "formulas.html"
    document.write_text(PAGE)
    chapter = import_documents([document]).files["chapters/01-formulas.md"].decode()
    for written in (
        r"Once $x = \frac{1}{|y|}$ there was.",
        "\n\n$$\\sqrt{a}$$\n\n",
        "Marked $a_1 * b_2 * c$, $z^2$,\n$k_{9}$.",
        r"| $\sqrt{2}$ |",
        "Broken: <!-- TODO the formula q cannot be read -->.",
    ):
        assert written in chapter
    assert "k9" not in chapter


def test_a_formula_that_cannot_be_read_stands_in_the_report_with_its_line(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc")
    (tmp_path / "formulas.html").write_text(PAGE)
    run("import", tmp_path / "formulas.html", "--into", tmp_path / "book")
    report = (tmp_path / "book" / "import-report.md").read_text()
    assert "`formulas.html`, line 9 (100%): the formula q cannot be read" in report
    assert [one.code for one in check_book(tmp_path / "book").problems] == ["todo-mark"]
    build_book(tmp_path / "book", ["ebook"], output=tmp_path / "out", jobs=1)


def test_formulas_of_a_word_document_keep_their_structure(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    path = tmp_path / "words.docx"
    pypandoc.convert_text("# One\n\nSo $\\frac{a}{b}$ is.\n", "docx", format="markdown", outputfile=str(path))
    assert r"So $\frac{a}{b}$ is." in import_documents([path]).files["chapters/01-one.md"].decode()


def test_paragraphs_whose_break_was_deleted_are_one(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    path = tmp_path / "words.docx"
    text = "# One\n\nThe wall is\n\nfinished\n\nnow.\n\nThe bill is not.\n"
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(path))
    _delete_breaks(path, "The wall is", "finished")
    chapter = import_documents([path]).files["chapters/01-one.md"].decode()
    assert "\n\nThe wall is finished now.\n\nThe bill is not." in chapter


def _delete_breaks(path: Path, *paragraphs: str) -> None:
    """Mark the ends of some paragraphs of a Word document as deleted."""
    mark = '<w:rPr><w:del w:id="9" w:author="A" w:date="2024-01-01T00:00:00Z"/></w:rPr></w:pPr>'
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    written = files["word/document.xml"].decode()
    for words in paragraphs:
        end = written.rindex("</w:pPr>", 0, written.index(f">{words}<"))
        written = written[:end] + mark + written[end + len("</w:pPr>") :]
    files["word/document.xml"] = written.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_a_formula_that_mathjax_has_set_stands_once(tmp_path: Path) -> None:
    body = (
        '<h1>Sums</h1><p>So <span class="MathJax_Preview"></span><span class="MathJax" id="f-1"><nobr>n+2</nobr>'
        '<span class="MJX_Assistive_MathML"><math><mi>n</mi><mo>+</mo><mn>2</mn></math></span></span>'
        '<script type="math/tex">n+2</script> it is.</p>'
        '<div class="MathJax_Display"><span class="MathJax">m-7</span></div>'
        '<script type="math/tex; mode=display">m-7</script>'
    )
    (tmp_path / "sums.html").write_text(f"<html><body>{body}</body></html>")
    chapter = import_documents([tmp_path / "sums.html"]).files["chapters/01-sums.md"].decode()
    assert "So $n+2$ it is." in chapter
    assert chapter.count("n+2") == chapter.count("m-7") == 1


def test_bars_of_formulas_part_no_cells_and_stay_what_they_are(tmp_path: Path) -> None:
    array, norm = r"\begin{array}{l|r} u & w \end{array}", r"\|u\| \\| w"
    cells = f'<td><span class="math">\\({array}\\)</span></td><td><span class="math">\\({norm}\\)</span></td>'
    body = f"<h1>Bars</h1><table><tr><th>A</th><th>B</th></tr><tr>{cells}</tr></table>"
    (tmp_path / "in.html").write_text(
        f'<html><body>{body}<p>And <span class="math">\\({array}\\)</span>.</p></body></html>'
    )
    run("import", tmp_path / "in.html", "--into", tmp_path / "book")
    assert f"And ${array}$." in (tmp_path / "book" / "chapters" / "01-bars.md").read_text()
    book = check_book(tmp_path / "book").value
    assert book is not None
    formulas = [found.tex for chapter in book.chapters for found in chapter.formulas]
    assert formulas == [array, norm, array]
