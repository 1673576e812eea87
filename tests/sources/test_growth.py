"""The time that reading a list of sources takes grows with the list, in every format, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from book.project.config import load_project
from book.project.rich_text import from_csl
from book.sources import SOURCES
from tests.soak.watch import time_limit
from tests.steps import print_steps, steps_of

Text = Callable[[int], str]


def _json(**more: object) -> Text:
    """A list in CSL-JSON whose items have these members too."""
    return lambda n: json.dumps(
        [{"id": f"a{i}", "type": "speech", "title": "T", "author": [{"family": "B"}], **more} for i in range(n)],
        indent=1,
    )


def _lines(text: str, head: str = "", end: str = "") -> Text:
    """A text that is repeated, with a number of five digits in place of `%d`."""
    return lambda n: head + "".join(text.replace("%d", f"{i:05}") for i in range(n)) + end


KINDS: dict[str, dict[str, Text]] = {
    ".json": {
        "items": _json(),
        "items on one line": lambda n: json.dumps(json.loads(_json()(n))),
        "wrong dates": _json(issued={"date-parts": [[2015, 99]]}),
        "wrong values": _json(author=5, event=[1], issued=7),
        "one id": lambda n: json.dumps([{"id": "a", "title": f"T{i}"} for i in range(n)]),
        "one key": _lines('"title": "T", ', '[{"id": "a", ', '"title": "T"}]'),
        "keys of other programs": lambda n: json.dumps([{"id": "a", "title": "T", **{f"k{i}": 1 for i in range(n)}}]),
        "names": lambda n: json.dumps([{"id": "a", "title": "T", "author": [{"famly": "F"} for _ in range(n)]}]),
        "characters that XML does not know": _lines('{"id": "a%d", "title": "\\u0001"}, ', "[", '{"id": "x"}]'),
        "variables in a note": lambda n: json.dumps([{"id": "a", "title": "T", "note": "issued: 2015\n" * n}]),
        "tags": lambda n: json.dumps([{"id": "a", "title": "<i>a</i> <b>b " * n + "</b>" * n + "<u>c" * n}]),
        "brackets": _lines("["),
    },
    ".yaml": {
        "items": _lines(
            "- id: a%d\n  type: speech\n  title: T\n  author: [{family: B, given: C}]\n  issued: 2015-01\n"
        ),
        "items on one line": _lines("{id: a%d, title: T}, ", "[", "{id: x, title: T}]"),
        "wrong dates": _lines("- id: a%d\n  title: T\n  issued: 2015-99-99\n"),
        "wrong keys": _lines("- id: a%d\n  titel: T\n  athor: 5\n"),
        "one key": _lines("  title: T\n", "- id: a\n"),
        "keys of other programs": _lines("  k%d: 1\n", "- id: a\n  title: T\n"),
        "comments in words": _lines("- id: a%d\n  title: T # 5\n"),
        "names": _lines("    - family: F%d\n      nonsense: 1\n", "- id: a\n  title: T\n  author:\n"),
        "markup": _lines("**a *b _c ^d ~e `f [g]{.h} <i>", '- id: a\n  title: "', '"\n'),
        "aliases": _lines("- *a\n", "- &a {id: a, title: T}\n"),
        "escapes": _lines("\\u0001", '- id: a\n  title: "', '"\n'),
        "tags": _lines("- !x y\n"),
        "brackets": _lines("["),
    },
    ".bib": {
        "items": _lines("@book{a%d,\n title = {A},\n author = {B, C and D, E},\n date = {2015-01}\n}\n\n"),
        "items on one line": _lines("@book{a%d, title = {A title}} "),
        "wrong dates": _lines("@book{a%d,\n title = {A},\n date = {2015-99}\n}\n"),
        "entries that do not end": _lines("@book{a, title = {x\n"),
        "entries in entries": _lines("@book{"),
        "braces": lambda n: "@book{a, title={" + "{" * n + "}" * n + "}}",
        "braces that do not end": _lines("{", "@book{a, title={"),
        "abbreviations": _lines("@string{s%d = {x}}\n@book{b%d, title = s%d}\n"),
        "joined texts": _lines(" # {y}", "@book{a, title = {x}", "}"),
        "names": _lines("F%d, G and ", "@book{a, title = {x}, author = {", "H}}"),
        "accents": _lines('\\"{a} \\v{s} ', "@book{a, title = {", "}}"),
        "commands": _lines("\\emph{a} ", "@book{a, title = {", "}}"),
        "commands in commands": lambda n: "@book{a, title = {" + "\\emph{" * n + "}" * n + "}}",
        "formulas": _lines("$x^2$ ", "@book{a, title={", "}}"),
        "one key": _lines("title = {x},\n", "@book{a, ", "}"),
        "one id": _lines("@book{a, title={x}}\n"),
        "comments": _lines("% words @ a\n@comment{x}\n"),
        "words of a heading": _lines("a, ", "@book{a, title={x}, keywords={", "}}"),
        "a volume of many parts": _lines("@inbook{a%d, title={x}, crossref={b}}\n", end="@book{b, title={y}}\n"),
        "kinds that are unknown": _lines("@nonsense{a%d, title={x}}\n"),
    },
    ".ris": {
        "items": _lines("TY  - SPCH\nID  - a%d\nTI  - T\nAU  - B, C\nPY  - 2015/01/02\nER  - \n\n"),
        "items that do not end": _lines("TY  - SPCH\nID  - a%d\nTI  - T\n"),
        "wrong dates": _lines("TY  - SPCH\nID  - a%d\nTI  - T\nPY  - 20x5////\nER  - \n"),
        "names": _lines("AU  - B%d, C\n", "TY  - SPCH\nID  - a\nTI  - T\n", "ER  - \n"),
        "lines without a tag": _lines("words\n", "TY  - SPCH\nID  - a\nTI  - T\n", "ER  - \n"),
        "one key": _lines("TI  - T\n", "TY  - SPCH\nID  - a\n", "ER  - \n"),
        "ends": _lines("ER  - \n"),
        "empty lines": _lines("\n", "TY  - SPCH\nID  - a\nTI  - T\n", "ER  - \n"),
        "items without an id": _lines("TY  - SPCH\nTI  - T%d\nER  - \n"),
        "tags that are unknown": _lines("TY  - NONE\nID  - a%d\nTI  - T\nXX  - y\nER  - \n"),
        "notes": _lines("N1  - words\nKW  - word\n", "TY  - SPCH\nID  - a\nTI  - T\n", "ER  - \n"),
    },
    ".csv": {
        "items": _lines('a%d,speech,T,"B, C",2015-01-02\n', "id,type,title,author,issued\n"),
        "wrong dates": _lines("a%d,T,2015-99\n", "id,title,issued\n"),
        "columns": lambda n: "id,title" + "".join(f",c{i}" for i in range(n)) + "\na,b" + ",x" * n + "\n",
        "columns of one name": lambda n: "id,title" + ",title" * n + "\na,b" + ",x" * n + "\n",
        "too many cells": _lines("a%d,b,c,d\n", "id,title\n"),
        "too few cells": _lines("a%d\n", "id,title\n"),
        "a quotation mark that is not closed": _lines("c,d\n", 'id,title\na,"b\n'),
        "cells of many lines": _lines('a%d,"b\n\nc"\n', "id,title\n"),
        "names": _lines("F%d, G; ", 'id,title,author\na,b,"', '"\n'),
        "quotation marks": _lines('""', 'id,title\na,"', '"\n'),
        "one id": _lines("a,b%d\n", "id,title\n"),
        "empty rows": _lines(",\n\n", "id,title\n"),
    },
    ".toml": {
        "keys": _lines("k%d = 1\n", "[book]\n"),
        "tables that are unknown": _lines("[t%d]\nk = 1\n", '[book]\ntitle = "B"\n'),
        "wrong names": _lines('authors%d = 5\n[editions.e%d]\noutputs = "epub"\n', '[book]\ntitle = "B"\n'),
        "one key": _lines("k = 1\n", "[book]\n"),
        "items of a list": _lines('"a%d", ', "[book]\nsources = [", "]\n"),
        "lines of a list": _lines('  "a%d", # words\n', "[book]\nsources = [\n", "]\n"),
        "tables of a list": _lines("[[book.k]]\nl = 1\n"),
        "dotted keys": _lines("a%d.b.c = 1\n"),
        "inline tables": _lines("{ a = 1, b = { c = 2 } }, ", "x = [", "]\n"),
        "text of many lines": _lines("words \\\n", 'x = """', '"""\n'),
        "text that is not closed": _lines("words\n", 'x = """'),
        "escapes": _lines("\\u0001", 'x = "', '"\n'),
        "brackets": _lines("[", "x = "),
        "comments": _lines("# words\n\n", end="x = 1\n"),
    },
}


def _reading(suffix: str, text: str) -> Callable[[], object]:
    """A function that reads a text."""
    if suffix == ".toml":
        folder = TemporaryDirectory()
        (Path(folder.name) / "book.toml").write_text(text, encoding="utf-8")
        return lambda: (load_project(Path(folder.name)), folder)
    return lambda: SOURCES[suffix](text, f"sources{suffix}")


@pytest.fixture(scope="module")
def counts() -> dict[str, list[int]]:
    """The steps of each kind for a list and for one twice as long."""
    return steps_of("tests.sources.test_growth")


@pytest.mark.parametrize("kind", [f"{suffix} {name}" for suffix, kinds in KINDS.items() for name in kinds])
def test_twice_the_list_takes_about_twice_the_steps(counts: dict[str, list[int]], kind: str) -> None:
    once, twice = counts[kind]
    assert twice < 2.2 * once


def test_the_lines_of_20000_records_are_found_in_seconds() -> None:
    """What one step does, such as a search to the end of the text, is not counted."""
    with time_limit(15):
        found = SOURCES[".ris"](KINDS[".ris"]["items"](20_000), "s.ris").value
        assert [source.at.line for source in found] == list(range(1, 140_000, 7))
        empty = "\n" * 100_000
        assert SOURCES[".ris"](f"{empty}TY  - SPCH\nID  - a\n{empty}ER  - \n", "s.ris").value[0].at.line == 100_001


def test_tags_that_do_not_end_are_read_in_seconds() -> None:
    with time_limit(20):
        assert from_csl("<i>a" * 200_000) == "a" * 200_000
        assert from_csl("<i>" * 100_000 + "a</i>" * 100_000 + "</b>" * 100_000) == "a" * 100_000


if __name__ == "__main__":
    print_steps({
        f"{suffix} {name}": lambda n, suffix=suffix, text=text: _reading(suffix, text(n))  # type: ignore[misc]
        for suffix, kinds in KINDS.items()
        for name, text in kinds.items()
    })  # fmt: skip
