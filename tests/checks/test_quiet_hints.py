"""What looks like a slip and is none: nothing is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.check import check_book
from book.problem import slip_of
from tests.conftest import MINIMAL, MakeBook

HINTS = {
    "foreign-markup",
    "unknown-class", "missing-cells", "unclosed-emphasis", "unclosed-quotation", "unread-caption", "unread-citation",
    "empty-chapter", "unknown-language",
}  # fmt: skip
TABLE = "| a | b |\n|---|---|\n"
QUIET = {
    "classes of one's own": "[a]{.ruled} [b]{.keys} [c]{.hero} [d]{.notes} [e]{.caption} [f]{.verso} [g]{.inscription}",
    "known classes": "[a]{.smallcaps} [b]{.mark}\n\n::: tip\nA\n:::\n\n# B {.unnumbered}",
    "inches and feet": 'A board of 6" by 9", of 5\' 10", and a 12"-pipe.',
    "a mark between letters": 'A word like rash"i.',
    "a quotation of several paragraphs": '"One\n\n"two\n\n"three."',
    "a quotation with a list in it": 'He said, "we want\n\n- bread,\n- peace."',
    "one that closes later": '"One\n\ntwo\n\nthree."',
    "written marks": "He said “what he ‘said’”.\n\n“One\n\n“two.”",
    "escaped marks": r"A \" and \*\*stars, \_\_lines",
    "signs that are no marks": "2 ** 3, f(**options), a footnote** and 0.31**",
    "signs in brackets": "[sic] (see below), [12] (http://a.b), me@[1.2.3.4], Q&As; AT&T; 5' 10''",
    "the name of a file": "It is read from _quarto.yml alone",
    "a sign of a footnote": "*Note: one.\n\nTwo * three, a*b, snake_case, a [*note].",
    "code": '`**x` and `"y`\n\n    "z **\n',
    "a heading of rows": f"{TABLE}| **Prices** |\n| 1 | 2 |",
    "empty cells": f"{TABLE}| | 2 |\n| 1 | |",
    "a heading right below a table": f"{TABLE}| 1 | 2 |\n# Next",
    "a caption": f"{TABLE}| 1 | 2 |\n\nTable: A",
    "a paragraph below a table": f"{TABLE}| 1 | 2 |\n\nTables: they are many.\n\nTablet: a stone.",
    "a reference to a table": f"Tab. 3 shows it.\n\n{TABLE}| 1 | 2 |",
    "an escaped bracket": r"What \[talk-2013] is",
    "a link with a key's name": "[talk-2013](https://example.org)",
    "a word of an editor": "He [Reed] said [sic] this in [1908]",
    "a dash before no source": "> Words.\n>\n> — [@talk-2013]",
}
QUIET |= {"a chapter with a picture alone": "![A](a.png)", "a chapter with a formula alone": "$x^2$"}


@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_said_of_what_is_no_slip(name: str, make_book: MakeBook) -> None:
    body = f"---\ntitle: More\n---\n\n{QUIET[name]}\n"
    problems = check_book(make_book({"chapters/02-more.md": body})).problems
    assert [str(problem) for problem in problems if problem.code in HINTS] == []


def test_a_class_that_a_stylesheet_or_a_layout_knows_is_none_of_ours(make_book: MakeBook) -> None:
    chapter = "# More\n\n[a]{.smalcaps} [b]{.underlin}\n\n::: epigrap\nA\n:::\n"
    settings = f'{MINIMAL["book.toml"]}\n[editions.print]\noutput = "pdf"\nstyles = ["styles/a.css"]\n'
    files = {"chapters/02-more.md": chapter, "book.toml": settings, "styles/a.css": "@import 'parts/b.css';"}
    root = make_book({**files, "styles/parts/b.css": "@import '../parts/b.css'; .underlin { color: red }"})
    assert told(root) == ["smalcaps", "epigrap"]
    root = make_book({**files, "styles/parts/b.css": "", "layouts/division-epigrap.html": "<div>{{ content }}</div>"})
    assert told(root) == ["smalcaps", "underlin"]


def told(root: Path) -> list[str]:
    problems = check_book(root).problems
    return [problem.message.split('"')[1] for problem in problems if problem.code == "unknown-class"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("fooot", "foot"), ("kye", "key"), ("Foot", "foot"), ("rowheads", "row-heads"), ("row-head", "row-heads"),
        ("altred", "altered"), ("decoretive", "decorative"), ("foot", None), ("food", None), ("foo", None),
        ("keys", None), ("caption", None), ("", None), ("k", None),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter_away_and_no_word_of_its_own(word: str, meant: str | None) -> None:
    known = ["foot", "key", "row-heads", "altered", "decorative", "caution"]
    assert slip_of(word, known) == meant
