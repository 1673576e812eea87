"""Running heads have the room that the page leaves them, whatever the stylesheets say it is."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from book.build import build_book
from book.check import check_book
from book.composition.furniture import volume_head_lines
from book.composition.styles import print_stylesheets
from book.composition.volumes import volumes
from book.project.designs import DESIGNS
from tests.conftest import MakeBook
from tests.readers import PdfReader

TITLE = "Considerations on the extraordinary circumstances of international cooperation between neighbouring countries"
SETTINGS = """\
[book]
title = "A Book"
[editions.print]
output = "pdf"
styles = ["own.css"]
{more}
"""


def room(make_book: MakeBook, css: str, more: str = "") -> float:
    """The width of a running head, in em of it."""
    checked = check_book(make_book({"book.toml": SETTINGS.format(more=more), "own.css": css})).value
    assert checked is not None
    volume = next(volumes(checked, checked.project.editions[0]))
    return volume_head_lines(volume, print_stylesheets(checked, volume.edition))[0].room


def test_the_room_follows_the_tokens_in_whatever_unit_they_are(make_book: MakeBook) -> None:
    page = ":root { --page-width: 400pt; --margin-inner: 50pt; --margin-outer: 50pt; --text-size: 10pt; "
    given = {"1em": 26, "100%": 26, "10pt": 26, ".5em": 56, "calc(0.5 * 20pt)": 26, "0em": 0, ".em": 26}
    found = {size: room(make_book, f"{page}--running-head-size: {size} }}") for size in given}
    assert found == pytest.approx({size: max(width, 0) for size, width in given.items()})
    assert room(make_book, page.replace("10pt", "0pt") + "}") == 0
    assert room(make_book, page + "--running-head-size: 1em; --folio-room: 20pt }") == pytest.approx(28)
    part = page.replace("--margin-inner: 50pt", "--margin-inner: calc(0.25 * var(--page-width))")
    assert room(make_book, part + "--running-head-size: 1em }") == pytest.approx(21)


@pytest.mark.parametrize("paper", ['large-print = true\nsplit = "chapter"', 'split = "chapter"'])
def test_a_head_of_a_handout_is_as_wide_as_its_letters_allow(make_book: MakeBook, paper: str) -> None:
    css = ":root { --page-width: 400pt; --margin-inner: 50pt; --margin-outer: 50pt; --text-size: 20pt }"
    assert room(make_book, css, paper) == pytest.approx(15 if "large" in paper else 15 / 0.82)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("width", ["5in", "7in"])
def test_heads_are_cut_between_words_on_every_page(make_book: MakeBook, design: str, width: str) -> None:
    root = make_book(
        {
            "book.toml": f'[book]\ntitle = "A Book"\ndesign = "{design}"\n[editions.print]\noutput = "pdf"\n'
            f'page = {{ width = "{width}", height = "8in" }}\n',
            "chapters/01-first.md": f"---\ntitle: {TITLE}\n---\n\n" + "A sentence of some length stands here. " * 300,
        }
    )
    build_book(root, output=root / "out")
    heads = {head for head in map(head_of, PdfReader(Path(root / "out/print.pdf")).texts) if head}
    assert len(heads) == 1
    words = heads.pop().split()
    assert len(words) > 2
    assert TITLE.split()[: len(words)] == words, "a word was cut"


def head_of(text: str) -> str:
    """The running head with the chapter's title on a page, without its folio and its ellipsis."""
    return next(
        (
            line.split("…")[0].strip(" 0123456789")
            for line in text.splitlines()[:2]
            if line.strip(" 0123456789").startswith("Considerations") and "…" in line
        ),
        "",
    )


SIZES = {
    "classic": ('design = "classic"', "6in", "9in"),
    "modern": ('design = "modern"', "6in", "9in"),
    "large": ("large-print = true", "210mm", "297mm"),
    "tiny": ('design = "classic"', "60mm", "80mm"),
    "tiny and modern": ('design = "modern"', "55mm", "85mm"),
}


@pytest.mark.parametrize("name", SIZES)
def test_heads_and_folios_stand_on_one_line_between_the_edge_of_the_paper_and_the_text(
    make_book: MakeBook, name: str
) -> None:
    line, width, height = SIZES[name]
    more = f'{line}\npage = {{ width = "{width}", height = "{height}" }}\nsections = ["titlepage", "chapters"]\n'
    files = {"book.toml": SETTINGS.format(more=more), "own.css": "", "chapters/01-first.md": f"# First\n\n{WORDS}"}
    root = make_book(files)
    report = build_book(root, output=root / "out")
    assert [one for one in report.problems if one.code == "layout-engine"] == []
    levels = set()
    with pymupdf.open(root / "out" / "print.pdf") as document:  # type: ignore[no-untyped-call]
        for page in document:
            spans = [
                span
                for block in page.get_text("dict")["blocks"]
                for part in block.get("lines", ())
                for span in part["spans"]
                if span["text"].strip()
            ]
            folio = next((span for span in spans if span["text"].strip().isdigit()), None)
            head = next((span for span in spans if span["text"].strip() in ("A Book", "First")), None)
            if folio is None or head is None or folio["origin"][1] > page.rect.height / 2:
                continue  # a page that opens a chapter has its folio at the foot
            above = [span["origin"][1] for span in spans if span not in (folio, head)]
            levels.add(round(folio["origin"][1] - head["origin"][1], 1))
            assert folio["bbox"][1] > 3, "on the paper"
            assert folio["origin"][1] < min(above) - 8, "above the text"
    assert levels == {0}


WORDS = "Words that fill a line or two of the page, and say nothing but that they are here to be read. " * 120
