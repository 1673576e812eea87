"""Tables that do not fit on a page as they are."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from book.composition.styles import DEFAULT, DESIGN_FOLDER, LAYOUTS, measures
from book.language.fonts import local_rules
from book.model.fragments import Fragment, Job, Stylesheet
from book.model.settings import Edition
from book.pages.press import press
from book.problem import Severity


def set_table(folder: Path, body: str) -> Fragment:
    """A chapter with this body in a book of 6 × 9 in, with the sheets of every print edition."""
    found = measures(Edition("print", "pdf"))
    size = f"@page {{ size: {found['page-width']}pt {found['page-height']}pt }}"
    tokens = ":root {" + "".join(f"--{name}: {value}pt;" for name, value in found.items()) + "}" + size
    paths = (DESIGN_FOLDER / DEFAULT / "tokens.css", LAYOUTS / "book.css", LAYOUTS / "print.css")
    sheets = [Stylesheet(str(LAYOUTS / "measures.css"), local_rules() + tokens)]
    sheets += [Stylesheet(str(path), path.read_text(encoding="utf-8")) for path in paths]
    html = f'<html lang="en"><head><title>T</title></head><body><section class="chapter">{body}</section></body></html>'
    return press(Job("section", html, tuple(sheets), str(folder), str(folder / "faces"), "chapters/one.md", whole=True))


def test_what_introduces_a_quotation_stays_with_it(tmp_path: Path) -> None:
    quotation = "<p class='introducing'>Introduced:</p><blockquote><p>Quoted one.</p></blockquote>"
    pages = [set_table(tmp_path, "<p>Line.</p>" * count + quotation) for count in range(28, 40)]
    found = [words(fragment) for fragment in pages]
    assert {one["Introduced:"][0] for one in found} == {0, 1}
    assert all(one["Introduced:"][0] == one["Quoted"][0] for one in found)


def words(fragment: Fragment) -> dict[str, tuple[int, float, float, float, float]]:
    """Each word of a PDF with its page (0-based) and left, bottom, right and top in pt."""
    found = {}
    for number, page in enumerate(pypdfium2.PdfDocument(fragment.pdf)):
        text = page.get_textpage()
        for match in re.finditer(r"\S+", text.get_text_range()):
            boxes = [text.get_charbox(place) for place in range(*match.span())]
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            found[match[0]] = (number, min(lefts), min(bottoms), max(rights), max(tops))
    return found


def table(columns: int, rows: int = 1, word: str = "Column") -> str:
    """A table whose cells all have a word of their own."""
    head = "".join(f"<th>{word}{column}</th>" for column in range(columns))
    row = "<tr>{}</tr>"
    cells = ("".join(f"<td>{line}x{column}.5500</td>" for column in range(columns)) for line in range(rows))
    body = "".join(row.format(line) for line in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def test_a_table_that_is_a_little_too_wide_is_set_small_and_upright(tmp_path: Path) -> None:
    fragment = set_table(tmp_path, f"<p>Before.</p>{table(8)}<p>After.</p>")
    found = words(fragment)
    assert (fragment.problems, fragment.pages) == ((), 1)
    assert all(found[f"Column{column}"][1] > 0 and found[f"Column{column}"][3] < 432 for column in range(8))
    assert found["Column7"][2] == found["Column0"][2], "on one line"


def test_a_table_that_is_much_too_wide_stands_sideways_on_a_page_of_its_own(tmp_path: Path) -> None:
    fragment = set_table(tmp_path, f"<p>Before.</p>{table(12)}<p>After.</p>")
    found = words(fragment)
    assert fragment.problems == ()
    pages = [found[word][0] for word in ("Before.", "Column0", "Column11", "0x11.5500", "After.")]
    assert pages == [0, 1, 1, 1, 0], "the text goes on before it"
    assert all(0 < left < right < 432 and 0 < foot < top < 648 for _, left, foot, right, top in found.values())
    assert found["Column0"][4] < found["Column11"][2], "it is read from the foot of the page upwards"


def test_a_sideways_table_goes_on_on_further_pages_below_its_head(tmp_path: Path) -> None:
    fragment = set_table(tmp_path, table(12, rows=60))
    found = words(fragment)
    assert fragment.problems == ()
    assert fragment.pages >= 3
    assert {f"{line}x{column}.5500" for line in range(60) for column in range(12)} <= set(found)
    assert all(0 < left < right < 432 and 0 < foot < top < 648 for _, left, foot, right, top in found.values())
    pages = pypdfium2.PdfDocument(fragment.pdf)
    assert all("Column11" in page.get_textpage().get_text_range() for page in pages)


def test_an_address_in_a_cell_is_broken_before_the_table_is_made_small(tmp_path: Path) -> None:
    address = "https://example.org/" + "q" * 200
    body = "<table><thead><tr><th>Where</th><th>What</th></tr></thead><tbody><tr><td>see</td>"
    fragment = set_table(tmp_path, f"{body}<td>{address}</td></tr></tbody></table>")
    found = words(fragment)
    assert (fragment.problems, fragment.pages) == ((), 1)
    assert all(right < 432 for _, _, _, right, _ in found.values())
    assert address in "".join(pypdfium2.PdfDocument(fragment.pdf)[0].get_textpage().get_text_range().split())


def test_a_table_that_fits_only_if_its_words_are_broken_between_letters_is_told(tmp_path: Path) -> None:
    (problem,) = set_table(tmp_path, table(44)).problems
    assert (problem.code, problem.severity) == ("torn-words", Severity.WARNING)
    assert re.search(r'"Column\d+" is broken between letters, and \d+ more like it', problem.message)
    assert set_table(tmp_path, table(14)).problems == ()
    heads, cells = "<th>Parliaments</th>" * 30, "<td>1</td>" * 30
    parted = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    problems = set_table(tmp_path, parted).problems
    assert [one.code for one in problems] == ["torn-words"], "a word that has hyphens too"


def test_text_over_the_edge_of_the_page_is_an_error(tmp_path: Path) -> None:
    fragment = set_table(tmp_path, '<p style="position: relative; left: 700pt">Words that nobody sees.</p>')
    (problem,) = fragment.problems
    assert problem.code == "lost-text"
    assert '"Words that nobody sees." reaches over the edge of the page' in problem.message


def test_a_cell_that_is_higher_than_a_page_is_divided_below_the_head_of_its_table(tmp_path: Path) -> None:
    cell = "several words of a cell " * 500
    body = (
        f"<table class='short'><thead><tr><th>Head</th><th>Other</th></tr></thead><tbody><tr><td>short</td><td>{cell}"
    )
    fragment = set_table(tmp_path, f"<p>Before.</p>{body}</td></tr></tbody></table>")
    assert fragment.problems == ()
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(fragment.pdf)]
    assert len(texts) > 2
    assert all("Head" in text and "several words" in text for text in texts), "on every page, from the first on"
    assert sum(text.count("several") for text in texts) == 500


def test_a_tall_picture_in_a_cell_is_limited_to_the_page(tmp_path: Path) -> None:
    Image.new("L", (200, 3000)).save(tmp_path / "tall.png")
    body = "<table><thead><tr><th>Picture</th><th>Meaning</th></tr></thead><tbody><tr><td><img src='tall.png' alt='T'/>"
    fragment = set_table(tmp_path, f"<h1>Title</h1>{body}</td><td>First</td></tr></tbody></table>")
    assert fragment.problems == ()
    found = words(fragment)
    assert found["Picture"][0] == found["First"][0]
    page = pypdfium2.PdfDocument(fragment.pdf)[found["First"][0]]
    (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    assert picture.get_bounds()[1] > 0, "its foot is on the page"


def test_scans_with_sixteen_bits_of_grey_are_shown_as_they_are(tmp_path: Path) -> None:
    Image.new("I;16", (40, 40), 0x8080).save(tmp_path / "scan.png")
    fragment = set_table(tmp_path, "<figure><img src='scan.png' alt='A scan'/></figure>")
    assert fragment.problems == ()
    page = pypdfium2.PdfDocument(fragment.pdf)[0]
    (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    assert Image.open(BytesIO(_png(picture))).convert("L").getpixel((20, 20)) == 0x80


def _png(picture: pypdfium2.PdfImage) -> bytes:
    """The pixels of an image as a PNG."""
    out = BytesIO()
    picture.get_bitmap().to_pil().save(out, "PNG")
    return out.getvalue()


def test_the_head_of_a_chapter_stands_above_a_portrait(tmp_path: Path) -> None:
    Image.new("L", (1200, 1800), 90).save(tmp_path / "portrait.png")
    head = "<header class='chapter-head'><p class='chapter-number'>Chapter 1</p><h1>Title</h1></header>"
    portrait = "<figure><img src='portrait.png' alt='P'/><figcaption>Caption</figcaption></figure>"
    fragment = set_table(tmp_path, f"{head}{portrait}<p>Text.</p>")
    found = words(fragment)
    assert (fragment.problems, found["Title"][0], found["Caption"][0]) == ((), 0, 0)


def test_the_call_of_a_note_is_as_large_at_its_first_call_as_later(tmp_path: Path) -> None:
    note = "<span class='footnote' id='n' data-number='7'>The note.</span>"
    fragment = set_table(tmp_path, f"<p>First{note} again<a class='noteref' href='#n'>7</a> done.</p>")
    page = pypdfium2.PdfDocument(fragment.pdf)[0]
    text = page.get_textpage()
    places = [match.start() for match in re.finditer("7", text.get_text_range())]
    first, again = (text.get_charbox(place) for place in places[:2])
    assert again[3] - again[1] == pytest.approx(first[3] - first[1], abs=0.02)


def long_text(name: str, count: int) -> str:
    """A text whose words all differ."""
    return " ".join(f"{name}{number}" for number in range(count))


def test_a_head_that_is_higher_than_a_page_is_set_once(tmp_path: Path) -> None:
    head = f"<thead><tr><th>{long_text('head', 700)}</th><th>B</th></tr></thead>"
    rows = "".join(f"<tr><td>cell{row}</td><td>y</td></tr>" for row in range(80))
    fragment = set_table(tmp_path, f"<p>Before.</p><table>{head}<tbody>{rows}</tbody></table><p>After.</p>")
    found = words(fragment)
    assert fragment.problems == ()
    assert all(f"head{number}" in found for number in range(700))
    assert found["cell79"][0] > found["head699"][0] > found["head0"][0]


def test_a_tall_row_leaves_no_hole_below_the_page_before(tmp_path: Path) -> None:
    """A table that does not fit on a page begins where it stands, and its rows go on on the next page."""
    rows = "".join(f"<tr><td>{name}</td><td>{long_text(name, 600)}</td></tr>" for name in ("x", "y", "z"))
    table = f'<table class="short"><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>'
    fragment = set_table(tmp_path, f"<p>{long_text('word', 60)}</p>{table}<p>After.</p>")
    found = words(fragment)
    assert fragment.problems == ()
    assert found["x0"][0] == 0
    assert found["x599"][0] == 1
    lowest = min(place[2] for place in found.values() if place[0] == 0)
    assert lowest < 110  # 9 in high, with a margin of 85 pt at the foot


def test_a_long_caption_stays_with_its_table(tmp_path: Path) -> None:
    """Together they float, and the paragraph that now follows another one is indented."""
    caption = f"<caption>{long_text('caption', 60)}</caption>"
    body = "".join(f"<tr><td>cell{row} and so many words more that it is wide</td></tr>" for row in range(5))
    table = f'<table class="short">{caption}<thead><tr><th>Head</th></tr></thead><tbody>{body}</tbody></table>'
    fragment = set_table(tmp_path, f"<p>{long_text('word', 230)}</p>{table}<p>{long_text('after', 200)}</p>")
    found = words(fragment)
    assert fragment.problems == ()
    assert found["caption0"][0] == found["Head"][0] == found["cell4"][0] == 1
    assert found["after0"][0] == 0
    assert found["after0"][1] > found["word0"][1] + 5


def test_the_caption_of_a_table_that_only_seemed_narrow_stays_within_the_column(tmp_path: Path) -> None:
    cell = "words that were few in the source and are many on the page, as those of a citation are"
    caption = " ".join(f"caption{number}" for number in range(20))
    body = (
        f'<table class="narrow"><caption>{caption}</caption><tbody><tr><td>{cell}</td><td>a</td></tr></tbody></table>'
    )
    fragment = set_table(tmp_path, body)
    found = words(fragment)
    left, right = (
        measures(Edition("print", "pdf"))["margin-inner"],
        432 - measures(Edition("print", "pdf"))["margin-outer"],
    )
    assert fragment.problems == ()
    assert all(found[f"caption{number}"][1] > left - 1 for number in range(20))
    assert all(found[f"caption{number}"][3] < right + 1 for number in range(20))
