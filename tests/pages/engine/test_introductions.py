"""The short paragraph that introduces a quotation stays with it, where a page can be a few lines shorter or longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.engine.test_floats import lines_on_a_page, paragraphs, texts

QUOTATION = "<div class='quotation'><blockquote><p>The words that are quoted.</p></blockquote></div>"


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_an_introduction_is_not_left_at_the_foot_of_a_page(tmp_path: Path, page: int) -> None:
    """Without a colon, too; on a page that faces none, on the left and on the right of a spread."""
    most = lines_on_a_page(tmp_path)
    filled = page * most - 1
    body = paragraphs(filled) + "<p>He said two things.</p>" + QUOTATION + paragraphs(2 * most, filled)
    (holding,) = (text for text in texts(tmp_path, body) if "two things" in text)
    assert "words that are quoted" in holding


def test_a_paragraph_that_is_no_introduction_may_end_a_page(tmp_path: Path) -> None:
    most = lines_on_a_page(tmp_path)
    body = paragraphs(most - 1) + "<p>He said two things.</p>" + paragraphs(most, most - 1)
    assert "two things" in texts(tmp_path, body)[0]


def test_no_hole_is_made_for_an_introduction(tmp_path: Path) -> None:
    """What would leave more than three lines blank, a heading above it for one, stays."""
    most = lines_on_a_page(tmp_path)
    heading = "<h2 style='break-after: avoid; margin-top: 60px'>Heading</h2>"
    body = paragraphs(most - 5) + heading + "<p>He said two things.</p>" + QUOTATION + paragraphs(most + 6, most - 5)
    assert "two things" in texts(tmp_path, body)[0]
