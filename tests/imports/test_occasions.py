"""What attributions and sentences name: a body and its place, an office and its place, a place alone, a party."""

from __future__ import annotations

import pytest

from book.imports.occasions import read_occasion
from book.imports.sentences import read_sentence


@pytest.mark.parametrize(
    ("line", "speaker", "title", "place"),
    [
        ("— Karl Brandt, Rede vor dem Stadtrat von Hull, 3. Mai 1912", "Karl Brandt",
         "Rede vor dem Stadtrat von Hull", None),
        ("— Karl Brandt vor dem Stadtrat von Hull am 3. Mai 1912", "Karl Brandt", "Stadtrat von Hull", None),
        ("— Rede Karl Brandts vor dem Stadtrat in Hull am 3. Mai 1912", "Karl Brandt", "Rede vor dem Stadtrat", "Hull"),
        ("— Karl Brandt (Stadtrat Hull, 3. Mai 1912)", "Karl Brandt", "Stadtrat Hull", None),
        ("— Stadtrat Karl Brandt im Gemeinderat, 3. Mai 1912", "Karl Brandt", "Gemeinderat", None),
        ("— Staatsrat von Berg, Landtagssitzung, 4. Juli 1832", "von Berg", "Landtagssitzung", None),
        ("— Karl Brandt beim Festakt in der Stadthalle, 3. Mai 1912", "Karl Brandt", "Festakt in der Stadthalle", None),
        ("— Karl Brandt in Hull, 3. Mai 1912", "Karl Brandt", "", "Hull"),
        ("— Karl Brandt à Lyon, 3 mai 1912", "Karl Brandt", "", "Lyon"),
        ("— Karl Brandt (SPD), Landtag, 3. Mai 1912", "Karl Brandt", "Landtag", None),
        ("— Ada Flint (D-Ohio), Senate hearing, 3 May 1912", "Ada Flint", "Senate hearing", None),
        ("— The mayor of Hull, Ada Flint, speech to the board, 3 May 1912", "Ada Flint", "Speech to the board", None),
        ("— Le maire de Lyon, Jean Roux, discours au conseil, 3 mai 1912", "Jean Roux", "Discours au conseil", None),
    ],
)  # fmt: skip
def test_an_attribution_names_speaker_occasion_and_place(
    line: str, speaker: str, title: str, place: str | None
) -> None:
    found = read_occasion(line, 1)
    assert found is not None
    assert (found.speaker, found.title, found.place) == (speaker, title, place)


QUOTED = "„Wir werden hier keine Mauer bauen“"


@pytest.mark.parametrize(
    ("sentence", "title", "place"),
    [
        (f"{QUOTED}, sagte Karl Brandt am 3. Mai 1912 vor dem Stadtrat von Hull.", "Stadtrat von Hull", None),
        (f"{QUOTED}, sagte Karl Brandt am 3. Mai 1912 in Hull.", "", "Hull"),
        (f"{QUOTED}, so der Bürgermeister von Hull, Karl Brandt, am 3. Mai 1912.", "", None),
        (f"Der Bürgermeister von Hull, Karl Brandt, sagte am 3. Mai 1912: {QUOTED}.", "", None),
        (f"Karl Brandt, Bürgermeister von Hull, sagte am 3. Mai 1912 im Stadtrat: {QUOTED}.", "Stadtrat", None),
        (f"In seiner Rede vor dem Stadtrat von Hull am 3. Mai 1912 sagte Karl Brandt: {QUOTED}.",
         "Rede vor dem Stadtrat von Hull", None),
        ("The mayor of Hull, Karl Brandt, told the council on 3 May 1912: “We shall not build it.”",
         "Remarks to the council", None),
        ("On 3 May 1912 Karl Brandt said in Hull: “We shall not build a wall here.”", "", "Hull"),
    ],
)  # fmt: skip
def test_a_sentence_names_speaker_occasion_and_place(sentence: str, title: str, place: str | None) -> None:
    found = read_sentence(sentence, 1, frozenset())
    assert found is not None
    assert (found.speaker, found.title, found.place) == ("Karl Brandt", title, place)
