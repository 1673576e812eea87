"""Volumes composed into sections: which there are, and what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.check import check_book
from book.composition.compose import VolumeComposer, compose
from book.composition.furniture import compose_cover, compose_furniture, volume_head_lines
from book.composition.sections import SECTIONS
from book.composition.styles import print_stylesheets
from book.composition.volumes import volumes
from book.language.terms import terms
from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.model.pages import PageFurniture
from book.problem import BookError
from book.project.config import load_project

XHTML = "{http://www.w3.org/1999/xhtml}"
BOOK = '[book]\ntitle = "A Book"\n'
PRINT = '[editions.print]\noutput = "pdf"\n'
FIGURE = '---\ntitle: Two\n---\n\n![A](a.png "A caption")\n\nText.[^1]\n\n[^1]: A note.\n'


def volume(root: Path, edition: int = 0) -> Volume:
    """The first volume of an edition of a project."""
    manuscript = check_book(root).value
    assert manuscript is not None
    return next(volumes(manuscript, manuscript.project.editions[edition]))


def composed(root: Path, edition: int = 0) -> dict[str, Section]:
    """The sections of a volume by their slugs."""
    return {section.slug: section for section in compose(volume(root, edition))}


def test_a_plain_book_has_the_sections_of_a_book_in_order(project: Path) -> None:
    sections = composed(project)
    assert list(sections) == ["half-title", "titlepage", "copyright", "contents", "first", "chronological", "colophon"]
    assert [section.matter for section in sections.values()] == ["front"] * 4 + ["body", "back", "back"]
    assert [slug for slug, section in sections.items() if section.on_verso] == ["copyright"]
    assert [slug for slug, section in sections.items() if section.start == "any"] == ["chronological", "colophon"]


def test_editors_are_named_alike_and_a_series_stands_on_cover_and_title_page(make_book: Any) -> None:
    makers = 'editors = ["Ada Reed", "Jonas Pike"]\nseries = { title = "Harbour Books", number = 4 }\n'
    root = make_book({"book.toml": f"{BOOK}{makers}{PRINT}"})
    sections = composed(root)
    pages = [sections["titlepage"].html, compose_cover(volume(root, 0))]
    for page in pages:
        assert page.count("Edited by") == 1
        assert "Edited by Ada Reed and Jonas Pike<" in page
        assert "Harbour Books · 4<" in page
    assert "Ada Reed and Jonas Pike" in sections["copyright"].html


def test_a_list_of_figures_stands_behind_the_contents_if_there_are_two_or_more(make_book: Any) -> None:
    files = {"chapters/02-two.md": FIGURE, "chapters/a.png": "not looked at here"}
    assert "figures" not in composed(make_book(files))
    another = FIGURE.replace("title: Two", "title: Three")
    sections = composed(make_book({**files, "chapters/03-three.md": another}))
    assert list(sections)[3:6] == ["contents", "figures", "first"]
    assert "A caption" in sections["figures"].html
    assert sections["figures"].shown_anchors == {"two#fig-a", "three#fig-a"}


def test_endnotes_are_a_section_before_the_indexes_if_the_edition_says_so(make_book: Any) -> None:
    files = {"chapters/02-two.md": FIGURE, "chapters/a.png": "", "book.toml": f'{BOOK}{PRINT}notes = "end"\n'}
    sections = composed(make_book(files))
    assert list(sections)[-3:] == ["notes", "chronological", "colophon"]
    assert "A note." in sections["notes"].html
    assert "&lt;" not in sections["notes"].html
    assert "A note." not in sections["two"].html
    assert 'href="book:two#fnref-1"' in sections["notes"].html
    assert 'href="book:two#fn-1"' in sections["two"].html


def test_a_book_without_notes_has_no_section_of_endnotes(make_book: Any) -> None:
    assert "notes" not in composed(make_book({"book.toml": f'{BOOK}{PRINT}notes = "end"\n'}))


def test_an_ebook_has_neither_half_title_nor_endnotes(make_book: Any) -> None:
    root = make_book({"book.toml": f'{BOOK}[editions.ebook]\noutput = "epub"\n', "chapters/02-two.md": FIGURE})
    assert {"half-title", "notes"} & set(composed(root)) == set()


@pytest.mark.parametrize("line", ['output = "epub"', 'output = "pdf"\nsplit = "chapter"'])
def test_only_a_whole_pdf_can_have_endnotes(make_book: Any, line: str) -> None:
    (problem,) = load_project(make_book({"book.toml": f'{BOOK}[editions.one]\n{line}\nnotes = "end"\n'})).problems
    assert (problem.code, problem.at.line) == ("invalid-value", 4 + line.count("\n") + 1)


def test_a_preface_belongs_to_the_front_matter_and_is_not_numbered(make_book: Any) -> None:
    preface = "---\ntitle: Preface\nrole: preface\n---\n\nText.\n"
    sections = composed(make_book({"chapters/00-preface.md": preface}))
    assert sections["preface"].matter == "front"
    assert "chapter-number" not in sections["preface"].html
    assert "chapter-number" in sections["first"].html


def test_front_matter_behind_the_chapters_does_not_take_folios_back_to_roman(make_book: Any) -> None:
    toml = '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\nsections = ["titlepage", "chapters", "contents"]\n'
    late = "---\ntitle: Late\nrole: preface\n---\n\nWords.\n"
    sections = composed(make_book({"book.toml": toml, "chapters/09-late.md": late}))
    assert sections["titlepage"].matter == "front"
    assert (sections["late"].matter, sections["contents"].matter) == ("body", "back")


def test_an_edition_has_the_sections_that_it_names(make_book: Any) -> None:
    sections = composed(make_book({"book.toml": f'{BOOK}{PRINT}sections = ["chapters", "contents"]\n'}))
    assert list(sections) == ["first", "contents"]


@pytest.mark.parametrize("edition", [0, 1])
def test_every_section_is_well_formed_and_no_id_comes_twice(project: Path, edition: int) -> None:
    for section in composed(project, edition).values():
        root = etree.fromstring(section.html.removeprefix("<!DOCTYPE html>").strip())
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert root.find(f"{XHTML}head/{XHTML}title") is not None


def test_what_an_author_writes_is_never_markup_in_a_layout(make_book: Any) -> None:
    files = {"book.toml": '[book]\ntitle = "A <b> & c"\n', "chapters/01-first.md": "---\ntitle: D <i> & e\n---\n\nT.\n"}
    for section in composed(make_book(files)).values():
        etree.fromstring(section.html.removeprefix("<!DOCTYPE html>").strip())
        assert "<b>" not in section.html
        assert "<i>" not in section.html


def test_a_section_that_shows_no_page_fact_is_not_composed_again(project: Path) -> None:
    composer = VolumeComposer(volume(project))
    first = composer.compose()
    folios = {section.slug: Folio(1, 5) for section in first.sections}
    again = composer.compose(Pagination(folios, {}, 9), [first])
    same = {one.slug for one, other in zip(first.sections, again.sections, strict=True) if one is other}
    assert same == {section.slug for section in first.sections if not section.shown_anchors}
    contents = next(section for section in again.sections if section.slug == "contents")
    assert '<span class="folio">&#160;5</span>' in contents.html


def test_a_section_is_not_composed_again_where_its_page_facts_are_as_they_were(project: Path) -> None:
    composer = VolumeComposer(volume(project))
    before = Pagination({section.slug: Folio(1, 5) for section in composer.compose().sections}, {}, 9)
    first = composer.compose(before)
    after = Pagination({**before.folios, "colophon": Folio(1, 6)}, {}, 9)
    again = composer.compose(after, [first])
    assert all(one is other for one, other in zip(first.sections, again.sections, strict=True))
    after = Pagination({**before.folios, "first": Folio(1, 6)}, {}, 9)
    again = composer.compose(after, [first])
    changed = (one.slug for one, other in zip(first.sections, again.sections, strict=True) if one is not other)
    assert list(changed) == ["contents"]


def test_a_section_is_taken_from_any_earlier_pass_that_showed_the_same_page_facts(project: Path) -> None:
    composer = VolumeComposer(volume(project))
    first = composer.compose()
    facts = [Pagination({one.slug: Folio(1, number) for one in first.sections}, {}, 9) for number in (5, 6)]
    guessed, other = (composer.compose(one, [first]) for one in facts)
    again = composer.compose(facts[0], [other, first, guessed])
    assert again.sections == guessed.sections
    known = {id(one) for passed in (first, guessed, other) for one in passed.sections}
    assert all(id(one) in known for one in again.sections), "one was composed again"
    assert {one.slug for one in again.sections if one not in other.sections} == {"contents"}


@pytest.mark.parametrize("text", ["See [two](02-two.md).", "> Words.\n>\n> — [@talk-2013]"])
def test_an_ebook_composed_before_the_pages_are_known_becomes_as_if_composed_once(make_book: Any, text: str) -> None:
    toml = f'{BOOK}{PRINT}[editions.ebook]\noutput = "epub"\n'
    files = {"book.toml": toml, "chapters/02-two.md": FIGURE, "chapters/a.png": ""}
    whole = volume(make_book({**files, "chapters/01-one.md": f"---\ntitle: One\n---\n\n{text}\n"}), 1)
    composer = VolumeComposer(whole)
    first = composer.compose()
    anchors = {anchor for section in first.sections for anchor in (section.slug, *section.shown_anchors)}
    pages = Pagination({anchor: Folio(1, 7) for anchor in anchors}, {}, 9)
    known, fresh = composer.compose(pages, [first]), VolumeComposer(whole).compose(pages)
    assert known.sections == fresh.sections != first.sections


def test_a_layout_that_fails_is_a_problem_with_its_line(make_book: Any) -> None:
    root = make_book({"layouts/colophon.html": "<p>\n{{ nothing.at.all }}\n</p>"})
    with pytest.raises(BookError) as caught:
        composed(root)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.at)) == ("broken-layout", "layouts/colophon.html:2")


def test_running_heads_are_the_books_title_and_the_chapters_short_one(make_book: Any) -> None:
    chapter = "---\ntitle: A title that is too long for a running head\nshort-title: Short\n---\n\nText.\n"
    whole = volume(make_book({"chapters/01-first.md": chapter}))
    section = next(one for one in compose(whole) if one.slug == "first")
    leaves = [PageFurniture(number, Folio(1, number + 1), section, number == 0, number == 3) for number in range(4)]
    sheets = print_stylesheets(whole.manuscript, whole.edition)
    html = compose_furniture(whole, leaves, volume_head_lines(whole, sheets))
    root = etree.fromstring(html.removeprefix("<!DOCTYPE html>").strip().replace('<meta charset="utf-8"/>', ""))
    pages = list(root.iter("{*}div"))
    said = [[" ".join("".join(map(str, part.itertext())).split()) for part in page if len(page)] for page in pages]
    assert said == [["1"], ["A Small Book", "2"], ["Short", "3"], []]


def test_a_section_that_there_is_not_is_an_error_with_its_place_and_the_nearest_name(make_book: Any) -> None:
    described = f'{BOOK}[editions.one]\noutput = "pdf"\nsections = ["chapters", "colofon"]\n'
    (problem,) = check_book(make_book({"book.toml": described})).problems
    assert (problem.code, problem.hint) == ("invalid-value", 'did you mean "colophon"?')
    assert problem.at.line == described.count("\n")
    assert problem.at.column == 25


def test_every_section_has_its_heading_in_the_terms() -> None:
    assert set(SECTIONS) - {"chapters"} <= set(terms("en"))
