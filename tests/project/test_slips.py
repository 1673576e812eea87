from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from book.check import check_all
from book.project.toml_source import parse as parse_toml
from book.project.yaml_source import parse as parse_yaml

if TYPE_CHECKING:
    from tests.conftest import MakeBook


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: After the flood: a warning", 'there is a colon in it: title: "After the flood: a warning"'),
        ('- title: A: "b" c', "there is a colon in it: title: 'A: \"b\" c'"),
        ("a: b\n  c: d", "indent the line as those are to which it belongs"),
        ("- a: b\n c: d", "indent the line as those are to which it belongs"),
        ("title\nb: c", "a key, a colon and a space"),
        ("title:A\nb: c", "a key, a colon and a space"),
        ("a:\n\tb: c", "indent with spaces, not with tabs"),
        ("a: @b", 'because it begins with "@": a: "@b"'),
        ("a: `b`", 'because it begins with "`": a: "`b`"'),
        ("a: *b* c", 'because it begins with "*": a: "*b* c"'),
        ("a: 'don't'", "write an apostrophe twice"),
        ('a: "b\nc: d', "a quotation mark that begins a value before this place is not closed"),
        ("a: [b, c", "a bracket or brace before this place is not closed"),
        ("a: {b: c", "a bracket or brace before this place is not closed"),
    ],
)
def test_the_usual_slips_in_yaml_have_a_hint(text: str, hint: str) -> None:
    (problem,) = parse_yaml(text + "\n", "x.yaml").problems
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title = Words on Water", 'put text in quotation marks: title = "Words on Water"'),
        ("title = “Words”", 'use straight quotation marks: title = "Words"'),
        ("title = 'it's'", 'in double quotation marks: title = "it\'s"'),
        ('title = "a "b" c"', "write a quotation mark inside text as"),
        ('title = "a\nb = 1', "close the quotation mark"),
        ("title =", "write a value"),
        ('title: "A"', 'write = in place of the colon: title = "A"'),
        ("title: A", 'write = in place of the colon: title = "A"'),
        ('title "A"', "write = between key and value"),
        ("marks = True", "in small letters: marks = true"),
        ('cover = "a\\dir.jpg"', "write a backslash twice"),
        ("date = 2026-5-1", 'put text in quotation marks: date = "2026-5-1"'),
        ("a = 1\na = 2", "remove one of the two lines"),
        ("[a]\n[a]", "the table stands twice"),
        ("[book\na = 1", "close the bracket"),
        ('a = ["b" "c"]', "put a comma between any two items"),
        ('page = { width = "6in",\nheight = "9in" }', "a table in braces stands on one line"),
    ],
)
def test_the_usual_slips_in_toml_have_a_hint(text: str, hint: str) -> None:
    (problem,) = parse_toml(text + "\n", "x.toml").problems
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('isbn = "978"', 'write identifier = "urn:isbn:…", best in the table of each edition'),
        ('dedication = "To R."', "write it in a chapter of its own that comes first, as ::: dedication … :::"),
        ('author = "R."', 'write authors = ["…"]'),
        ('Author = "R."', 'write authors = ["…"]'),
        ('lang = "en"', 'write language = "…"'),
        ('page = { width = "6in" }', "put it in the table of an edition, such as [editions.print]"),
        ("embed_fonts = true", "put it in the table of an edition, such as [editions.print]"),
        ('langauge = "en"', 'did you mean "language"?'),
    ],
)
def test_a_key_that_people_expect_leads_to_the_one_that_there_is(make_book: MakeBook, line: str, hint: str) -> None:
    (problem,) = check_all(make_book({"book.toml": f'[book]\ntitle = "T"\n{line}\n'})).problems
    assert (problem.code, problem.at.line, problem.hint) == ("unknown-key", 3, hint)


def test_a_key_outside_its_table_is_sent_there(make_book: MakeBook) -> None:
    root = make_book(
        {"book.toml": 'language = "en"\n[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\nrights = "x"\n'}
    )
    assert [problem.hint for problem in check_all(root).problems] == [
        "put it below the line [book]",
        "put it in the table [book]",
    ]


@pytest.mark.parametrize("image", ["![a]()", "![](<>)", "text ![a]( ) text", '![a]( "c")'])
def test_an_image_left_empty_is_told_with_its_line(make_book: MakeBook, image: str) -> None:
    root = make_book({"chapters/01-first.md": f"# One\n\nSaid [@talk-2013].\n\n{image}\n"})
    found = [problem for problem in check_all(root).problems if problem.code != "missing-alt"]
    assert [(problem.code, problem.at.line) for problem in found] == [("missing-image", 5)]
    assert "![what it shows](images/hill.jpg)" in (found[0].hint or "")


def test_curly_quotes_round_a_caption_are_told(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\nSaid [@talk-2013].\n\n![a](dot.svg “Caption”)\n"})
    told = [f"{problem.message} {problem.hint}" for problem in check_all(root).problems if problem.at.line == 5]
    assert told == [
        (
            '"![a](dot.svg “Caption”)" looks like a picture with curly quotation marks round its caption '
            'use straight ones: ![what it shows](images/hill.jpg "Caption")'
        )
    ]


@pytest.mark.parametrize("words", ["![a](my hill.jpg)", "![a](hill.jpg Caption)", "[a](my chapter.md)"])
def test_a_picture_or_link_that_is_read_as_text_is_told(make_book: MakeBook, words: str) -> None:
    root = make_book({"chapters/01-first.md": f"# One\n\nSaid [@talk-2013].\n\n{words}\n"})
    (problem,) = check_all(root).problems
    assert (problem.code, problem.at.line) == ("foreign-markup", 5)
    assert "between < and >" in (problem.hint or "")
