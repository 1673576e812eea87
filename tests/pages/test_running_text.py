from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from book.pages.running_text import IMAGE_CHARACTER, RunningText

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def read(body: str) -> RunningText:
    return RunningText(etree.fromstring(f"<html {XHTML}><head><title>No</title></head><body>{body}</body></html>"))


def test_white_space_and_soft_hyphens_are_not_counted() -> None:
    assert read("<p>One \n  two\u00a0thr\u00adee</p>").text == "Onetwothree"


def test_notes_and_what_leads_to_them_and_back_are_left_out() -> None:
    foot = read('<p>Said<span class="footnote">A note.</span>, again.</p>')
    end = read(
        '<p>Said<a class="noteref" href="#n">1</a>, again.</p>'
        '<section class="footnotes"><aside class="footnote">A note. <a class="backlink">↩</a></aside></section>'
    )
    assert foot.text == end.text == "Said,again."
    assert foot.word_list() == end.word_list() == ["Said,", "again."]


def test_blocks_and_line_breaks_part_words_and_inline_elements_do_not() -> None:
    assert read("<p>un<em>do</em>ne</p><p>now<br/>here</p>").word_list() == ["undone", "now", "here"]


def test_an_image_is_one_character_whatever_is_in_it() -> None:
    text = read('<p>a</p><figure><svg><text>b</text></svg></figure><p><img alt="c"/>d</p>')
    assert text.text == f"a{IMAGE_CHARACTER}{IMAGE_CHARACTER}d"
    assert text.pieces[1].holder.tag.endswith("svg")


def test_both_kinds_of_tree_read_alike() -> None:
    body = "<body><p>One <em>two</em> three<!-- no --> four.</p></body>"
    assert RunningText(ET.fromstring(body)).text == RunningText(etree.fromstring(body)).text == "Onetwothreefour."


@pytest.mark.parametrize("place", range(len("Onetwothree")))
def test_every_character_is_found_where_it_stands(place: int) -> None:
    text = read("<p>One <em>t\u00adwo</em>\n three</p>")
    found = text.find(place)
    assert found is not None
    assert found[0].text[found[1]] == text.text[place]


def test_beyond_the_end_nothing_is_found() -> None:
    assert read("<p>One</p>").find(3) is None


def test_the_next_word_begins_at_or_behind_a_place() -> None:
    text = read("<p>One two</p><p>three</p>")
    assert [text.next_word(place) for place in (0, 1, 3, 4, 6, 7)] == [0, 3, 3, 6, 6, 11]
    assert [text.word(place) for place in (0, 2, 3, 10)] == [0, 0, 1, 2]
