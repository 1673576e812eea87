from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.model.settings import Settings
from book.model.sources import Day, Name, Source
from book.problem import Checked, Span
from book.sources import read_sources
from book.sources.csl import read_date

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SPEECH = """\
- id: work-conference-2015
  type: speech
  author: [{family: Xi, given: Jinping}]
  title: Speech at the Central Poverty Alleviation and Development Work Conference
  title-short: Work Conference
  event-title: Central Poverty Alleviation and Development Work Conference
  event-place: Beijing
  publisher-place: Shanghai
  container-title: Collected Speeches
  issued: 2015-11-27/2015-11-28
  URL: https://example.org/speech
  language: en-GB
"""


def read(root: Path, *paths: str) -> Checked[Mapping[str, Source]]:
    return read_sources(root, Settings(title="T", sources=paths))


def from_yaml(make_book: MakeBook, text: str) -> Checked[Mapping[str, Source]]:
    return read(make_book({"sources.yaml": text}))


def from_json(make_book: MakeBook, text: str) -> Checked[Mapping[str, Source]]:
    return read(make_book({"sources.yaml": None, "sources.json": text}))


def complaints(checked: Checked[Mapping[str, Source]]) -> list[str]:
    return [f"{problem.at} {problem.code}" for problem in checked.problems]


def test_an_item_in_yaml_becomes_a_source(make_book: MakeBook) -> None:
    checked = from_yaml(make_book, SPEECH)
    assert checked.problems == ()
    source = checked.value["work-conference-2015"]
    assert source.type == "speech"
    assert source.title.startswith("Speech at the Central")
    assert source.short_title == "Work Conference"
    assert source.authors == (Name("Xi", "Jinping"),)
    assert source.event == "Central Poverty Alleviation and Development Work Conference"
    assert source.place == "Beijing"
    assert source.date is not None
    assert (source.date.earliest, source.date.latest) == (Day(2015, 11, 27), Day(2015, 11, 28))
    assert source.url == "https://example.org/speech"
    assert source.language == "en-GB"
    assert source.at == Span("sources.yaml", 1, 3)


def test_the_same_items_in_json_become_the_same_sources(make_book: MakeBook) -> None:
    item = {
        "id": "work-conference-2015",
        "type": "speech",
        "author": [{"family": "Xi", "given": "Jinping"}],
        "title": "Speech at the Central Poverty Alleviation and Development Work Conference",
        "title-short": "Work Conference",
        "event": "Central Poverty Alleviation and Development Work Conference",
        "container-title": "Collected Speeches",
        "event-place": "Beijing",
        "issued": {"date-parts": [["2015", 11, 27], [2015, 11, "28"]]},
        "URL": "https://example.org/speech",
        "language": "en-GB",
    }
    from_list = from_json(make_book, json.dumps([item]))
    from_references = from_json(make_book, json.dumps({"references": [item]}))
    assert from_list.problems == from_references.problems == ()
    (one,), (other,) = from_list.value.values(), from_references.value.values()
    assert (one.at, other.at) == (Span("sources.json", 1, 2), Span("sources.json", 1, 17))
    (yaml,) = from_yaml(make_book, SPEECH).value.values()
    fields = [name for name in Source.__dataclass_fields__ if name not in ("at", "item")]
    assert [getattr(one, name) for name in fields] == [getattr(yaml, name) for name in fields]


def test_where_there_is_no_event_the_container_and_the_publishers_place_stand_in(make_book: MakeBook) -> None:
    checked = from_yaml(
        make_book, "- {id: a, title: T, container-title: The Independent Journal, publisher-place: New York}\n"
    )
    source = checked.value["a"]
    assert (source.event, source.occasion, source.place) == (None, "The Independent Journal", "New York")


def test_the_day_of_the_event_counts_before_the_day_of_issue(make_book: MakeBook) -> None:
    checked = from_yaml(make_book, "- {id: a, title: T, issued: 2020, event-date: 2015-06-23}\n")
    assert checked.value["a"].date is not None
    assert checked.value["a"].date.edtf == "2015-06-23"


def test_an_event_title_stands_in_for_a_title(make_book: MakeBook) -> None:
    checked = from_yaml(make_book, "- {id: a, event-title: Forum}\n")
    assert checked.problems == ()
    assert checked.value["a"].title == "Forum"
    assert checked.value["a"].date is None


def test_yaml_may_hold_the_list_under_references(make_book: MakeBook) -> None:
    checked = from_yaml(make_book, "---\nreferences:\n- id: a\n  title: T\n")
    assert checked.problems == ()
    assert checked.value["a"].at == Span("sources.yaml", 3, 3)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("{family: Xi, given: Jinping}", "Jinping Xi"),
        ("{literal: State Council}", "State Council"),
        ("{family: Gogh, given: Vincent, non-dropping-particle: van}", "Vincent van Gogh"),
        ("{family: Humboldt, given: Alexander, dropping-particle: von}", "Alexander von Humboldt"),
        ("{family: King, given: Martin Luther, suffix: Jr., comma-suffix: true}", "Martin Luther King, Jr."),
        ("{given: Plato}", "Plato"),
    ],
)
def test_names_are_read_with_their_particles(make_book: MakeBook, name: str, written: str) -> None:
    checked = from_yaml(make_book, f"- {{id: a, title: T, author: [{name}]}}\n")
    assert checked.problems == ()
    assert [str(author) for author in checked.value["a"].authors] == [written]


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2015-06~", "2015-06~"),
        (2015, "2015"),
        ({"date-parts": [[2015, 6]]}, "2015-06"),
        ({"date-parts": [[2015], [2016]]}, "2015/2016"),
        ({"date-parts": [["2015"]], "circa": 1}, "2015~"),
        ({"date-parts": [["2015"]], "circa": "false"}, "2015"),
        ({"date-parts": [[2015]], "season": "2"}, "2015-22"),
        ({"literal": "2015?"}, "2015?"),
        ({"raw": "2015-11-27/2015-11-28"}, "2015-11-27/2015-11-28"),
        ({"raw": "2015", "circa": True}, "2015~"),
        ({"edtf": "201X"}, "201X"),
        ([{"year": "2015", "month": "6"}, {"year": "2016"}], "2015-06/2016"),
        ({"year": 2015}, "2015"),
        ("", None),
        (None, None),
        ({}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ([], None),
    ],
)
def test_dates_are_read_as_zotero_and_pandoc_write_them(value: object, edtf: str | None) -> None:
    date = read_date(value)
    assert (date.edtf if date else None) == edtf


@pytest.mark.parametrize(
    "value", [True, 3.5, ["2015"], {"date-parts": [2015]}, {"date-parts": 2015}, {"literal": "n.d."}]
)
def test_other_values_are_no_dates(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_date(value)


def test_every_problem_is_told_at_its_line(make_book: MakeBook) -> None:
    checked = from_yaml(
        make_book,
        """\
- id: a
  type: speach
  title: T
  url: https://example.org
  issued: 2015-02-30
  event-date: 2015-06-23
- title: without an id
- id: b
  author: Xi Jinping
- id: c
  title: [T]
  event-title: Forum
  author:
    - famly: Xi
  issued: {year: 2015, mnth: 6}
- just words
""",
    )
    assert sorted(complaints(checked), key=lambda line: [int(part) for part in line.split()[0].split(":")[1:]]) == [
        "sources.yaml:2:3 invalid-value",
        "sources.yaml:4:3 unknown-key",
        "sources.yaml:5:3 invalid-date",
        "sources.yaml:7:3 missing-key",
        "sources.yaml:8:3 missing-key",
        "sources.yaml:9:3 invalid-value",
        "sources.yaml:11:3 invalid-value",
        "sources.yaml:14:7 unknown-key",
        "sources.yaml:15:24 unknown-key",
        "sources.yaml:16:3 invalid-value",
    ]
    assert list(checked.value) == ["a", "b", "c"], "an item with an id can be cited all the same"


def test_a_slip_in_a_key_is_answered_with_the_key_that_was_meant(make_book: MakeBook) -> None:
    checked = from_yaml(make_book, "- {id: a, title: T, url: x, event-titel: y}\n")
    assert [problem.hint for problem in checked.problems] == ['did you mean "URL"?', 'did you mean "event-title"?']


def test_every_variable_of_csl_is_allowed(make_book: MakeBook) -> None:
    text = '[{"id": 7, "title": "T", "DOI": "10.1/x", "page": 3, "accessed": {"date-parts": [[2020]]}, "custom": {}}]'
    checked = from_json(make_book, text)
    assert checked.problems == ()
    assert list(checked.value) == ["7"]


def test_problems_in_json_are_placed_too(make_book: MakeBook) -> None:
    text = (
        '[\n  {"id": "a", "title": "T"},\n  {"id": "b",\n   "title": "T",\n   "issued": {"raw": "June"}, "tpye": 1}\n]'
    )
    assert complaints(from_json(make_book, text)) == ["sources.json:5:31 unknown-key", "sources.json:5:4 invalid-date"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[\n {"id": "a" "title": "T"}]', "sources.json:2:13"),
        ('[{"id": "a"},]', "sources.json:1:14"),
        ("[" * 100_000, "sources.json"),
        ('[{"id": ' + "9" * 5000 + "}]", "sources.json"),
    ],
)
def test_malformed_json_is_placed(make_book: MakeBook, text: str, place: str) -> None:
    (complaint,) = complaints(from_json(make_book, text))
    assert complaint.startswith(place)
    assert complaint.endswith(" malformed-json")


@pytest.mark.parametrize("text", ["", "[]", "# nothing yet\n", "references:\n"])
def test_an_empty_list_is_fine(make_book: MakeBook, text: str) -> None:
    checked = from_yaml(make_book, text)
    assert checked.problems == ()
    assert checked.value == {}


def test_a_list_that_is_none_is_a_problem(make_book: MakeBook) -> None:
    assert complaints(from_yaml(make_book, "id: a\ntitle: T\n")) == ["sources.yaml:1:1 invalid-value"]


def test_an_id_given_twice_names_both_places_even_across_files(make_book: MakeBook) -> None:
    root = make_book(
        {"a.yaml": "- {id: x, title: One}\n- {id: x, title: Two}\n", "b.json": '[\n{"id": "x", "title": "Three"}]'}
    )
    checked = read(root, "a.yaml", "b.json", "a.yaml")
    assert complaints(checked) == ["a.yaml:2:3 duplicate-source", "b.json:2:1 duplicate-source"]
    assert all("a.yaml:1:3" in (problem.hint or "") for problem in checked.problems)
    assert checked.value["x"].title == "One"


def test_another_encoding_is_placed_at_its_first_byte(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": "- id: a\n  title: é Café".encode().replace(b"f\xc3\xa9", b"f\xe9")})
    assert complaints(read(root)) == ["sources.yaml:2:15 not-utf-8"]


def test_a_list_in_an_unknown_format_is_a_problem(make_book: MakeBook) -> None:
    assert complaints(read(make_book({"sources.txt": "x"}), "sources.txt")) == ["sources.txt invalid-value"]


def test_nothing_outside_the_project_is_read(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book()
    (tmp_path / "outside.yaml").write_text("- {id: a, title: T}")
    assert read(root, "../outside.yaml", "absent.yaml").value == {}


def test_each_of_two_thousand_sources_is_told_of_what_is_wrong_with_it(make_book: MakeBook) -> None:
    items = [{"id": f"s{n}", "title": "T", "issued": {"date-parts": [[1000 + n]]}, "bad": 1} for n in range(2000)]
    root = make_book({"sources.yaml": None, "sources.json": json.dumps(items, indent=1)})
    checked = read(root)
    assert (len(checked.value), len({problem.at for problem in checked.problems})) == (2000, 2000)
