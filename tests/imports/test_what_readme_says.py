"""What README promises of imports: notes that name speeches, words around their speaker, authors, what is left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.imports.helpers import chapter, dates, imported, sources

LONG = "The harbour was finished in the year in which the bridge was begun, and nobody asked for the reason of it. "


def page(body: str) -> str:
    return f"<html lang='en'><body>{body}</body></html>"


def test_a_note_that_names_a_speech_cites_it(tmp_path: Path) -> None:
    body = (
        f"<article><h1>One</h1><p>{LONG}<sup><a href='#n1'>1</a></sup></p><h2>Second</h2><p>{LONG}"
        "<sup><a href='#n2'>2</a></sup></p><ol><li id='n1'>Keir Hardie, speech at Merthyr, 3 October 1900.</li>"
        "<li id='n2'>The minutes are lost.</li></ol></article>"
    )
    found = imported(tmp_path, "in.html", page(body))
    assert "[^1]: Keir Hardie, speech at Merthyr, 3 October 1900 [@merthyr-1900]." in chapter(found)
    assert "[^2]: The minutes are lost.\n" in chapter(found)
    assert dates(found) == ["1900-10-03"]


def test_a_note_that_a_quotation_calls_is_cited_once_there(tmp_path: Path) -> None:
    text = (
        "# One\n\nHe was clear: \u201cWe shall not wait any longer.\u201d[^1]\n\n"
        "[^1]: Keir Hardie, speech at Merthyr, 3 October 1900.\n"
    )
    assert chapter(imported(tmp_path, "in.md", text)).count("[@merthyr-1900]") == 1


@pytest.mark.parametrize("name", ["Dafydd ap Ifan", "Angharad ferch Owain", "Ieuan Wyn ab Owen"])
def test_words_around_a_speaker_with_a_welsh_name_are_cited_and_their_date_asked_about(
    tmp_path: Path, name: str
) -> None:
    text = f"# One\n\n\u201cWales,\u201d wrote {name} to the House on 31 April 1920, \u201chas waited for less.\u201d\n"
    given, _, family = name.rpartition(f" {name.split()[-2]} ")
    family = f"{name.split()[-2]} {family}"
    found = imported(tmp_path, "in.md", text)
    assert "There is no 1920-04-31. Is the date right?" in chapter(found)
    (source,) = sources(found)
    assert source["author"] == [{"family": family, "given": given}]
    assert source["issued"] == "1920-04"


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>Dr Ada Flint lectures at Hull.</em></p><h2>Notes</h2><ol><li id='n1'>A note.</li></ol>",
        "<p>About the author: Ada teaches.</p>",
        "<h3>About the author</h3><p>Ada teaches in Hull.</p><p>She has two dogs.</p>",
    ],
)
def test_lines_about_the_author_are_left_out_and_listed(tmp_path: Path, line: str) -> None:
    head = "<head><meta name='author' content='Dr Ada Flint'></head>"
    body = f"{head}<h1>One</h1>{f'<p>{LONG}</p>' * 5}<p>Called.<sup><a href='#n1'>1</a></sup></p>{line}"
    found = imported(tmp_path, "in.html", page(body))
    for words in ("lectures", "teaches", "dogs", "About"):
        assert words not in chapter(found)
    assert [one.what for one in found.decisions if "a line about the author" in one.what]


def test_a_line_in_italics_about_somebody_unknown_is_asked_about(tmp_path: Path) -> None:
    found = imported(tmp_path, "in.html", page(f"<h1>One</h1><p>{LONG}</p><p><i>Ada Flint lectures at Hull.</i></p>"))
    assert re.search(r"does it say who the author is\? -->\n\n\*Ada Flint lectures at Hull\.\*", chapter(found))


def test_what_stands_outside_the_article_is_listed(tmp_path: Path) -> None:
    body = f"<nav>Home</nav><div><article><h1>One</h1><p>{LONG}</p></article></div><footer>We keep cookies.</footer>"
    found = imported(tmp_path, "in.html", page(body))
    told = [one.what for one in found.decisions]
    assert "left out <nav>: Home" in told
    assert "left out <footer>: We keep cookies." in told


def test_a_question_has_one_line_in_the_report_and_in_the_chapter(tmp_path: Path) -> None:
    text = (
        "# One\n\nHenry Richard, \u201cthe Member for Wales\u201d, put it softly in his speech of 18 March 1870:\n\n"
        "> We ask not for favour but for fairness.\n"
    )
    found = imported(tmp_path, "in.md", text)
    marks = re.findall(r"<!-- TODO \(in\.md, line (\d+)\): (.*?) -->", chapter(found))
    asked = [one for one in json.loads(found.files["import-report.json"]) if one["question"]]
    assert marks
    assert sorted(marks) == sorted((str(one["line"]), one["question"]) for one in asked)
