"""Sentences of running text: where they end, which of them cite, and whom they quote."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from book.imports.divided_words import join_divided
from book.imports.document import Block, Kind
from book.imports.full_names import people_of, with_full_names
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
    for first, second in (
        ("an Sonn-", "und Feiertagen"), ("the pre-", "and post-war lake"), ("est bien-", "ou malvenu"),
        ("the nineteenth-", "and twentieth-century lake"),
        ("the two-", "to three-year plan"), ("la pre-", "y posguerra"),
    ):  # fmt: skip
        assert join_divided([first, second]) == ([first, second], [])
    for first, second, joined in (
        ("un documen-", "to molto bello", "documento molto bello"), ("era nel sta-", "to.", "stato."),
        ("its mot-", "to was short", "motto was short"), ("the hon-", "or, he said", "honor, he said"),
    ):  # fmt: skip
        assert join_divided([first, second])[0][1] == joined
    assert join_divided(["Honor came. The hon-", "or of a town"])[0][1] == "honor of a town"
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


@pytest.mark.parametrize(
    ("text", "speaker", "date"),
    [
        ("The strike began on 4 May 1907. That evening Ada Flint told the council: “We shall not dig it.”",
         "Ada Flint", "1907-05-04"),
        ("Le 4 mai 1907, la grève commença. Le soir même, Jean Roux déclara : « Nous ne le creuserons pas. »",
         "Jean Roux", "1907-05-04"),
        ("“We have eaten it all,” Ada Flint, the branch secretary, told a meeting on 4 May 1907.",
         "Ada Flint", "1907-05-04"),
        ("Ein Brief des Senators Karl Brandt vom 15. Januar 1911 wurde verlesen: „Ich rudere nicht mehr.“",
         "Karl Brandt", "1911-01-15"),
        ("Dans une lettre du 1er mars 1907 à sa mère, Jean Roux écrivit : « L'eau nous connaît. »",
         "Jean Roux", "1907-03-01"),
        ("At the meeting of the Canal Board on 30 August 1921 I told them: “You cannot have both.”",
         None, "1921-08-30"),
        ("Pfarrer Josef Kamp predigte am 24. Dezember 1923: „Gott hat die Kohle tief gelegt.“",
         "Josef Kamp", "1923-12-24"),
    ],
)  # fmt: skip
def test_a_quotation_in_a_sentence_has_its_speaker_and_day(
    tmp_path: Path, text: str, speaker: str | None, date: str
) -> None:
    found = imported(tmp_path, "in.md", f"# T\n\n{text}\n")
    (source,) = yaml.safe_load(found.files["sources.yaml"])
    assert source["issued"] == date
    author = source.get("author", [{}])[0]
    assert f"{author.get('given', '')} {author.get('family', '')}".strip() == (speaker or "")


def test_a_block_quotation_below_a_pronoun_is_of_whom_the_sentence_before_names(tmp_path: Path) -> None:
    told = "Ada Flint came to Hull on 2 May 1901. On 4 May 1901 she spoke to the Harbour Congress:"
    found = imported(tmp_path, "in.md", f"# T\n\n{told}\n\n> We shall not build a wall here.\n")
    (source,) = yaml.safe_load(found.files["sources.yaml"])
    assert (source["author"], source["issued"]) == ([{"family": "Flint", "given": "Ada"}], "1901-05-04")


def test_a_family_name_alone_is_completed_from_another_source_of_one_person(tmp_path: Path) -> None:
    first = "On 4 May 1901 Ada Flint told the Harbour Congress: “We shall not build a wall here.”"
    second = "“We have built it after all,” Flint told the council on 5 June 1903."
    other = "On 6 July 1904 John Flint told the Assembly: “My sister has changed her mind.”"
    for text, family in ((f"{first}\n\n{second}", "Ada"), (f"{first}\n\n{other}\n\n{second}", None)):
        items = yaml.safe_load(imported(tmp_path, "in.md", f"# T\n\n{text}\n").files["sources.yaml"])
        (found,) = [one["author"][0] for one in items if one["issued"] == "1903-06-05"]
        assert found.get("given") == family


def test_a_name_that_is_completed_is_a_decision(tmp_path: Path) -> None:
    first = "On 4 May 1901 Ada Flint told the Harbour Congress: “We shall not build a wall here.”"
    told = "in the sentence that names it; its speaker is taken to be Ada Flint, whom the document names elsewhere"
    for second, what in (
        ("“We have built it,” Flint told the council on 5 June 1903.", f'"Remarks to the council" is cited {told}'),
        ("> We built.\n\n— Flint, speech at the council, 5 June 1903",
         'the speaker "Flint" is taken for Ada Flint, whom another source names'),
    ):  # fmt: skip
        found = imported(tmp_path, "in.md", f"# T\n\n{first}\n\n{second}\n")
        (decision,) = [one for one in found.decisions if "taken" in one.what]
        assert (decision.what, decision.asked) == (what, None)
        assert "Flint" in decision.evidence


BIOGRAPHY = "# Ada Flint\n\nAda Flint was born in Hull, and John Reed taught her.\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "speaker", "date", "title"),
    [
        ("In 1909 she was held. From the dock at Bow Street on 19 May 1909 she told the court: “I will have the rest.”",
         "Ada Flint", "1909-05-19", "Remarks"),
        ("Her maiden speech to the council, on 6 May 1907, lasted four minutes. “I have brought figures,” she said.",
         "Ada Flint", "1907-05-06", "Maiden speech to the council"),
        ("Writing to a friend on 20 May 1912, Reed explained: “I mind the broken promises.”",
         "John Reed", "1912-05-20", "Remarks"),
        ("On 21 May 1912 the miners cheered. “Nobody came to the lake,” Ada told the council on 22 May 1912.",
         "Ada Flint", "1912-05-22", "Remarks to the council"),
    ],
)  # fmt: skip
def test_people_whom_a_document_names_in_full_are_known_by_one_name_and_by_pronouns(
    tmp_path: Path, text: str, speaker: str, date: str, title: str
) -> None:
    (source,) = yaml.safe_load(imported(tmp_path, "in.md", BIOGRAPHY.format(text)).files["sources.yaml"])
    author = f"{source['author'][0]['given']} {source['author'][0]['family']}"
    assert (author, source["issued"], source["title"]) == (speaker, date, title)


def test_a_name_that_two_people_have_is_left_as_it_is() -> None:
    named = "John Reed and Jane Reed came with Fischhändlerin Berta Klose. The stone is a Stone."
    people = people_of([Block(Kind.PARAGRAPH, named, 1)], None)
    assert (people["John"], people["Jane"], "Reed" in people, "Stone" in people) == (
        "John Reed", "Jane Reed", False, False,
    )  # fmt: skip
    german = "Die Fischhändlerin und der Wirt sind nicht da. Es kam Fischhändlerin Berta Klose, und das war die Stadt."
    assert people_of([Block(Kind.PARAGRAPH, german, 1)], None)["Klose"] == "Berta Klose"
    quoted = "“Reed said so,” Klose said, and Berta von Klose said it."
    assert with_full_names(quoted, {"Klose": "Berta Klose", "Reed": "John Reed"}) == quoted.replace(
        "Klose said, ", "Berta Klose said, "
    )


@pytest.mark.parametrize("other", ["Mrs. Flint", "the widow Flint", "young Flint"])
def test_somebody_else_of_a_family_is_not_taken_for_the_one_who_is_named_in_full(tmp_path: Path, other: str) -> None:
    text = BIOGRAPHY.format("On 4 May 1901 Ada Flint told the Harbour Congress: “We shall not build a wall here.”")
    text += f"\nOn 5 June 1903 {other} told the council: “She never wanted it built.”\n"
    items = yaml.safe_load(imported(tmp_path, "in.md", text).files["sources.yaml"])
    assert [one for one in items if one["issued"] == "1903-06-05" and one["author"][0].get("given") == "Ada"] == []
    assert items[0]["author"] == [{"family": "Flint", "given": "Ada"}]
    text = "# T\n\n“We shall not.”\n\n— Ada Flint, speech at the Forum, 4 May 1901\n\n"
    text += f"On 5 June 1903 {other} told the council: “She never wanted it built.”\n"
    items = yaml.safe_load(imported(tmp_path, "in.md", text).files["sources.yaml"])
    assert [one["author"][0].get("given") for one in items if one["issued"] == "1903-06-05"] != ["Ada"]


def test_paragraphs_say_behind_a_quotation_whose_words_it_is(tmp_path: Path) -> None:
    for text in (
        "“I asked for the valve to be seen to.” Testimony of Hannah Pickles, 10 March 1891",
        "*“I asked for the valve to be seen to.”* —Hannah Pickles, 10 March 1891",
    ):
        assert imported(tmp_path, "in.md", f"# T\n\n{text}\n").quotations == 1
    spoken = "“I asked for the valve.” Letters from Hull arrived on 10 March 1891 and said nothing new to anybody."
    assert imported(tmp_path, "in.md", f"# T\n\n{spoken}\n").quotations == 0


def test_days_are_headings_of_a_diary_and_not_of_quotations(tmp_path: Path) -> None:
    days = ("3 May 1871", "Friday, 5 May 1871", "9 May 1871")
    diary = "A Diary\n\n" + "\n\n".join(f"{day}\n\nSnow fell on the town, and nobody came." for day in days)
    assert [f"title: {day}" in chapter(imported(tmp_path, "in.txt", diary)) for day in days] == [True] * 3
    quoted = "Words\n\n" + "\n\n".join(f"“Snow fell on the town, and nobody came.”\n\n{day}" for day in days)
    assert "title: 3 May" not in chapter(imported(tmp_path, "in.txt", f"{quoted}\n\nThe end of it all."))


def test_a_question_about_two_citations_of_a_paragraph_stands_before_that_paragraph_alone(tmp_path: Path) -> None:
    letters = (
        "In a letter of 15 February 1847: “We shall not build a wall here.” "
        "In a letter of 16 March 1848: “We shall not build a bridge here.”"
    )
    opening = "An opening paragraph of the text that says nothing much."
    question = "It names no writer. Whose letter is it?"
    for name, text in (
        ("in.html", f"<h1>T</h1><p>{opening}</p><p>{letters}</p><p>{opening}</p>"),
        ("in.md", f"# T\n\n{opening}\n\n{letters.replace('” In', '”' + chr(10) + 'In')}\n\n{opening}\n"),
    ):
        found = imported(tmp_path, name, text)
        assert [one.asked for one in found.decisions if one.asked] == [question] * 2
        written = chapter(found)
        assert written.count(question) == 1
        assert f"{question} -->\n\nIn a letter" in written
