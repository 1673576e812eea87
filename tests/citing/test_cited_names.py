"""Names as they are read, filed and shortened."""

from __future__ import annotations

import pytest

from book.citing.names import filed, full, joined, same_people, short_names, shortened, with_years
from book.model.sources import Name

ADA = Name("Reed", "Ada")
THOMAS = Name("Reed", "Thomas")
PIKE = Name("Pike", "Jonas")
BEETHOVEN = Name("Beethoven", "Ludwig", non_dropping_particle="van")
HUMBOLDT = Name("Humboldt", "Alexander", dropping_particle="von")
KING = Name("King", "Martin Luther", suffix="Jr.", comma_suffix=True)


@pytest.mark.parametrize(
    ("name", "read", "in_index", "short"),
    [
        (ADA, "Ada Reed", "Reed, Ada", "Reed"),
        (BEETHOVEN, "Ludwig van Beethoven", "Beethoven, Ludwig van", "van Beethoven"),
        (HUMBOLDT, "Alexander von Humboldt", "Humboldt, Alexander von", "Humboldt"),
        (KING, "Martin Luther King, Jr.", "King, Martin Luther, Jr.", "King"),
        (Name("Windsor", "Edward", suffix="VIII"), "Edward Windsor VIII", "Windsor, Edward, VIII", "Windsor"),
        (Name(literal="Plato"), "Plato", "Plato", "Plato"),
        (Name(family="Plato"), "Plato", "Plato", "Plato"),
        (Name(given="Plato"), "Plato", "Plato", "Plato"),
        (Name(literal="Guild of Pilots"), "Guild of Pilots", "Guild of Pilots", "Guild of Pilots"),
        (Name("习", "近平"), "习近平", "习近平", "习近平"),
        (Name("吉田", "茂"), "吉田茂", "吉田茂", "吉田茂"),
        (Name("김", "대중"), "김대중", "김대중", "김대중"),
        (Name("Xi", "Jinping", static_ordering=True), "Xi Jinping", "Xi Jinping", "Xi"),
        (Name("习", "Jinping"), "习 Jinping", "习 Jinping", "习 Jinping"),
        (Name("Vương", "Nguyễn Văn", suffix="Jr.", static_ordering=True), *["Vương Nguyễn Văn Jr."] * 2, "Vương"),
        (Name(literal="Xi Jinping", static_ordering=True), *["Xi Jinping"] * 3),
        (Name("Чехов", "Антон"), "Антон Чехов", "Чехов, Антон", "Чехов"),
    ],
)
def test_a_name_is_read_filed_and_shortened(name: Name, read: str, in_index: str, short: str) -> None:
    assert (full(name), filed(name), short_names([name])[name]) == (read, in_index, short)


def test_family_names_that_two_share_get_initials_and_then_given_names() -> None:
    anna, jean, jules = Name("Reed", "Anna"), Name("Sartre", "Jean-Paul"), Name("Sartre", "Jules")
    short = short_names([ADA, THOMAS, PIKE])
    assert [short[name] for name in (ADA, THOMAS, PIKE)] == ["A. Reed", "T. Reed", "Pike"]
    short = short_names([ADA, THOMAS, anna])
    assert [short[name] for name in (ADA, THOMAS, anna)] == ["Ada Reed", "T. Reed", "Anna Reed"]
    assert short_names([jean, jules])[jean] == "J.-P. Sartre"
    junior, senior = KING, Name("King", "Martin Luther", suffix="Sr.", comma_suffix=True)
    assert set(short_names([junior, senior]).values()) == {"Martin Luther King, Jr.", "Martin Luther King, Sr."}


def test_two_spellings_of_a_person_are_one_and_the_fuller_one_stands_for_both() -> None:
    parts, dated = Name("Xi", "Jinping"), Name("Xi", "Jinping", dates="born 1953")
    spelled, turned = Name(literal="Xi Jinping"), Name(literal="Jinping Xi")
    assert set(same_people([spelled, parts, turned, dated]).values()) == {dated}
    ordered = Name("Xi", "Jinping", static_ordering=True, states_ordering=True)
    assert set(same_people([parts, dated, ordered]).values()) == {ordered}
    assert len(set(same_people([ADA, THOMAS, Name("REED", "ADA"), Name(literal="Reed")]).values())) == 3
    assert len(set(same_people([Name("James", "Henry"), Name("Henry", "James")]).values())) == 2


def test_several_names_are_joined_as_the_language_does() -> None:
    assert joined(["Ada Reed", "Jonas Pike"], "en-GB") == "Ada Reed and Jonas Pike"
    assert joined(["Reed", "Pike", "Osric"], "de") == "Reed, Pike und Osric"
    assert joined(["习近平", "李克强"], "zh") == "习近平和李克强"
    assert joined(["Reed"], "en") == "Reed"
    assert joined(["Reed", "Pike"], "tlh") == "Reed, Pike"
    assert shortened(["Reed", "Pike", "Osric", "Lin"], "en", "{} et al.") == "Reed et al."
    assert shortened(["Reed", "Pike", "Osric"], "en-GB", "{} et al.") == "Reed, Pike and Osric"


def test_years_of_life_stand_beside_a_name_that_has_them() -> None:
    assert with_years(Name("Reed", "Ada", dates="1851–1920")) == "Reed, Ada (1851–1920)"
    assert with_years(ADA) == "Reed, Ada"
