"""Typographic facts, read back from finished pages."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from benchmarks.evenness import figures
from benchmarks.printed_lines import read_print
from book.build import build_book
from book.composition.styles import measures
from book.model.settings import Edition, Page
from book.project.config import load_project
from tests.conftest import build_once, shared_folder
from tests.lines import Line, TypeReader
from tests.readers import squeeze

FEDERALIST_PAGES = 150
"""Pages that are looked at: the front matter and the first chapters, twenty or so."""
SLACK = 1.5
"""How far, in pt, the shape of a letter may stand out of its line."""


@pytest.fixture(scope="session")
def federalist_type(built_federalist: Path) -> TypeReader:
    return TypeReader(built_federalist / "print.pdf", FEDERALIST_PAGES)


@pytest.fixture(scope="session")
def sample_type(built_sample: Path) -> TypeReader:
    return TypeReader(built_sample / "print.pdf")


@pytest.fixture(scope="session")
def design(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the editions of a book that holds one of everything."""
    project = Path(__file__).parent.parent / "projects" / "design"
    return build_once(shared_folder(tmp_path_factory) / "design", project)


@pytest.fixture(scope="session")
def trade(design: Path) -> TypeReader:
    return TypeReader(design / "trade.pdf")


@pytest.fixture(scope="session")
def small(design: Path) -> TypeReader:
    return TypeReader(design / "small.pdf")


@pytest.fixture(params=["federalist_type", "sample_type", "trade", "small"])
def pages(request: pytest.FixtureRequest) -> TypeReader:
    """Each of the books."""
    found: TypeReader = request.getfixturevalue(request.param)
    return found


HUNG = 0.25
"""How far, in sizes of the text, a mark may hang into the margin."""


def edition_of(pages: TypeReader) -> Edition:
    """A whole edition with pages of this size."""
    left, bottom, right, top = (float(value) for value in pages.pdf.pages[0].mediabox)
    return Edition("pdf", page=Page(f"{right - left}pt", f"{top - bottom}pt"))


def text_lines(pages: TypeReader, number: int) -> list[Line]:
    """The lines of a page without notes."""
    return [line for line in pages.on_page(number) if "Note" not in line.roles]


def paragraphs(pages: TypeReader) -> list[list[Line]]:
    """The lines of each paragraph of running text, notes left out."""
    return [lines for lines in pages.blocks.values() if lines[0].role == "P" and "Note" not in lines[0].roles]


def justified(lines: list[Line]) -> bool:
    """Whether a paragraph is plain prose: not verse, an attribution, or in an index."""
    return lines[0].roles == ("Document", "Sect", "P") and len(lines) > 3


def test_no_page_ends_in_a_heading(pages: TypeReader) -> None:
    last = [text_lines(pages, number)[-1:] for number in range(pages.pages)]
    ends = [line for lines in last for line in lines if re.fullmatch(r"H\d", line.role)]
    title_pages = {line.page for line in pages.lines if line.role == "H1"}
    assert [line.text for line in ends if line.page not in title_pages] == []


def test_no_paragraph_leaves_one_line_alone(pages: TypeReader) -> None:
    alone = []
    for lines in pages.blocks.values():
        parts = [len(list(part)) for _, part in groupby(lines, key=lambda line: line.page)]
        if lines[0].role in {"P", "LBody", "BlockQuote"} and len(parts) > 1 and 1 in (parts[0], parts[-1]):
            alone.append((lines[0].page, lines[0].text))
    assert alone == []


def test_lines_of_an_attribution_are_close_to_one_another_and_text_behind_it_is_on_the_grid(
    sample_type: TypeReader,
) -> None:
    """Their type is smaller than the text's, and so is their distance."""
    line = measures(edition_of(sample_type))["line"]
    found = [lines for lines in sample_type.blocks.values() if lines[0].roles[-2:] == ("Div", "P") and len(lines) > 1]
    assert found
    for lines in found:
        for above, below in pairwise(lines):
            assert above.baseline - below.baseline == pytest.approx(1.3 * below.size, abs=0.1)
        page = text_lines(sample_type, lines[0].page)
        before = [one for one in page if one.baseline > lines[0].baseline and "BlockQuote" in one.roles]
        behind = [one for one in page if one.baseline < lines[-1].baseline]
        if before and behind:
            apart = (before[-1].baseline - behind[0].baseline) / line
            assert apart == pytest.approx(round(apart), abs=0.01)


def test_no_attribution_stands_apart_from_its_quotation(pages: TypeReader) -> None:
    """Two lines of the quotation are above it, or all of a quotation of one line."""
    quotations = [lines for lines in pages.blocks.values() if "BlockQuote" in lines[0].roles]
    lengths = {line.block: len(lines) for lines in quotations for line in lines}
    apart, found = [], 0
    for number in range(pages.pages):
        above: list[Line] = []
        for line in pages.on_page(number):
            if "BlockQuote" in line.roles:
                above.append(line)
            elif line.roles[-2:] == ("Div", "P"):
                found += 1
                if not above or len(above) < min(2, lengths[above[-1].block]):
                    apart.append((line.page, line.text))
            else:
                above = []
    assert apart == []
    assert found or not quotations


def test_no_text_is_outside_the_type_area(pages: TypeReader) -> None:
    page = measures(edition_of(pages))
    outside = []
    for line in pages.lines:
        left = page["margin-inner" if line.page % 2 == 0 else "margin-outer"]
        right = left + page["page-width"] - page["margin-inner"] - page["margin-outer"]
        top, foot = page["page-height"] - page["margin-top"], page["margin-foot"]
        hung = HUNG * line.size
        if line.left < left - SLACK - hung or line.right > right + SLACK + hung or not foot <= line.baseline <= top:
            outside.append((line.page, line.text))
    assert outside == []


def test_no_page_is_overfull(pages: TypeReader) -> None:
    """Lines never come nearer to each other than the size of their letters allows."""
    tight = []
    for number in range(pages.pages):
        plain = [line for line in pages.on_page(number) if line.role in {"P", "LBody"} and "Index" not in line.roles]
        tight += [
            (number, upper.text, lower.text)
            for upper, lower in pairwise(plain)
            if upper.right > lower.left and upper.left < lower.right
            if upper.block == lower.block or "TOC" not in upper.roles
            if abs(upper.baseline - lower.baseline) < 0.95 * min(upper.size, lower.size)
            if not abs(upper.baseline - lower.baseline) < 0.1
        ]
    assert tight == []


def test_every_inner_line_of_a_justified_paragraph_is_as_long_as_the_measure(pages: TypeReader) -> None:
    page = measures(edition_of(pages))
    short = []
    for lines in filter(justified, paragraphs(pages)):
        for line in lines[:-1]:
            right = page["page-width"] - page["margin-outer" if line.page % 2 == 0 else "margin-inner"]
            if line.right < right - 3 * SLACK:
                short.append((line.page, line.text))
    assert short == []


def test_a_line_holds_60_to_70_characters(federalist_type: TypeReader) -> None:
    prose = [line.text for lines in filter(justified, paragraphs(federalist_type)) for line in lines[1:-1]]
    assert len(prose) > 1000
    assert 60 <= sum(map(len, prose)) / len(prose) <= 70


def test_the_lines_of_facing_pages_stand_at_the_same_heights(federalist_type: TypeReader) -> None:
    page = measures(edition_of(federalist_type))
    first = next(line for lines in paragraphs(federalist_type) if justified(lines) for line in lines)
    off = set()
    for lines in filter(justified, paragraphs(federalist_type)):
        for line in lines:
            steps = (line.baseline - first.baseline) / page["line"]
            if abs(steps - round(steps)) > 0.02:
                off.add(line.page)
    assert off == set()


def test_a_paragraph_is_indented_or_has_space_above_never_both(pages: TypeReader) -> None:
    page = measures(edition_of(pages))
    both = []
    for number in range(pages.pages):
        for upper, line in pairwise(text_lines(pages, number)):
            plain = upper.roles == line.roles == ("Document", "Sect", "P") and upper.size == line.size
            if plain and upper.block != line.block and justified(pages.blocks[line.block]):
                left = page["margin-inner" if number % 2 == 0 else "margin-outer"]
                indent, space = line.left > left + 5, upper.baseline - line.baseline > page["line"] * 1.2
                both += [(number, line.text)] if indent == space else []
    assert both == []


# --- notes --------------------------------------------------------------------------------------


def notes_of(pages: TypeReader) -> list[Line]:
    """The lines of notes at the foot of pages."""
    return [line for line in pages.lines if "Note" in line.roles]


def test_a_note_stands_in_the_size_of_notes_wherever_it_is_called(trade: TypeReader) -> None:
    size = measures(edition_of(trade))["text-size"]
    sizes = {round(line.size, 1) for line in notes_of(trade)}
    assert sizes == {round(0.84 * size, 1)}


def test_a_note_called_in_a_table_is_on_the_page_that_calls_it(trade: TypeReader) -> None:
    for row, note in (("one", "A note called in a table"), ("row number 20 of", "A note called in row twenty")):
        (called,) = {line.page for line in trade.lines if line.role == "TD" and line.text.startswith(row)}
        assert {line.page for line in notes_of(trade) if note in line.text} == {called}


def test_a_long_note_begins_on_the_page_that_calls_it_and_goes_on_over_the_next_ones(trade: TypeReader) -> None:
    (called,) = [line.page for line in trade.lines if line.text.startswith("Here the very long note")]
    lines = [line for line in notes_of(trade) if line.page >= called]
    words = squeeze("\n".join(line.text for line in lines))
    numbers = [int(number) for number in re.findall(r"insentence(\d+)\.", words)]
    assert numbers == list(range(1, 60))
    parts = [len(list(part)) for _, part in groupby(lines, key=lambda line: line.page)]
    assert len(parts) >= 3
    assert min(parts) >= 2
    assert lines[0].page == called
    for number in range(called, called + 2):
        assert text_lines(trade, number), "a page has text above its notes"


def test_a_note_called_twice_is_set_once_and_its_number_repeated(trade: TypeReader) -> None:
    assert len([line for line in notes_of(trade) if "The first note" in line.text]) == 1
    (line,) = [line for line in trade.lines if line.text.replace("\u2060", "").startswith("Text after the table.")]
    assert re.search(r"table\.\s*\u2060?1 ", line.text)


def test_endnotes_stand_by_chapter_before_the_indexes_with_links_both_ways(small: TypeReader) -> None:
    texts = [line.text for line in small.lines]
    after = texts[texts.index("Notes") :]
    heads = [line.text for line in small.lines if line.role == "H2"]
    assert heads[heads.index("Preface") + 1].startswith("1. A Chapter with One of Everything")
    assert "Chronological index" in after
    names = list(small.pdf.Root.Names.Dests.Names)[::2]
    found = {str(name) for name in names}
    assert {"everything#fn-1", "everything#fnref-1", "preface#fn-1", "preface#fnref-1"} <= found


# --- front matter -------------------------------------------------------------------------------


def test_front_matter_stands_in_the_order_of_a_book_with_roman_folios(trade: TypeReader) -> None:
    labels = [page.label for page in trade.pdf.pages]
    first: dict[int, str] = {}
    for line in trade.lines:
        first.setdefault(line.page, line.text)
    assert {labels[page]: text.strip() for page, text in first.items() if page < labels.index("1")} == {
        "i": "A Book of Pages",
        "iii": "A Book of Pages",
        "iv": "A Book of Pages",
        "v": "Contents",
        "vii": "Preface",
    }
    assert first[labels.index("1")] == "Chapter 1"


def test_the_publisher_stands_at_the_foot_of_the_title_page(trade: TypeReader) -> None:
    page = measures(edition_of(trade))
    last = trade.on_page(2)[-1]
    assert last.text.strip() == "The Press"
    assert last.baseline < page["margin-foot"] + page["line"]


def test_blank_pages_are_blank_and_openings_have_no_running_head(trade: TypeReader) -> None:
    page = measures(edition_of(trade))
    for number in range(trade.pages):
        whole = trade.document[number].get_textpage()
        above = whole.get_text_bounded(0, page["page-height"] - page["margin-top"] + 2, page["page-width"]).strip()
        lines = trade.on_page(number)
        if not lines:
            assert whole.get_text_range().strip() == ""
        elif any(line.role == "H1" for line in lines) or number < 4:
            assert above == ""
        else:
            assert above, f"page {number} has no running head"


@pytest.mark.parametrize("size", [("6in", "9in"), ("5.5in", "8.5in"), ("148mm", "210mm"), ("176mm", "250mm")])
def test_a_page_of_every_trim_size_has_a_good_measure_and_margins_in_proportion(size: tuple[str, str]) -> None:
    page = measures(Edition("pdf", page=Page(*size)))
    width = page["page-width"] - page["margin-inner"] - page["margin-outer"]
    assert 28.5 <= width / page["text-size"] <= 30
    assert 1.25 <= page["line"] / page["text-size"] <= 1.4
    assert 0.55 * 72 < page["margin-inner"] < page["margin-outer"]
    assert page["margin-inner"] < page["margin-top"] < page["margin-foot"]
    height = page["page-height"] - page["margin-top"] - page["margin-foot"]
    assert height / page["line"] == pytest.approx(round(height / page["line"]))
    assert 1.5 <= height / width <= 1.75


def test_a_stylesheet_of_a_few_lines_changes_the_design(make_book: object, tmp_path: Path) -> None:
    root = make_book(  # type: ignore[operator]
        {
            "book.toml": '[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\nstyles = ["own.css"]\n',
            "own.css": ':root { --text-size: 14pt; --line: 20pt; --ornament: "+"; --text-face: "Source Sans Pro"; }\n',
            "chapters/01-first.md": "# First\n\n" + "Some words of text. " * 60 + "\n\n* * *\n\nMore.\n",
        }
    )
    build_book(root, output=tmp_path / "out")
    pages = TypeReader(tmp_path / "out" / "print.pdf")
    prose = [line for lines in paragraphs(pages) if justified(lines) for line in lines]
    assert {round(line.size, 1) for line in prose} == {14}
    assert {round(a.baseline - b.baseline, 1) for a, b in pairwise(prose) if a.page == b.page} == {20}
    assert any("+" in page.get_textpage().get_text_range() for page in pages.document)
    assert load_project(root).problems == ()


MOST = {
    "over 1.5 ×, %": 2.5, "over 2 ×, %": 0.2, "neighbours unlike, %": 2, "three hyphens in a row": 0,
    "hyphens over a leaf": 0, "hyphens over a page": 1, "end in part of a word": 1, "end in under four letters": 1,
    "rivers in 1,000 lines": 0.6,
}  # fmt: skip
"""What is allowed at most in a book."""
LEAST = {"facing pages alike, %": 95, "pages on the grid, %": 100}


@pytest.mark.parametrize(("book", "first", "last"), [("built_sample", 1, None), ("built_federalist", 13, 161)])
def test_lines_are_even_and_facing_pages_end_alike(
    book: str, first: int, last: int | None, request: pytest.FixtureRequest
) -> None:
    found = figures(read_print(request.getfixturevalue(book) / "print.pdf", first, last))
    assert {name: found[name] for name, most in MOST.items() if found[name] > most} == {}
    assert {name: found[name] for name, least in LEAST.items() if found[name] < least} == {}
