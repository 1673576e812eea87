"""Pages of web sites: what belongs to the article stays, whatever its class; what is not there stops no build."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.check import check_book
from book.imports.importing import Imported, import_documents
from book.problem import Severity

LONG = "The harbour was finished in the year in which the bridge was begun, and nobody asked for the reason of it. "


def page(tmp_path: Path, body: str) -> Imported:
    (tmp_path / "in.html").write_text(
        f"<html><head><title>T</title></head><body>{body}</body></html>", encoding="utf-8"
    )
    return import_documents([tmp_path / "in.html"])


def text(imported: Imported) -> str:
    found = (data.decode() for path, data in imported.files.items() if path.startswith("chapters/"))
    return " ".join(" ".join(found).split())


def test_the_article_stays_though_its_class_is_one_of_furniture(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>Another post with a long title, number {n}</a></li>" for n in range(12))
    imported = page(
        tmp_path, f"<div class='widget Blog'><p>{LONG * 8}</p></div><div class='widget Archive'><ul>{links}</ul></div>"
    )
    assert LONG.strip() in text(imported)
    assert "Another post" not in text(imported)


def test_a_section_is_not_furniture_because_its_heading_begins_with_the_word(tmp_path: Path) -> None:
    section = f"<div id='sharing-with-other-people'><h2>Sharing</h2><p>{LONG}</p></div><p>{LONG * 9}</p>"
    shown = text(page(tmp_path, f"<h1>Title</h1>{section}<h2>More</h2><p>Text.</p>"))
    assert "title: Sharing" in shown


def test_what_is_not_displayed_and_what_readers_wrote_is_left_out(tmp_path: Path) -> None:
    body = (
        f"<p>{LONG * 6}</p><div style='display: none'>Unseen words.</div><p hidden>Hidden words.</p>"
        f"<div class='comments'><p>{'I disagree with every word of this article. ' * 20}</p></div>"
    )
    shown = text(page(tmp_path, body))
    assert "Unseen" not in shown
    assert "Hidden" not in shown
    assert "disagree" not in shown


def test_the_article_with_most_of_the_words_is_the_page(tmp_path: Path) -> None:
    teasers = "".join(f"<article><h2>Teaser {n}</h2><p>Short.</p></article>" for n in range(5))
    shown = text(page(tmp_path, f"<main><article><h1>Title</h1><p>{LONG * 9}</p></article>{teasers}</main>"))
    assert "Teaser" not in shown


def test_what_a_page_refers_to_and_has_not_stops_no_build(tmp_path: Path) -> None:
    body = (
        f"<p>{LONG}<sup class='reference'><a href='#n9'>9</a></sup></p>"
        "<ul><li><img src='//example.org/a.png'> One</li></ul>"
        "<p><a href='//example.org/x'>there</a> <a href='javascript:void(f(\"a\"))'>click</a></p>"
        "<p><a href='mailto:?subject=x'>m</a></p>"
        "<blockquote><p>Words <img src='http://example.org/b.png' alt='b'></p></blockquote>"
        "<table><tr><th colspan='2'>Head</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
        "<div><span id='n9'></span></div>"
    )
    imported = page(tmp_path, body)
    root = tmp_path / "book"
    for path, data in imported.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    assert [str(one) for one in check_book(root).problems if one.severity is Severity.ERROR] == []
    assert "[there](https://example.org/x)" in text(imported)
    assert "javascript" not in text(imported)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("id='social-change'", True), ("id='related-studies'", True), ("id='sharing'", True),
        ("class='shareholders'", True), ("class='share'", False), ("id='related-posts'", False),
        ("id='comments'", False), ("class='sharedaddy'", True),
    ],
)  # fmt: skip
def test_a_section_whose_id_is_made_of_its_heading_stays(tmp_path: Path, name: str, kept: bool) -> None:
    words = "Those who came first had no work to do. Those who came later had."
    section = f"<section {name}><h2>A heading</h2><p>{words}</p></section>"
    body = f"<h1>Title</h1><p>{LONG * 9}</p>{section}"
    if name == "id='related-posts'":
        body = body.replace("A heading", "<a href='/x'>A heading</a>")
    assert ("Those who came first" in text(page(tmp_path, body))) == kept


def test_what_is_left_out_is_named_by_its_class_or_its_id(tmp_path: Path) -> None:
    found = page(tmp_path, f"<h1>T</h1><p>{LONG * 9}</p><div id='sidebar'>Links</div><p hidden>Secret</p>")
    assert [one.what for one in found.decisions if "left out <" in one.what] == [
        "left out <#sidebar>: Links", "left out <p>: Secret",
    ]  # fmt: skip


def test_the_day_of_publication_is_read_in_the_order_of_the_pages_dates(tmp_path: Path) -> None:
    body = (
        f"<h1>Der Kanal</h1><p>Veröffentlicht am 4/5/2015</p><p>{'Der Kanal ist nicht voll und wird es nie. ' * 9}</p>"
    )
    assert 'date = "2015-05-04"' in page(tmp_path, body).files["book.toml"].decode()


def test_loose_text_outside_the_main_part_of_a_page_is_told(tmp_path: Path) -> None:
    main = "<main><h1>T</h1><p>The lake is dry.</p></main>"
    found = page(tmp_path, f"<div>Menu</div> between <div>In a box {main} behind it</div> tail words")
    told = [one.what for one in found.decisions if one.what.startswith("left out")]
    assert told == [
        "left out: In a box", "left out: behind it",
        "left out <div>: Menu", "left out: between", "left out: tail words",
    ]  # fmt: skip
    assert "words" not in text(found)
    found = page(tmp_path, f"Loose words {main}")
    assert ["Loose words" in one.what for one in found.decisions if one.what.startswith("left out")] == [True]
