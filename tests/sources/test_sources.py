from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.citing.names import full
from book.model.settings import Settings
from book.model.sources import Day, Name, Source
from book.problem import Checked, Problem, Severity, Span
from book.sources import read_list, read_sources
from book.sources.csl_dates import read_date

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


def all_problems(checked: Checked[Mapping[str, Source]]) -> list[Problem]:
    return [*checked.problems, *(problem for source in checked.value.values() for problem in source.problems)]


def complaints(checked: Checked[Mapping[str, Source]], *severities: Severity) -> list[str]:
    told = severities or (Severity.ERROR, Severity.WARNING)
    return [f"{problem.at} {problem.code}" for problem in all_problems(checked) if problem.severity in told]


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
    yaml = from_yaml(make_book, SPEECH).value["work-conference-2015"]
    fields = [name for name in Source.__dataclass_fields__ if name not in ("at", "item", "problems")]
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
        ("{family: King, given: Martin Luther, suffix: Jr.}", "Martin Luther King Jr."),
        ("{family: Bruce, given: Henry, suffix: 1st Baron Aberdare}", "Henry Bruce, 1st Baron Aberdare"),
        ("{family: Bruce, given: Henry, suffix: the Elder, comma-suffix: false}", "Henry Bruce the Elder"),
        ("{family: Bruce, given: 'Henry, 1st Baron Aberdare'}", "Henry Bruce, 1st Baron Aberdare"),
        ("{family: Powis, given: '', suffix: 2nd Marquess of}", "Powis, 2nd Marquess of"),
        ("{given: Plato}", "Plato"),
        ("{family: Plato}", "Plato"),
        ("{family: '', given: Plato}", "Plato"),
        ("{family: de Gaulle, given: Charles}", "Charles de Gaulle"),
        ("{family: d’Artagnan, given: Charles}", "Charles d’Artagnan"),
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
        ({"raw": "2 March 1908"}, "1908-03-02"),
        ([{"raw": "c. 1850"}], "1850~"),
        ([{"year": "2015", "month": "6"}, {"year": "2016"}], "2015-06/2016"),
        ({"year": 2015}, "2015"),
        ("", None),
        (None, None),
        ({}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ([], None),
        ([{"year": 2017, "season": 3}], "2017-23"),
        ([{"year": "1850", "circa": "true"}], "1850~"),
        ([{"literal": "2014-05"}], "2014-05"),
        ([{"raw": "2014-05"}, {"year": 2015}], "2014-05/2015"),
        ([{"year": 2001, "circa": True}, {"year": 2002}], "2001~/2002"),
    ],
)
def test_dates_are_read_as_zotero_and_pandoc_write_them(value: object, edtf: str | None) -> None:
    date = read_date(value)
    assert (date.edtf if date else None) == edtf


@pytest.mark.parametrize(
    "value", [True, 3.5, ["2015"], {"date-parts": [2015]}, {"date-parts": 2015}, [{"year": 1}] * 3]
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
    assert sorted(
        complaints(checked, *Severity), key=lambda line: [int(part) for part in line.split()[0].split(":")[1:]]
    ) == [
        "sources.yaml:2:3 invalid-value",  # a note
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
    assert [problem.hint for problem in all_problems(checked)] == ['did you mean "URL"?', 'did you mean "event-title"?']


def test_every_variable_of_csl_is_allowed(make_book: MakeBook) -> None:
    text = '[{"id": 7, "title": "T", "DOI": "10.1/x", "page": 3, "accessed": {"date-parts": [[2020]]}, "custom": {}}]'
    checked = from_json(make_book, text)
    assert checked.problems == ()
    assert list(checked.value) == ["7"]


def test_problems_in_json_are_placed_too(make_book: MakeBook) -> None:
    text = (
        '[\n  {"id": "a", "title": "T"},\n  {"id": "b",\n   "title": "T",\n   "issued": {"raw": "June"}, "tpye": 1}\n]'
    )
    assert complaints(from_json(make_book, text)) == ["sources.json:5:31 unknown-key", "sources.json:5:4 literal-date"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[\n {"id": "a" "title": "T"}]', "sources.json:2:13"),
        ('[{"id": "a"},]', "sources.json:1:13"),
        ('[{"id": "a",\n}]', "sources.json:1:12"),
        ("[" * 100_000, "sources.json"),
        ('[{"id": ' + "9" * 5000 + "}]", "sources.json"),
    ],
)
def test_malformed_json_is_placed(make_book: MakeBook, text: str, place: str) -> None:
    (complaint,) = complaints(from_json(make_book, text))
    assert complaint.startswith(place)
    assert complaint.endswith(" malformed-json")


def test_a_text_of_json_that_does_not_end_is_told_in_whole_words(make_book: MakeBook) -> None:
    assert from_json(make_book, '[{"id": "a}]').problems[0].message == "unterminated string"


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
    items = [{"id": f"s{n}", "title": "T", "ISBN": 1, "date": "x"} for n in range(2000)]
    root = make_book({"sources.yaml": None, "sources.json": json.dumps(items, indent=1)})
    checked = read(root)
    assert (len(checked.value), len({problem.at for problem in all_problems(checked)})) == (2000, 2000)


@pytest.mark.parametrize(
    ("value", "words", "edtf"),
    [
        ({"literal": "forthcoming"}, "forthcoming", ""),
        ({"raw": "as late as 1850"}, "as late as 1850", "1850"),
        ({"literal": "2 March 1908"}, "2 March 1908", "1908-03-02"),
        ([{"literal": "Michaelmas term 1612"}], "Michaelmas term 1612", "1612"),
        ([{"literal": "Easter 1612"}, {"year": 1613}], "Easter 1612–1613", "1612"),
        ({"literal": "1850 or 1851"}, "1850 or 1851", ""),
    ],
)
def test_words_that_are_no_date_are_kept_and_bounded_by_the_one_year_in_them(
    value: object, words: str, edtf: str
) -> None:
    date = read_date(value)
    assert date is not None
    assert (date.literal, date.edtf, date.sortable) == (words, edtf, bool(edtf))


def test_a_key_of_another_program_is_a_note_once_for_a_list(make_book: MakeBook) -> None:
    checked = from_json(
        make_book,
        json.dumps(
            [
                {
                    "id": "a",
                    "title": "A",
                    "license": "CC",
                    "author": [{"literal": "X", "isInstitution": 1}],
                    "type": "video",
                },
                {"id": "b", "title": "B", "license": "CC", "issued": {"date-parts": [[2000]], "calendar": "Julian"}},
            ]
        ),
    )
    assert complaints(checked) == []
    assert sorted(problem.message for problem in checked.problems) == [
        '"calendar" is no part of a date of CSL: it is kept in exports, and shown nowhere',
        '"isInstitution" is no part of a name of CSL: it is kept in exports, and shown nowhere',
        '"license" is no variable of CSL: it is kept in exports, and shown nowhere (2 times)',
        '"video" is no type of CSL: taken as "document"',
    ]
    assert checked.value["a"].type == "document"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("isued", "issued"), ("date", "issued"), ("Date", "issued"), ("place", "event-place"), ("venue", "event-place"),
     ("event_title", "event-title"), ("url", "URL"), ("authors", "author"), ("booktitle", "container-title"),
     ("titel", "title"), ("speakers", "speaker")],
)  # fmt: skip
def test_a_slip_in_a_key_that_is_shown_is_an_error_unless_the_right_key_is_there_too(
    make_book: MakeBook, written: str, meant: str
) -> None:
    checked = from_yaml(make_book, f"- {{id: a, event: E, {written}: x}}\n")
    assert [(problem.code, problem.hint) for problem in checked.value["a"].problems] == [
        ("unknown-key", f'did you mean "{meant}"?')
    ]
    right = "[{literal: y}]" if meant in ("author", "speaker") else "2001"
    both = from_yaml(make_book, f"- {{id: a, event: E, {written}: x, {meant}: {right}}}\n")
    assert complaints(both) == []
    assert [problem.severity for problem in both.problems] == [Severity.NOTE]


def test_the_citation_key_is_the_id_and_the_id_another_key(make_book: MakeBook) -> None:
    url = "http://zotero.org/users/1/items/AB"
    checked = from_json(
        make_book,
        json.dumps(
            [
                {"id": url, "citation-key": "mill-1901", "title": "One"},
                {"id": url + "C", "title": "Two", "note": "Citation Key: mill-1902\nread it"},
                {"citation-key": "mill-1903", "title": "Three"},
            ]
        ),
    )
    assert {key: source.aliases for key, source in checked.value.items()} == {
        "mill-1901": (url,),
        "mill-1902": (url + "C",),
        "mill-1903": (),
    }


def test_a_note_can_hold_variables(make_book: MakeBook) -> None:
    note = (
        "Seen in the reading room.\noriginal-date: 1910-05\ntype: speech\nspeaker: Reed || Ada\nSpeaker: The Council\n"
        "Event Place: Kelmouth\ntitle: not this one\n{:publisher: River Press} {:container-author: Holt || Tomas}"
    )
    checked = from_json(make_book, json.dumps([{"id": "a", "type": "book", "title": "T", "note": note}]))
    source = checked.value["a"]
    assert all_problems(checked) == []
    assert source.original_date is not None
    assert (source.original_date.edtf, source.type, source.title) == ("1910-05", "speech", "T")
    assert source.people("speaker") == (Name("Reed", "Ada"), Name(literal="The Council"))
    assert source.people("container-author") == (Name("Holt", "Tomas"),)
    assert (source.place, source.publisher) == ("Kelmouth", "River Press")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ({"family": "van Beethoven", "given": "Ludwig"}, Name("Beethoven", "Ludwig", non_dropping_particle="van")),
        ({"family": "Humboldt", "given": "Alexander von"}, Name("Humboldt", "Alexander", dropping_particle="von")),
        ({"family": "de la Cruz", "given": "Juana"}, Name("Cruz", "Juana", non_dropping_particle="de la")),
        ({"family": "al-Ghazali", "given": "Abu"}, Name("Ghazali", "Abu", non_dropping_particle="al-")),
        ({"family": '"de Gaulle"', "given": "Charles"}, Name("de Gaulle", "Charles")),
        ({"family": "de Man", "given": "Paul", "parse-names": False}, Name("de Man", "Paul")),
        ({"family": "hooks", "given": "bell"}, Name("hooks", "bell")),
        ({"family": "King", "given": "Martin Luther, Jr."}, Name("King", "Martin Luther", suffix="Jr.")),
        (
            {"family": "King", "given": "Martin Luther,! Jr."},
            Name("King", "Martin Luther", suffix="Jr.", comma_suffix=True),
        ),
        (
            {"family": "习", "given": "近平", "static-ordering": 1},
            Name("习", "近平", static_ordering=True, states_ordering=True),
        ),
        ({"family": "Reed", "given": "Ada", "dates": "1853–1919"}, Name("Reed", "Ada", dates="1853–1919")),
    ],
)
def test_particles_and_suffixes_are_found_inside_names(make_book: MakeBook, name: object, parts: Name) -> None:
    checked = from_json(make_book, json.dumps([{"id": "a", "title": "T", "author": [name]}]))
    assert all_problems(checked) == []
    assert checked.value["a"].authors == (parts,)


@pytest.mark.parametrize(
    ("language", "ordering", "shown"),
    [
        ("zh", None, "Xi Jinping"), ("zh-Hans-CN", None, "Xi Jinping"), ("Chinese", None, "Xi Jinping"),
        ("ja", None, "Xi Jinping"), ("ko-KR", None, "Xi Jinping"), ("zh", False, "Jinping Xi"),
        ("en", None, "Jinping Xi"), ("en", True, "Xi Jinping"), ("hu", None, "Jinping Xi"), ("", None, "Jinping Xi"),
    ],
)  # fmt: skip
def test_names_of_a_source_in_chinese_japanese_or_korean_begin_with_the_family_name_unless_they_say_otherwise(
    make_book: MakeBook, language: str, ordering: bool | None, shown: str
) -> None:
    name = {"family": "Xi", "given": "Jinping"} | ({} if ordering is None else {"static-ordering": ordering})
    item = {"id": "a", "title": "T", "language": language, "author": [name]}
    (author,) = from_json(make_book, json.dumps([item])).value["a"].authors
    assert full(author) == shown


def test_an_empty_name_is_nobody(make_book: MakeBook) -> None:
    checked = from_json(make_book, json.dumps([{"id": "a", "title": "T", "author": [{"family": "", "given": ""}, {}]}]))
    assert checked.value["a"].authors == ()


def test_a_language_in_words_becomes_a_tag_or_a_warning(make_book: MakeBook) -> None:
    checked = from_yaml(
        make_book,
        "- {id: a, title: T, language: en_US}\n- {id: b, title: T, language: français}\n"
        "- {id: c, title: T, language: English; French}\n- {id: d, title: T, language: Farsi}\n"
        "- {id: e, title: T, language: Flemish (Belgium)}\n- {id: f, title: T, language: Mandarin (TW)}\n",
    )
    assert [source.language for source in checked.value.values()] == ["en-US", "fr", None, "fa", "nl-BE", "zh-TW"]
    assert complaints(checked) == ["sources.yaml:3:21 unknown-language"]


def test_an_item_that_is_found_in_two_lists_is_no_problem(make_book: MakeBook) -> None:
    item = "- {id: x, title: One}\n"
    checked = read(make_book({"a.yaml": item, "b.yaml": item}), "a.yaml", "b.yaml")
    assert complaints(checked) == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[{id: "pier"}]', "expecting property name", "no comma stands before a closing }"),
        ('[{"id": "pier" "title": "A"}]', "expecting ',' delimiter", "put a comma"),
        ('[{"id": \u201cpier\u201d}]', "expecting value", "straight quotation marks"),
        ('[{"id": "pier\n"}]', "invalid control character", "is not closed"),
        ('[{"id": "pier"}] x', "extra data", "delete what follows"),
        ('[{"id": "a\\q"}]', "invalid \\escape", "write a backslash twice"),
    ],
)
def test_slips_in_json_are_told_with_a_remedy(tmp_path: Path, text: str, message: str, hint: str) -> None:
    (tmp_path / "list.json").write_text(text, "utf-8")
    (problem,) = read_list(tmp_path, "list.json").problems
    assert problem.code == "malformed-json"
    assert problem.message.startswith(message)
    assert not problem.message.endswith(" at")
    assert hint in (problem.hint or "")


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1b", "\x7f", "\ufffe"])
@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("bib", "@book{{talk-2013,\n title={{A{0}b}}, author={{C{0}d}}, date={{2013}}}}\n"),
        ("ris", "TY  - SPCH\nTI  - A{0}b\nID  - talk-2013\nAU  - C{0}d\nER  - \n"),
        ("csv", "key,title,speaker\ntalk-2013,A{0}b,C{0}d\n"),
    ],
)
def test_characters_that_no_book_can_have_are_left_out_of_lists_and_told_with_their_line(
    make_book: MakeBook, tmp_path: Path, character: str, suffix: str, text: str
) -> None:
    settings = f'[book]\ntitle = "B"\nsources = ["s.{suffix}"]\n\n[editions.e]\noutput = "epub"\npages = "none"\n'
    root = make_book({"book.toml": settings, "sources.yaml": None, f"s.{suffix}": text.format(character)})
    told = [one for one in build_book(root, output=tmp_path / "out").problems if one.code == "reserved-character"]
    assert {one.at.line for one in told} <= {2, 4}
    assert f"U+{ord(character):04X}" in told[0].message


def test_a_set_without_quotation_marks_is_told_how_it_is_written(make_book: MakeBook) -> None:
    (problem,) = from_yaml(make_book, "- {id: a, title: T, issued: [1667, 1668]}\n").value["a"].problems
    assert problem.code == "invalid-date"
    assert 'write "[1667,1668]"' in problem.message
    (other,) = from_yaml(make_book, "- {id: a, title: T, issued: Michaelmas 1860}\n").value["a"].problems
    assert "{literal: …}" in str(other.hint)
    old = from_yaml(make_book, "- {id: a, title: T, issued: {literal: 10 March 1732/3}}\n").value["a"].date
    assert old is not None
    assert (old.literal, old.edtf) == ("10 March 1732/3", "1733-03-10")
