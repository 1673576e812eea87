"""Source lists written for other programs and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from book.cli.commands import main
from book.exports import EXPORTS
from book.model.settings import Settings
from book.model.sources import Source
from book.sources import read_sources

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SUFFIX = {"csl-json": ".json", "csl-yaml": ".yaml", "bibtex": ".bib", "csv": ".csv"}
ITEMS: list[dict[str, Any]] = [
    {
        "id": "reed-1908",
        "type": "speech",
        "title": 'On <i>Hamlet</i>, <b>H</b><sub>2</sub>O & 50% of "it" *as* it_is_',
        "title-short": "Hamlet",
        "author": [
            {"family": "Reed", "given": "Ada"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "Holt, Sons and Daughters"},
            {"literal": "习近平"},
        ],
        "event-title": "Debate on the harbour",
        "event-place": "Kelmouth",
        "issued": {"date-parts": [[1908, 3, 2]], "circa": True},
        "URL": "https://example.org/a_b%20c",
        "language": "en-GB",
    },
    {
        "id": "http://zotero.org/users/1/items/AB",
        "citation-key": "pike1909",
        "type": "article-newspaper",
        "title": "Fishermen protest",
        "speaker": [{"family": "Pike", "given": "Jonas"}],
        "author": [{"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}],
        "container-title": "The <i>Herald</i>",
        "publisher-place": "Senlow",
        "issued": {"raw": "1909-01-02/1909-01-04"},
        "original-date": {"date-parts": [[-44, 3, 15]]},
    },
    {"id": "s1", "type": "speech", "title": "One", "issued": {"date-parts": [[1850]], "season": 2}},
    {"id": "s2", "type": "interview", "title": "Two", "issued": {"literal": "late in 1850"}},
    {"id": "s3", "type": "hearing", "title": "Three", "event-date": {"raw": "201X"}, "publisher": "P"},
    {"id": "s4", "type": "speech", "title": "Four", "issued": {"raw": "[1667,1668]"}, "container-title": "C"},
    {"id": "s5", "type": "manuscript", "title": "Five", "event-title": "E"},
    {"id": "s6", "type": "article-journal", "title": "Six", "container-title": "J", "volume": 3, "issue": "4"},
]
RICHER = {
    "id": "rich", "type": "book", "title": "T", "custom": {"a": [1, {"b": 2}]}, "abstract": "x", "license": "CC",
    "note": "original-date: 1910\nother words", "categories": ["a"],
    "author": [{"family": "Reed", "given": "Ada", "dates": "1853–1919", "comma-suffix": True, "suffix": "Jr."}],
}  # fmt: skip


def read(make_book: MakeBook, suffix: str, text: str) -> Mapping[str, Source]:
    root = make_book({"sources.yaml": None, f"exported{suffix}": text})
    return read_sources(root, Settings(title="T", sources=(f"exported{suffix}",))).value


def shown(source: Source) -> dict[str, object]:
    """Everything that a book shows of a source."""
    values = {one.name: getattr(source, one.name) for one in fields(Source)}
    return {name: value for name, value in values.items() if name not in ("at", "item", "problems", "aliases")}


@pytest.mark.parametrize("form", ["csl-json", "csl-yaml", "bibtex", "csv"])
def test_what_a_book_shows_survives_a_round_trip(make_book: MakeBook, form: str) -> None:
    before = read(make_book, ".json", json.dumps(ITEMS))
    export = EXPORTS[form](list(before.values()))
    after = read(make_book, SUFFIX[form], export.text)
    assert list(after) == list(before)
    for key, source in before.items():
        assert shown(after[key]) == shown(source)
        assert getattr(after[key].title, "html", None) == getattr(source.title, "html", None)
    assert dict(export.lost).keys() <= {"citation-key"}


@pytest.mark.parametrize("form", ["csl-json", "csl-yaml"])
def test_nothing_is_lost_in_the_forms_of_csl(make_book: MakeBook, form: str) -> None:
    items = [*ITEMS, RICHER]
    export = EXPORTS[form](list(read(make_book, ".json", json.dumps(items)).values()))
    assert export.lost == ()
    again = EXPORTS["csl-json"](list(read(make_book, SUFFIX[form], export.text).values()))
    if form == "csl-json":
        assert json.loads(export.text) == items
    else:  # YAML is read as text throughout
        assert json.loads(again.text, parse_int=str) == json.loads(
            json.dumps(items).replace("true", '"true"'), parse_int=str
        )


def test_csl_yaml_becomes_csl_json_that_other_programs_read(make_book: MakeBook) -> None:
    yaml = (
        "- {id: a, title: 'On *Hamlet* \\* [Nato]{.smallcaps}', issued: 1908-03-02/1908-03-04}\n"
        "- {id: b, title: T, issued: 1908-21}\n- {id: c, title: T, issued: 1908~}\n- {id: d, title: T, issued: 201X}\n"
        "- {id: e, title: T, issued: [{year: 1908, month: 3}]}\n- {id: f, title: T, issued: -0043}\n"
    )
    written = json.loads(EXPORTS["csl-json"](list(read(make_book, ".yaml", yaml).values())).text)
    assert written[0]["title"] == 'On <i>Hamlet</i> * <span style="font-variant: small-caps;">Nato</span>'
    assert [item["issued"] for item in written] == [
        {"date-parts": [[1908, 3, 2], [1908, 3, 4]]},
        {"date-parts": [[1908]], "season": 1},
        {"date-parts": [[1908]], "circa": True},
        {"raw": "201X"},
        {"date-parts": [[1908, 3]]},
        {"date-parts": [[-44]]},
    ]


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        ("bibtex", ["categories", "comma-suffix of a name", "custom", "dates of a name", "license"]),
        ("csv", ["categories", "comma-suffix of a name", "custom", "dates of a name"]),
    ],
)
def test_what_a_format_cannot_take_is_listed(make_book: MakeBook, form: str, lost: list[str]) -> None:
    export = EXPORTS[form](list(read(make_book, ".json", json.dumps([RICHER])).values()))
    assert export.lost == tuple((name, 1) for name in lost)


def test_a_speech_in_bibtex_says_that_it_is_one(make_book: MakeBook) -> None:
    text = EXPORTS["bibtex"](list(read(make_book, ".json", json.dumps(ITEMS[:1])).values())).text
    assert text.startswith("@unpublished{reed-1908,\n")
    for field in ("entrysubtype", "eventtitle", "venue"):
        assert f"  {field} " in text
    assert r"On \emph{Hamlet}" in text
    assert "van Beethoven, Ludwig and King, Jr., Martin Luther and {Holt, Sons and Daughters}" in text


def test_the_command_writes_all_sources_or_those_that_are_cited(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": "- {id: talk-2013, title: T, custom: {a: b}}\n- {id: other, title: U}\n"})
    told = CliRunner().invoke(main, ["sources", "--project", str(root), "--format", "csv"])
    assert told.stdout == "id,title\ntalk-2013,T\nother,U\n"
    assert "not in csv: custom (1 source)" in told.stderr
    cited = CliRunner().invoke(main, ["sources", "--project", str(root), "--format", "csv", "--cited"])
    assert cited.stdout == "id,title\ntalk-2013,T\n"
    assert CliRunner().invoke(main, ["sources", "--project", str(root), "--cited"]).exit_code == 2
