from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.model.settings import Page, Project
from book.project.config import load_project

if TYPE_CHECKING:
    from tests.conftest import MakeBook

TRADE, SHEET = Page("6in", "9in"), Page("210mm", "297mm")


def loaded(root: Path) -> Project:
    checked = load_project(root)
    assert checked.problems == ()
    assert checked.value is not None
    return checked.value


def complaints(root: Path) -> list[str]:
    return [f"{problem.at} {problem.code}" for problem in load_project(root).problems]


def toml(make_book: MakeBook, text: str) -> Path:
    return make_book({"book.toml": text})


def test_a_title_is_enough_for_a_print_edition_an_ebook_and_a_handout(project: Path) -> None:
    book = loaded(project)
    assert book.root == project.resolve()
    assert book.settings.title == "A Small Book"
    assert book.settings.language == "en"
    described = [(one.name, one.output, one.split, one.page) for one in book.editions]
    assert described == [
        ("print", "pdf", None, TRADE),
        ("ebook", "epub", None, None),
        ("handout", "pdf", "chapter", SHEET),
    ]


def test_editions_keep_their_order_and_get_their_names_and_pages(make_book: MakeBook) -> None:
    root = toml(
        make_book,
        """[book]
title = "T"
date = "2019-06~"
language = "zh-Hans"
[editions.large-print]
output = "pdf"
page = { width = "210mm" }
sections = ["titlepage", "chapters"]
[editions.leaflet]
output = "pdf"
split = "chapter"
[editions.a]
output = "epub"
styles = ["styles/extra.css"]
""",
    )
    (root / "styles").mkdir()
    (root / "styles/extra.css").write_text("p { color: black }")
    editions = loaded(root).editions
    assert [one.name for one in editions] == ["large-print", "leaflet", "a"]
    assert [one.page for one in editions] == [Page("210mm", "9in"), SHEET, None]
    assert editions[0].sections == ("titlepage", "chapters")


def test_a_folder_without_a_book_toml_is_no_project(make_book: MakeBook) -> None:
    root = make_book({"book.toml": None})
    checked = load_project(root)
    assert checked.value is None
    assert complaints(root) == ["book.toml missing-project"]
    assert checked.problems[0].hint


def test_malformed_toml_and_other_encodings_are_placed(make_book: MakeBook) -> None:
    assert complaints(toml(make_book, '[book]\ntitle = "a\n')) == ["book.toml:2:11 malformed-toml"]
    latin = make_book({"book.toml": '# a\n# é caf\n[book]\ntitle = "Café"'.encode().replace(b'\xc3\xa9"', b'\xe9"')})
    assert complaints(latin) == ["book.toml:4:13 not-utf-8"]


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(make_book: MakeBook) -> None:
    root = make_book({"book.toml": b'\xef\xbb\xbf[book]\r\ntitle = "T"\r\n'})
    assert loaded(root).settings.title == "T"


def test_every_problem_of_the_file_is_told_at_its_line(make_book: MakeBook) -> None:
    root = toml(
        make_book,
        """[book]
titel = "T"
title = "T"
language = "english!"
date = "June 2015"
sources = ["sources.yaml", "sorces.yaml"]
chapters = ["../elsewhere.md"]
cover = "cover.png"

[editions.print]
output = "pdf"
page = { width = "6 in", heigth = "9in" }
styles = ["styles/print.css"]
sections = ["titlepage", "chapter"]

[editions.ebook]
output = "epub"
split = "chapter"
page = { width = "6in" }

[editions."../x"]
output = "pdf"
name = "x"

[book-keeping]
""",
    )
    assert sorted(complaints(root), key=lambda line: int(line.split(":")[1])) == [
        "book.toml:2:1 unknown-key",
        "book.toml:4:1 unknown-language",
        "book.toml:5:1 invalid-date",
        "book.toml:6:28 missing-sources",
        "book.toml:7:13 outside-project",
        "book.toml:8:1 missing-image",
        "book.toml:12:26 unknown-key",
        "book.toml:12:10 invalid-value",
        "book.toml:13:11 missing-stylesheet",
        "book.toml:18:1 invalid-value",
        "book.toml:19:1 invalid-value",
        "book.toml:21:11 invalid-value",
        "book.toml:23:1 unknown-key",
        "book.toml:25:2 unknown-key",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('[boook]\n[book]\ntitle = "T"', 'did you mean "book"?'),
        ('[book]\ntitle = "T"\nlanguge = "en"', 'did you mean "language"?'),
        ('[book]\ntitle = "T"\ncover_alt = "A"', 'did you mean "cover-alt"?'),
        ('[book]\ntitle = "T"\n[editions.p]\noutput = "pfd"', 'did you mean "pdf"?'),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word(make_book: MakeBook, text: str, hint: str) -> None:
    (problem,) = load_project(toml(make_book, text)).problems
    assert problem.hint == hint


def test_an_ebook_may_name_the_edition_whose_pages_it_carries_or_none(make_book: MakeBook) -> None:
    described = '[book]\ntitle = "T"\n[editions.large]\noutput = "pdf"\n[editions.ebook]\noutput = "epub"\n'
    for pages in ("large", "none"):
        assert loaded(toml(make_book, f'{described}pages = "{pages}"')).editions[1].pages == pages
    assert loaded(toml(make_book, described)).editions[1].pages is None


def test_page_numbers_come_from_an_edition_that_is_one_pdf(make_book: MakeBook) -> None:
    root = toml(
        make_book,
        """\
[book]
title = "T"
[editions.print]
output = "pdf"
pages = "print"
[editions.handout]
output = "pdf"
split = "chapter"
[editions.ebook]
output = "epub"
pages = "handout"
[editions.other]
output = "epub"
pages = "prind"
[editions.wrong]
output = "epub"
pages = "broken"
[editions.broken]
output = "pfd"
""",
    )
    found = load_project(root).problems
    assert sorted(f"{problem.at} {problem.code}" for problem in found) == [
        "book.toml:11:1 invalid-value",
        "book.toml:14:1 invalid-value",
        "book.toml:19:1 invalid-value",
        "book.toml:5:1 invalid-value",
    ]
    assert 'did you mean "print"?' in {problem.hint for problem in found}


@pytest.mark.parametrize(
    "length", ["6in", "210mm", "15.5cm", "432pt", "576px", "36pc", "864q", "6IN", "210Mm", "604.8q", ".6e1in"]
)
def test_lengths_of_css_are_page_lengths(make_book: MakeBook, length: str) -> None:
    root = toml(make_book, f'[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\npage = {{ width = "{length}" }}')
    assert complaints(root) == []


@pytest.mark.parametrize(
    "length", ["", "6", "6 in", "-6in", "0in", "0.5in", "6em", "50%", "calc(6in)", "300in", "6in;"]
)
def test_other_texts_are_not(make_book: MakeBook, length: str) -> None:
    root = toml(make_book, f'[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\npage = {{ width = "{length}" }}')
    assert complaints(root) == (["book.toml:5:10 invalid-value"] if length else [])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ('colophon-text = "Set by hand."', []),
        ('colophon-text = "In {faces}, by hand."', []),
        ('colophon-text = "In {face}."', ["book.toml:4:1 invalid-value"]),
        ('see = "{heading}: see there"', []),
        ('see-page = "over there"', ["book.toml:4:1 invalid-value"]),
    ],
)
def test_a_word_has_the_placeholders_that_it_needs(make_book: MakeBook, word: str, expected: list[str]) -> None:
    assert complaints(toml(make_book, f'[book]\ntitle = "T"\n[words]\n{word}')) == expected


@pytest.mark.parametrize("language", ["en", "en-GB", "zh-Hans", "zh-Hans-CN", "sr-Latn", "de-CH-1996", "es-419", "grc"])
def test_language_tags_are_well_formed(make_book: MakeBook, language: str) -> None:
    assert complaints(toml(make_book, f'[book]\ntitle = "T"\nlanguage = "{language}"')) == []


@pytest.mark.parametrize("language", ["e", "en_GB", "English language", "en-", "-en", "en--GB", "en-a"])
def test_other_words_are_no_language_tags(make_book: MakeBook, language: str) -> None:
    root = toml(make_book, f'[book]\ntitle = "T"\nlanguage = "{language}"')
    assert complaints(root) == ["book.toml:3:1 unknown-language"]


def test_a_link_that_leads_out_of_the_project_lies_outside(make_book: MakeBook, tmp_path: Path) -> None:
    root = toml(make_book, '[book]\ntitle = "T"\nsources = ["linked.yaml"]')
    (tmp_path / "elsewhere.yaml").write_text("[]")
    (root / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert complaints(root) == ["book.toml:3:12 outside-project"]


@pytest.mark.parametrize(
    "text", ['book = "T"', '[book]\ntitle = "T"\n[editions]\np = 3', 'editions = 3\n[book]\ntitle = "T"']
)
def test_a_value_in_place_of_a_table_is_a_problem(make_book: MakeBook, text: str) -> None:
    root = toml(make_book, text)
    assert [line.split()[1] for line in complaints(root)] == ["invalid-value"]


def test_without_a_title_there_is_no_project_but_the_editions_are_judged(make_book: MakeBook) -> None:
    root = toml(make_book, '[book]\n[editions.p]\noutput = "pdg"\n')
    assert load_project(root).value is None
    assert complaints(root) == ["book.toml:1:2 missing-key", "book.toml:3:1 invalid-value"]


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("epub", 'split = "chapter"'),
        ("epub", 'binding = "hardback"'),
        ("epub", 'variant = "pdf/a-3u"'),
        ("epub", 'notes = "end"'),
        ("pdf", "embed-fonts = false"),
        ("pdf", 'pages = "none"'),
    ],
)
def test_a_key_that_says_nothing_to_an_output_is_an_error(make_book: MakeBook, output: str, line: str) -> None:
    root = toml(make_book, f'[book]\ntitle = "T"\n[editions.one]\noutput = "{output}"\n{line}\n')
    (problem,) = load_project(root).problems
    assert str(problem.at) == "book.toml:5:1"
    assert f'has no "{line.partition(" ")[0]}"' in problem.message


def test_a_variant_that_there_is_not_is_answered_with_the_nearest(make_book: MakeBook) -> None:
    root = toml(make_book, '[book]\ntitle = "T"\n[editions.one]\noutput = "pdf"\nvariant = "pdf/x4"\n')
    (problem,) = load_project(root).problems
    assert (str(problem.at), problem.hint) == ("book.toml:5:1", 'did you mean "pdf/x-4"?')


@pytest.mark.parametrize("bleed", ["3mm", "3MM", "12q", "0.125in", "0mm", "10mm"])
def test_a_bleed_is_a_length_up_to_ten_millimetres(make_book: MakeBook, bleed: str) -> None:
    assert bleeds(make_book, bleed) == []


@pytest.mark.parametrize("bleed", ["11mm", "-3mm", "3", "3 mm", "3em", "1e9in"])
def test_other_texts_are_no_bleed(make_book: MakeBook, bleed: str) -> None:
    assert bleeds(make_book, bleed) == ["invalid-value"]


def bleeds(make_book: MakeBook, bleed: str) -> list[str]:
    """The problems of an edition for a print shop with this bleed, but for those of its profile."""
    text = (
        '[book]\ntitle = "T"\n[editions.shop]\noutput = "pdf"\nvariant = "pdf/x-4"\n'
        f'printing = {{ profile = "cmyk.icc", bleed = "{bleed}" }}\n'
    )
    found = load_project(make_book({"book.toml": text, "cmyk.icc": b"no profile"})).problems
    return [problem.code for problem in found if problem.code != "invalid-profile"]


@pytest.mark.parametrize("key", ["name", "file", "filename"])
def test_an_edition_is_named_by_its_heading_and_the_hint_says_so(make_book: MakeBook, key: str) -> None:
    root = make_book({"book.toml": f'[book]\ntitle = "T"\n[editions.second]\noutput = "pdf"\n{key} = "print"\n'})
    found = [problem for problem in load_project(root).problems if problem.code == "unknown-key"]
    assert [problem.hint for problem in found] == [
        "delete the line: the heading [editions.second] names the edition, and the file that it is written to"
    ]


def test_the_keys_that_a_hint_lists_are_ones_that_an_edition_can_have(make_book: MakeBook) -> None:
    root = make_book({"book.toml": '[book]\ntitle = "T"\n[editions.second]\noutput = "pdf"\nxyzzy = "print"\n'})
    (found,) = (problem for problem in load_project(root).problems if problem.code == "unknown-key")
    assert found.hint is not None
    assert '"sections"' in found.hint
    assert '"name"' not in found.hint
