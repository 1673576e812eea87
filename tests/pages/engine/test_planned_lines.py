"""Lines are chosen together, filled evenly, and end where a typesetter would end them."""

from __future__ import annotations

import os
import re
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.language.fonts import local_rules
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.engine import mend
from book.pages.engine.typography import spreads
from book.pages.engine.typography.breaks import ADDED, PLAIN, Breaks
from book.pages.engine.typography.fit import Measure, fit
from book.pages.engine.typography.plans import Planned, _stacked
from book.pages.engine.typography.together import GENTLY, STRICTLY, _names_of_months, korean_words, months, together
from book.pages.press import press
from book.pages.stylesheets import no_system_fonts
from tests.pressed import PAGE

TEXT = (
    "Whatever the circumstances that accompanied those extraordinary deliberations, the representatives considered "
    "every inconvenience of the arrangement, and recommended unanimously that neighbouring communities should "
    "establish institutions for the preservation of tranquillity and the encouragement of honourable industry. "
)
RULES = """
@page { size: 260pt 400pt; margin: 20pt }
html { font: 10pt/14pt "Source Serif Pro"; hyphens: auto; hyphenate-limit-chars: 6 3 3; text-wrap: pretty;
  text-align: justify; --hanging: 100%; --expansion: 2% }
body, p, h1 { margin: 0; font-size: 10pt } .j { text-align: justify }
"""


@pytest.fixture(scope="module")
def fonts() -> Any:
    """The fonts of the documents."""
    os.environ["FONTCONFIG_FILE"] = no_system_fonts()
    mend()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def pages(fonts: Any, body: str, css: str = "", language: str = "en") -> list[list[Any]]:
    """The line boxes of each page of a document."""
    from weasyprint.formatting_structure.boxes import LineBox

    made = render(fonts, body, css, language)
    return [[box for box in page._page_box.descendants() if isinstance(box, LineBox)] for page in made]


def render(fonts: Any, body: str, css: str = "", language: str = "en") -> list[Any]:
    """The pages of a document."""
    from weasyprint import CSS, HTML

    sheet = CSS(string=local_rules() + RULES + css, font_config=fonts)
    html = HTML(string=f"<html lang={language}><body>{body}")
    return list(html.render(stylesheets=[sheet], font_config=fonts).pages)


def lines(fonts: Any, body: str, css: str = "", language: str = "en") -> list[str]:
    """What stands in each line of a document."""
    return [text_of(line) for page in pages(fonts, body, css, language) for line in page]


def text_of(line: Any) -> str:
    """The text of a line box."""
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))


def texts_of(line: Any) -> list[Any]:
    """The boxes of text in a line box."""
    return [box for box in line.descendants() if hasattr(box, "pango_layout")]


@pytest.mark.parametrize("width", range(115, 236, 15))
def test_no_more_than_two_lines_in_a_row_end_in_hyphens_and_the_last_is_no_part_of_a_word(
    fonts: Any, width: int
) -> None:
    found = lines(fonts, f"<p style='width: {width}pt'>{TEXT * 3}")
    ends = "".join("-" if line.endswith("‐") else "." for line in found)
    assert "---" not in ends or width < 130
    assert not (ends.endswith("-.") and " " not in found[-1])
    assert len("".join(filter(str.isalpha, found[-1]))) >= 4
    assert (
        "".join(line.removesuffix("‐") if line.endswith("‐") else f"{line} " for line in found).split()
        == (TEXT * 3).split()
    )


def test_a_paragraph_is_more_even_than_one_that_fills_line_after_line(fonts: Any) -> None:
    def unevenness(css: str) -> float:
        (found, *_) = pages(fonts, f"<p>{TEXT * 3}", css)
        return sum(widened(line) ** 2 for line in found[:-1])

    assert unevenness("") < 0.5 * unevenness("html { text-wrap: wrap }")


def widened(line: Any) -> float:
    """By how much the spaces of a line are wider than they are, in px."""
    (box,) = texts_of(line)
    layout = box.pango_layout
    return float(layout.widened / 1024 if hasattr(layout, "widened") else layout.justification_spacing)


def test_letters_give_two_per_cent_at_most_and_none_if_that_is_turned_off(fonts: Any) -> None:
    def scales(css: str) -> set[float]:
        return {
            box.pango_layout.expansion
            for page in pages(fonts, f"<p>{TEXT * 4}", css)
            for line in page
            for box in texts_of(line)
        }

    found = scales("")
    assert len(found) > 3
    assert all(0.98 <= scale <= 1.02 for scale in found)
    assert scales("html { --expansion: 0 }") == {1.0}
    assert max(scales("html { --expansion: 0.5% }")) <= 1.005


def test_loose_lines_are_tracked_a_little_and_others_are_not(fonts: Any) -> None:
    def found(css: str) -> list[tuple[float, float, float]]:
        """The tracking of each justified line, the width of its widest space, and where it ends; in px."""
        layouts = [
            (texts_of(line)[0], line)
            for page in pages(fonts, f"<p>{TEXT * 6}", f"html {{ --hanging: 0; {css} }}")
            for line in page[:-1]
        ]
        return [
            (
                box.pango_layout.tracking / 1024,
                (box.pango_layout.widened + 2 * box.pango_layout.tracking) / 1024,
                box.position_x + box.width - box.pango_layout.tracking / 1024,
            )
            for box, line in layouts
        ]

    plain, tracked = found(""), found("--tracking: 2%")
    assert all(one[0] == 0 for one in plain)
    size = 10 / 0.75
    assert 0 < max(one[0] for one in tracked) <= 0.02 * size + 0.001
    assert any(one[0] == 0 for one in tracked)
    assert max(one[1] for one in tracked) < max(one[1] for one in plain)
    assert all(tight[2] == pytest.approx(240 / 0.75, abs=0.01) for tight in (*plain, *tracked))


def test_letters_that_are_joined_are_never_tracked(fonts: Any) -> None:
    body = f"<p lang=hi>{'सत्य अहिंसा और प्रेम ' * 30}{TEXT}"
    found = pages(fonts, body, "html { --tracking: 2%; font-family: 'Source Serif Pro', 'Noto Serif Devanagari' }")
    layouts = [box.pango_layout for page in found for line in page for box in texts_of(line)]
    assert all(getattr(layout, "tracking", 0) == 0 for layout in layouts)


def test_what_is_tracked_is_read_as_before(tmp_path: Path) -> None:
    def read(tracking: str) -> tuple[str, list[float]]:
        style = f"width: 150pt; text-align: justify; text-wrap: pretty; --tracking: {tracking}"
        written = press_whole(tmp_path, f"<p style='{style}'>{TEXT * 3}").pdf
        with pikepdf.open(BytesIO(written)) as pdf:
            content = b"".join(one.Contents.read_bytes() for one in pdf.pages)
        words = pypdfium2.PdfDocument(written)[0].get_textpage().get_text_bounded().split()
        return " ".join(words), [float(one) for one in re.findall(rb"([\d.]+) Tc", content)]

    (before, none), (behind, amounts) = read("0"), read("2%")
    assert before.replace("-", "") == behind.replace("-", "")
    assert not none
    assert any(amounts)
    assert amounts.count(0.0) == len(amounts) / 2  # each is turned off again


def test_punctuation_hangs_and_does_not_if_that_is_turned_off(fonts: Any) -> None:
    body = f"<p>{'“Whatever,” he said; “and, however, so.” ' * 12}"

    def reach(css: str) -> tuple[float, float]:
        found = [texts_of(line) for line in pages(fonts, body, css)[0][:-1]]
        return min(boxes[0].position_x for boxes in found), max(
            boxes[-1].position_x + boxes[-1].width for boxes in found
        )

    margins = 20 / 0.75, 240 / 0.75
    assert reach("html { --hanging: 0 }") == pytest.approx(margins, abs=0.05)
    left, right = reach("")
    assert margins[0] - 4 < left < margins[0] - 1
    assert margins[1] + 1 < right < margins[1] + 4


@pytest.mark.parametrize("margin", ["20pt 0", "20pt 0 20pt 40pt"])
def test_nothing_hangs_over_the_edge_of_the_paper(fonts: Any, margin: str) -> None:
    body = f"<p>{'“Whatever,” he said; “and, however, so.” ' * 12}"
    boxes = [texts_of(line) for line in pages(fonts, body, f"@page {{ margin: {margin} }}")[0]]
    assert min(line[0].position_x for line in boxes) >= 0
    assert max(line[-1].position_x + line[-1].width for line in boxes[:-1]) == pytest.approx(260 / 0.75, abs=0.05)


def test_the_rule_beside_a_quotation_that_goes_on_ends_with_its_text(fonts: Any) -> None:
    from weasyprint.formatting_structure.boxes import LineBox

    css = "p { orphans: 4; widows: 4 } blockquote { margin: 0; border-left: 2pt solid }"
    body = "<p>Line.</p>" * 15 + f"<section><blockquote><p>{TEXT}<p>{TEXT * 4}</blockquote></section>"
    below: list[float] = []
    for page in render(fonts, body, css)[:2]:
        (box,) = [one for one in page._page_box.descendants() if one.element_tag == "blockquote"]
        ends = [line.position_y + line.height for line in box.descendants() if isinstance(line, LineBox)]
        below.append(box.position_y + box.border_height() - max(ends))
    assert below == pytest.approx([0, 0], abs=0.01)


def test_headings_are_balanced(fonts: Any) -> None:
    title = "<h1 style='width: 110pt; text-align: start; hyphens: none'>Poverty Alleviation in Five Themes"
    assert lines(fonts, title, "h1 { text-wrap: balance }") == ["Poverty Alleviation", "in Five Themes"]


def test_a_title_that_fits_is_not_broken(fonts: Any) -> None:
    assert lines(fonts, "<h1>A title", "h1 { text-wrap: balance; text-align: center }") == ["A title"]


@pytest.mark.parametrize("lines_before", range(22, 27))
def test_no_page_ends_in_the_middle_of_a_word(fonts: Any, lines_before: int) -> None:
    filler = "<p>x" * lines_before
    first, *_ = pages(fonts, f"{filler}<p style='width: 150pt'>{TEXT * 3}", "html { orphans: 1; widows: 1 }")
    assert not text_of(first[-1]).endswith("‐")


def test_notes_stay_on_the_page_that_calls_them_where_its_last_line_is_planned_anew(fonts: Any) -> None:
    note = "<span style='float: footnote; footnote-policy: line'>A note.</span>"
    for before in range(18, 27):
        body = "<p>x" * before + f"<p style='width: 150pt'>{TEXT[:100]}{note}{TEXT[100:]}{TEXT}{note}{TEXT}"
        for page in pages(fonts, body):
            said = [text_of(line) for line in page]
            calls = sum(line.count("1") + line.count("2") for line in said if "A note" not in line)
            assert calls == sum("A note" in line for line in said)


@pytest.mark.parametrize("width", range(110, 221, 10))
def test_an_address_is_broken_at_its_marks_and_gets_no_hyphen(fonts: Any, width: int) -> None:
    address = "https://example.org/transcripts/proceedings/documents.html?volume=conference&page=introduction#paragraph"
    found = lines(fonts, f"<p style='width: {width}pt'>See the record at {address} for this, too.")
    assert "‐" not in "".join(found)
    assert "".join(found).replace(" ", "") == f"Seetherecordat{address}forthis,too."
    broken = [(line[-1], following[0]) for line, following in pairwise(found) if line.split()[-1] in address]
    assert [pair for pair in broken if pair[0] not in "/:=&" and pair[1] not in "/.?&#=" and pair[1] != "f"] == []


def test_an_address_without_marks_is_broken_all_the_same(fonts: Any) -> None:
    found = lines(fonts, f"<p style='width: 150pt'>https://example.org/{'longpath' * 20}")
    assert len(found) > 5
    assert "‐" not in "".join(found)


def test_soft_hyphens_are_where_words_are_parted(fonts: Any) -> None:
    body = "<p style='width: 60pt'>" + "in&shy;compre&shy;hensible con&shy;sid&shy;eration " * 8
    found = lines(fonts, body)
    parts = {line.split()[-1].replace("\xad", "") for line in found if line.endswith("‐")}
    assert parts
    assert parts <= {"in‐", "incompre‐", "con‐", "consid‐"}


def test_words_are_parted_within_ligatures(fonts: Any) -> None:
    """The letters of a ligature stand apart in two lines, each with all its letters."""
    for width in range(60, 120, 2):
        found = lines(fonts, f"<p style='width: {width}pt'>{'officially difficulties efficient ' * 6}")
        said = "".join(line.removesuffix("‐") if line.endswith("‐") else f"{line} " for line in found)
        assert said.split() == ["officially", "difficulties", "efficient"] * 6


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "(see~page~25), on 27–28~November~2015 (16~October~2015), p.~3, J.~S.~Mill, 12~km, No.~10, 12~000~people",
        ),
        ("en-US", "on November~27,~2015 in chapter~IV of vol.~ii, with Mr.~Jay, 50~per~cent, and so~– on"),
        ("fr", "Il dit~: «~Non~!~» Pourquoi~? Parce que~; voilà 12~000~€ et 50~%, le 5~mai~1789"),
        ("de", "am 27.~November~2015 auf~Seite~5, z.~B. 5~Mio. Mark"),
        ("es", "el 27~de~noviembre~de~2015"),
        ("en", "Chapter~3, Figure~2 and Article~5 say that Henry~VIII went 20~mph; 3~×~4~=~12; the 5th~of~May~2010"),
        ("de", "vgl. §§~4~ff. BGB, 20~km/h"),
        ("es", "del siglo~XIX"),
        ("fr", "au XXe~siècle"),
        ("en", "In 1787 A and I went to the mill in II"),
        ("cs", "šel k~domu v~lese"),
        ("en", "There is no increase in it. He saw none of them."),
    ],
)
def test_what_belongs_together_is_known(language: str, text: str) -> None:
    plain = text.replace("~", " ").replace("12 000 people", "12 000 people")
    apart = together(plain, language)
    found = "".join("~" if char == " " and place + 1 in apart else char for place, char in enumerate(plain))
    assert found == text.replace("000~people", "000 people")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("in November 2013", GENTLY),
        ("on March 8, 2017", GENTLY),
        ("on 8 March 2017", STRICTLY),
        ("on March 8", STRICTLY),
    ],
)
def test_a_year_leaves_a_month_alone_but_no_whole_date(text: str, how: int) -> None:
    assert together(text, "en")[text.rindex(" ") + 1] == how


def test_korean_words_stay_whole_but_for_what_stands_between_them() -> None:
    assert sorted(korean_words("오래된 마을 이야기, A반")) == [1, 2, 5, 8, 9]


def test_the_months_are_those_of_the_language_and_english() -> None:
    assert months("en") == months("") == _names_of_months("en")
    assert months("de") == _names_of_months("en") | _names_of_months("de")
    assert "märz" in months("de")


@pytest.mark.parametrize("width", range(80, 221, 4))
def test_what_belongs_together_stands_in_one_line(fonts: Any, width: int) -> None:
    found = lines(fonts, f"<p style='width: {width}pt'>{'It was said (see page 25) of 12 km that, ' * 6}")
    for line, following in pairwise(found):
        assert not line.endswith(("see", "page", " 12"))
        assert not following.startswith(("page", "25", "km"))


def test_french_marks_do_not_begin_lines(fonts: Any) -> None:
    for width in range(70, 221, 3):
        body = f"<p style='width: {width}pt'>{'Il dit : « Non ! » Pourquoi ? Parce que ; voilà 12 000 € ' * 4}"
        found = lines(fonts, body, language="fr")
        assert not [line for line in found if line.startswith((":", "!", "?", ";", "»", "€", "000"))]
        assert not [line for line in found if line.endswith(("«", " 12"))]


# --- the choice itself ---


def make_breaks(words: list[int], space: int = 250) -> Breaks:
    """The breaks of a text of words of some widths."""
    found = Breaks()
    x = spaces = 0
    for number, word in enumerate([0, *words]):
        x += word
        gap = space if 0 < number < len(words) else 0
        for some, value in (
            (found.stops, number * 10), (found.starts, number * 10 + 1 if number < len(words) else number * 10),
            (found.ends, x), (found.begins, x + gap), (found.hangs, 0), (found.hangs_before, 0),
            (found.spaces, spaces), (found.spaces_before, spaces + gap), (found.kinds, 0), (found.costs, 0),
        ):  # fmt: skip
            some.append(value)
        x, spaces = x + gap, spaces + gap
    return found


def looseness(breaks: Breaks, measure: Measure, ends: tuple[int, ...]) -> int | None:
    """The sum of the squares of what the full lines lack; None if one is too long."""
    total, begin = 0, 0
    for end in ends:
        lack = measure.width - (breaks.ends[end] - breaks.begins[begin])
        if lack < 0:
            return None
        total += lack**2 if end != ends[-1] else 0
        begin = end
    return total


def test_no_choice_of_breaks_has_a_looser_worst_line_than_need_be() -> None:
    words = [900, 1700, 400, 2100, 1300, 600, 1900, 800, 1500, 700, 1100, 2000, 500, 1600, 900, 1200]
    breaks, measure = make_breaks(words), Measure(7000, 7000, 1000, 0, 0, ragged=True)
    chosen = fit(breaks, measure)
    assert chosen is not None
    last = len(words)
    every = ((*some, last) for count in range(2, 6) for some in combinations(range(1, last), count))
    best = min((sum_, ends) for ends in every if (sum_ := looseness(breaks, measure, ends)) is not None)
    found = looseness(breaks, measure, tuple(chosen))
    assert found is not None
    assert found <= 1.5 * best[0]


def test_breaks_are_chosen_alike_each_time() -> None:
    breaks = make_breaks([1000 + 37 * (number * number % 41) for number in range(200)])
    measure = Measure(9000, 8500, 1000, 100, 20)
    assert fit(breaks, measure) == fit(breaks, measure)


def test_a_forbidden_break_is_not_chosen() -> None:
    breaks = make_breaks([1000 + 37 * (number * number % 41) for number in range(60)])
    measure = Measure(9000, 8500, 1000, 100, 20)
    chosen = fit(breaks, measure)
    assert chosen is not None
    for place in chosen[:-1]:
        other = fit(breaks, measure, forbidden=(place,))
        assert other is None or place not in other


def test_hyphens_are_never_three_in_a_row() -> None:
    breaks = make_breaks([4000] * 30)
    breaks.kinds[1:-1] = [ADDED] * (len(breaks.kinds) - 2)
    assert fit(breaks, Measure(9000, 9000, 1000, 0, 0)) is None


def test_a_hyphen_that_is_added_is_soft_for_readers(tmp_path: Path) -> None:
    body = "<p style='text-align: justify; width: 120pt; hyphens: auto; text-wrap: pretty'>" + TEXT * 2
    fragment = press_whole(tmp_path, body)
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    parted = content.count(b"/ActualText <FEFF00AD>")
    assert parted > 3
    pages = pypdfium2.PdfDocument(fragment.pdf)
    said = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "-\r\n" not in said
    assert re.sub("\\s", "", said.replace("\ufffe", "")) == re.sub("\\s", "", TEXT * 2)


def press_whole(folder: Path, body: str) -> Fragment:
    """The fragment of a document, with its fonts."""
    html = f'<html lang="en"><head><title>Title</title></head><body>{body}</body></html>'
    sheets = (Stylesheet(str(folder / "base.css"), local_rules() + PAGE),)
    return press(Job("section", html, sheets, str(folder), str(folder / "faces"), "chapters/one.md", whole=True))


def paragraphs_of_many_lengths() -> str:
    """Forty paragraphs, of which many would end a page a line short."""
    words = (TEXT * 3).split()
    return "".join(f"<p>{' '.join(words[: 45 + 7 * number % 60])}." for number in range(40))


SPREADS = "html { orphans: 2; widows: 2 } p + p { text-indent: 1em }"


def test_ragged_paragraphs_can_be_a_line_longer_too_but_do_not_end_in_one_word_for_that(fonts: Any) -> None:
    found = set()
    for page in pages(fonts, paragraphs_of_many_lengths(), "p { text-align: start }"):
        for plan, line in (one.planned for one in page if one.planned[1].first):
            for more, (_, others) in plan.vary(line.begin, line.indent).items():
                begins = [other.begin for other in others]
                assert begins == sorted(set(begins))
                found.add(more)
                if not plan._ends_badly(plan._from(line.begin, line.indent, ())):
                    assert b" " in plan._data[others[-1].begin : others[-1].stop]
                    assert others[-2].kind != ADDED
    assert 1 in found


def test_facing_pages_end_on_the_same_line(fonts: Any) -> None:
    """Twenty-five lines have room on a page; the first one is a right page."""
    body = paragraphs_of_many_lengths()
    made = pages(fonts, body, SPREADS)
    _first, *depths, _last = map(len, made)
    spreads = list(zip(depths[::2], depths[1::2], strict=False))
    assert len(spreads) > 4
    assert all(left == right for left, right in spreads)
    assert min(depths) >= 22
    assert sum(depths) >= 24.4 * len(depths)
    said = " ".join(text_of(line) for page in made for line in page).replace("‐ ", "")
    assert said.split() == re.sub("<p>", " ", body).split()


def test_facing_pages_end_on_the_same_line_where_words_are_not_justified(fonts: Any) -> None:
    """Ragged paragraphs are not a line longer or shorter, but both pages of a spread may be a line short."""
    made = pages(fonts, paragraphs_of_many_lengths(), SPREADS + "html { text-align: left }")
    _first, *depths, _last = map(len, made)
    spreads = list(zip(depths[::2], depths[1::2], strict=False))
    assert len(spreads) > 4
    assert sum(left == right for left, right in spreads) >= 0.9 * len(spreads)


@pytest.mark.parametrize("few", [2, 3])
def test_no_last_page_has_under_five_lines(fonts: Any, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """A text a few lines longer than three pages is made shorter, or so long that five lines are on the last one."""
    words = (TEXT * 2).split()
    body = "".join(f"<p>{' '.join(words[: 60 + 9 * number % 40])}." for number in range(5))
    body += "<p>x" * (75 + few - sum(map(len, pages(fonts, body, SPREADS))))
    *_, last = pages(fonts, body, SPREADS)
    assert len(last) >= 5
    monkeypatch.setattr(spreads, "FEWEST_AT_END", 0)
    *_, last = pages(fonts, body, SPREADS)
    assert len(last) < 5


def test_no_page_is_made_shorter_where_its_text_ends(fonts: Any) -> None:
    """A left page ends with its chapter: the page beside it does not follow."""
    body = (
        "<h1 style='break-before: page'>One</h1>"
        + "<p>x" * 24
        + "<div style='break-before: page'>Two</div>"
        + "<p>x" * 40
    )
    depths = [len(page) for page in pages(fonts, "<p>x" * 30 + body, SPREADS)]
    assert depths[0] == 25
    assert sum(depths) == 30 + 25 + 41


def test_notes_stay_on_the_page_that_calls_them_when_pages_are_made_again(fonts: Any) -> None:
    """Every note is on the page of its call, once, whatever was tried for the feet of pages."""
    note = "<span style='float: footnote'>Note{0} and what it says of {0}.</span>"
    first, *others = paragraphs_of_many_lengths().split("<p>")
    body = first + "".join(f"<p>{note.format(number)}{words}" for number, words in enumerate(others))
    found = [" ".join(map(text_of, page)) for page in pages(fonts, body, SPREADS)]
    assert len(found) > 8
    for number in range(40):
        assert [f"Note{number} " in page for page in found].count(True) == 1


@pytest.mark.parametrize("tag", ["p", "h2"])
@pytest.mark.parametrize("lang", ["de", "x-none"])
def test_a_word_longer_than_a_line_is_parted(tmp_path: Path, tag: str, lang: str) -> None:
    """Where it can be hyphenated, if it can; headings too, which are not hyphenated else."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    style = "html { overflow-wrap: break-word } h2 { hyphens: manual; text-wrap: balance }"
    fragment = press_whole(tmp_path, f'<style>{style}</style><{tag} lang="{lang}">{word}</{tag}>')
    assert not fragment.problems
    text = pypdfium2.PdfDocument(fragment.pdf)[0].get_textpage()
    rights: dict[int, float] = {}
    for left, bottom, right, top in (text.get_rect(number) for number in range(text.count_rects())):
        line = round((bottom + top) / 40)  # a hyphen has a rectangle of its own
        rights[line] = max(rights.get(line, left), right)
    assert len(rights) > 3
    assert sorted(rights.values())[1] > 0.7 * max(rights.values())  # all lines but the last


def test_a_word_is_the_same_in_a_stack_whatever_its_case_and_marks() -> None:
    texts = ["the arm of", "The majesty,", "the medium", "and majesty", "of Majesty."]
    data = " ".join(texts).encode()
    lines, begin = [], 0
    for place, text in enumerate(texts, 1):
        stop = begin + len(text)
        lines.append(Planned(begin, stop, stop + 1, PLAIN, place, place == 1, place == len(texts), 0, 0, 0, 0))
        begin = stop + 1
    assert _stacked(lines, data) == 1
    assert _stacked(lines[1:], data) is None
    assert _stacked([lines[1], *lines[3:]], data) == 4
