"""Conventions of texts: figures of dates, notes that refer back, lists, placeholders of pictures, brackets, marks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from book.imports.citing import new_source
from book.imports.importing import Imported, import_documents


def imported(tmp_path: Path, name: str, text: str) -> Imported:
    """What an import of one document makes."""
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return import_documents([source])


def chapter(found: Imported) -> str:
    """The text of all chapters."""
    return "\n".join(data.decode() for path, data in found.files.items() if path.startswith("chapters/"))


def dates(found: Imported) -> list[str]:
    """The dates of the sources, in order."""
    return [str(one.get("issued")) for one in yaml.safe_load(found.files["sources.yaml"])]


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
