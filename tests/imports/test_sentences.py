"""Sentences of running text: where they end, which of them cite, and whom they quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.imports.divided_words import join_divided
from book.imports.pronouns import of_pronoun
from book.imports.sentence_ends import sentences
from book.imports.sentences import read_sentence
from tests.imports.helpers import chapter, imported


def test_a_sentence_with_so_or_thus_in_it_is_none_that_says_who_spoke(tmp_path: Path) -> None:
    told = "On 4 May 1901 the lake of Ada Flint was {} dry that it had a new name, “the bowl of old dust”."
    for word in ("so", "thus"):
        assert read_sentence(told.format(word), 1, frozenset({"Ada Flint"})) is None
    text = f"# T\n\n“We came.”\n\n— Ada Flint, Speech at the Forum, 3 May 1900\n\n{told.format('so')}\n"
    assert "old dust”.\n" in chapter(imported(tmp_path, "in.md", text))


@pytest.mark.parametrize(
    "text",
    [
        "L'acqua c'è. Il 4 maggio tornò.",
        "They had a plan b. The lake was dry.",
        "It was dry in 1900. 1901 was drier.",
    ],
)
def test_a_single_small_letter_or_a_year_before_a_stop_ends_a_sentence(text: str) -> None:
    assert len(list(sentences(text))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Am 4. Mai 1901 kam J. Weber, z. B. Hauptmann a. D. Kern, nach Frankfurt a. M. und blieb.",
        "Am 4. 5. 1901 war der See voll.",
        "He met J. P. Morgan and Mr. Bright in c. 1901 there.",
    ],
)
def test_initials_short_words_and_days_end_no_sentence(text: str) -> None:
    assert len(list(sentences(text))) == 1


def test_a_hyphen_that_stands_for_the_end_of_a_later_word_stays_where_it_is() -> None:
    for first, second in (("an Sonn-", "und Feiertagen"), ("the pre-", "and post-war lake"), ("bien-", "ou malvenu")):
        assert join_divided([first, second]) == ([first, second], [])
    assert join_divided(["the wa-", "ter of the lake"])[0] == ["the", "water of the lake"]


def test_a_name_takes_the_place_of_the_pronoun_outside_the_quotation() -> None:
    text = "“They say he will go,” she told the Harbour Congress on 4 May 1901, “but he never comes.”"
    found = of_pronoun(text, "Ada Flint came to Kelmouth.", None, 1, frozenset({"Ada Flint"}))
    assert found is not None
    assert found.speaker == "Ada Flint"
    assert found.doubt == "the sentence before names the speaker"


def test_a_sentence_may_name_the_occasion_of_the_words_in_the_next(tmp_path: Path) -> None:
    letter = "In May she answered in a letter from Ada Flint of 15 February 1847"
    found = read_sentence(letter, 1, frozenset(), quotes=True)
    assert found is not None
    assert (found.speaker, found.date) == ("Ada Flint", "1847-02-15")
    assert read_sentence(letter, 1, frozenset()) is None
    text = "# T\n\nOn 4 May 1901 Ada Flint spoke at the Harbour Congress. “We shall not build here,” she said.\n"
    written = chapter(imported(tmp_path, "in.md", text))
    assert "The sentence before names it. Is the occasion right?" in written


def test_each_doubt_asks_its_own_question(tmp_path: Path) -> None:
    told = "In a letter of 15 February 1847: “We shall not build a wall here.”"
    assert "It names no writer. Whose letter is it?" in chapter(imported(tmp_path, "in.md", f"# T\n\n{told}\n"))
    dated = "On 4/5/1901 Ada Flint told the Harbour Congress: “We shall not build a wall here.”"
    assert "was taken. Is the date right?" in chapter(imported(tmp_path, "in.md", f"# T\n\n{dated}\n"))
