"""What the layout engine's pages begin with, read back as words of the section."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.language.fonts import local_rules
from book.model.fragments import Job, Stylesheet
from book.pages.press import press
from book.pages.running_text import RunningText

STYLE = """
@page { size: 60mm 42mm; margin: 5mm }
html { font-family: "Source Serif Pro"; font-size: 10pt; line-height: 5mm; orphans: 1; widows: 1 }
body, p, ul, table, figure { margin: 0 }
.footnote { float: footnote }
.said::before { content: "generated " }
thead { display: table-header-group } img { width: 10mm; height: 28mm }
"""
WORDS = " ".join(f"word{number}" for number in range(1, 61))


def begins(body: str, folder: Path, style: str = "") -> list[str]:
    """The word at which each page of a document begins; empty for one that begins at its end."""
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    base = Path(press.__code__.co_filename).parent / "layouts" / "test.css"
    sheets = (Stylesheet(str(base), local_rules() + STYLE + style),)
    job = Job("s", html, sheets, str(folder), str(folder / "faces"), "chapters/a.md")
    fragment = press(job)
    text = RunningText(etree.fromstring(html.replace("<!DOCTYPE html>", "")))
    assert len(fragment.starts) == fragment.pages
    return [text.text[start : text.next_word(start + 1)] for start in fragment.starts]


def test_a_page_begins_at_a_word_in_the_middle_of_a_paragraph(tmp_path: Path) -> None:
    first, second, *_ = begins(f"<p>{WORDS}</p>", tmp_path)
    assert first == "word1"
    assert int(second.removeprefix("word")) > 5


def test_inline_elements_and_what_stands_behind_them_are_told_apart(tmp_path: Path) -> None:
    plain = begins(f"<p>{WORDS}</p>", tmp_path)
    assert begins(
        f"<p>{WORDS.replace(' word3 ', ' <em>word3</em> ').replace('word20', '<b>word20</b>')}</p>", tmp_path
    )[0]
    split = " ".join(f"<i>{word}</i>" if number % 3 else word for number, word in enumerate(WORDS.split()))
    assert begins(f"<p>{split}</p>", tmp_path, "i { font-style: normal }") == plain


def test_a_page_that_begins_inside_a_hyphenated_word_begins_with_the_next(tmp_path: Path) -> None:
    word = "<p>a b c d e</p>" * 5 + '<p style="font-size: 14pt">Incompre\u00adhensibilities remain</p>'
    found = begins(word, tmp_path, "p { hyphens: manual } @page { size: 40mm 42mm }")
    assert found == ["a", "remain"]


def test_notes_do_not_count_and_no_page_begins_in_one(tmp_path: Path) -> None:
    note = '<span class="footnote">word0 ' + "more of the note " * 12 + "</span>"
    body = f"<p>{WORDS}</p>".replace("word2 ", f"word2{note} ")
    starts = begins(body, tmp_path)
    assert all(start.startswith("word") and start != "word0" for start in starts)
    assert starts == sorted(starts, key=lambda word: int(word[4:]))


def test_pages_with_nothing_but_the_rest_of_a_note_begin_at_the_end_of_the_text(tmp_path: Path) -> None:
    note = '<span class="footnote">' + "note " * 150 + "</span>"
    first, *others = begins(f"<p>one{note} two</p>", tmp_path)
    assert first == "one"
    assert others
    assert set(others) == {""}


def test_generated_text_and_markers_are_not_the_documents(tmp_path: Path) -> None:
    items = "".join(f'<li class="said">item{number}</li>' for number in range(1, 10))
    assert begins(f"<ul>{items}</ul>", tmp_path) == ["item1", "item7"]


def test_a_repeated_table_head_begins_no_page(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>row{number}</td></tr>" for number in range(1, 10))
    table = f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>"
    first, second, *_ = begins(table, tmp_path, "td, th { padding: 0 }")
    assert (first, second[:3]) == ("Head", "row")


def test_a_page_may_begin_with_an_image(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    figure = '<figure class="here"><img src="dot.svg" alt="A dot"/></figure>'
    assert begins(f"<p>one two</p>{figure}<p>three</p>", tmp_path) == ["one", "\ufffc", "three"]


@pytest.mark.parametrize("style", ["text-transform: uppercase", "text-transform: capitalize", "white-space: pre-wrap"])
def test_what_a_style_does_to_the_letters_moves_nothing(tmp_path: Path, style: str) -> None:
    starts = begins(f"<p>{WORDS}</p>", tmp_path, f"p {{ {style} }}")
    assert len(starts) > 1
    assert all(start.startswith("word") for start in starts)


def test_what_floats_to_a_later_page_begins_no_page(tmp_path: Path) -> None:
    """Its place in the text is on a page before."""
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    figure = '<figure><img src="dot.svg" alt="A dot"/></figure>'
    assert begins(f"<p>one two</p>{figure}<p>three</p>", tmp_path) == ["one", ""]
    behind = f"<h2>Next</h2><p>{'four ' * 8}</p>"
    assert begins(f"<section><p>one two</p>{figure}<p>three</p></section>{behind}", tmp_path)[:2] == ["one", "Next"]
