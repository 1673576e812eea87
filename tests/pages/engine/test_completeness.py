from __future__ import annotations

from pathlib import Path

import pytest

from book.language.fonts import local_rules
from book.pages.engine import mend
from book.pages.engine.faults.completeness import incomplete
from tests.pressed import press_html

WORDS = "several words of a note that is long, "


def test_text_that_the_engine_leaves_out_is_an_error_and_not_a_page_without_it(tmp_path: Path) -> None:
    # a table's head is left out where a row has no room beside it
    table = "<table><thead><tr><th>Head of the table</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>"
    css = "th { height: 80pt } td { height: 150pt }"
    (problem,) = press_html(tmp_path, table, css).problems
    assert problem.code == "lost-text"
    assert '"Head of the table"' in problem.message
    assert "missing: 14" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "<p>Plain words, hyphenated incomprehensibilities and <em>inline</em> ones. " * 20 + "</p>",
        "<table><thead><tr><th>Head</th></tr></thead><tbody>" + "<tr><td>Cell</td></tr>" * 40 + "</tbody></table>",
        f"<p>Text<span class='footnote'>{WORDS * 3}</span> and more.</p>" * 12,
        "<ol><li>One<ol><li>Two</li></ol></li></ol><p style='display: none'>Hidden on purpose</p>",
        "<section data-continued='2015 (continued)'><h2>2015</h2>" + "<p>Entry</p>" * 40 + "</section>",
    ],
)
def test_a_page_that_is_whole_is_no_problem(tmp_path: Path, body: str) -> None:
    assert press_html(tmp_path, body, ".footnote { float: footnote }").problems == ()


def test_a_note_that_is_set_twice_is_found() -> None:
    from weasyprint import HTML

    mend()
    style = f"<style>{local_rules()} p {{ font-family: 'Source Serif Pro' }}</style>"
    html = HTML(string=f"{style}<p>Text<span style='float: footnote'>{WORDS * 2}</span></p>")
    pages = html.render().pages
    assert [sentence.rpartition('"')[2] for sentence in incomplete([*pages, *pages], html.etree_element)] == [
        " is set twice"
    ]
