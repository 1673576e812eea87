"""Sources in words, the same in every edition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from book.citing.describe import describe, describe_sources
from book.citing.names import filed
from book.dates.edtf import parse
from book.model.descriptions import Description
from book.model.settings import Settings
from book.model.sources import Name, Source
from book.problem import Span

ADA, PIKE, HOLM = Name("Reed", "Ada"), Name("Pike", "Jonas"), Name("Holm", "Ellen")
SETTINGS = Settings(title="T", language="en-GB")
DEBATE = Source(
    "reed", "speech", "Debate on the harbour", Span("s.yaml"), parse("1908-03-02"), authors=(ADA,), place="Kelmouth"
)
OTHER = replace(DEBATE, id="pike", authors=(PIKE,))


def described(source: Source, *others: Source, settings: Settings = SETTINGS) -> Description:
    """The words for a source of a book that cites some others as well."""
    return describe_sources([source, *others], settings).sources[source.id]


def test_a_book_that_quotes_two_people_names_them() -> None:
    shown = described(DEBATE, OTHER)
    assert shown.attribution == ("Ada Reed", "Debate on the harbour", "Kelmouth", "2 March 1908")
    assert shown.citation == ("Reed", "Debate on the harbour", "2 March 1908")


def test_a_book_that_quotes_one_person_does_not_unless_it_is_asked_to() -> None:
    assert described(DEBATE).attribution == ("Debate on the harbour", "Kelmouth", "2 March 1908")
    same = replace(DEBATE, id="same", authors=(Name(literal="Ada Reed"),))
    assert not described(DEBATE, same).speaker, "two spellings of one person"
    nobody = replace(DEBATE, id="nobody", authors=())
    assert not described(DEBATE, nobody).speaker
    assert described(DEBATE, settings=Settings(title="T", speakers="always")).speaker == "Ada Reed"
    assert not described(DEBATE, OTHER, settings=Settings(title="T", speakers="never")).speaker


def test_what_nobody_said_is_shown_without_a_name() -> None:
    nobody = replace(DEBATE, id="nobody", authors=())
    assert described(nobody, DEBATE, OTHER).attribution == ("Debate on the harbour", "Kelmouth", "2 March 1908")


@pytest.mark.parametrize(
    ("roles", "authors", "kind", "speaker", "quoted_in"),
    [
        (
            (("speaker", (PIKE,)),),
            (HOLM,),
            "article-newspaper",
            "Jonas Pike",
            "quoted in Ellen Holm, Tides, The Herald",
        ),
        ((("speaker", (PIKE,)),), (), "article-newspaper", "Jonas Pike", "quoted in Tides, The Herald"),
        ((("speaker", (PIKE,)),), (), "speech", "Jonas Pike", ""),
        ((("speaker", (PIKE,)),), (PIKE,), "article", "Jonas Pike", ""),
        ((("container-author", (HOLM,)),), (PIKE,), "speech", "Jonas Pike", "quoted in Ellen Holm, The Herald"),
        ((("interviewer", (HOLM,)),), (PIKE,), "interview", "Jonas Pike", ""),
        ((("guest", (PIKE,)),), (), "broadcast", "Jonas Pike", ""),
    ],
)
def test_who_is_quoted_in_the_publication_of_another_is_the_speaker(
    roles: tuple[tuple[str, tuple[Name, ...]], ...],
    authors: tuple[Name, ...],
    kind: str,
    speaker: str,
    quoted_in: str,
) -> None:
    source = replace(
        DEBATE, id="x", type=kind, title="Tides", container="The Herald", authors=authors, roles=roles, place=None
    )
    shown = described(source, DEBATE)
    assert (shown.speaker, shown.quoted_in) == (speaker, quoted_in)
    if quoted_in.startswith("quoted in Ellen Holm, Tides"):
        assert shown.citation == ("Pike", "quoted in Holm, Tides", "2 March 1908")
        assert shown.attribution == ("Jonas Pike", "2 March 1908", quoted_in)


def test_an_event_stands_for_the_title_of_what_a_publication_quotes() -> None:
    source = replace(
        DEBATE, type="article", title="Tides", event="Dinner", authors=(HOLM,), roles=(("speaker", (PIKE,)),)
    )
    assert described(source).attribution == (
        "Jonas Pike",
        "Dinner",
        "Kelmouth",
        "2 March 1908",
        "quoted in Ellen Holm, Tides",
    )


def test_event_and_place_are_left_out_where_the_title_says_them() -> None:
    source = replace(DEBATE, title="Speech at the Dinner in Kelmouth", event="Dinner")
    assert described(source).attribution == ("Speech at the Dinner in Kelmouth", "2 March 1908")


def test_an_undated_source_says_so_in_running_text_and_early_years_have_their_era() -> None:
    assert described(replace(DEBATE, date=None)).when == "undated"
    early, ancient = replace(DEBATE, date=parse("0005")), replace(DEBATE, id="b", date=parse("-0043"))
    assert described(early, ancient).date == "AD 5"
    assert described(early).date == "5"


def test_a_source_that_is_not_cited_is_described_as_the_others_are() -> None:
    descriptions = describe_sources([DEBATE, OTHER], SETTINGS)
    third = replace(DEBATE, id="third", authors=(Name("Reed", "Thomas"),))
    assert describe(third, descriptions, SETTINGS).short_speaker == "T. Reed"


def snows(*orders: tuple[bool, bool]) -> tuple[list[str], set[str]]:
    """How sources name Edgar Snow whose orders are so, stated or guessed; and how lists do."""
    names = [Name("Snow", "Edgar", static_ordering=first, states_ordering=stated) for first, stated in orders]
    sources = [replace(DEBATE, id=f"s{number}", authors=(name,)) for number, name in enumerate(names)]
    shown = describe_sources(sources, Settings(title="T", speakers="always"))
    return [shown.sources[source.id].speaker for source in sources], {filed(name) for name in shown.speakers}


def test_an_order_of_names_that_a_source_states_is_preferred_to_one_that_the_language_of_another_lets_guess() -> None:
    guessed, unsaid, first, last = (True, False), (False, False), (True, True), (False, True)
    assert snows(guessed, last, unsaid) == (["Edgar Snow"] * 3, {"Snow, Edgar"})
    assert snows(guessed, unsaid) == (["Snow Edgar", "Edgar Snow"], {"Snow, Edgar"})
    assert snows(guessed, guessed) == (["Snow Edgar"] * 2, {"Snow Edgar"})
    assert snows(unsaid, first) == (["Snow Edgar"] * 2, {"Snow Edgar"})
