from __future__ import annotations

from book.composition.locators import NARROW, UNKNOWN, Locator, by_chapter, by_folio, by_page, stay_together
from book.language.terms import TERMS
from book.model.folios import Folio, Pagination
from book.model.manuscript import Chapter, FrontMatter


def pagination(**folios: Folio) -> Pagination:
    return Pagination(folios, {}, 0)


def arabic(number: int) -> Folio:
    return Folio(1, number)


def test_a_source_cited_twice_on_one_page_gets_one_locator() -> None:
    found = by_folio(["a", "b"], pagination(a=arabic(14), b=arabic(14)), str)
    assert [(one.text, one.anchor) for one in found] == [("14", "a")]


def test_runs_of_folios_are_joined_by_an_en_dash() -> None:
    facts = pagination(a=arabic(14), b=arabic(31), c=arabic(33), d=arabic(32))
    assert [one.text for one in by_folio(list("abcd"), facts, str)] == ["14", "31–33"]


def test_roman_folios_come_first_and_never_run_on_into_arabic_ones() -> None:
    facts = pagination(a=arabic(1), b=Folio(0, 9), c=Folio(0, 10), d=arabic(2))
    assert [one.text for one in by_folio(list("abcd"), facts, str)] == ["ix–x", "1–2"]


def test_a_folio_that_is_not_known_yet_gives_one_placeholder() -> None:
    assert [one.text for one in by_folio(["a", "b"], None, str)] == [UNKNOWN]


def test_citations_in_one_chapter_are_told_apart_by_number() -> None:
    chapters = {slug: Chapter(slug, "", FrontMatter(title=slug.title()), 1, "") for slug in ("goals", "results")}
    found = by_chapter(["goals#x", "goals#y", "results#z"], chapters, str)
    assert [one.text for one in found] == ["Goals", "2", "Results"]
    assert found[1].label == "Goals, 2"


def test_an_ebook_shows_the_folios_of_the_paper_and_reaches_every_place() -> None:
    facts = pagination(**{"goals#x": arabic(31), "goals#y": arabic(31), "goals#z": arabic(32), "goals#w": arabic(40)})
    found = by_page(["goals#x", "goals#y", "goals#z", "goals#w"], facts, {}, TERMS["en"], str)
    assert [(one.text, one.anchor, one.label, one.further) for one in found] == [
        ("31", "goals#x", "page 31", False),
        ("(2)", "goals#y", "page 31, mention 2", True),
        ("32", "goals#z", "page 32", False),
        ("40", "goals#w", "page 40", False),
    ]


def test_pages_come_in_their_order_wherever_their_chapters_stand_in_the_ebook() -> None:
    facts = pagination(**{"notes#x": arabic(90), "goals#x": arabic(31), "preface#x": Folio(0, 9), "goals#y": arabic(4)})
    found = by_page(["notes#x", "goals#x", "preface#x", "goals#y"], facts, {}, TERMS["en"], str)
    assert [one.text for one in found] == ["ix", "4", "31", "90"]


def test_places_that_are_not_on_paper_are_named_by_chapter_behind_the_folios() -> None:
    chapters = {"extra": Chapter("extra", "", FrontMatter(title="Extra"), 1, "")}
    found = by_page(["extra#x", "goals#x"], pagination(**{"goals#x": arabic(3)}), chapters, TERMS["en"], str)
    assert [one.text for one in found] == ["3", "Extra"]


def test_many_places_on_one_page_are_all_reached() -> None:
    anchors = [f"goals#{number}" for number in range(30)]
    found = by_page(anchors, pagination(**dict.fromkeys(anchors, arabic(7))), {}, TERMS["en"], str)
    assert [one.text for one in found[:3]] == ["7", "(2)", "(3)"]
    assert [one.anchor for one in found] == anchors


def test_the_line_of_an_entry_holds_its_last_word_and_so_many_locators() -> None:
    locators = [Locator("12–34", "a#b"), Locator("56", "a#c")]
    last = "x" * (NARROW - 2 - 7 - 4)
    assert stay_together(locators, f"words and {last}")
    assert not stay_together(locators, f"words and {last}x")
