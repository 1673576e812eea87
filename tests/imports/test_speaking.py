"""Which sentences with a day and a known name are cited: those that say that somebody spoke or wrote, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.imports.speaking import speaks
from tests.imports.helpers import chapter, imported, sources

ENGLISH = """# Harbour

“We shall not build a wall here, whatever they say in the town.”

— Karl Brandt, speech at the Harbour Congress, 3 May 1912

“Nobody asked the fishermen what they wanted.”

— Ada Flint, address to the City Council, 9 May 1912

"""
GERMAN = """# Hafen

„Wir werden hier keine Mauer bauen, was immer man in der Stadt sagt.“

— Karl Brandt, Rede auf dem Hafenkongress, 3. Mai 1912

„Niemand hat die Fischer gefragt, was sie wollen.“

— Ada Flint, Ansprache im Stadtrat, 9. Mai 1912

"""
CHINESE = """# Harbour

“We shall not build a wall here, whatever they say in the town.”

— Lin Haisheng, speech at the Harbour Congress, 3 May 1912
"""
PLAIN = """
On June 14, 1913 Karl Brandt walked through the harbour and counted the ships.
On 3 May 1920 Karl Brandt was elected to the City Council.
Karl Brandt died on 4 June 1931, a week after the session of the council.
On 5 July 1914 Karl Brandt opened the new fish hall.
On 8 August 1913, Ada Flint met Karl Brandt in the town hall.
On 4 May 1913 Karl Brandt gave the town a clock and made his son a partner.
On 5 June 1913 the ship “Queen of the North” with Karl Brandt on board left the harbour.
On 5 June 1913 Ada Flint opened the “House of the Three Kings” with a dinner.
On 14 June 1913 Karl Brandt read the newspaper “The Voice of the Harbour” in the Assembly Rooms.
Karl Brandt kept silent at the council meeting of 4 April 1914.
On 14 June 1913 Karl Brandt said nothing.
On 20 June 1913 Karl Brandt was asked to leave the House.
By 3 March 1914, Karl Brandt had made peace with the council.
Karl Brandt spoke no English when he came to the Assembly on 4 May 1921.
On 6 June 1913 Ada Flint called on Karl Brandt at the Union Hall.
On 6 June 1913 Karl Brandt observed the eclipse from the roof of the parliament.
When the House rose on 9 May 1913, Karl Brandt was already asleep.
From 1 January 1910 to 3 March 1914, Karl Brandt presided over the harbour board.
HULL, May 4, 1921 – Karl Brandt came to the council and sat down.
Hull, 4 May 1921. Karl Brandt came to the council and sat down.
"""
PLAIN_GERMAN = """
Am 14. Juni 1913 ging Karl Brandt durch den Hafen und zählte die Schiffe.
Am 3. Mai 1920 wurde Karl Brandt in den Stadtrat gewählt.
Karl Brandt verließ am 1. April 1915 den Stadtrat.
Am 9. Mai 1913 stimmte der Stadtrat gegen Karl Brandt.
Am 5. Juni 1913 eröffnete Ada Flint das „Haus zu den drei Königen“ mit einer Feier.
Am 14. Juni 1913 hielt Karl Brandt vor dem Landtag an und stieg aus.
Am 14. Juni 1913 stellte Karl Brandt den Stuhl vor die Versammlung.
Am 5. Mai 1930 stellte Karl Brandt sein Buch „Die Mauer und das Meer“ vor.
Am 4. Mai 1921 hob Karl Brandt den Hut und ging aus der Sitzung.
Am 17. August 1913 sprach Karl Brandt mit keinem Menschen.
Am 20. Mai 1913 kam ein Brief von Karl Brandt in der Werft an.
HAMBURG, 4. Mai 1921 – Karl Brandt kam in die Sitzung und setzte sich.
"""
SPOKEN = """
On June 14, 1913 Karl Brandt told the Assembly that the wall was done.|Remarks to the Assembly
In his speech to the Chamber on 14 June 1913 Karl Brandt asked for money.|Speech to the Chamber
In a letter to the Board of 14 June 1913 Karl Brandt demanded that the wall be built.|Letter to the Board
On 14 June 1913 Karl Brandt addressed the Congress of Shipowners.|Congress of Shipowners
On 14 June 1913, Karl Brandt presided over the symposium on the harbour.|symposium on the harbour
Karl Brandt rose in the House on 19 March 1914 and said that the bridge would fall.|House
In an interview on 5 May 1925 Ada Flint explained why she had left the council.|Interview
The strike, Karl Brandt declared in the City Council on 9 May 1913, was over.|City Council
Karl Brandt wrote on 14 June 1913: “The wall will not be built in my time.”|Remarks
On 9 May 1913 Karl Brandt called the strike “a sin against the hungry”.|Remarks
HULL, May 4, 1921 – “The wall is done,” Ada Flint told the council.|Remarks to the council
"""
SPOKEN_GERMAN = """
Am 14. Juni 1913 sprach Karl Brandt im Stadtrat über die Mauer.|Stadtrat
In seiner Rede vor der Kammer am 14. Juni 1913 bat Karl Brandt um Geld.|Rede
Karl Brandt hielt am 14. Juni 1913 auf dem Fischmarkt eine Rede.|Fischmarkt
Karl Brandt hob am 9. Mai 1913 im Stadtrat hervor, dass die Brücke halten werde.|Stadtrat
Am 9. Mai 1913 hat Karl Brandt im Landtag gesagt, dass die Kohle fehle.|Landtag
Am 9. Mai 1913 nannte Karl Brandt den Streik „eine Sünde gegen die Hungrigen“.|Äußerungen
Karl Brandt wandte sich am 9. Mai 1913 in einer Rede an die Versammlung der Werft.|Rede an die Versammlung der Werft
"""


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(ENGLISH, one) for one in PLAIN.strip().split("\n")]
    + [(GERMAN, one) for one in PLAIN_GERMAN.strip().split("\n")]
    + [("# T\n\n", one) for one in (PLAIN + PLAIN_GERMAN).strip().split("\n") if "“" in one],
)
def test_a_sentence_that_says_of_nobody_that_he_spoke_is_not_cited(tmp_path: Path, before: str, sentence: str) -> None:
    found = imported(tmp_path, "in.md", f"{before}{sentence}\n")
    assert sentence in chapter(found)
    assert len(sources(found)) == (2 if "— " in before else 0)


@pytest.mark.parametrize(
    ("before", "case"),
    [(ENGLISH, one) for one in SPOKEN.strip().split("\n")]
    + [(GERMAN, one) for one in SPOKEN_GERMAN.strip().split("\n")],
)
def test_a_sentence_that_says_that_somebody_spoke_is_cited(tmp_path: Path, before: str, case: str) -> None:
    sentence, _, title = case.partition("|")
    found = imported(tmp_path, "in.md", f"{before}{sentence}\n")
    assert title in str(sources(found)[-1]["title"])
    assert "[@" in chapter(found).rstrip().rpartition("\n")[2]
    assert len(sources(found)) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Karl Brandt traversa le port et compta les navires",
        "Karl Brandt conclut un traité avec la chambre de commerce",
        "Karl Brandt lança le premier navire du congrès", "Pendant la séance Karl Brandt attendit devant la porte",
        "El alcalde visitó con Karl Brandt las Cortes", "a lancé le doyen, Jules Arnaud",
    ],
)  # fmt: skip
def test_in_other_languages_a_sentence_without_a_verb_of_saying_does_not_speak(sentence: str) -> None:
    assert not speaks(sentence, quotes=False)


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("Karl Brandt parla devant le conseil", False), ("a déclaré Karl Brandt", False),
        ("Karl Brandt dijo en las Cortes", False), ("a lancé le doyen, Jules Arnaud", True),
        ("Karl Brandt conclut", True),
    ],
)  # fmt: skip
def test_in_other_languages_verbs_of_saying_speak_some_of_them_where_words_are_quoted(
    sentence: str, *, quotes: bool
) -> None:
    assert speaks(sentence, quotes=quotes)


def test_a_chinese_name_keeps_the_order_that_it_has_in_the_document(tmp_path: Path) -> None:
    (source,) = sources(imported(tmp_path, "a.md", CHINESE))
    assert source["author"] == [{"family": "Lin", "given": "Haisheng", "static-ordering": True}]
