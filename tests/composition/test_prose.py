"""A chapter's body, finished for an edition: citations, references, notes, epigraphs, captions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from book.check import check_book
from book.composition.compose import compose
from book.composition.prose import Endnote, Writer, captions, endnotes, finish
from book.composition.volumes import volumes
from book.language.terms import terms
from book.model.manuscript import Citation, Manuscript
from book.project.outputs import OUTPUTS
from tests.conftest import MINIMAL

CHAPTER = "---\ntitle: First\n---\n\n"


def manuscript(make_book: Any, body: str, **files: str) -> Manuscript:
    """A project with one chapter."""
    found = check_book(make_book({"chapters/01-first.md": CHAPTER + body, **files})).value
    assert found is not None
    return found


def writing(book: Manuscript, output: str = "pdf", **more: Any) -> tuple[Any, ...]:
    """The arguments of `finish` for the first chapter; citations read `‹key›`."""
    writer = Writer(
        OUTPUTS[output],
        cite=lambda citation: f"‹{citation.source.id}›",
        speakers=lambda citation: book.descriptions.sources[citation.source.id].names,
        refer=lambda anchor, _: (f"book:{anchor}", " (see page 7)"),
        terms=terms("en"),
        **{"notes": OUTPUTS[output].notes[0], **more},
    )
    return book.chapters[0], {one.mention.anchor: one for one in book.citations}, book.targets, writer


def finished(make_book: Any, body: str, output: str = "pdf", **more: Any) -> str:
    """The finished body, without ids."""
    html = finish(*writing(manuscript(make_book, body), output, **more))
    etree.fromstring(html_document(html))
    return re.sub(r' id="[^"]*"', "", html)


def html_document(body: str) -> str:
    """A body that a parser of XML accepts."""
    return f'<body xmlns:epub="http://www.idpf.org/2007/ops">{body}</body>'


def test_citations_are_written_in_parentheses_in_running_text_and_bare_under_a_quotation(make_book: Any) -> None:
    text = "Said [see @talk-2013; @talk-2013] by @talk-2013.\n\n> Words.\n>\n> — [@talk-2013]\n"
    html = finished(make_book, text)
    plain = re.sub(r"<[^>]+>", "", html)
    assert " ".join(plain.split()) == "Said (see ‹talk-2013›; ‹talk-2013›) by ‹talk-2013›. Words. ‹talk-2013›"
    assert "data-" not in html


def test_a_cross_reference_gets_its_address_and_its_page(make_book: Any) -> None:
    html = finished(make_book, "See [below](#there).\n\n## There {#there}\n\nText.\n")
    assert '<a class="xref" href="book:first#there">below</a> (see page 7).' in html


@pytest.mark.parametrize("output", ["pdf", "epub"])
def test_no_link_stands_in_another_whatever_a_link_has_in_it(make_book: Any, output: str) -> None:
    text = (
        "Read [*the* report[^1][^2] itself](https://example.org/), [it [@talk-2013]](https://example.org/), and"
        " [below^[Inline.]](#there)[^2].\n\n## There {#there}\n\n[^1]: One.\n\n[^2]: Two.\n"
    )
    html = finished(make_book, text, output, entry=lambda _: "index#talk-2013")
    root = etree.fromstring(html_document(html))
    assert not [link for link in root.iter("a") for _ in link.iterdescendants("a")]
    words = " ".join("".join(map(str, root[0].itertext())).split())
    if output == "epub":
        assert words == "Read the report itself12, it (‹talk-2013›), and below3 (see page 7)2."
        assert [call.text for call in root.iter() if call.get("role") == "doc-noteref"] == ["1", "2", "3", "2"]
    assert [note for note in ("One.", "Two.", "Inline.") if note not in html] == []


def test_an_image_gets_the_address_that_the_edition_gives_it(make_book: Any) -> None:
    assert 'src="chapters/view.png"' in finished(make_book, "![A view](view.png)\n")
    assert 'src="images/chapters-view.png"' in finished(make_book, "![A view](view.png)\n", "epub")


def test_a_quotation_that_opens_a_chapter_is_its_epigraph(make_book: Any) -> None:
    quotation = "> Words.\n>\n> — [@talk-2013]\n\n"
    assert 'class="quotation epigraph"' in finished(make_book, f"{quotation}Text.\n")
    assert "epigraph" not in finished(make_book, f"Text.\n\n{quotation}More.\n")
    assert "epigraph" not in finished(make_book, f"{quotation}{quotation}Text.\n"), "a chapter of quotations"
    assert "epigraph" not in finished(make_book, "> Nobody's words.\n\nText.\n")


def test_a_short_table_is_marked_so_that_it_is_not_divided(make_book: Any) -> None:
    head = "| a | b |\n|---|---|\n"
    assert 'class="short"' in finished(make_book, head + "| 1 | 2 |\n" * 8)
    assert "short" not in finished(make_book, head + "| 1 | 2 |\n" * 9)


# --- notes --------------------------------------------------------------------------------------


NOTES = "One.[^a] Two.[^b] One again.[^a]\n\n[^a]: The *first*.\n\n    - an item\n\n[^b]: By [@talk-2013].\n"


def test_on_paper_a_note_stands_in_place_of_its_first_call_as_an_inline_element(make_book: Any) -> None:
    html = finished(make_book, NOTES)
    (paragraph,) = etree.fromstring(html_document(html))
    notes = [span for span in paragraph if span.get("class") == "footnote"]
    assert [note.get("data-number") for note in notes] == ["1", "2"]
    assert "".join(map(str, notes[0].itertext())).split() == ["The", "first.", "an", "item"]
    assert {element.tag for note in notes for element in note.iter()} <= {"span", "em", "a"}
    assert (paragraph[-1].get("class"), paragraph[-1].text) == ("noteref", "1")


def test_on_paper_a_note_within_a_note_stands_behind_it(make_book: Any) -> None:
    html = finished(make_book, "One.[^a] Text.\n\n[^a]: Outer.[^b]\n\n[^b]: Inner.\n")
    (paragraph,) = etree.fromstring(html_document(html))
    assert [span.get("class") for span in paragraph] == ["footnote", "footnote uncalled"]
    assert "".join(map(str, paragraph[1].itertext())) == "Inner."
    assert paragraph[1].tail == " Text."


def test_in_an_ebook_notes_stand_behind_the_chapter_with_links_back(make_book: Any) -> None:
    html = finish(*writing(manuscript(make_book, NOTES), "epub"))
    root = etree.fromstring(html_document(html))
    assert [aside.get("id") for aside in root.iter("aside")] == ["fn-a", "fn-b"]
    ids = {element.get("id") for element in root.iter()}
    links = [link.get("href", "") for link in root.iter("a")]
    assert {href[1:] for href in links if href.startswith("#")} <= ids
    assert next(link.get("href") for link in root.iter("a") if link.get("role") == "doc-backlink") == "#fnref-a"


def test_endnotes_leave_the_chapter_and_their_ids_become_anchors(make_book: Any) -> None:
    arguments = writing(manuscript(make_book, NOTES), notes="end")
    html = finish(*arguments)
    assert "The <em>first" not in html
    assert 'href="book:first#fn-a"' in html
    found: tuple[Endnote, ...] = endnotes(*arguments)
    assert [(note.number, note.id, note.back) for note in found] == [
        (1, "first#fn-a", "first#fnref-a"),
        (2, "first#fn-b", "first#fnref-b"),
    ]
    assert "The <em>first</em>." in found[0].html
    assert 'id="first#cite-talk-2013-' in found[1].html


# --- captions -----------------------------------------------------------------------------------


def test_a_list_of_figures_gives_captions_without_credits_and_long_ones_shortened(make_book: Any) -> None:
    long = "The first sentence by St. Paul is here. " + "Another sentence follows. " * 5
    text = (
        '![A](a.png "A *short* caption. [Photo: B.]{.credit}")\n\n![B](b.png)\n\n'
        f'![C](c.png "{long}")\n\n![D](d.png "As [@talk-2013] says")\n'
    )
    found = captions(manuscript(make_book, text).chapters[0])
    assert [text for _, text in found] == ["A short caption", "The first sentence by St. Paul is here", "As says"]
    assert [anchor for anchor, _ in found] == ["first#fig-a", "first#fig-c", "first#fig-d"]


def test_a_body_without_figures_has_no_captions(make_book: Any) -> None:
    assert captions(manuscript(make_book, "Text.\n").chapters[0]) == ()


def test_a_note_called_in_a_caption_is_a_note_with_its_citations(make_book: Any) -> None:
    text = 'Text.[^a]\n\n![A hill](hill.svg "The hill[^c]")\n\n[^a]: First.\n[^c]: By hand [@talk-2013].\n'
    files = {"chapters/hill.svg": "<svg/>"}
    book = manuscript(make_book, text, **files)
    pdf, epub = finish(*writing(book)), finish(*writing(book, "epub"))
    assert re.search(r'The hill<span class="footnote"[^>]*data-number="2"[^>]*>.*By hand.*‹talk-2013›', pdf)
    assert re.search(r'The hill<a class="noteref"[^>]*>2</a></figcaption>', epub)
    assert epub.count("<aside") == 2
    assert captions(book.chapters[0]) == (("first#fig-hill", "The hill"),)


def test_a_note_keeps_its_lists_its_quotations_and_its_code(make_book: Any) -> None:
    note = (
        "[^a]: Points:\n\n    3. one\n\n    > Said.\n    >\n    > — [@talk-2013]\n\n    ```\n    a\n      b\n    ```\n"
    )
    root = etree.fromstring(html_document(finished(make_book, f"Text.[^a]\n\n{note}")))
    kinds = {one.get("data-tag"): one for one in root.iterfind(".//*[@data-tag]")}
    assert (kinds["ol"].get("class"), kinds["ol"].get("style")) == ("note-list", "counter-reset: list-item 2")
    assert kinds["li"].get("class") == "note-item"
    assert "quotation" in str(kinds["div"].get("class"))
    assert [one.get("class") for one in root.iterfind(".//*[@data-tag='p']")][-1] == "note-paragraph attribution"
    assert kinds["pre"][0].text == "a\n  b\n"


def test_a_formula_is_a_drawing_in_print_and_mathml_in_an_epub_each_with_its_source(make_book: Any) -> None:
    book = manuscript(make_book, "So $a^2$ is.\n\n$$\nx < y\n$$\n")
    pdf, epub = finish(*writing(book)), finish(*writing(book, "epub"))
    assert "$" not in pdf + epub
    assert re.findall(r"<title>(.*?)</title>", pdf) == ["a^2", "x &lt; y"]
    assert re.findall(r'alttext="(.*?)"', epub) == ["a^2", "x &lt; y"]
    assert "<msup><mi>a</mi><mn>2</mn></msup>" in epub


def test_without_the_extra_a_formula_is_its_source_as_code(make_book: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("book.composition.elements.available", lambda: False)
    assert '<span class="math"><code>a^2</code></span>' in finished(make_book, "So $a^2$ is.\n")


def test_a_layout_of_the_project_can_decide_about_divisions_of_a_class(make_book: Any) -> None:
    layout = '<section class="{{ classes | join(" ") }}"><h2>{{ chapter.title }}</h2>{{ content }}</section>'
    files = {"layouts/division-note.html": layout}
    book = manuscript(make_book, "::: {.note #n}\nWords [@talk-2013].\n\n::: other\nInner.\n:::\n:::\n", **files)
    section = compose(next(volumes(book, book.project.editions[0])))
    (html,) = (one.html for one in section if one.slug == "first")
    assert '<section class="note"><h2>First</h2>' in html
    assert '<div class="other">' in html


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("", False),
        ("Ada Reed, ", True),
        ("*Ada Reed*, ", True),
        ("**Ada** *Reed* of Hull, ", True),
        ("*Osric*, ", False),
    ],
)
def test_an_attribution_that_names_the_speaker_itself_is_cited_without(
    make_book: Any, before: str, *, named: bool
) -> None:
    sources = "- {id: reed, type: speech, title: T, issued: 1908, author: [{family: Reed, given: Ada}]}\n"
    book = manuscript(make_book, f"> Words.\n>\n> — {before}[@reed]\n", **{"sources.yaml": sources})
    chapter, citations, targets, writer = writing(book)
    asked: list[bool] = []

    def cite(citation: Citation) -> str:
        asked.append(citation.mention.suppressed)
        return "cited"

    finish(chapter, citations, targets, replace(writer, cite=cite))
    assert asked == [named]


def test_a_speaker_whom_another_source_writes_in_parts_is_named_by_the_family_name(make_book: Any) -> None:
    sources = """\
- {id: whole, type: speech, title: T, issued: 1908, author: [{literal: Ada Reed}]}
- {id: parts, type: speech, title: T, issued: 1909, author: [{family: Reed, given: Ada}]}
"""
    body = "Words [@parts].\n\n> Words.\n>\n> — Mrs Reed, [@whole]\n"
    book = manuscript(
        make_book, body, **{"sources.yaml": sources, "book.toml": f'{MINIMAL["book.toml"]}speakers = "always"\n'}
    )
    (section,) = (one for one in compose(next(volumes(book, book.project.editions[0]))) if one.slug == "first")
    assert "Mrs Reed" in section.html
    assert "Ada Reed" not in section.html.partition("<blockquote")[2]
