"""Figures and tables that do not fit on a page leave no hole: the text behind them goes on before them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from book.build import build_book
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.press import press
from tests.pages.engine.test_planned_lines import press_whole

if TYPE_CHECKING:
    from tests.conftest import MakeBook

CSS = "html { line-height: 20px } p, h2 { margin: 0; font-size: 10px } "
CSS += "figure { margin: 0; break-inside: avoid; height: 130px }"
FIGURE = "<figure{}><figcaption>The picture.</figcaption></figure>"


def paragraphs(count: int, first: int = 0) -> str:
    """Paragraphs of one line, with numbers."""
    return "".join(f"<p>Line {first + number}.</p>" for number in range(count))


def texts(folder: Path, body: str) -> list[str]:
    """The text of each page."""
    return _texts(press_whole(folder, f"<style>{CSS}</style><section>{body}</section>"))


def _texts(fragment: Fragment) -> list[str]:
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(fragment.pdf)]


def lines_on_a_page(folder: Path) -> int:
    """How many paragraphs have room on a page."""
    return len(re.findall("Line", texts(folder, paragraphs(200))[0]))


def test_text_behind_a_figure_fills_the_page_on_which_it_does_not_fit(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    found = texts(tmp_path, paragraphs(most - 4) + FIGURE.format("") + paragraphs(30, most - 4))
    assert len(re.findall("Line", found[0])) == most
    assert "picture" in found[1]
    numbers = [int(number) for number in re.findall(r"Line (\d+)", "".join(found))]
    assert numbers == list(range(most + 26))
    assert "".join(found).count("picture") == 1


def test_a_figure_stays_before_the_next_heading(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    body = f"{paragraphs(most - 4)}{FIGURE.format('')}{paragraphs(2, 900)}<h2>Heading</h2>{paragraphs(30, 950)}"
    found = "".join(texts(tmp_path, body))
    assert found.index("picture") < found.index("Heading")
    assert found.index("Line 901.") < found.index("picture")


def test_a_figure_of_the_class_here_stays_where_it_is(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    found = texts(tmp_path, paragraphs(most - 4) + FIGURE.format(" class='here'") + paragraphs(30, most - 4))
    assert len(re.findall("Line", found[0])) == most - 4
    assert "Line" not in found[1][: found[1].index("picture")]


def test_a_figure_that_fits_is_not_moved(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    found = "".join(texts(tmp_path, paragraphs(3) + FIGURE.format("") + paragraphs(most, 3)))
    assert found.index("Line 2.") < found.index("picture") < found.index("Line 3.")


def test_a_small_hole_is_left(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    found = texts(tmp_path, paragraphs(most - 2) + FIGURE.format("") + paragraphs(30, most - 2))
    assert len(re.findall("Line", found[0])) == most - 2


def test_places_in_the_text_are_those_of_the_manuscript(tmp_path: Path) -> None:
    """A page's beginning is told as a place in the text of the chapter, which an EPUB has in its own order."""
    from book.language.fonts import local_rules
    from tests.pressed import PAGE

    most = lines_on_a_page(tmp_path)
    body = paragraphs(most - 4) + FIGURE.format("") + paragraphs(40, most - 4)
    html = f'<html lang="en"><head><title>T</title></head><body><section>{body}</section></body></html>'
    sheets = (Stylesheet(str(tmp_path / "base.css"), local_rules() + PAGE + CSS),)
    fragment = press(Job("one", html, sheets, str(tmp_path), str(tmp_path / "faces"), "chapters/one.md"))
    words = re.sub("<[^>]*>", "", html.replace("<title>T</title>", ""))
    assert fragment.starts[0] == 0
    assert not fragment.problems
    assert all(a <= b for a, b in zip(fragment.starts, fragment.starts[1:], strict=False))
    assert fragment.starts[-1] < len(words)


def test_the_structure_follows_the_printed_order_and_the_book_is_complete(make_book: MakeBook) -> None:
    table = "| A | B |\n|---|---|\n" + "".join(f"| cell {row} | more |\n" for row in range(12))
    words = "A paragraph of some words that fills a line or two of the page, and then a little more. "
    chapter = "---\ntitle: One\n---\n\n" + "\n\n".join([words * 3] * 8) + " [@talk-2013]\n\n"
    for before in range(5):
        text = chapter + "\n\n".join([words * 2] * before) + "\n\n" + table + "\n\n" + "\n\n".join([words * 4] * 9)
        root = make_book({"chapters/01-first.md": text + "\n"})
        report = build_book(root, output=root / "out")
        assert not [problem for problem in report.problems if problem.code == "lost-text"]
        with pikepdf.open(root / "out" / "print.pdf") as pdf:
            assert "/StructTreeRoot" in pdf.Root
