"""The timeline: where marks and labels stand, and what a book shows of it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from book.composition.marks import Mark
from book.composition.timeline import FACE, PAGE, ROW, SCREEN, SIZE, TALLEST, Timeline, timeline
from book.dates.edtf import parse
from book.dates.order import sort_key
from book.indexes import INDEXES
from book.language.fonts import text_width
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.sources import Source
from book.problem import Span
from tests.conftest import MakeBook

SVG = "{http://www.w3.org/2000/svg}"


def index_of(written: Sequence[str | None], counts: Sequence[int] = (), title: str = "A talk") -> Index:
    """An index of sources with these dates (EDTF, or None), each cited so often (once, if that is not said)."""
    sources = [
        Source(f"s{number}", "speech", title, Span("sources.yaml"), parse(text) if text else None)
        for number, text in enumerate(written)
    ]
    sources.sort(key=lambda source: (sort_key(source.date), source.title))
    often = dict(zip((f"s{number}" for number in range(len(written))), counts, strict=False))
    entries = tuple(IndexEntry(one.id, "", ("c#a",) * often.get(one.id, 1), one) for one in sources)
    return Index("chronological", "Chronological index", (IndexGroup("", entries),))


def drawn(written: Sequence[str | None], counts: Sequence[int] = (), width: float = PAGE, title: str = "T") -> Timeline:
    """The timeline of such an index."""
    found = timeline(index_of(written, counts, title), "en", width)
    assert found is not None
    return found


def by_id(drawing: Timeline) -> dict[str, Mark]:
    """The marks of a drawing by the ids of their sources."""
    return {mark.source.id: mark for mark in drawing.marks}


def test_a_book_with_fewer_than_three_dated_sources_has_none() -> None:
    assert timeline(index_of(["2013", "2014", None, None]), "en") is None
    assert timeline(index_of(["2013", "2014", "2015"]), "en") is not None


def test_marks_stand_in_the_order_of_time_and_the_undated_apart() -> None:
    drawing = drawn(["2015-06-01", None, "2013-11-03", "2019-04-16"])
    marks = by_id(drawing)
    assert marks["s2"].y < marks["s0"].y < marks["s3"].y
    assert [source.id for source in drawing.undated] == ["s1"]
    whole, part = marks["s3"].y - marks["s2"].y, marks["s0"].y - marks["s2"].y
    assert part / whole == pytest.approx(575 / 1990, abs=0.001), "days are as long as one another"


def test_the_area_of_a_mark_is_the_number_of_citations() -> None:
    marks = by_id(drawn(["2013-01-01", "2014-01-01", "2015-01-01"], [9, 4, 1]))
    assert marks["s0"].radius ** 2 / marks["s1"].radius ** 2 == pytest.approx(9 / 4)
    assert marks["s0"].count == 9
    assert not drawn(["2013", "2014", "2015"]).counted


@pytest.mark.parametrize(
    ("edtf", "bar", "certain"),
    [
        ("2015-05-05", False, True),
        ("2015-05-05/2015-05-06", False, True),
        ("2014-05-05/2016-05-05", True, True),
        ("2015", True, False),
        ("2015-06", False, False),
        ("2015-06-05?", False, False),
        ("201X", True, False),
    ],
)
def test_a_long_or_vague_date_has_a_bar_and_a_vague_one_a_hollow_mark(edtf: str, bar: bool, certain: bool) -> None:
    mark = by_id(drawn([edtf, "2013-01-01", "2017-01-01"]))["s0"]
    assert (mark.bar, mark.certain) == (bar, certain)
    assert mark.top <= mark.y <= mark.bottom


def test_an_open_interval_reaches_to_the_end_of_the_axis() -> None:
    drawing = drawn(["2015/..", "../2014", "2013-01-01", "2017-01-01"])
    marks = by_id(drawing)
    assert (marks["s0"].y, marks["s0"].bottom) == (marks["s0"].top, drawing.height)
    assert (marks["s1"].y, marks["s1"].top) == (marks["s1"].bottom, 0)


DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.integers(1000, 2020).map(str),
    st.tuples(st.integers(1900, 1950), st.integers(1951, 1990)).map(lambda years: f"{years[0]}/{years[1]}"),
    st.integers(1, 28).map(lambda day: f"1788-05-{day:02}"),
)


@given(st.lists(DATES, min_size=3, max_size=100), st.lists(st.integers(1, 40), max_size=100), st.booleans())
def test_nothing_collides_and_all_stays_in_the_drawing(written: list[str], counts: list[int], screen: bool) -> None:
    width = SCREEN if screen else PAGE
    drawing = drawn(written, counts, width, title="Remarks at a symposium on a subject that takes many words")
    assert drawing.height <= TALLEST
    for one, other in combinations(drawing.marks, 2):
        apart = (one.x - other.x) ** 2 + (one.y - other.y) ** 2
        assert apart >= (one.radius + other.radius) ** 2 - 1e-6
    labels = sorted(drawing.labels, key=lambda label: label.y)
    two = any(len(label.lines) == 2 for label in labels)
    assert all(after.y - before.y >= (2 * SIZE if two else ROW) - 1e-6 for before, after in pairwise(labels))
    assert all(ROW / 2 - 1e-6 <= label.y <= drawing.height - ROW / 2 + 1e-6 for label in labels)
    assert labels, "something is labelled"


def test_labels_that_find_no_room_are_thinned_out_and_the_most_cited_kept() -> None:
    days = [f"1788-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 26)]
    counts = [40 if number % 25 == 7 else 1 for number in range(len(days))]
    drawing = drawn(days, counts)
    assert 15 < len(drawing.labels) < len(drawing.marks)
    named = {label.mark.source.id for label in drawing.labels}
    assert {f"s{number}" for number, count in enumerate(counts) if count == 40} <= named


@pytest.mark.parametrize("width", [PAGE, SCREEN])
def test_a_label_keeps_to_the_room_it_has(width: float) -> None:
    drawing = drawn(["2013", "2014-05-05", "2016"], width=width, title="Words " * 40)
    for label in drawing.labels:
        assert label.lines[-1].endswith("Words…")
        assert label.x + SIZE * max(text_width(line, FACE) for line in label.lines) <= width


def test_the_corpus_is_legible_in_its_months(federalist: Path) -> None:
    from book.check import check_book

    book = check_book(federalist).value
    assert book is not None
    drawing = timeline(INDEXES["chronological"](book), "en")
    assert drawing is not None
    assert len(drawing.marks) == 85
    assert len(drawing.labels) >= 25
    assert [tick.month for tick in drawing.ticks][:4] == ["Oct", "Nov", "Dec", "Jan"]


@pytest.fixture
def built(make_book: MakeBook) -> Path:
    """A book with a timeline, built."""
    from book.build import build_book

    sources = "".join(f"- {{id: s{n}, type: speech, title: A talk of {n}, issued: {n}}}\n" for n in (2013, 2014, 2015))
    root = make_book(
        {
            "sources.yaml": sources + "- {id: s0, type: speech, title: التنمية الآن, language: ar}\n",
            "chapters/01-first.md": "---\ntitle: First\n---\n\nOne [@s2013; @s2014; @s2014; @s2015], two [@s0].\n",
            "book.toml": '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\n[editions.ebook]\noutput = "epub"\n',
        }
    )
    build_book(root, jobs=1, output=root / "build")
    return root / "build"


def test_the_drawing_is_a_figure_with_an_alternative_and_words_that_can_be_found(built: Path) -> None:
    def figures(element: pikepdf.Object) -> list[str]:
        kids: Any = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        nested = [text for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for text in figures(kid)]
        return ([str(element.Alt)] if element.get("/S") == "/Figure" else []) + nested

    with pikepdf.open(built / "print.pdf") as pdf:
        (alternative,) = figures(pdf.Root.StructTreeRoot.K[0])
    assert alternative == (
        "Timeline of 3 cited sources, from 2013 to 2015. The chronological index lists every source."
    )
    text = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built / "print.pdf")]
    (page,) = (page for page in text if "Timeline" in page and "Contents" not in page)
    assert "A talk of 2014" in page, "the words are set whole, with their spaces"
    assert "not shown: " in page


def test_the_epub_draws_it_in_line_and_describes_it(built: Path) -> None:
    with zipfile.ZipFile(built / "ebook.epub") as package:
        (name,) = (name for name in package.namelist() if name.endswith("timeline.xhtml"))
        root = etree.fromstring(package.read(name))
    (drawing,) = root.iter(f"{SVG}svg")
    assert drawing.get("width") is None, "it is as wide as its column"
    assert drawing.get("viewBox") is not None
    assert drawing.get("role") == "img"
    described = {drawing.get("aria-labelledby"), drawing.get("aria-describedby")}
    assert described <= {element.get("id") for element in root.iter()}
    colours = {element.get(name) for element in drawing.iter() for name in ("fill", "stroke")} - {None}
    assert colours == {"currentColor", "none"}, "it takes the reader's own colour"
    arabic = root.find(".//{*}figcaption/{*}cite")
    assert arabic is not None
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")


# --- hard sets of dates -------------------------------------------------------------------------

YEAR = [f"2019-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 7, 11, 16, 20, 24, 28)][:81]
HARD = {
    "one far from thirty": ["1776-07-04", *(f"2019-{1 + n // 3:02}-{1 + n % 3 * 10:02}" for n in range(30))],
    "many on one day": ["2019-03-15"] * 120 + ["2018-01-01", "2020-05-05"],
    "many in a year": YEAR,
    "a slip of the pen": ["Y20150611", "2001-02-03", "2005"],
    "the age of stars": ["Y17000000002", "Y17E7", "-0043", "0005-03-15", "2019-01-01", "1950S2"],
    "years alone": ["2019"] * 60 + [str(year) for year in range(1900, 1960)],
    "open ends": ["2015/..", "../2014", "2019/9999", "XXXX-12-25", "2016-01-01"],
    "sets and seasons": ["[1667,1668,1670..1672]", "{1960,1961-12}", "2001-33", "1984-1X", "156X-12-25"],
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("width", [PAGE, SCREEN, 200.0])
def test_every_set_of_dates_has_a_legible_timeline(name: str, width: float) -> None:
    drawing = drawn(HARD[name], width=width, title="Remarks at a symposium")
    assert len(drawing.ticks) <= 50
    assert drawing.count + len(drawing.undated) == len(HARD[name]), "nothing is lost"
    assert all(0 <= mark.y <= drawing.height for mark in drawing.marks)
    assert all(mark.x + mark.radius <= 0.75 * width + 20 for mark in drawing.marks), "there is room for labels"
    for one, other in combinations(drawing.marks, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.radius + other.radius) ** 2 - 1e-6
    for label in drawing.labels:
        assert label.x + SIZE * max(text_width(line, FACE) for line in label.lines) <= width
        assert all(len(line.rstrip("…")) >= 4 for line in label.lines), label.lines
    assert drawing.labels
    assert drawing.unlabelled == len(drawing.marks) - len(drawing.labels)


def test_what_cannot_be_shown_apart_shares_a_mark_that_says_how_many_they_are() -> None:
    drawing = drawn(HARD["many on one day"])
    assert [len(mark.entries) for mark in drawing.marks] == [1, 120, 1]
    (lines,) = (label.lines for label in drawing.labels if label.mark.cluster)
    assert lines == ("March 15, 2019", "120 speeches →")
    months = drawn([*map(str, range(1900, 2000)), *(f"1950-03-{day:02}" for day in range(1, 29))])
    assert [mark.date for mark in months.marks if mark.cluster] == ["March 1950"]


def test_the_axis_is_broken_where_nothing_is_cited_for_long() -> None:
    drawing = drawn(HARD["one far from thirty"])
    (_, end), (begin, _) = drawing.lines
    assert end < begin
    marks = by_id(drawing)
    assert marks["s0"].y < end
    assert min(mark.y for key, mark in marks.items() if key != "s0") > begin
    assert drawing.uneven, "a month is not drawn as long as another"
    assert len(drawn(["2013-11-03", "2015-06-01", "2019-04-16"]).lines) == 1
    assert not drawn(HARD["a slip of the pen"]).uneven


def test_a_list_of_many_sources_has_a_limit_on_a_screen() -> None:
    found = timeline(index_of([f"{year}-05-05" for year in range(1800, 2000)]), "en", SCREEN, most=60)
    assert found is not None
    assert len(found.marks) <= 60
    assert found.count == 200
    assert {gap for _, gap in found.spaced} <= set(range(5))


def test_early_years_say_their_era_where_the_book_needs_it() -> None:
    found = timeline(index_of(["-0043", "0005", "0010"]), "en", eras=True)
    assert found is not None
    assert [mark.date for mark in found.marks] == ["44 BC", "AD 5", "AD 10"]
    assert {"44 BC", "AD 7"} <= {tick.year for tick in found.ticks}


def test_words_on_a_page_are_as_large_as_they_were_planned(built: Path) -> None:
    sizes = set()
    for page in pypdfium2.PdfDocument(built / "print.pdf"):
        text = page.get_textpage()
        if "Timeline" in text.get_text_range() and "A talk of 2014" in text.get_text_range():
            place = text.get_text_range().index("A talk of 2014")
            _, bottom, _, top = text.get_charbox(place, loose=True)
            sizes.add(round(top - bottom, 1))
    assert sizes
    assert min(sizes) >= 7.5 * 1.2, "the box of a letter is 1.25 times its size"


def test_a_line_to_a_label_passes_behind_the_marks_of_others(built_sample: Path) -> None:
    """A rim of paper lies around each mark beside the axis: above the lines that come from its left, below its own."""
    with pymupdf.open(built_sample / "print.pdf") as document:  # type: ignore[no-untyped-call]
        page = next(page for page in document if "Timeline" in page.get_text() and "Shibadong talk" in page.get_text())
        drawn = list(enumerate(page.get_drawings()))
    rims = [(number, one["rect"]) for number, one in drawn if one["fill"] == (1.0, 1.0, 1.0)]
    lines = [(number, one["items"][0][1], one["items"][0][2]) for number, one in drawn if one["type"] == "s"]
    level = [(number, begin, end) for number, begin, end in lines if begin.y == end.y and end.x > begin.x + 1]
    over, own = 0, 0
    for place, rim in rims:
        for number, begin, end in level:
            if begin.x < rim.x0 and end.x > rim.x1 and rim.y0 < begin.y < rim.y1:
                over += 1
                assert number < place
            elif rim.x0 < begin.x < rim.x1 and begin.y == pytest.approx((rim.y0 + rim.y1) / 2, abs=0.5):
                own += 1
                assert number > place
    assert over
    assert own
