"""Conventions of texts: figures of dates, notes that refer back, lists, placeholders of pictures, brackets, marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from book.imports.citing import new_source
from tests.imports.helpers import chapter, dates, imported

SPOKEN = {
    "de": ("„Wir können den Kanal nicht zweimal füllen.“", "Anna Keller, Rede im Landtag, {}"),
    "fr": ("« Nous ne pouvons pas remplir le canal deux fois. »", "Anne Martin, discours au Sénat, {}"),
    "en": ("“We cannot fill the canal twice.”", "Ada Flint, Speech at the Harbour Board, {}"),
}


@pytest.mark.parametrize(
    ("language", "others", "expected"),
    [("de", "", "1901-05-04"), ("fr", "", "1901-05-04"), ("en", "", "1901-04-05"), ("en", "13/4/1901", "1901-05-04"),
     ("de", "4/13/1901", "1901-04-05")],
)  # fmt: skip
def test_the_languages_order_of_figures_is_taken_unless_other_dates_show_theirs_and_asked_about(
    tmp_path: Path, language: str, others: str, expected: str
) -> None:
    words, line = SPOKEN[language]
    more = f"\n\n{words}\n— {line.format(others)}\n" if others else ""
    found = imported(tmp_path, "in.txt", f"Title\n\n{words}\n— {line.format('4/5/1901')}\n{more}")
    assert dates(found)[0] == expected
    assert f"two ways; {expected} was taken" in chapter(found)


def test_a_source_cited_by_a_line_has_its_date_in_the_order_of_the_books_language(tmp_path: Path) -> None:
    for language, expected in ("en-GB", "1901-05-04"), ("en-US", "1901-04-05"), ("es", "1901-05-04"):
        (tmp_path / "book.toml").write_text(f'[book]\ntitle = "T"\nlanguage = "{language}"\n')
        source = new_source(tmp_path, "Speech at the Forum, 4/5/1901")
        assert f"issued: '{expected}'" in source.written
        assert source.doubt == f"the date can be read in two ways; {expected} was taken"


def test_a_note_that_refers_to_the_one_before_has_its_occasion_and_straight_marks_close_a_quotation(
    tmp_path: Path,
) -> None:
    text = """# Der Kanal

Sie sagte: „Wir können den Kanal nicht zweimal füllen."[^1] Dann: „Eine trockene Schleuse ist eine Straße."[^2] Und:
„Wir graben im Frühjahr wieder."[^3] Er: „Dann graben wir eben allein."[^4] Zuletzt: „Das war es dann wohl."[^6]

[^1]: Anna Keller, Rede im Landtag, 12. März 1954.
[^2]: Dieselbe, ebenda, S. 12.
[^3]: Dies., Rede vor dem Hafenverein, 3. Mai 1955.
[^4]: Ebd.
[^5]: Keller, Briefe, Berlin 1960, S. 12.
[^6]: Ebd., S. 14.
"""
    found = imported(tmp_path, "in.md", text)
    assert dates(found) == ["1954-03-12", "1955-05-03"]
    cited = [word for word in chapter(found).replace("[^", " [^").split() if word.startswith("[@")]
    assert cited == ["[@landtag-1954]", "[@landtag-1954]", "[@hafenverein-1955]", "[@hafenverein-1955]"]
    assert 'Its note says "Ebd": the occasion before it' in chapter(found)


def test_lines_with_the_same_sign_or_with_numbers_are_lists_and_what_is_said_in_turn_is_none(tmp_path: Path) -> None:
    text = """Title

The committee asked for three things:

- a new gate
- a keeper's house
- a boat for the keeper, if there is money

They were built in this order, which surprised nobody who knew the committee and what it could pay:

1. the gate
2. the house

3. The boat came last, and alone.

Then they talked for a long while about what the lake was for, and who had asked for it in the first place:
nobody knew.

- To the lake, said the old man.
- And then?

a) first
b) second

• money
• time
"""
    read = chapter(imported(tmp_path, "in.txt", text))
    assert "\n\n- a new gate\n- a keeper's house\n- a boat for the keeper, if there is money\n\n" in read
    assert "\n\n1. the gate\n2. the house\n\n3\\. The boat" in read
    assert "\n\n\\- To the lake, said the old man.\n\n\\- And then?\n\n" in read
    assert "\n\na) first\nb) second\n\n- money\n- time\n" in read


def test_a_line_in_place_of_a_picture_is_asked_about_and_is_no_attribution(tmp_path: Path) -> None:
    text = "# Lake\n\n> We came for water.\n\n[Photo: Ada Flint at the Harbour Board, 3 May 1901]\n\nText.\n"
    found = imported(tmp_path, "in.md", text)
    assert found.quotations == 0
    assert "<!-- TODO (in.md, line 5): The original has a picture here" in chapter(found)


def test_brackets_with_a_name_and_a_day_behind_a_quotation_cite_and_those_of_literature_do_not(tmp_path: Path) -> None:
    text = (
        '# Lake\n\nSo it was: "We cannot fill it twice." (J. Smith, 23 April 1999) "And so it stayed." (Smith, 1999)\n'
    )
    read = chapter(imported(tmp_path, "in.md", text))
    assert '"We cannot fill it twice." [@smith-1999]' in read
    assert '"And so it stayed." (Smith, 1999)' in read


def test_a_speaker_of_whom_no_more_is_known_is_one_source(tmp_path: Path) -> None:
    text = (
        "# Lake\n\n> We came for water.\n> -- *Bob Brown*\n\nText.\n\n> We stayed for the fish.\n>\n> -- *Bob Brown*\n"
    )
    found = imported(tmp_path, "in.md", text)
    assert (found.quotations, found.sources) == (2, 1)


def test_a_sentence_above_a_quotation_stays_where_no_frame_of_an_attribution_fits_it(tmp_path: Path) -> None:
    above = "Later, at the Lock Conference in Kelmouth on 4 June 2001, she was sharper:"
    found = imported(tmp_path, "in.md", f"# Lake\n\nAda Flint spoke.\n\n{above}\n\n> We will dig again.\n")
    assert above in chapter(found)


def test_the_headers_of_sections_hold_their_headings(tmp_path: Path) -> None:
    page = """<html><body><header><h2>My Site</h2></header><main><article><header><h1>The Ferry</h1></header>
<p>One paragraph of the ferry text.</p><section><header><h2>First crossing</h2></header><p>Words of it.</p></section>
<section><header><h2>Second crossing</h2></header><p>Words of that.</p></section></article></main></body></html>"""
    found = imported(tmp_path, "in.html", page)
    read = chapter(found)
    assert "First crossing" in read
    assert "Second crossing" in read
    assert "My Site" not in read


WORDS = {
    "en": "“A locked door is a decision, and somebody made it.”",
    "de": "„Die Augen werden schlecht, die Blumen nicht.“",
}


@pytest.mark.parametrize(
    ("words", "line", "title", "place", "date"),
    [
        ("de", "An Clara Weiss, Bozen, 3. Juli 1871", "Brief an Clara Weiss", "Bozen", "1871-07-03"),
        ("de", "An den Vorstand, Meran, 19. Juli 1871", "Brief an den Vorstand", "Meran", "1871-07-19"),
        ("de", "Vortrag vor dem Frauenverein, 12. 5. 1893", "Vortrag vor dem Frauenverein", None, "1893-05-12"),
        ("de", "Letzter Brief an Clara Weiss, o. O., 30.XI.1909", "Letzter Brief an Clara Weiss", None, "1909-11-30"),
        ("en", "To the Editor of The Times, 3 May 1890", "Letter to the Editor of The Times", None, "1890-05-03"),
        ("en", "House of Commons, 3 May 1890", "House of Commons", None, "1890-05-03"),
    ],
)  # fmt: skip
def test_a_line_below_a_quotation_that_names_no_speaker_is_its_attribution_in_doubt(
    tmp_path: Path, words: str, line: str, title: str, place: str | None, date: str
) -> None:
    found = imported(tmp_path, "in.txt", f"The letters\n\n{WORDS[words]}\n\n{line}\n\nMore text.\n")
    (source,) = yaml.safe_load(found.files["sources.yaml"])
    assert (source["title"], source.get("event-place"), source["issued"]) == (title, place, date)
    assert "author" not in source
    assert "It names no speaker. Whose words are they?" in chapter(found)


@pytest.mark.parametrize(
    ("text", "speaker", "title", "date"),
    [
        ("Speaking to the Weavers' Union on the 9th of August 1855, Ada Flint said \"we'll not be starved into it\".",
         "Ada Flint", "Remarks to the Weavers' Union", "1855-08-09"),
        ("In the House of Commons on 10 March 1856, Mr. Bright asked again. “We have laws for the sheep,” he said.",
         "Mr. Bright", "House of Commons", "1856-03-10"),
        ("Ada Flint was plain. “No one can attach class to class,” she told the committee on 6 May 1856.",
         "Ada Flint", "Remarks to the committee", "1856-05-06"),
        ("„Wir wollen“, so Kanitz im Abgeordnetenhaus am 7. April 1894, „daß der Staat den Preis macht.“",
         "Kanitz", "Abgeordnetenhaus", "1894-04-07"),
        ("« Il tombera avant moi », a lancé le doyen, Jules Arnaud, lors de la séance du 12 mars 1903.",
         "Jules Arnaud", "Séance", "1903-03-12"),
        ("«La tierra seca no vota», dijo en las Cortes el diputado Ramón Vega el 14 de julio de 1931. ¿Y qué?",
         "Ramón Vega", "Cortes", "1931-07-14"),
        ("The clerk read a letter from the County Surveyor, dated 29 April 1921: “No works are contemplated.”",
         "County Surveyor", "Letter", "1921-04-29"),
        ("2016年9月8日，省长何建在白石小学考察时指出，要“让每一个山里的孩子都能上好学”。",
         "何建", "白石小学考察讲话", "2016-09-08"),
    ],
)  # fmt: skip
def test_a_sentence_that_quotes_cites_who_spoke_and_where(
    tmp_path: Path, text: str, speaker: str, title: str, date: str
) -> None:
    found = imported(tmp_path, "in.md", f"# Title\n\nFirst words.\n\n{text}\n")
    (source,) = yaml.safe_load(found.files["sources.yaml"])
    names = (source["author"][0].get(part) for part in ("given", "family", "literal"))
    assert (" ".join(filter(None, names)), source["title"], source["issued"]) == (speaker, title, date)


def test_what_was_said_later_is_not_of_the_day_that_the_sentence_before_names(tmp_path: Path) -> None:
    text = "At the meeting of 9 October 1931 he was brief. He was, he said later, “much too brief to be understood”.\n"
    assert "@" not in chapter(imported(tmp_path, "in.md", f"# Title\n\n{text}"))


def test_who_goes_on_speaking_is_cited_again_and_a_german_sentence_ends_behind_its_marks(tmp_path: Path) -> None:
    text = """# Titel

Anna Keller sagte am 3. Mai 1954 im Landtag: „Das Wasser reicht nicht.“ Dann sagte sie: „Es hat nie
gereicht.“
Otto Brand erwiderte: „Das ist nicht wahr.“
"""
    assert chapter(imported(tmp_path, "in.md", text)).count("[@") == 2


def test_words_that_a_wrapped_text_divides_are_whole_and_capitals_of_titles_leave_names_theirs(tmp_path: Path) -> None:
    text = """THE INQUEST AT MILTON

The inquest on the six women who died in the fire at Milton was closed to-
day. The jury was out for an hour, and the town of Milton, which is well-
known for its patience, waited in the rain. It is well that it was not known
how long. The overseer, Slick-
son, had asked for a second door. The coroner asked him again to-day.
"""
    found = imported(tmp_path, "in.txt", text)
    read = chapter(found)
    assert "to-day. The" in read
    assert "\nwell-known for" in read
    assert "\nSlickson, had" in read
    assert 'title = "The inquest at Milton"' in found.files["book.toml"].decode()
    told = [one.what for one in found.decisions if "divided" in one.what]
    assert told[-1] == '"Slickson" was divided at the end of a line'
    assert [one for one in found.decisions if one.question and "capital letters" in one.question]


def test_a_quotation_below_a_sentence_with_a_day_is_asked_about(tmp_path: Path) -> None:
    text = (
        "# Pont\n\nLa ministre, venue le 1er mai 1903, a été prudente :\n\n« Un pont est une promesse à deux rives. »\n"
    )
    assert "The sentence above names 1903-05-01." in chapter(imported(tmp_path, "in.md", text))


def test_a_quotation_with_a_line_whose_class_names_its_source_is_attributed(tmp_path: Path) -> None:
    page = """<html><body><h1>Letters</h1><blockquote><p>I have a wish for bread.</p>
<p class="source">Letter to Ellen Nash, Haworth, 12 Jan. 1847</p></blockquote>
<blockquote><p>Fame is a kind of weather.</p></blockquote>
<p><cite>Ann Brook to Ellen Nash, 1 December 1853</cite></p></body></html>"""
    sources = yaml.safe_load(imported(tmp_path, "in.html", page).files["sources.yaml"])
    assert [(one["title"], one["issued"]) for one in sources] == [
        ("Letter to Ellen Nash", "1847-01-12"), ("Letter to Ellen Nash", "1853-12-01"),
    ]  # fmt: skip
    assert sources[1]["author"] == [{"family": "Brook", "given": "Ann"}]


def test_an_interview_whose_answers_begin_with_a_dash_has_no_attributions_in_them(tmp_path: Path) -> None:
    text = """# Entrevista

**¿Cuándo llegó usted al faro?**

—El 2 de septiembre de 1929. Me dijeron: «Aquí no hay niños». Había once.

**El inspector la acusó de enseñar a pescar.**

—Y tenía razón. Fue el 15 de mayo de 1931. Lo tengo enmarcado.

> «El mar es la pizarra más grande que tenemos.»
>
> — Carmen Soto, discurso en el Congreso Pedagógico de Cádiz, 3 de abril de 1933
"""
    found = imported(tmp_path, "in.md", text)
    assert (found.quotations, dates(found)) == (1, ["1933-04-03"])


def test_offices_adverbs_and_possessives_are_no_part_of_names_and_titles(tmp_path: Path) -> None:
    text = """# Title

As Martha Ward put it at the parish meeting of 2 June 1873, “the lamp has eaten our marriage”.

Peter Holm told the crowd on 4 May 1896: “Steam will do it.” He said so again at the Society of Arts on 13 November
1896: “Steam is a winter in an hour.”

„Wir haben drei Fähren.“
(Abg. Luise Hartmann, Landtag, 14. März 1911)

“We keep the light.”

— Martha Ward (from her speech at the jubilee, 5 May 1896)
"""
    sources = yaml.safe_load(imported(tmp_path, "in.md", text).files["sources.yaml"])
    shown = [(" ".join(one["author"][0].values()), one["title"]) for one in sources]
    assert shown == [
        ("Ward Martha", "Remarks at the parish meeting"), ("Holm Peter", "Remarks to the crowd"),
        ("Holm Peter", "Remarks at the Society of Arts"), ("Hartmann Luise", "Landtag"),
        ("Ward Martha", "Speech at the jubilee"),
    ]  # fmt: skip


def test_a_citation_stands_before_the_colon_that_ends_its_sentence(tmp_path: Path) -> None:
    text = """# The harbour

> A dry lock is a closed road.
>
> — Ada Flint, Speech at the Harbour Board, 13 April 1999

At the Harbour Conference on 14 May 2000, Ada Flint spoke of three things:

- gates
- boats
"""
    read = chapter(imported(tmp_path, "in.md", text))
    assert re.search(r"three things \[@[\w-]+\]:\n\n- gates", read)
