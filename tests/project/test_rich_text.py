from __future__ import annotations

import pickle

import pytest

from book.model.sources import RichText, join_rich
from book.project.rich_text import dropped_tags, from_csl, from_markdown, unread
from tests.soak.watch import time_limit


@pytest.mark.parametrize(
    ("written", "plain", "html"),
    [
        ("On <i>Hamlet</i>", "On Hamlet", "On <i>Hamlet</i>"),
        ("H<sub>2</sub>O & mc<sup>2</sup>", "H2O & mc2", "H<sub>2</sub>O &amp; mc<sup>2</sup>"),
        ("<b>a <i>b</i></b> < c", "a b < c", "<b>a <i>b</i></b> &lt; c"),
        ("<em>a</em> <strong>b</strong>", "a b", "<i>a</i> <b>b</b>"),
        ('<span style="font-variant: small-caps;">Nato</span>', "Nato", '<span class="smallcaps">Nato</span>'),
        ("<sc>Nato</sc>", "Nato", '<span class="smallcaps">Nato</span>'),
        ("<i>a <b>b</i> c</b>", "a b c", "<i>a <b>b</b></i> c"),
        ('An <span class="nocase">iPod</span> in <i>a</i>', "An iPod in a", "An iPod in <i>a</i>"),
    ],
)
def test_the_markup_of_csl_is_read(written: str, plain: str, html: str) -> None:
    text = from_csl(written)
    assert isinstance(text, RichText)
    assert (str(text), text.html) == (plain, html)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('An <span class="nocase">iPod</span>', "An iPod"),
        ("a < b and c > d", "a < b and c > d"),
        ("List<String> of <https://example.org>", "List<String> of <https://example.org>"),
        ("an <i>unclosed one", "an unclosed one"),
        ("<u>x</u> and <scp>y</scp>", "x and y"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_a_text_without_markup_of_csl_is_plain(written: str, plain: str) -> None:
    text = from_csl(written)
    assert (type(text), text) == (str, plain)


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("On *Hamlet*", "On <i>Hamlet</i>"),
        ("_On_ **this** __and *that*__", "<i>On</i> <b>this</b> <b>and <i>that</i></b>"),
        ("H~2~O, x^2^, [Nato]{.smallcaps}", 'H<sub>2</sub>O, x<sup>2</sup>, <span class="smallcaps">Nato</span>'),
        ("On <i>Hamlet</i> & *Lear*", "On <i>Hamlet</i> &amp; <i>Lear</i>"),
        (r"\*not\* *so* \< x", "*not* <i>so</i> &lt; x"),
    ],
)
def test_markdown_in_a_title_is_read_as_pandoc_does(written: str, html: str) -> None:
    text = from_markdown(written)
    assert isinstance(text, RichText)
    assert text.html == html


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("[plain]{.nocase} words", "plain words"),
        ("snake_case_name, 5 ~ 6 ~ 7, a * b", "snake_case_name, 5 ~ 6 ~ 7, a * b"),
        ("[Untitled] speech", "[Untitled] speech"),
        (r"five \* stars", "five * stars"),
    ],
)
def test_what_is_no_markdown_stays_as_written(written: str, plain: str) -> None:
    text = from_markdown(written)
    assert (type(text), text) == (str, plain)


def test_tags_that_are_left_out_are_named() -> None:
    assert dropped_tags("<u>x</u> <i>y</i> <b>z <sup>2") == ["b", "sup", "u"]
    assert dropped_tags("List<String> <i>x</i>") == []


def test_a_rich_text_is_its_words_and_travels_with_its_markup() -> None:
    text = RichText("a", "<i>a</i>")
    assert text == "a"
    assert hash(text) == hash("a")
    assert text != RichText("a", "<b>a</b>")
    assert f"{text}" == "a"
    assert type(str(text)) is str
    assert pickle.loads(pickle.dumps(text)).html == "<i>a</i>"


def test_texts_are_joined_with_their_markup() -> None:
    joined = join_rich(", ", ["A & B", RichText("a", "<i>a</i>")])
    assert isinstance(joined, RichText)
    assert (joined, joined.html) == ("A & B, a", "A &amp; B, <i>a</i>")
    assert type(join_rich(", ", ["A", "B"])) is str


@pytest.mark.parametrize("text", ["$" + "=" * 200_000, "[ " + "@a " * 60_000, "[" + "x@a " * 60_000])
def test_a_long_text_is_searched_for_markup_in_linear_time(text: str) -> None:
    with time_limit(5):
        assert unread(text) == []
