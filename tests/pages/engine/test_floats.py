"""Figures and tables that do not fit on a page leave no hole: they float to a later page, and the text goes on."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.press import press
from tests.lines import TypeReader
from tests.pages.engine.test_planned_lines import press_whole
from tests.pages.test_tables import set_table
from tests.pdf_structure import Structure

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


@pytest.mark.parametrize("before", range(1, 10))
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_figure_at_the_foot_stays_in_its_section_too(tmp_path: Path, before: int, *, wrapped: bool) -> None:
    """Whether the next heading is beside it, or begins another section, as the questions of a handout do."""
    heading = "</section><section class='questions'><h2>Heading</h2>" if wrapped else "<h2>Heading</h2>"
    for height in (50, 130):
        figure = FIGURE.format(f" class='foot' style='height: {height}px'")
        body = f"{paragraphs(before)}{figure}{paragraphs(2, 900)}{heading}{paragraphs(30, 950)}"
        assert_in_order(tmp_path, body)


def assert_in_order(tmp_path: Path, body: str) -> None:
    """All pictures of a body stand before its heading."""
    found = "".join(texts(tmp_path, body))
    assert found.count("picture") == body.count("picture")
    assert found.rindex("picture") < found.index("Heading")


@pytest.mark.parametrize("kind", ["", " class='foot'", " style='height: 50px'", " class='foot' style='height: 50px'"])
@pytest.mark.parametrize("before", range(3, 10))
def test_several_figures_stay_in_their_section(tmp_path: Path, before: int, kind: str) -> None:
    figures = "".join(f"{FIGURE.format(kind)}{paragraphs(1, 900 + number)}" for number in range(4))
    body = f"{paragraphs(before)}{figures}<h2>Heading</h2>{paragraphs(30, 950)}"
    assert_in_order(tmp_path, body)


def test_a_figure_of_the_class_here_stays_where_it_is(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    found = texts(tmp_path, paragraphs(most - 4) + FIGURE.format(" class='here'") + paragraphs(30, most - 4))
    assert len(re.findall("Line", found[0])) == most - 4
    assert "Line" not in found[1][: found[1].index("picture")]


def test_a_figure_with_a_description_stays_before_it(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    figure = "<figure><img alt='A dot' src='data:,' aria-details='d'/><figcaption>The picture.</figcaption></figure>"
    described = f"{figure}<div id='d' class='description' style='break-before: avoid'><p>What it shows.</p></div>"
    found = texts(tmp_path, paragraphs(most - 4) + described + paragraphs(30, most - 4))
    assert "What it shows" not in found[0]
    assert found[1].index("picture") < found[1].index("What it shows") < found[1].index("Line")


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


def test_a_float_stands_at_the_top_of_the_next_page_and_a_paragraph_goes_on_below_it(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    long = "<p>" + "<br>".join(f"Line {most - 3 + number}." for number in range(24)) + "</p>"
    found = texts(tmp_path, paragraphs(most - 3) + FIGURE.format(" style='height: 78px'") + long)
    assert len(re.findall("Line", found[0])) == most
    assert found[1].lstrip().startswith("The picture.")
    assert f"Line {most}." in found[1]


def test_figures_keep_their_order_and_are_all_set_where_the_text_ends_before_them(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    figures = "".join(
        f"<figure style='height: 200px'><figcaption>Picture {number}.</figcaption></figure>" for number in range(5)
    )
    found = texts(tmp_path, paragraphs(most - 4) + figures + paragraphs(3, 900))
    assert "Line 902." in found[0]
    assert re.findall(r"Picture (\d)", "".join(found)) == list("01234")
    assert all("Picture" in page for page in found[1:])


def test_a_table_on_a_page_of_its_own_leaves_no_hole_before_it(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    style = "<style>.sideways { break-before: page; break-after: page; height: 190px }</style>"
    body = f"{style}{paragraphs(6)}<div class='sideways'><table><tr><td>Cell</td></tr></table></div>{paragraphs(60, 6)}"
    found = texts(tmp_path, body)
    assert len(re.findall("Line", found[0])) == most
    assert "Cell" in found[1]
    assert len(re.findall("Line", "".join(found))) == 66


def test_a_heading_goes_to_the_text_behind_it_if_its_figure_floats(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    heading = "<h2 style='break-after: avoid'>Heading</h2>"
    found = texts(tmp_path, paragraphs(most - 5) + heading + FIGURE.format("") + paragraphs(30, most - 5))
    assert "Heading" in found[0]
    assert found[0].index("Heading") < found[0].index(f"Line {most - 5}.")
    assert found[1].lstrip().startswith("The picture.")


def test_a_paragraph_that_comes_behind_another_because_of_a_float_is_indented(tmp_path: Path) -> None:
    import pypdfium2

    most = lines_on_a_page(tmp_path)
    style = "<style>p + p { text-indent: 40px }</style>"
    body = f"{style}<section>{paragraphs(most - 4)}{FIGURE.format('')}{paragraphs(30, most - 4)}</section>"
    fragment = press_whole(tmp_path, f"<style>{CSS}</style>{body}")
    text = pypdfium2.PdfDocument(fragment.pdf)[0].get_textpage()
    lines = [text.get_rect(number) for number in range(text.count_rects())]
    assert len({round(left) for left, *_ in lines}) == 2  # the first, and all others


def test_what_floats_is_read_at_its_place_in_the_text(make_book: MakeBook) -> None:
    """The structure tree has the table where the manuscript has it, whatever page it is on."""
    table = "| A | B |\n|---|---|\n" + "".join(f"| cell {row} | more |\n" for row in range(8))
    words = "A paragraph of some words that fills a line or two of the page, and then a little more. "
    long = "\n\n".join([words * 4] * 9)
    chapter = "---\ntitle: One\n---\n\n" + "\n\n".join([words * 3] * 8) + " [@talk-2013]\n\n"
    floated = 0
    for before in range(6, 12):
        text = f"{chapter}{(words * 2 + chr(10) * 2) * before}Just before.\n\n{table}\nJust behind.\n\n{long}\n"
        root = make_book({"chapters/01-first.md": text})
        report = build_book(root, output=root / "out")
        assert not [problem for problem in report.problems if problem.code == "lost-text"]
        structure = Structure(root / "out" / "print.pdf")
        found = [
            element
            for element in structure.document.find("P", "Table")
            if element.type == "Table" or structure.text(element).startswith("Just")
        ]
        assert [element.type for element in found] == ["P", "Table", "P"]
        _, table_page, behind = (next(element.all_contents)[0] for element in found)
        floated += table_page > behind

    assert floated


def test_text_below_tables_and_code_is_on_the_grid(make_book: MakeBook) -> None:
    """Lines of text are whole numbers of lines apart, whatever the height of what is between them."""
    table = "| A | B |\n|---|---|\n" + "".join(f"| cell {row} | more |\n" for row in range(3))
    words = "A paragraph of some words that fills a line or two of the page, and then a little more. " * 2
    chapter = f"---\ntitle: One\n---\n\n{words}[@talk-2013]\n\n{table}\n{words}\n\n```\ncode\n```\n\n{words}\n"
    root = make_book({"chapters/01-first.md": chapter})
    build_book(root, output=root / "out")
    lines = [line for line in TypeReader(root / "out" / "print.pdf").lines if line.role == "P" and "words" in line.text]
    assert len(lines) == 6
    gaps = [(one.baseline - two.baseline) / 14 for one, two in pairwise(lines)]
    assert all(abs(gap - round(gap)) < 0.01 for gap in gaps)
    assert max(gaps) > 4


HIGH = "<style>@page { size: 300px 520px; margin: 20px }</style>"
"""Pages of 24 lines."""


def test_of_two_floats_one_stands_at_the_head_and_one_at_the_foot_of_a_page_of_text(tmp_path: Path) -> None:
    figures = "".join(
        f"<figure style='height: 100px'><figcaption>Picture {number}.</figcaption></figure>" for number in range(3)
    )
    found = texts(tmp_path, HIGH + paragraphs(21) + figures + paragraphs(70, 21))
    assert len(re.findall("Line", found[0])) == 24
    assert re.findall(r"Picture (\d)", found[1]) == ["0", "1"]
    assert found[1].strip().startswith("Picture 0")
    assert found[1].strip().endswith("Picture 1.")
    assert len(re.findall("Line", found[1])) == 24 - 12
    assert found[2].strip().startswith("Picture 2")
    numbers = [int(number) for number in re.findall(r"Line (\d+)", "".join(found))]
    assert numbers == list(range(91))


def test_a_figure_of_the_class_foot_stands_at_the_foot_of_its_page(tmp_path: Path) -> None:
    figure = FIGURE.format(" class='foot'")
    found = texts(tmp_path, HIGH + paragraphs(5) + figure + paragraphs(60, 5))
    assert found[0].strip().endswith("The picture.")
    assert len(re.findall("Line", found[0])) == 24 - 8  # 130 px and a line above
    assert "".join(found).count("picture") == 1
    late = texts(tmp_path, HIGH + paragraphs(22) + figure + paragraphs(60, 22))
    assert len(re.findall("Line", late[0])) == 24
    assert late[1].strip().endswith("The picture.")
    numbers = [int(number) for number in re.findall(r"Line (\d+)", "".join(late))]
    assert numbers == list(range(82))


def test_a_note_stands_below_a_figure_at_the_foot_of_its_page(tmp_path: Path) -> None:
    note = "<p>Called<span style='float: footnote'>A note.</span> here.</p>"
    body = paragraphs(5) + FIGURE.format(" class='foot'") + note + paragraphs(60, 5)
    found = texts(tmp_path, HIGH + body)
    assert re.search(r"Line \d+\.\s+The picture\.\s+.*A note\.\s*$", found[0], re.DOTALL)
    assert len(re.findall("Line", found[0])) < 24 - 8
    numbers = [int(number) for number in re.findall(r"Line (\d+)", "".join(found))]
    assert numbers == list(range(65))


@pytest.mark.parametrize("seed", [11, 25, 33, 50])
def test_figures_and_notes_made_from_chance_are_set_once_and_in_order(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    parts, figures, notes = [], 0, 0
    for _ in range(chance.randint(15, 40)):
        kind = chance.random()
        if kind < 0.15:
            figures += 1
            box = f"<div style='height: {chance.randint(20, 420)}pt'></div>"
            kind_of_float = chance.choice(["", "foot"])
            parts.append(f"<figure class='{kind_of_float}'>{box}<figcaption>Q{figures}x.</figcaption></figure>")
        elif kind < 0.2:
            parts.append("<h2>Heading</h2>")
        else:
            text = "Some words of a paragraph. " * chance.randint(2, 45)
            if chance.random() < 0.3:
                notes += 1
                text += f"<span class='footnote'>Note{notes}y. {'It has words. ' * chance.randint(1, 60)}</span>"
            parts.append(f"<p>{text}</p>")
    fragment = set_table(tmp_path, "".join(parts))
    assert fragment.problems == ()
    text = "".join(_texts(fragment))
    assert re.findall(r"Q(\d+)x", text) == [str(number + 1) for number in range(figures)]
    assert re.findall(r"Note(\d+)y", text) == [str(number + 1) for number in range(notes)]
