"""Long notes: the mend of the layout engine by which a note is continued on the next page."""

from __future__ import annotations

import re

import pytest

from book.language.fonts import local_rules
from book.pages.engine.faults import long_notes

TEXT = "<p>" + "Words of text that fill the page from its head on. " * 12 + "</p>"
STYLE = (
    f"<style>{local_rules()}</style>"
    """<style>
  @page { size: 400px 500px; margin: 30px }
  body { font: 16px/20px "Source Serif Pro"; orphans: 2; widows: 2 } p { margin: 0 }
  .note { float: footnote; footnote-policy: line; font-size: 13px; line-height: 16px }
  .note::footnote-call { content: "1"; line-height: 0 } .paragraph { display: block }
</style>"""
)


def pages(note: str, before: int) -> list[tuple[list[str], list[str]]]:
    """The lines of the text and of the notes on each page."""
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes

    long_notes.mend()
    call = f'<p>Here it is called.<span class="note">{note}</span> ' + "More of it. " * 12 + "</p>"

    def lines(box: object) -> list[str]:
        found = (line for line in box.descendants() if isinstance(line, boxes.LineBox))  # type: ignore[attr-defined]
        return ["".join(b.text for b in line.descendants() if isinstance(b, boxes.TextBox)) for line in found]

    made = HTML(string=STYLE + TEXT * before + call + TEXT * 4).render().pages
    parts = [page._page_box.children for page in made]
    return [(lines(part[0]), lines(part[1]) if len(part) > 1 else []) for part in parts]


def sentences(count: int) -> str:
    """A note of so many sentences."""
    return " ".join(f"The note says {number} and goes on." for number in range(count))


@pytest.mark.parametrize(("count", "before"), [(4, 1), (20, 1), (20, 2), (40, 0), (100, 1), (150, 0)])
def test_a_note_begins_below_its_call_and_no_word_of_it_is_lost(count: int, before: int) -> None:
    found = pages(sentences(count), before)
    words = " ".join(line for _, notes in found for line in notes)
    assert [int(number) for number in re.findall(r"says (\d+)", words)] == list(range(count))
    (called,) = [number for number, (text, _) in enumerate(found) if any("it is called" in line for line in text)]
    parts = [number for number, (_, notes) in enumerate(found) if notes]
    assert parts == list(range(called, called + len(parts)))
    assert all(len(notes) >= long_notes.FEWEST for _, notes in found if notes)
    assert all(len(text) * 20 + len(notes) * 16 <= 440 for text, notes in found)
    assert all(len(text) >= 2 for text, notes in found if notes)


def test_no_word_of_the_text_is_lost_either() -> None:
    text = " ".join(line for lines, _ in pages(sentences(100), 1) for line in lines)
    assert text.count("Words of text") == 12 * 5
    assert text.count("More of it.") == 12


def test_a_note_of_several_paragraphs_is_continued_too() -> None:
    paragraphs = "".join(f'<span class="paragraph">{sentences(12)}</span>' for _ in range(6))
    words = " ".join(line for _, notes in pages(paragraphs, 1) for line in notes)
    assert [int(number) for number in re.findall(r"says (\d+)", words)] == list(range(12)) * 6


def test_a_note_with_a_table_is_moved_as_a_whole() -> None:
    rows = "".join(f"<tr><td>cell {number}</td></tr>" for number in range(8))
    note = f'<span class="paragraph">A table.</span><table>{rows}</table>'
    for before in range(1, 4):
        words = " ".join(line for _, notes in pages(note, before) for line in notes)
        assert [int(number) for number in re.findall(r"cell (\d+)", words)] == list(range(8))


@pytest.mark.parametrize("length", [1, 3, 20])
@pytest.mark.parametrize("between", ["a", "words"])
def test_sixty_notes_called_in_a_few_lines_go_on_on_the_next_pages(length: int, between: str) -> None:
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes

    long_notes.mend()
    notes = (f'{between}<span class="note">{number}{" some words of it." * length}</span>' for number in range(60))
    head = '<h1 style="margin: 0; padding: 60px 0; font-size: 20px; line-height: 20px; break-after: avoid">Head</h1>'
    made = HTML(string=f"{STYLE}{head}<p>Text that calls {' '.join(notes)}</p><p>More of it.").render().pages
    found = [page._page_box for page in made]
    first = [box for box in found[0].children[0].descendants() if isinstance(box, boxes.LineBox)]
    assert len(first) >= 3, "the head stays with its text"
    words = []
    for page in found:
        lines = [box for part in page.children for box in part.descendants() if isinstance(box, boxes.LineBox)]
        assert all(line.position_y + line.height <= 470.1 for line in lines)
        areas = [part for part in page.children if isinstance(part, boxes.FootnoteAreaBox)]
        words += [box.text for area in areas for box in area.descendants() if isinstance(box, boxes.TextBox)]
    numbers = [int(number) for number in re.findall(r"(\d+) some", " ".join(words))]
    assert numbers == list(range(60))
    assert " ".join(words).count("words of it.") == 60 * length


@pytest.mark.parametrize("before", range(10, 20))
def test_the_hanging_number_of_a_note_is_no_line_of_it(before: int) -> None:
    from weasyprint import HTML

    long_notes.mend()
    marker = "<style>.note::footnote-marker { content: '1.'; display: inline-block; width: 20px }</style>"
    note = "A note that takes three lines, neither less nor more, in this column. " * 2
    called = f'<p>{"Words that call a note. " * 10}<span class="note">{note}</span></p>'
    body = f"{STYLE}{marker}{'<p>Line.</p>' * before}<div>{called}</div>{'<p>Line.</p>' * 20}"
    found = []
    for made in HTML(string=body).render().pages:
        text, *areas = made._page_box.children
        ends = [line.position_y + line.height for line in long_notes._lines(text)]
        assert all(max(ends) <= area.position_y + 0.1 for area in areas)
        found += [len(list(long_notes._lines(area))) for area in areas]
    assert found == [3]
