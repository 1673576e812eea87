"""Designs: what they look like in print, in e-books and on handouts, and a project's own."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from book.build import build_book
from book.check import check_book
from book.cli.commands import main
from book.composition.styles import DESIGN_FOLDER
from book.project.designs import DESIGNS, SHEETS
from tests.conftest import EDITIONS, MakeBook
from tests.lines import Line, TypeReader
from tests.pdf_checks import faults
from tests.readers import EpubReader, PdfReader

TOML = (
    """\
[book]
title = "Words"
language = "en-GB"
design = "{design}"

"""
    + EDITIONS
)
CHAPTER = """\
---
title: First things
summary: What comes first.
---

{text}

## A heading

> Quoted words that are long enough for a line or two of the page, and for a word more.
>
> — [@talk-2013]

### A lower heading

A note.[^1] [Words]{{.index}} once more.

[^1]: Its text.
""".format(text="The phrase dates from a visit to a village, and it returned two years later. " * 30)


def project(make_book: MakeBook, design: str, **files: str) -> Path:
    """A project with a design."""
    return make_book({"book.toml": TOML.format(design=design), "chapters/01-first.md": CHAPTER, **files})


def fonts(path: Path) -> set[str]:
    """The names of the fonts of a PDF."""
    with pikepdf.open(path) as pdf:
        found = (font for page in pdf.pages for font in page.Resources.get("/Font", {}).values())
        return {str(font.BaseFont).split("+")[-1] for font in found}


def paragraph(path: Path) -> list[Line]:
    """The lines of the longest paragraph of a PDF on its first page, without its last line."""
    reader = TypeReader(path)
    block = max(reader.blocks.values(), key=len)
    return [line for line in block if line.page == block[0].page][:-1]


def test_every_design_has_its_sheets_and_a_page_that_shows_it() -> None:
    assert {folder.name for folder in DESIGN_FOLDER.iterdir()} == set(DESIGNS)
    for name in DESIGNS:
        assert {path.name for path in (DESIGN_FOLDER / name).iterdir()} == {*SHEETS, "page.png"}
        with Image.open(DESIGN_FOLDER / name / "page.png") as shown:
            assert shown.width > shown.height > 500, "a spread"


@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_is_justified_or_ragged_and_valid_in_every_edition(make_book: MakeBook, design: str) -> None:
    root = project(make_book, design)
    build_book(root, output=root / "out")
    for pdf in (root / "out/print.pdf", root / "out/handout/first.pdf"):
        assert faults(pdf) == []
    rights = [line.right for line in paragraph(root / "out/print.pdf")]
    ragged = max(rights) - min(rights)
    assert len(rights) > 6
    assert (ragged < 3) is (design == "classic"), "hanging punctuation may stand 3 pt out"
    texts = " ".join(PdfReader(root / "out/print.pdf").texts)
    assert "First things" in texts


def test_modern_sets_titles_in_the_sans_in_print_and_in_the_e_book(make_book: MakeBook) -> None:
    root = project(make_book, "modern")
    build_book(root, output=root / "out")
    used = fonts(root / "out/print.pdf")
    assert "Source-Sans-Pro-Semi-Bold" in used
    assert not any("Serif" in name and "Italic" in name for name in used), "nothing here is in italics"
    files = EpubReader(root / "out/ebook.epub").files
    assert any("sans-400" in name for name in files)
    assert any(b"Source Sans Pro" in data for name, data in files.items() if name.endswith("epub.css"))
    root = project(make_book, "classic")
    build_book(root, ["ebook"], output=root / "out")
    assert not any("sans-" in name for name in EpubReader(root / "out/ebook.epub").files)


@pytest.mark.parametrize("design", DESIGNS)
def test_an_epigraph_stands_apart_from_the_text_in_every_design(make_book: MakeBook, design: str) -> None:
    words = "It is the privilege of the epigraph to be read before anything else is read."
    text = CHAPTER.replace("The phrase", f"> {words}\n>\n> — [@talk-2013]\n\nThe phrase", 1)
    root = project(make_book, design, **{"chapters/01-first.md": text})
    build_book(root, ["print"], output=root / "out")
    lines = TypeReader(root / "out/print.pdf").lines
    epigraph = next(line for line in lines if line.text.startswith("It is the privilege"))
    below = next(line for line in lines if line.text.startswith("The phrase"))
    assert epigraph.left - below.left > 36, "half an inch further in"


def test_an_edition_overrides_the_design_of_the_book(make_book: MakeBook) -> None:
    toml = TOML.format(design="modern").replace('output = "pdf"\n\n', 'output = "pdf"\ndesign = "classic"\n\n', 1)
    root = make_book({"book.toml": toml, "chapters/01-first.md": CHAPTER})
    build_book(root, output=root / "out")
    rights = [line.right for line in paragraph(root / "out/print.pdf")]
    assert max(rights) - min(rights) < 3
    assert any("sans-400" in name for name in EpubReader(root / "out/ebook.epub").files)


def test_handouts_keep_the_measures_of_their_paper_in_every_design(make_book: MakeBook) -> None:
    lefts = set()
    for design in DESIGNS:
        root = project(make_book, design)
        build_book(root, ["handout"], output=root / "out")
        lines = paragraph(root / "out/handout/first.pdf")
        lefts.add((round(lines[1].left), round(lines[1].baseline - lines[2].baseline, 1)))
    assert len(lefts) == 1, "the same margin and the same distance of lines"


OWN = {
    "house/tokens.css": ":root { --text-align: start; --heading-size: 1.5em; }",
    "house/print.css": "h2 { text-transform: uppercase; }",
    "house/epub.css": "h2 { color: #333; }",
    "house/handout.css": "",
}


def test_a_project_ships_a_design_in_the_same_form_and_a_change_of_it_is_seen(make_book: MakeBook) -> None:
    root = project(make_book, "house", **OWN)
    build_book(root, output=root / "out")
    assert "A HEADING" in " ".join(PdfReader(root / "out/print.pdf").texts)
    rights = [line.right for line in paragraph(root / "out/print.pdf")]
    assert max(rights) - min(rights) > 3
    files = EpubReader(root / "out/ebook.epub").files
    assert any(b"#333" in data for name, data in files.items() if name.endswith(".css"))
    (root / "house/print.css").write_text("h2 { text-transform: none; }")
    build_book(root, output=root / "out")
    assert "A heading" in " ".join(PdfReader(root / "out/print.pdf").texts)


@pytest.mark.parametrize(
    ("design", "files", "said"),
    [
        ("moderne", {}, 'book.toml:4:1: error[missing-design]: no design "moderne", nor a folder of that name'),
        (
            "house",
            {**OWN, "house/epub.css": None},
            'book.toml:4:1: error[missing-design]: the design "house" has no epub.css',
        ),
        ("../house", {}, 'book.toml:4:1: error[outside-project]: "../house" lies outside the project'),
    ],
)
def test_a_design_that_is_missing_is_told_at_its_line(
    make_book: MakeBook, design: str, files: dict[str, str], said: str
) -> None:
    problems = [
        problem for problem in check_book(project(make_book, design, **files)).problems if problem.severity == "error"
    ]
    assert [str(problem).split("\n")[0] for problem in problems] == [said]
    assert problems[0].hint


def test_a_new_project_names_the_design_that_is_asked_for(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new", str(tmp_path / "book"), "--design", "modern"])
    assert result.exit_code == 0, result.output
    assert 'design = "modern"' in (tmp_path / "book" / "book.toml").read_text()
    assert not [problem for problem in check_book(tmp_path / "book").problems if problem.severity == "error"]
    result = CliRunner().invoke(main, ["new", str(tmp_path / "other"), "--design", "moderne"])
    assert result.exit_code == 2
    assert 'did you mean "modern"?' in result.output
